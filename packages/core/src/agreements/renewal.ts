import { addMonths, civilAt, instantOf, localDate, startOfDay, type ZoneId } from "../calendar/index.ts";
import type { Instant, TimeWindow } from "../kernel/index.ts";
import type { AgreementVersion } from "./agreement.ts";

/** Length of one renewal term, in whole days or months of the agreement's zone. */
export interface RenewalTerm {
  readonly n: number;
  readonly unit: "days" | "months";
}

/** How long before an end a notice must have been received; in days of the agreement's zone and calendars. */
export interface NoticePeriod {
  readonly n: number;
  readonly unit: "days" | "months" | "business-days";
}

/** Who may stop a renewal, or end an agreement that runs on. */
export type NoticeBy = "either" | "buyer" | "provider";

/** The agreement runs on for another term each time it ends, unless a notice was received in time. */
export interface AutomaticRenewal {
  readonly kind: "automatic";
  readonly term: RenewalTerm;
  readonly notice: NoticePeriod;
  /**
   * What a notice may bring the agreement to after its first term: the end of a term, or of a calendar month or quarter. The first
   * term always runs to its end.
   */
  readonly to: "term" | "month" | "quarter";
  readonly noticeBy: NoticeBy;
  /** A notice after the last day counts for the next end that it can reach, or for nothing. */
  readonly late: "next-end" | "void";
  /** Renewals at most; without end when absent. */
  readonly max?: number;
}

/** The agreement has no end of its own: it ends by notice, not before its `effectiveTo` where it has one. */
export interface Evergreen {
  readonly kind: "evergreen";
  readonly notice: NoticePeriod;
  readonly to: "day" | "month" | "quarter";
  readonly noticeBy: NoticeBy;
}

/** What becomes of an agreement at the end of its term; absent in a version: it simply ends. */
export type Renewal = AutomaticRenewal | Evergreen;

/** The term that runs at an instant: the first is number 0, the first renewal number 1. */
export interface Term extends TimeWindow {
  readonly number: number;
}

/**
 * The end of term `number` of an automatic renewal, counted from the end of the first term so that days of the month do not drift:
 * terms of twelve months after 28 February 2027 24:00 end on 29 February 2028.
 */
export function renewedEnd(zone: ZoneId, firstEnd: Instant, term: RenewalTerm, number: number): Instant {
  if (number === 0) return firstEnd;
  const { epochDay, msOfDay } = civilAt(zone, firstEnd);
  const day = term.unit === "days" ? epochDay + term.n * number : addMonths(epochDay, term.n * number);
  return msOfDay === 0 || startOfDay(zone, epochDay) === firstEnd
    ? startOfDay(zone, day)
    : instantOf(zone, day, msOfDay);
}

/** After the last renewal that a maximum allows; undefined where nothing but a notice ends the agreement. */
export function lastEnd(version: AgreementVersion): Instant | undefined {
  const { renewal, effectiveTo, zone } = version;
  if (renewal === undefined) return effectiveTo;
  if (renewal.kind === "evergreen" || renewal.max === undefined || effectiveTo === undefined) return undefined;
  return renewedEnd(zone, effectiveTo, renewal.term, renewal.max);
}

/**
 * The term of an automatic renewal that holds an instant, as if nobody had stopped it; before the agreement begins, its first; after
 * the last renewal, undefined.
 */
export function termAt(version: AgreementVersion, at: Instant): Term | undefined {
  const { renewal, effectiveFrom, effectiveTo, zone } = version;
  if (renewal?.kind !== "automatic" || effectiveTo === undefined) return undefined;
  if (at < effectiveTo) return { number: 0, from: effectiveFrom, to: effectiveTo };
  const { term, max = Infinity } = renewal;
  // Counted days and months never are longer than this many days: the number found is at most one too high.
  const daysMin = term.unit === "days" ? term.n : term.n * 28;
  const daysMax = term.unit === "days" ? term.n : term.n * 31;
  const days = localDate(zone, at) - localDate(zone, effectiveTo);
  let low = Math.max(0, Math.floor(days / daysMax) - 1);
  let high = Math.floor(days / daysMin) + 2;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (renewedEnd(zone, effectiveTo, term, middle) <= at) low = middle;
    else high = middle;
  }
  if (high > max) return undefined;
  const end = (number: number): Instant => renewedEnd(zone, effectiveTo, term, number);
  return { number: high, from: end(high - 1), to: end(high) };
}
