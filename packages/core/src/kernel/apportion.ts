import { believe } from "./brand.ts";

/**
 * Shares a quantity in whole blocks by weights, by largest remainder; equal remainders go in the order given. Nobody gets more
 * than its cap (in whole blocks), and what a cap leaves is shared again among the others by the same weights. What is less than a
 * block, or more than all caps together, stays unshared; a weight of 0 gets nothing. For whole numbers from 0 and one cap for each
 * weight.
 *
 * @source Rules KER90 to KER92 in ./SPEC.md
 */
export function shareInBlocks(
  total: number,
  weights: readonly number[],
  blockSize: number,
  caps: readonly number[],
): number[] {
  believe(blockSize > 0 && weights.length === caps.length, "blocks hold something and every weight has its cap");
  const capBlocks = caps.map((cap) => Math.floor(cap / blockSize));
  const blocks = weights.map(() => 0);
  let left = Math.floor(total / blockSize);
  let open = weights.map((_, index) => index).filter((index) => (weights[index] as number) > 0);
  for (;;) {
    const sum = open.reduce((all, index) => all + BigInt(weights[index] as number), 0n);
    const full = open.filter((index) => atCap(left, weights[index] as number, sum, capBlocks[index] as number));
    if (full.length === 0) break;
    for (const index of full) {
      blocks[index] = capBlocks[index] as number;
      left -= blocks[index];
    }
    open = open.filter((index) => !full.includes(index));
  }
  const parts = quotas(left, open, weights);
  for (const [place, index] of open.entries()) blocks[index] = parts[place] as number;
  return blocks.map((count) => count * blockSize);
}

function atCap(left: number, weight: number, sum: bigint, cap: number): boolean {
  return BigInt(left) * BigInt(weight) >= BigInt(cap) * sum;
}

/** Whole parts of the quotas, and one more for the largest remainders. */
function quotas(left: number, open: readonly number[], weights: readonly number[]): number[] {
  const sum = open.reduce((all, index) => all + BigInt(weights[index] as number), 0n);
  const exact = open.map((index) => BigInt(left) * BigInt(weights[index] as number));
  const whole = exact.map((part) => Number(part / sum));
  const spare = left - whole.reduce((all, part) => all + part, 0);
  const byRemainder = exact
    .map((part, place) => ({ place, remainder: part % sum }))
    .sort((a, b) => (a.remainder > b.remainder ? -1 : a.remainder < b.remainder ? 1 : a.place - b.place));
  for (const { place } of byRemainder.slice(0, spare)) whole[place] = (whole[place] as number) + 1;
  return whole;
}
