import type { Rational } from "../kernel/index.ts";
import type { Lot } from "./lot.ts";

/** As many of another type as replace so many of the first (`factor` of it for each), rounded up. */
export function replacing(count: number, { num, den }: Rational): number {
  return num === den ? count : Number((BigInt(count) * num + den - 1n) / den);
}

/**
 * How many of an accelerator type a part of a lot is: a lot counts in its first alternative, and what is delivered and paid is of the type
 * that is offered. `count` itself for a type that the lot does not name.
 */
export function countOffered(
  { alternatives }: Pick<Lot, "alternatives">,
  acceleratorType: string,
  count: number,
): number {
  const factor = alternatives.find((item) => item.acceleratorType === acceleratorType)?.factor;
  return factor === undefined ? count : replacing(count, factor);
}
