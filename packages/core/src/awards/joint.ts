import { shareHolds } from "../commitments/index.ts";
import { knownRatio } from "./account.ts";
import { leftByProvider, secondsInside } from "./limits.ts";
import type { Market, Option } from "./option.ts";
import { lineCost } from "./line-cost.ts";
import { sharesRoot } from "./shared-roots.ts";

/** Whether independent choices also keep what couples them: caps, budget, minimum shares, blocks. */
export function keepsJoint(market: Market, steps: readonly number[]): boolean {
  const taken = market.options.filter(({ index }) => (steps[index] as number) > 0);
  return (
    keepsConcentration(market, taken, steps) &&
    keepsBudget(market, taken, steps) &&
    keepsShares(market, taken, steps) &&
    keepsBlocks(market, taken, steps)
  );
}

function keepsConcentration(market: Market, taken: readonly Option[], steps: readonly number[]): boolean {
  if (market.input.concentration === undefined || market.relaxed === "concentration_cap") return true;
  for (const [provider, left] of leftByProvider(market)) {
    let sum = 0;
    for (const { bid, index, step } of taken) if (bid.bidder === provider) sum += (steps[index] as number) * step;
    if (sum > left) return false;
  }
  return true;
}

function keepsBudget({ input, relaxed }: Market, taken: readonly Option[], steps: readonly number[]): boolean {
  const { budget } = input;
  if (budget === undefined || relaxed === "over_budget") return true;
  let sum = 0n;
  for (const { line, index, offeredPerStep, seconds } of taken) {
    sum += lineCost(line, (steps[index] as number) * offeredPerStep, seconds);
  }
  const { num, den } = knownRatio(input, budget.currency);
  return sum * den <= budget.micros * 3600n * num || taken.length === 0;
}

/** A share that is missed with the buyer's consent has its price, and is weighed by the search. */
function keepsShares({ input, relaxed }: Market, taken: readonly Option[], steps: readonly number[]): boolean {
  if ((input.minimumShares ?? []).length === 0 || relaxed === "minimum_share") return true;
  return (input.minimumShares ?? []).every((share) => {
    let [own, others] = [0n, 0n];
    for (const { bid, window, index, offeredPerStep } of taken) {
      const seconds = BigInt((steps[index] as number) * offeredPerStep) * BigInt(secondsInside(share, window));
      if (bid.bidder === share.beneficiary) own += seconds;
      else others += seconds;
    }
    return shareHolds(share, own, others);
  });
}

function keepsBlocks({ input, relaxed }: Market, taken: readonly Option[], steps: readonly number[]): boolean {
  if (taken.length < 2) return true;
  const sharing = taken.filter((one) => taken.some((other) => other !== one && sharesRoot(one.line, other.line)));
  if (sharing.length === 0) return true;
  const twice = sharing.some((a) =>
    sharing.some((b) => a.bid !== b.bid && a.lotIndex === b.lotIndex && sharesRoot(a.line, b.line)),
  );
  if (twice || input.together === undefined || relaxed === "no_capacity") return !twice;
  return input.together(
    sharing.map(({ bid, line, index, offeredPerStep }) => {
      return { bid, line, count: (steps[index] as number) * offeredPerStep };
    }),
  );
}
