import { convert, type ExchangeRate } from "../prices/index.ts";
import { compareText, type Currency, type Instant, type Money } from "../kernel/index.ts";
import type { Resolved } from "./amend-course.ts";
import type { Promised } from "./commitment-tally.ts";
import { type Changed, compareCourses, type RequestComparison } from "./comparison.ts";
import type { CourseSummary } from "./course-summary.ts";
import { sumByCurrency } from "./sums.ts";

/** What all requests together come to, on one side. */
export interface SideTotal {
  readonly notices: number;
  /** Different holders that are asked at all. */
  readonly holders: number;
  readonly wanted: number;
  readonly awarded: number;
  /** Requests of which less is awarded than asked. */
  readonly short: number;
  readonly cost: readonly Money[];
  readonly shortfall: readonly Money[];
  /** In the reporting currency, by the rates that are recorded; absent where one is missing. */
  readonly costReported?: Money;
  readonly shortfallReported?: Money;
}

/** What becomes of one commitment: only there as it would be, no longer there, or missed by another amount. */
export interface ShortfallChange {
  readonly agreement: string;
  readonly clause: string;
  readonly before?: Money;
  readonly after?: Money;
}

/** A set of requests under the agreements as they are and as they would be. */
export interface Comparison {
  /** How many were compared. */
  readonly compared: number;
  /** Those that come out otherwise, in the order in which they were given. */
  readonly changed: readonly RequestComparison[];
  readonly total: Changed<SideTotal>;
  readonly shortfalls: readonly ShortfallChange[];
  /** How many begin later and earlier than before, of those that are awarded on both sides. */
  readonly later: number;
  readonly earlier: number;
  /** The longest by which one begins later, milliseconds. */
  readonly latestByMs: number;
  /** Currencies without a recorded rate to the reporting currency: what is in them is in no total. */
  readonly ratesMissing: readonly Currency[];
  /** Requests that the core would not take as the book would be, or could not resolve to their end, by code. */
  readonly rejected: readonly { readonly code: string; readonly count: number }[];
}

export interface ReportingOptions {
  readonly currency: Currency;
  readonly rates: readonly ExchangeRate[];
  /** At which the rates are taken. */
  readonly at: Instant;
}

/** @source Rules PLN22 to PLN26 in ./SPEC.md */
export function compareResolved(before: Resolved, after: Resolved, reporting: ReportingOptions): Comparison {
  const pairs = before.requests.map((old, index) => [old, after.requests[index] as CourseSummary] as const);
  const starts = pairs.flatMap(([old, now]) =>
    old.earliestStart === undefined || now.earliestStart === undefined ? [] : [now.earliestStart - old.earliestStart],
  );
  const money = [...before.requests, ...after.requests]
    .flatMap(({ cost }) => cost)
    .concat([...before.promised, ...after.promised].flatMap(({ shortfall }) => shortfall ?? []));
  const ratesMissing = sumByCurrency(money)
    .filter((amount) => !convert(amount, reporting.currency, reporting.rates, reporting.at).ok)
    .map(({ currency }) => currency);
  return {
    compared: pairs.length,
    changed: pairs.flatMap(([old, now]) => compareCourses(old, now) ?? []),
    total: { before: totalOf(before, reporting), after: totalOf(after, reporting) },
    shortfalls: shortfallChanges(before.promised, after.promised),
    later: starts.filter((shift) => shift > 0).length,
    earlier: starts.filter((shift) => shift < 0).length,
    latestByMs: starts.reduce((most, shift) => Math.max(most, shift), 0),
    ratesMissing,
    rejected: rejectedIn(after.requests),
  };
}

function rejectedIn(requests: readonly CourseSummary[]): { code: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { rejected } of requests)
    if (rejected !== undefined) counts.set(rejected, (counts.get(rejected) ?? 0) + 1);
  return [...counts].map(([code, count]) => ({ code, count })).sort((a, b) => compareText(a.code, b.code));
}

function totalOf({ requests, promised }: Resolved, reporting: ReportingOptions): SideTotal {
  const cost = sumByCurrency(requests.flatMap((one) => one.cost));
  const shortfall = sumByCurrency(promised.flatMap((one) => one.shortfall ?? []));
  const costReported = reportedOf(cost, reporting);
  const shortfallReported = reportedOf(shortfall, reporting);
  return {
    notices: requests.reduce((sum, { asks }) => sum + asks.length, 0),
    holders: new Set(requests.flatMap(({ asks }) => asks.map(({ holder }) => holder))).size,
    wanted: requests.reduce((sum, { wanted }) => sum + wanted, 0),
    awarded: requests.reduce((sum, { awarded }) => sum + awarded, 0),
    short: requests.filter(({ wanted, awarded }) => awarded < wanted).length,
    cost,
    shortfall,
    ...(costReported === undefined ? {} : { costReported }),
    ...(shortfallReported === undefined ? {} : { shortfallReported }),
  };
}

/** Each currency is converted once, after it was summed: rounding does not grow with the number of requests. */
function reportedOf(amounts: readonly Money[], { currency, rates, at }: ReportingOptions): Money | undefined {
  let micros = 0n;
  for (const amount of amounts) {
    const converted = convert(amount, currency, rates, at);
    if (!converted.ok) return undefined;
    micros += converted.value.money.micros;
  }
  return { micros, currency };
}

function shortfallChanges(before: readonly Promised[], after: readonly Promised[]): ShortfallChange[] {
  const keyOf = ({ agreement, clause }: Promised): string => `${agreement}#${clause}`;
  const now = new Map(after.map((one) => [keyOf(one), one]));
  const old = new Map(before.map((one) => [keyOf(one), one]));
  return [...new Map([...old, ...now]).entries()].flatMap(([key, { agreement, clause }]): ShortfallChange[] => {
    const [was, is] = [old.get(key)?.shortfall, now.get(key)?.shortfall];
    if (was?.micros === is?.micros && was?.currency === is?.currency) return [];
    return [
      { agreement, clause, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) },
    ];
  });
}
