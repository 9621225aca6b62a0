import type { BookState } from "../book/state.ts";
import type { Instant, Money, Rate } from "../kernel/index.ts";
import { windowSeconds } from "../kernel/index.ts";
import { attempt, type Attempt } from "./attempt.ts";
import { type EffectiveCost, effectiveCost, type PlannedUse, reckoningOf, useAt } from "./costs.ts";
import { type Outcome, outcomeOf } from "./course.ts";
import { perHour } from "./sources.ts";

/** What an attempt comes to in count, time and money. */
export interface Result {
  readonly outcome: Outcome;
  readonly wanted: number;
  readonly awarded: number;
  readonly awardedAt?: Instant;
  /** The award and the lead time fit before the start. */
  readonly inTime: boolean;
  /** Of what is awarded with a price; absent where nothing is, or a rate is missing. */
  readonly effective?: EffectiveCost;
  readonly cost?: Money;
  /** By accelerator-hour awarded, rounded: for showing. */
  readonly price?: Rate;
  readonly effectivePrice?: Rate;
}

export function resultOf(state: BookState, wanted: Attempt, leadMs: number): Result {
  const outcome = outcomeOf(attempt(state, wanted));
  const { awardedAt, awarded } = outcome;
  const start = Math.min(...wanted.request.lines.map((line) => line.window.from));
  const uses = usesOf(outcome);
  const reckoning = reckoningOf(state, wanted.request, wanted.at, outcome.lots);
  const reckoned = uses.length === 0 ? undefined : effectiveCost(reckoning, uses);
  const effective = reckoned === undefined || "rateMissing" in reckoned ? undefined : reckoned;
  const seconds = uses.reduce((sum, { count, window }) => sum + BigInt(count) * BigInt(windowSeconds(window)), 0n);
  return {
    outcome,
    wanted: outcome.wanted,
    awarded,
    ...(awardedAt === undefined ? {} : { awardedAt }),
    inTime: awardedAt !== undefined && awardedAt + leadMs <= start,
    ...(effective === undefined
      ? {}
      : {
          effective,
          cost: effective.cost,
          price: perHour(effective.cost, seconds),
          effectivePrice: perHour(effective.effective, seconds),
        }),
  };
}

/** What is awarded, as commitments see it. */
export function usesOf({ awards, lots }: Outcome): PlannedUse[] {
  return awards
    .flatMap(({ lines }) => lines)
    .flatMap((line): PlannedUse[] => {
      const lot = lots.find(({ id }) => id === line.lot);
      if (lot === undefined || line.price === undefined) return [];
      return [useAt(lot, line, line.price)];
    });
}

/** The one that a buyer would rather have: more of it in time, then more of it, then the lower effective cost, then the earlier. */
export function isPreferred(a: Result, b: Result): boolean {
  const [x, y] = [a.inTime ? a.awarded : 0, b.inTime ? b.awarded : 0];
  if (x !== y) return x > y;
  if (a.awarded !== b.awarded) return a.awarded > b.awarded;
  const [c, d] = [a.effective?.effective.micros, b.effective?.effective.micros];
  if (c !== undefined && d !== undefined && c !== d) return c < d;
  return (a.awardedAt ?? Infinity) < (b.awardedAt ?? Infinity);
}
