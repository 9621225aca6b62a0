import { addMonths, fromDate, localDate, parseCivilDate, type ZoneId } from "@offtake/core/calendar";
import { type Instant, parseInstant, type TimeWindow, toInstant } from "@offtake/core/kernel";
import { periodText } from "@offtake/wire/scalars";
import { EXIT } from "../../terminal/exit-codes.ts";
import { done, failed, type Outcome } from "../../terminal/failures.ts";

const usage = (message: string) => failed({ code: "usage", message, exit: EXIT.usage });

/** From when on: a date begins at 00:00 in the zone of the book; now, in whole seconds, where nothing is typed. */
export function startOf(typed: string | undefined, zone: ZoneId): Outcome<Instant> {
  const day = typed === undefined ? undefined : parseCivilDate(typed);
  const now = toInstant(Math.floor(Date.now() / 1000) * 1000);
  const at = typed === undefined ? now : day === undefined ? parseInstant(typed) : fromDate(zone, day);
  return at === undefined
    ? usage(`--from ${typed ?? ""} is no date such as 2026-12-01, and no instant with its offset`)
    : done(at);
}

/** "180d" and such stand for what documents write out. */
const SHORT = /^(\d{1,5})\s*([dwmy])$/i;

/** From the start to the end of the last day of a length: days and months of the zone. */
export function windowOf(from: Instant, typed: string, zone: ZoneId): Outcome<TimeWindow> {
  const short = SHORT.exec(typed.trim());
  const text = short === null ? typed : `P${short[1]}${(short[2] ?? "").toUpperCase()}`;
  const length = periodText.safeParse(text);
  if (!length.success || length.data.unit === "business-days")
    return usage(`--within ${typed} is no length of time such as 180d, 26w, 6m, 1y or 90 days`);
  const { n, unit } = length.data;
  const first = localDate(zone, from);
  const last = unit === "days" ? first + n : addMonths(first, n);
  return done({ from, to: fromDate(zone, last + 1) });
}
