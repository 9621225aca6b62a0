import type { RightClause } from "../agreements/clause.ts";
import type { Clearance } from "./notice.ts";

/**
 * How far the price may move from what a clearance rests on, in hundredths of a per cent of it: what the clause lets pass,
 * and beyond that, after a refusal of the last round, its last-round tolerance (domain rule G17, row T11).
 */
export function priceToleranceOf(clearance: Pick<Clearance, "finalRound">, right: RightClause): number {
  const { tail, reoffer } = right;
  return clearance.finalRound ? tail.priceToleranceBp + reoffer.lastRoundToleranceBp : tail.priceToleranceBp;
}

/** How many accelerators a clearance for `count` covers: growth inside the clause's tolerance is covered too. */
export function coverOf(count: number, right: RightClause): number {
  return Math.floor((count * (10_000 + right.tail.countToleranceBp)) / 10_000);
}

/** The round of the next re-offer, and whether it is the last; undefined where the clause allows no more (I10, step 16). */
export function nextRound(
  right: RightClause,
  reoffersSoFar: number,
): { readonly round: number; readonly finalRound: boolean } | undefined {
  const round = reoffersSoFar + 1;
  const { maxRounds } = right.reoffer;
  return round > maxRounds ? undefined : { round, finalRound: round === maxRounds };
}
