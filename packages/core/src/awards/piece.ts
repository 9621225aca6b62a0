import { divCeil, divFloor } from "../kernel/index.ts";
import { hourlyMicros } from "../prices/index.ts";
import type { BidLine } from "../tenders/bid.ts";
import { gcdOf } from "./integers.ts";

/** A run of whole steps over which a cost is a straight line: `base + perStep x steps` for steps from `lo` to `hi`. */
export interface Piece {
  readonly lo: number;
  readonly hi: number;
  readonly base: bigint;
  readonly perStep: bigint;
}

/**
 * The hourly cost of a line, in micro-units of its own currency, piece by piece: one piece for each tier that some number of steps
 * from `min` to `max` reaches. A step is `offeredPerStep` accelerators.
 */
export function hourlyPieces(line: BidLine, offeredPerStep: number, min: number, max: number): Piece[] {
  const pieces: Piece[] = [];
  for (const [index, tier] of line.tiers.entries()) {
    const lo = Math.max(min, Math.ceil(tier.from / offeredPerStep));
    const last = (line.tiers[index + 1]?.from ?? Infinity) - 1;
    const hi = Math.min(max, Math.floor(last / offeredPerStep));
    if (lo > hi) continue;
    const perStep = tier.rate.microsPerHour * BigInt(offeredPerStep);
    const atLow = hourlyMicros(line.tiers, line.tierMode, lo * offeredPerStep) ?? 0n;
    pieces.push({ lo, hi, base: atLow - perStep * BigInt(lo), perStep });
  }
  return pieces;
}

/** The parts of pieces whose cost is at most `limit x steps`; exact. Costs are taken times `times` first. */
export function withinLimit(pieces: readonly Piece[], limit: bigint, times: bigint): Piece[] {
  return pieces.flatMap((piece) => {
    const base = piece.base * times;
    const slack = limit - piece.perStep * times;
    if (slack === 0n) return base <= 0n ? [piece] : [];
    // base <= slack x steps
    const lo = slack > 0n ? Math.max(piece.lo, clamp(divCeil(base, slack))) : piece.lo;
    const hi = slack < 0n ? Math.min(piece.hi, clamp(divFloor(-base, -slack))) : piece.hi;
    return lo <= hi ? [{ ...piece, lo, hi }] : [];
  });
}

function clamp(steps: bigint): number {
  return Number(steps < -1n ? -1n : steps > 9_007_199_254_740_991n ? 9_007_199_254_740_991n : steps);
}

/** The cost of so many steps; undefined where no piece holds them. */
export function costAt(pieces: readonly Piece[], steps: number): bigint | undefined {
  for (const piece of pieces) {
    if (steps <= piece.hi) return steps >= piece.lo ? piece.base + piece.perStep * BigInt(steps) : undefined;
  }
  return undefined;
}

/** Pieces in order, each cut to the steps from `lo` to `hi`. */
export function cutTo(pieces: readonly Piece[], lo: number, hi: number): Piece[] {
  return pieces.flatMap((piece) => {
    const from = Math.max(piece.lo, lo);
    const to = Math.min(piece.hi, hi);
    return from <= to ? [{ ...piece, lo: from, hi: to }] : [];
  });
}

/** The largest number of steps up to `steps` that some piece holds; undefined where there is none. */
export function floorTo(pieces: readonly Piece[], steps: number): number | undefined {
  let found: number | undefined;
  for (const piece of pieces) if (piece.lo <= steps) found = Math.min(piece.hi, steps);
  return found;
}

/** The smallest number of steps from `steps` that some piece holds; undefined where there is none. */
export function ceilTo(pieces: readonly Piece[], steps: number): number | undefined {
  const piece = pieces.find((one) => one.hi >= steps);
  return piece === undefined ? undefined : Math.max(piece.lo, steps);
}

/** The greatest number of which all that amounts can be are multiples. */
export function gridOf(amounts: readonly (readonly Piece[] | undefined)[]): bigint {
  let grid = 0n;
  for (const pieces of amounts) {
    for (const { lo, hi, base, perStep } of pieces ?? []) {
      grid = gcdOf(grid, base + perStep * BigInt(lo));
      if (hi > lo) grid = gcdOf(grid, perStep);
    }
  }
  return grid;
}
