import { type Account, type MinimumShare, shareLine } from "../commitments/index.ts";
import { intersection, type PartyId, type TimeWindow, windowSeconds } from "../kernel/index.ts";
import { scaledAmount } from "./account.ts";
import type { Constraint } from "./evaluation.ts";
import type { PricedOption } from "./item.ts";
import type { Market } from "./option.ts";
import { gridOf, type Piece } from "./piece.ts";
import type { Term } from "./program.ts";

/** Budget, concentration caps and minimum shares, as far as they could be passed. */
export function limitsOf(market: Market, account: Account, priced: readonly PricedOption[]): Term[] {
  const { input, relaxed } = market;
  const terms: Term[] = [];
  if (input.budget !== undefined && relaxed !== "over_budget") {
    const limit = scaledAmount(input, account, input.budget);
    terms.push(
      limitOf(
        "over_budget",
        priced.map(({ gross }) => gross),
        limit < 0n ? 0n : limit,
      ),
    );
  }
  if (input.concentration !== undefined && relaxed !== "concentration_cap") {
    for (const [provider, left] of leftByProvider(market)) {
      const amounts = priced.map(({ option, gross }) => {
        return option.bid.bidder === provider ? linear(gross, BigInt(option.step)) : undefined;
      });
      terms.push(limitOf("concentration_cap", amounts, BigInt(left)));
    }
  }
  for (const share of relaxed === "minimum_share" ? [] : (input.minimumShares ?? [])) {
    const { ofBeneficiary, ofOthers, need } = shareLine(share);
    const amounts = priced.map(({ option, gross }) => {
      const seconds = BigInt(option.offeredPerStep) * BigInt(secondsInside(share, option.window));
      return linear(gross, seconds * (option.bid.bidder === share.beneficiary ? -ofBeneficiary : ofOthers));
    });
    const lump = share.override === undefined ? undefined : scaledAmount(input, account, share.override);
    terms.push(limitOf("minimum_share", amounts, -need, lump));
  }
  return terms.filter((term) => term.amounts.some((one) => one !== undefined) && mostOf(term) > term.limit);
}

function limitOf(constraint: Constraint, amounts: Term["amounts"], limit: bigint, lump?: bigint): Term {
  const grid = gridOf(amounts);
  const floor = grid === 0n ? limit : limit - (((limit % grid) + grid) % grid);
  return {
    kind: "limit",
    constraint,
    amounts,
    limit: floor,
    grid: grid === 0n ? 1n : grid,
    ...(lump !== undefined && { lump }),
  };
}

function linear(pieces: readonly Piece[], perStep: bigint): Piece[] {
  return pieces.map(({ lo, hi }) => ({ lo, hi, base: 0n, perStep }));
}

/** The most that a term's items could add up to. */
function mostOf({ amounts }: Term): bigint {
  let sum = 0n;
  for (const pieces of amounts) {
    let most = 0n;
    for (const { lo, hi, base, perStep } of pieces ?? []) {
      for (const steps of [lo, hi]) {
        const amount = base + perStep * BigInt(steps);
        if (amount > most) most = amount;
      }
    }
    sum += most;
  }
  return sum;
}

/** Accelerators that each bidder may still get. */
export function leftByProvider({ input, options }: Market): ReadonlyMap<PartyId, number> {
  const { concentration } = input;
  const left = new Map<PartyId, number>();
  if (concentration === undefined) return left;
  const most = Number((BigInt(concentration.total) * BigInt(concentration.shareBp)) / 10_000n);
  for (const { bid } of options) {
    const settled = (input.settled ?? []).filter((one) => one.provider === bid.bidder);
    left.set(bid.bidder, Math.max(0, most - settled.reduce((sum, one) => sum + one.count, 0)));
  }
  return left;
}

export function secondsInside(share: MinimumShare, window: TimeWindow): number {
  if (share.periods === undefined) return windowSeconds(window);
  return share.periods.reduce((sum, period) => {
    const inside = intersection(period, window);
    return sum + (inside === undefined ? 0 : windowSeconds(inside));
  }, 0);
}
