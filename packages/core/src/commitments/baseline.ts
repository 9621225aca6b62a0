import { divHalfAway, type Instant, intersection, type Money, type TimeWindow } from "../kernel/index.ts";
import type { CommitmentPeriod } from "./commitment.ts";

/** Other spend, or use, that counts as well and is expected in a span, as a rule a month. In the unit of the commitment. */
export interface BaselineSpan extends TimeWindow {
  readonly amount?: Money;
  readonly acceleratorSeconds?: bigint;
}

/**
 * A schedule with what a baseline adds to what is expected besides the request at hand. A span falls on periods by time, its parts
 * adding up to it; of a span before `asOf`, up to which draws are known, only the rest is still expected. What falls outside all
 * periods counts nowhere. Spans are in the unit and currency of the schedule: the reader has looked.
 */
export function withBaseline(
  schedule: readonly CommitmentPeriod[],
  spans: readonly BaselineSpan[],
  asOf?: Instant,
): readonly CommitmentPeriod[] {
  return schedule.map((period) => {
    const ahead = { from: Math.max(period.from, asOf ?? period.from) as Instant, to: period.to };
    let [micros, seconds] = [0n, 0n];
    for (const span of spans) {
      const inside = intersection(span, ahead);
      if (inside === undefined) continue;
      micros += partOf(span.amount?.micros ?? 0n, span, inside);
      seconds += partOf(span.acceleratorSeconds ?? 0n, span, inside);
    }
    return plus(period, micros, seconds);
  });
}

/** Rounded at the ends of the part, so that the parts of a span add up to it. */
function partOf(amount: bigint, span: TimeWindow, part: TimeWindow): bigint {
  const length = BigInt(span.to - span.from);
  const reached = (at: Instant): bigint => divHalfAway(amount * BigInt(at - span.from), length);
  return reached(part.to) - reached(part.from);
}

function plus(period: CommitmentPeriod, micros: bigint, seconds: bigint): CommitmentPeriod {
  if (period.amount !== undefined && micros > 0n) {
    const { currency } = period.amount;
    return { ...period, expectedOther: { micros: (period.expectedOther?.micros ?? 0n) + micros, currency } };
  }
  if (period.acceleratorSeconds === undefined || seconds === 0n) return period;
  return { ...period, expectedOtherSeconds: (period.expectedOtherSeconds ?? 0n) + seconds };
}

/**
 * What is drawn to date of a promise with milestones, on the periods between them: the earliest is filled first, and what is left
 * over after the last one stays with it. In the unit of the schedule.
 */
export function withDrawn(schedule: readonly CommitmentPeriod[], drawn: Money | bigint): readonly CommitmentPeriod[] {
  let left = typeof drawn === "bigint" ? drawn : drawn.micros;
  return schedule.map((period, index) => {
    const most = period.amount?.micros ?? period.acceleratorSeconds ?? 0n;
    const own = index === schedule.length - 1 || left < most ? left : most;
    left -= own;
    if (own === 0n) return period;
    if (period.amount === undefined) return { ...period, drawnSeconds: own };
    return { ...period, drawn: { micros: own, currency: period.amount.currency } };
  });
}
