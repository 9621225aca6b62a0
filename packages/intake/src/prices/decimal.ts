import { divHalfAway } from "@offtake/core/kernel";

/** A price exactly as written: `digits / 10^scale`. Above zero. */
export interface ExactPrice {
  readonly digits: bigint;
  readonly scale: number;
}

export type PriceRefusal =
  | "missing_price"
  | "price_on_request"
  | "bad_price"
  | "negative_price"
  | "zero_price"
  | "price_out_of_range";

const MICROS_PER_UNIT = 1_000_000n;

/** Ten times the dearest node of any list we know costs a few thousand an hour: a million is a slip of the unit or the pen. */
const WHOLE_UNITS_MAX = 1_000_000n;

/** The lists go to 15 decimals. */
const DECIMALS_MAX = 30;

/**
 * Reads a price without ever passing through a float.
 *
 * Refuses blanks, words ("Contact sales" is `price_on_request`), signs, exponents, NaN, grouping marks, zero (a free node in a list
 * is a slip, and would win every award) and everything above a million an hour.
 */
export function readPrice(text: string): ExactPrice | PriceRefusal {
  if (text === "") return "missing_price";
  if (/\b(contact|sales|quote|request)\b/i.test(text)) return "price_on_request";
  if (/^-\d/.test(text)) return "negative_price";
  const match = /^(\d{1,18})(?:\.(\d{1,30}))?$/.exec(text);
  if (match === null) return /^\d{19,}(\.\d*)?$/.test(text) ? "price_out_of_range" : "bad_price";
  const [, whole = "0", fraction = ""] = match;
  if (BigInt(whole) > WHOLE_UNITS_MAX || fraction.length > DECIMALS_MAX) return "price_out_of_range";
  const digits = BigInt(whole + fraction);
  return digits === 0n ? "zero_price" : { digits, scale: fraction.length };
}

/** The price of one of `count` equal parts in micro-units, rounded once, half away from zero. For count >= 1. */
export function microsPerPart(price: ExactPrice, count: number): bigint {
  return divHalfAway(price.digits * MICROS_PER_UNIT, 10n ** BigInt(price.scale) * BigInt(count));
}
