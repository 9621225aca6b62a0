import { believe, divCeil, type Rational } from "../kernel/index.ts";
import type { Terms } from "./terms.ts";

/** The smallest whole number of blocks that holds `amount`: 204.8 in blocks of 8 is 208 (domain rule G15, row A6). */
export function roundUpToBlock(amount: Rational, blockSize: number): number {
  believe(amount.num >= 0n && blockSize > 0, "a quantity is not negative and a block holds something");
  const blocks = divCeil(amount.num, amount.den * BigInt(blockSize));
  return Number(blocks) * blockSize;
}

/**
 * What of `count` was used beyond the tolerance, in whole blocks, rounded up: burdened (domain row A6). `measured` is the
 * share of the accelerator-time that went to other purposes, from 0 to 1; at the tolerance itself nothing is in excess.
 */
export function excessInBlocks(count: number, measured: Rational, toleranceBp: number, blockSize: number): number {
  const excess = measured.num * 10_000n - BigInt(toleranceBp) * measured.den;
  if (excess <= 0n) return 0;
  return Math.min(count, roundUpToBlock({ num: excess * BigInt(count), den: measured.den * 10_000n }, blockSize));
}

/** The smallest part that is of use from one source: the gang in whole blocks, or all of what may not be divided. */
export function minimumPart(terms: Pick<Terms, "count" | "blockSize" | "gangMin" | "divisible">): number {
  if (!terms.divisible) return terms.count;
  const over = terms.gangMin % terms.blockSize;
  return over === 0 ? terms.gangMin : terms.gangMin - over + terms.blockSize;
}

/** The multiples next to a count that is none: what to answer instead. `below` is absent where it would be nothing. */
export function nearestMultiples(count: number, of: number): { readonly below?: number; readonly above: number } {
  const below = Math.floor(count / of) * of;
  const above = below === count ? count : below + of;
  return below > 0 ? { below, above } : { above };
}
