import type { CommittedUse } from "../commitments/index.ts";
import { divFloor, windowSeconds } from "../kernel/index.ts";
import { costIn, costOfCount, hourlyMicros } from "../prices/index.ts";
import type { BidLine } from "../tenders/bid.ts";
import { hourlyPieces, type Piece } from "./piece.ts";

/** What so many accelerators of a line cost over `seconds`, in micro-units times 3,600; 0 below what is offered. */
export function lineCost(line: BidLine, count: number, seconds: number): bigint {
  if (line.costs !== undefined) return costOfCount(line.costs, count) ?? 0n;
  return (hourlyMicros(line.tiers, line.tierMode, count) ?? 0n) * BigInt(seconds);
}

/** The same for every number of steps, in straight pieces. */
export function linePieces(
  line: BidLine,
  offeredPerStep: number,
  min: number,
  max: number,
  seconds: number,
): readonly Piece[] {
  const { costs } = line;
  if (costs === undefined) {
    const times = BigInt(seconds);
    return hourlyPieces(line, offeredPerStep, min, max).map(({ lo, hi, base, perStep }) => {
      return { lo, hi, base: base * times, perStep: perStep * times };
    });
  }
  const starts = costs.windows[0]?.parts ?? [];
  return starts.flatMap(({ from }, place): Piece[] => {
    const lo = Math.max(min, Math.ceil(from / offeredPerStep));
    const last = (starts[place + 1]?.from ?? Infinity) - 1;
    const hi = Math.min(max, Math.floor(last / offeredPerStep));
    if (lo > hi) return [];
    let [base, perStep] = [0n, 0n];
    for (const { parts } of costs.windows) {
      base += parts[place]?.base ?? 0n;
      perStep += (parts[place]?.each ?? 0n) * BigInt(offeredPerStep);
    }
    return [{ lo, hi, base, perStep }];
  });
}

/** A line whose price changes over time, as commitments see it: a use for each stretch. `scaled`: into the account's micro-units. */
export function stretchUses(
  { costs }: BidLine,
  count: number,
  scaled: (cost: bigint) => bigint,
  counted: CommittedUse["counted"],
): CommittedUse[] {
  return (costs?.windows ?? []).map((window) => {
    const seconds = BigInt(windowSeconds(window));
    const perSecond = divFloor(scaled(costIn(window, count) ?? 0n), seconds);
    return { window: { from: window.from, to: window.to }, count, perSecond, counted };
  });
}
