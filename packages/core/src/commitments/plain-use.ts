import {
  type Currency,
  divHalfAway,
  intersection,
  type Money,
  type TimeWindow,
  windowSeconds,
} from "../kernel/index.ts";
import type { Commitment } from "./commitment.ts";
import { type Account, drawOn, WHOLE } from "./draw.ts";

/** A part of an award at one hourly cost, in the currency of the commitments. */
export interface PlainUse {
  readonly window: TimeWindow;
  readonly count: number;
  /** What all of it costs in an hour, in micro-units. */
  readonly hourlyMicros: bigint;
}

/** Shortfall cost that falls away when these uses are bought, for commitments and uses of one currency; half away from zero. */
export function shortfallAvoided(
  commitments: readonly Commitment[],
  uses: readonly PlainUse[],
  currency: Currency,
): Money {
  const account = plainAccount(currency);
  const draws = drawOn(
    commitments,
    uses.map(({ window, count, hourlyMicros }) => {
      return { window, count, perSecond: hourlyMicros * 10_000n, counted: () => WHOLE };
    }),
    account,
  );
  const avoided = draws.reduce((sum, draw) => sum + draw.avoided, 0n);
  return { micros: divHalfAway(avoided, account.scale), currency };
}

function plainAccount(currency: Currency): Account {
  return {
    currency,
    scale: 36_000_000n,
    ratioOf: (other) => {
      throw new Error(`Broken belief: ${other} is ${currency}`);
    },
  };
}

/** What of a use's cost falls inside the periods of a commitment, filled or not (domain row K2); half away from zero. */
export function countedSpend(commitment: Commitment, use: PlainUse, currency: Currency): Money {
  let seconds = 0;
  for (const period of commitment.clause.schedule) {
    const inside = intersection(period, use.window);
    if (inside !== undefined) seconds += windowSeconds(inside);
  }
  const scaledMicros = use.hourlyMicros * BigInt(seconds);
  return { micros: divHalfAway(scaledMicros, 3600n), currency };
}
