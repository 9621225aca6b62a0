import type { PlainPrice } from "../agreements/price-book.ts";
import { formatCivilDate, localDate } from "../calendar/index.ts";
import {
  type AcceleratorType,
  addRational,
  compareText,
  divHalfAway,
  divRational,
  type Instant,
  mulRational,
  type Rate,
  type Rational,
  rational,
  subRational,
  type TimeWindow,
  unreachable,
} from "../kernel/index.ts";
import { type ListPrice, listPriceOf } from "./list-price.ts";
import { civilPeriodOf, observedBetween } from "./periods.ts";

/** One observed value of a published index. */
export interface IndexValue {
  readonly index: string;
  /** Civil date (YYYY-MM-DD) that the value is published for. */
  readonly date: string;
  /** Above zero. */
  readonly value: Rational;
  readonly source: string;
}

/** What prices rest on besides the agreement: lists as imported, and index values as observed. */
export interface PriceFacts {
  readonly lists: readonly ListPrice[];
  readonly indexValues: readonly IndexValue[];
}

export type PriceProblemCode =
  | "price_not_stated"
  | "price_conflict"
  | "list_price_missing"
  | "index_value_missing"
  | "mixed_currency";

/** The record that a rate rests on. */
export type RateBasis =
  | { readonly form: "fixed" }
  | { readonly form: "list"; readonly list: ListPrice; readonly discountBp: number }
  | {
      readonly form: "index";
      readonly observed: IndexValue;
      /** The period begins after the day of the question: the newest value stands in for one that nobody can know. */
      readonly assumed: boolean;
      readonly held?: "floor" | "cap";
    };

export type PlainRate =
  | { readonly rate: Rate; readonly basis: RateBasis }
  | { readonly problem: PriceProblemCode; readonly detail: string };

/** What is priced, as far as a plain price asks. */
export interface PlainQuery {
  readonly acceleratorType: AcceleratorType;
  readonly region?: string;
  /** When it is asked: later lists and index values are not known. */
  readonly at: Instant;
}

const WHOLE_BP = 10_000n;
const ONE = rational(1n);

/**
 * The rate of a plain price at an instant, rounded half away from zero to the micro-unit and from then on a rate like any other. For
 * a price that follows an index the instant must lie in one of its periods only: see `resetStarts`.
 */
export function plainRate(price: PlainPrice, from: Instant, query: PlainQuery, facts: PriceFacts): PlainRate {
  switch (price.form) {
    case "fixed":
      return { rate: price.rate, basis: { form: "fixed" } };
    case "list":
      return listRate(price, query, facts.lists);
    case "index":
      return indexRate(price, civilPeriodOf(price.reset, price.zone, from), query.at, facts.indexValues);
    default:
      return unreachable(price);
  }
}

function listRate(
  price: Extract<PlainPrice, { form: "list" }>,
  { acceleratorType, region, at }: PlainQuery,
  lists: readonly ListPrice[],
): PlainRate {
  const { provider, kind, discountBp } = price;
  // A date in the last zone that reaches it: a list of that civil day counts all day long.
  const today = formatCivilDate(Math.floor((at + LAST_ZONE_MS) / DAY));
  const known = lists.filter(({ asOf }) => asOf === undefined || asOf <= today);
  const where = region === undefined ? {} : { region };
  const dated = price.asOf === undefined ? {} : { asOf: price.asOf };
  const list = listPriceOf(known, { provider, acceleratorType, kind, ...where, ...dated });
  if (list === undefined) {
    const date = price.asOf === undefined ? "" : ` of ${price.asOf} or before`;
    const place = region === undefined ? "" : ` in ${region}`;
    const detail = `No ${kind} price of ${acceleratorType}${place} stands in a list of ${provider}${date}.`;
    return { problem: "list_price_missing", detail };
  }
  const micros = divHalfAway(list.rate.microsPerHour * (WHOLE_BP - BigInt(discountBp)), WHOLE_BP);
  return { rate: { microsPerHour: micros, currency: list.rate.currency }, basis: { form: "list", list, discountBp } };
}

const DAY = 86_400_000;
const LAST_ZONE_MS = 14 * 3_600_000;

type IndexPrice = Extract<PlainPrice, { form: "index" }>;

function indexRate(price: IndexPrice, period: TimeWindow, at: Instant, values: readonly IndexValue[]): PlainRate {
  const { after, until } = observedBetween(price.reset, price.zone, period);
  const today = formatCivilDate(localDate(price.zone, at));
  const assumed = until > today;
  const newest = newestOf(values, price.index, assumed ? today : until);
  if (newest !== undefined && (assumed || newest.date > after)) return linked(price, newest, assumed);
  const when = assumed ? `on or before ${today}` : `after ${after} and on or before ${until}`;
  return { problem: "index_value_missing", detail: `No value of ${price.index} is recorded that is dated ${when}.` };
}

function newestOf(values: readonly IndexValue[], index: string, until: string): IndexValue | undefined {
  let best: IndexValue | undefined;
  for (const value of values) {
    if (value.index !== index || value.date > until) continue;
    // Of one date the last recorded: a published value may be corrected.
    if (best === undefined || compareText(best.date, value.date) <= 0) best = value;
  }
  return best;
}

function linked(price: IndexPrice, observed: IndexValue, assumed: boolean): PlainRate {
  const { base, baseValue, share, floor, cap } = price;
  const moved = mulRational(share, divRational(observed.value, baseValue));
  const factor = addRational(subRational(ONE, share), moved);
  const free = divHalfAway(base.microsPerHour * factor.num, factor.den);
  const basis = { form: "index", observed, assumed } as const;
  if (floor !== undefined && free < floor.microsPerHour) return { rate: floor, basis: { ...basis, held: "floor" } };
  if (cap !== undefined && free > cap.microsPerHour) return { rate: cap, basis: { ...basis, held: "cap" } };
  return { rate: { microsPerHour: free, currency: base.currency }, basis };
}
