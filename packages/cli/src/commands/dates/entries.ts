import type { ZoneId } from "@offtake/core/calendar";
import { epochDayToCivil } from "@offtake/core/kernel";
import { localDate, respondByText } from "@offtake/core/calendar";
import { type ContractDate, dueAt } from "@offtake/core/dates";
import { dateAtText, dateTitle, type NameOf, silenceText } from "@offtake/core/explanation";
import { DAY_MS, type Instant } from "@offtake/core/kernel";

/** How soon something must be done. The word and the mark say it, colour only repeats them. */
export type Urgency = "missed" | "now" | "soon" | "later" | "fact";

const NOW_DAYS = 14;
const SOON_DAYS = 45;

/** A date with its words, as it is listed, exported and put in a calendar. */
export interface Entry {
  readonly date: ContractDate;
  readonly due: Instant;
  /** The clause's, in which all of it is shown. */
  readonly zone: ZoneId;
  readonly title: string;
  readonly silence?: string;
  /** Whole days of 24 hours to it, a part of one counting as none. Below 0 where it is over. */
  readonly inDays: number;
  readonly urgency: Urgency;
  /** Whether the keeper is who has to act. */
  readonly own: boolean;
}

export function entryOf(date: ContractDate, keeper: string, nameOf: NameOf, now: Instant): Entry {
  const due = dueAt(date);
  const silence = silenceText(date, nameOf);
  const inDays = Math.floor((due - now) / DAY_MS);
  const own = date.actor === keeper;
  return {
    date,
    due,
    zone: date.zone,
    title: dateTitle(date, nameOf),
    ...(silence === undefined ? {} : { silence }),
    inDays,
    urgency: urgencyOf(own && silence !== undefined, due, inDays, now),
    own,
  };
}

function urgencyOf(act: boolean, due: Instant, inDays: number, now: Instant): Urgency {
  if (!act) return "fact";
  if (due < now) return "missed";
  if (inDays <= NOW_DAYS) return "now";
  return inDays <= SOON_DAYS ? "soon" : "later";
}

/** "Mon 21 Sep 2026 17:00 PDT": by when, on the clock that it is counted by. */
export function dueText({ date, due, zone }: Entry): string {
  return date.send === undefined ? dateAtText(date) : respondByText(zone, due);
}

/** Year and month in which it is due, in its zone. */
export function monthOf({ due, zone, date }: Entry): { readonly year: number; readonly month: number } {
  // What ends at 24:00 of the last day of a month belongs to that month.
  const at = date.send === undefined && date.form === "ends" ? due - 1 : due;
  const { year, month } = epochDayToCivil(localDate(zone, at as Instant));
  return { year, month };
}

/** Where it stands: "clause r1 of meridian-master". */
export function placeText({ date }: Entry): string {
  return date.clause === undefined ? date.agreement : `${date.agreement}, clause ${date.clause}`;
}
