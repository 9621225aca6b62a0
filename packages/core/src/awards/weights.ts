import type { PricedOption } from "./item.ts";
import type { Market } from "./option.ts";
import { costAt, type Piece } from "./piece.ts";
import type { FixedGroup, Term, Weights } from "./program.ts";

/** Weights large enough that what comes first in the order of combinations outweighs all that comes later. */
export function weightsOf(
  market: Market,
  priced: readonly PricedOption[],
  fixed: readonly FixedGroup[],
  terms: readonly Term[],
): Weights {
  let [ranks, contingent, money] = [0n, 0n, 1n];
  for (const { option, money: pieces } of priced) {
    const most = BigInt(option.max * option.step);
    ranks += BigInt(option.rank) * most;
    if (option.bid.contingency !== undefined) contingent += most;
    money += largest(pieces);
  }
  for (const { cost } of fixed) money += absolute(cost);
  for (const term of terms) money += term.kind === "pool" ? absolute(term.limit) : absolute(term.lump ?? 0n);
  const ofContingent = ranks + 1n;
  const ofMoney = ofContingent * (contingent + 1n);
  return {
    contingent: ofContingent,
    money: ofMoney,
    fill: market.input.lots.length === 0 ? 0n : ofMoney * (2n * money + 1n),
  };
}

function largest(pieces: readonly Piece[]): bigint {
  let most = 0n;
  for (const { lo, hi } of pieces) {
    for (const steps of [lo, hi]) {
      const cost = absolute(costAt(pieces, steps) as bigint);
      if (cost > most) most = cost;
    }
  }
  return most;
}

const absolute = (amount: bigint): bigint => (amount < 0n ? -amount : amount);
