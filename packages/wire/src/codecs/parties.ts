import type {
  Eligibility,
  Evidence,
  NoticeParty,
  Owner,
  Party,
  Reading,
  Role,
  Signatory,
  WindowSpec,
} from "@offtake/core/agreements";
import type { Holiday, HolidayCalendar, ZoneId } from "@offtake/core/calendar";
import type { CalendarId, PartyId } from "@offtake/core/kernel";
import { type Codec, type Fields, list, optional, struct } from "./codec.ts";
import { flag, instant, money, text, texts, whole, word } from "./values.ts";

export const join = word(["all", "any"] as const);

export const windowSpec = struct<WindowSpec>({
  n: whole,
  unit: word(["business-days", "hours", "days"] as const),
  zone: optional(text<ZoneId>()),
  calendars: optional(list(text<CalendarId>())),
  join: optional(join),
  closeMs: optional(whole),
});

export const evidence = struct<Evidence>({
  grade: word(["company", "reported", "disputed", "assumed"] as const),
  source: text(),
  date: optional(text()),
});

export const reading = struct<Reading>({ by: text(), at: text() });

const role = struct<Role>({
  role: word(["buyer", "provider", "host", "holder", "funder", "developer", "licensor", "owner", "announcer"] as const),
  from: optional(instant),
  to: optional(instant),
});

const owner = struct<Owner>({
  party: text<PartyId>(),
  shareBp: whole,
  control: flag,
  independentInterest: optional(flag),
});

const noticeParty = struct<NoticeParty>({
  zone: optional(text<ZoneId>()),
  cutoffMs: optional(whole),
  calendars: optional(list(text<CalendarId>())),
  join: optional(join),
  channels: texts,
});

const signatory = struct<Signatory>({
  name: text(),
  from: optional(instant),
  to: optional(instant),
  limit: optional(money),
});

export const partyFields: Fields<Party> = {
  id: text<PartyId>(),
  name: text(),
  roles: list(role),
  owners: list(owner),
  competitors: list(text<PartyId>()),
  notice: optional(noticeParty),
  signatories: optional(list(signatory)),
};
export const party = struct<Party>(partyFields);

export const eligibility = struct<Eligibility>({ from: instant, eligible: flag, reason: text() });

type IsoWeekday = HolidayCalendar["weekend"][number];

const weekday: Codec<IsoWeekday> = {
  encode: (value) => value,
  decode: (json, decoder) =>
    typeof json === "number" && Number.isInteger(json) && json >= 1 && json <= 7
      ? (json as IsoWeekday)
      : decoder.fail("a weekday from 1 to 7 is expected"),
  samples: () => [6, 7],
  schema: () => ({ type: "integer", minimum: 1, maximum: 7 }),
};

export const calendar = struct<HolidayCalendar>({
  id: text<CalendarId>(),
  name: text(),
  source: text(),
  years: struct<HolidayCalendar["years"]>({ from: whole, to: whole }),
  weekend: list(weekday),
  holidays: list(struct<Holiday>({ epochDay: whole, name: text() })),
});
