import {
  addMonths,
  type DeadlineCode,
  findCalendars,
  type HolidayCalendar,
  localDate,
  type NoticeTimes,
  respondBy,
  startOfDay,
  type WindowRule,
  type ZoneId,
} from "../calendar/index.ts";
import {
  addMs,
  type CalendarId,
  civilToEpochDay,
  DAY_MS,
  epochDayToCivil,
  type Instant,
  type PartyId,
  type Result,
  success,
} from "../kernel/index.ts";
import type { AgreementVersion } from "./agreement.ts";
import { type AutomaticRenewal, type Evergreen, lastEnd, type NoticePeriod, termAt } from "./renewal.ts";

/** A notice of non-renewal, or one that ends an agreement that runs on, as it is on record. */
export interface RenewalNotice {
  readonly by: PartyId;
  readonly deliveredAt: Instant;
  readonly deemedReceivedAt: Instant;
  /** First instant at which the agreement is no longer in force because of it; absent: it came too late and counts for nothing. */
  readonly endsAt?: Instant;
  /** It missed the end that was next when it was received. */
  readonly late: boolean;
}

/** What a notice brings about, before anybody has given it. */
export type NoticeEffect = Pick<RenewalNotice, "endsAt" | "late">;

/** The notice period as a rule of the calendar: whole days of the agreement's zone, business days by its calendars. */
export function noticeRule(
  version: AgreementVersion,
  period: NoticePeriod,
  calendarOf: (id: CalendarId) => HolidayCalendar | undefined,
): Result<WindowRule, "calendar_missing"> {
  const { zone, join } = version;
  if (period.unit !== "business-days") return success({ unit: period.unit, n: period.n, zone });
  const calendars = findCalendars(version.calendars, calendarOf);
  if (!calendars.ok) return calendars;
  return success({ unit: "business-days", n: period.n, zone, calendars: calendars.value, join, closeMs: DAY_MS });
}

/**
 * When a notice ends an agreement: at the first end that lies at or after 24:00 of the last day of its period. An automatic renewal
 * ends at the end of a term, or after its first term of a month or quarter; an evergreen agreement not before its first term.
 *
 * @param rule of `noticeRule`
 * @source Rules AGR20 to AGR22 in ./SPEC.md
 */
export function effectOfNotice(
  version: AgreementVersion,
  renewal: AutomaticRenewal | Evergreen,
  rule: WindowRule,
  received: NoticeTimes,
): Result<NoticeEffect, DeadlineCode> {
  const period = respondBy(rule, received);
  if (!period.ok) return period;
  const due = addMs(period.value.respondBy, 1);
  return success(
    renewal.kind === "evergreen"
      ? { endsAt: endAfter(version.zone, later(due, version.effectiveTo), renewal.to), late: false }
      : ofAutomatic(version, renewal, due, received.deemedReceivedAt),
  );
}

function ofAutomatic(
  version: AgreementVersion,
  renewal: AutomaticRenewal,
  due: Instant,
  receivedAt: Instant,
): NoticeEffect {
  const running = termAt(version, receivedAt);
  const firstEnd = version.effectiveTo ?? due;
  const inFirst = running?.number === 0;
  const byTerm = renewal.to === "term" || due <= firstEnd;
  const endsAt = byTerm ? termAt(version, addMs(due, -1))?.to : endAfter(version.zone, due, renewal.to);
  const missed = running === undefined || endsAt === undefined || ((byTerm || inFirst) && endsAt > running.to);
  const last = lastEnd(version);
  // The last renewal ends by itself: a notice that would end the agreement later, or then, changes nothing.
  if (endsAt === undefined || (last !== undefined && endsAt > last) || (missed && renewal.late === "void"))
    return { late: true };
  return { endsAt, late: missed };
}

const later = (a: Instant, b: Instant | undefined): Instant => (b === undefined || a > b ? a : b);

/** The first end of a month or quarter of the zone at or after an instant, which is outside; `day`: the instant itself. */
export function endAfter(zone: ZoneId, at: Instant, to: "term" | "day" | "month" | "quarter"): Instant {
  if (to === "day" || to === "term") return at;
  const months = to === "month" ? 1 : 3;
  const { year, month } = epochDayToCivil(localDate(zone, addMs(at, -1)));
  const first = civilToEpochDay(year, month - ((month - 1) % months), 1);
  return startOfDay(zone, addMonths(first, months));
}
