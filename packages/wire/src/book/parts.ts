import type { Eligibility, Owner, Party, Role } from "@offtake/core/agreements";
import { type HolidayCalendar, makeCalendar, SATURDAY_SUNDAY } from "@offtake/core/calendar";
import type { PartyId } from "@offtake/core/kernel";
import type { z } from "zod";
import { readCalendars } from "../agreements/index.ts";
import type { ReadingContext } from "../shape/index.ts";
import type { Path } from "../source/index.ts";
import type { calendarDocument } from "./document.ts";
import type { PartyDocument } from "./party-document.ts";

export interface PartyReading {
  readonly party: Party;
  readonly eligibility: readonly Eligibility[];
}

export function readParty(document: PartyDocument, path: Path, outer: ReadingContext): PartyReading {
  const context = document.notice?.zone === undefined ? outer : outer.inZone(document.notice.zone);
  for (const name of document.competitors ?? []) context.checkName("party", name, [...path, "competitors"]);
  const party: Party = {
    id: document.id as PartyId,
    name: document.name ?? document.id,
    roles: document.roles.map((role) => readRole(role, context)),
    owners: (document.owners ?? []).map((owner, index) =>
      readOwner(owner, document.id, [...path, "owners", index], context),
    ),
    competitors: (document.competitors ?? []) as PartyId[],
    ...(document.notice === undefined ? {} : { notice: readNotice(document.notice, [...path, "notice"], context) }),
    ...(document.signatories === undefined
      ? {}
      : {
          signatories: document.signatories.map((item) => ({
            name: item.name,
            ...readDates(item, context),
            ...(item.limit === undefined ? {} : { limit: item.limit }),
          })),
        }),
  };
  const eligibility = (document.eligibility ?? []).map((item) => ({
    from: context.from(item.from),
    eligible: item.eligible,
    reason: item.reason,
  }));
  return { party, eligibility };
}

type Dates = Pick<PartyDocument["roles"][number] & object, "from" | "to">;

function readDates(dates: Dates, context: ReadingContext): Pick<Role, "from" | "to"> {
  return {
    ...(dates.from === undefined ? {} : { from: context.from(dates.from) }),
    ...(dates.to === undefined ? {} : { to: context.until(dates.to) }),
  };
}

function readRole(role: PartyDocument["roles"][number], context: ReadingContext): Role {
  return typeof role === "string" ? { role } : { role: role.role, ...readDates(role, context) };
}

function readOwner(
  owner: NonNullable<PartyDocument["owners"]>[number],
  self: string,
  path: Path,
  context: ReadingContext,
): Owner {
  context.checkName("party", owner.party, [...path, "party"]);
  if (owner.party === self) context.report.add([...path, "party"], "malformed", "a party does not own itself");
  return {
    party: owner.party as PartyId,
    shareBp: owner.share,
    control: owner.control ?? false,
    ...(owner.independentInterest === undefined ? {} : { independentInterest: owner.independentInterest }),
  };
}

function readNotice(
  notice: NonNullable<PartyDocument["notice"]>,
  path: Path,
  context: ReadingContext,
): NonNullable<Party["notice"]> {
  const { zone, holidays, join, cutoff, channels } = notice;
  return {
    ...(zone === undefined ? {} : { zone }),
    ...(cutoff === undefined ? {} : { cutoffMs: cutoff }),
    ...(holidays === undefined ? {} : { calendars: readCalendars(holidays, [...path, "holidays"], context) }),
    ...(join === undefined ? {} : { join }),
    channels: channels ?? ["portal"],
  };
}

const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

export function readCalendar(
  document: z.output<typeof calendarDocument>,
  path: Path,
  context: ReadingContext,
): HolidayCalendar | undefined {
  const made = makeCalendar({
    id: document.id,
    name: document.name ?? document.id,
    source: document.source,
    years: document.years,
    weekend: document.weekend?.map((day) => WEEKDAYS.indexOf(day) + 1) ?? SATURDAY_SUNDAY,
    holidays: document.holidays.map((holiday) => (typeof holiday === "string" ? { date: holiday, name: "" } : holiday)),
  });
  if (made.ok) return made.value;
  context.report.add(path, "malformed", made.problem.detail);
  return undefined;
}
