import {
  believe,
  type Currency,
  divCeil,
  divFloor,
  type Instant,
  intersection,
  type Rational,
  rational,
  type TimeWindow,
  windowSeconds,
} from "../kernel/index.ts";
import type { Fractions } from "../scope/index.ts";
import { type Commitment, type CommitmentPeriod, drawOrder, measureOf } from "./commitment.ts";
import { missingIn } from "./shortfall.ts";

/**
 * The money in which draws are reckoned: micro-units of one currency times `scale`. With a scale that 36,000,000 and all
 * denominators of the ratios divide, whatever one commitment draws and avoids is exact.
 */
export interface Account {
  readonly currency: Currency;
  readonly scale: bigint;
  /** Units of the account's currency for one of another. Throws where none is recorded: the caller has looked before. */
  readonly ratioOf: (currency: Currency) => Rational;
}

/** A part of an award, as commitments see it. */
export interface CommittedUse {
  readonly window: TimeWindow;
  readonly count: number;
  /** Cost of all of it for one second, in the account's scaled micro-units. */
  readonly perSecond: bigint;
  /** Which part of it counts; undefined where it is out of the commitment's scope. */
  readonly counted: (commitment: Commitment) => Fractions | undefined;
}

/** What one period of one commitment takes of the uses. Money in the account's scaled micro-units. */
export interface Draw {
  readonly commitment: Commitment;
  readonly period: CommitmentPeriod;
  /** Accelerator-seconds that draw on it; each draws on one commitment only (invariant I7). */
  readonly units: bigint;
  /** What of its shortfall they fill: money, or accelerator-seconds for a volume. */
  readonly drawn: bigint;
  /** Shortfall cost that falls away. */
  readonly avoided: bigint;
}

const ONE = rational(1n);

interface Room {
  readonly commitment: Commitment;
  readonly period: CommitmentPeriod;
  readonly measure: "money" | "accelerator-seconds";
  /** What a unit of its measure avoids, times 10,000. */
  readonly worth: bigint;
  left: bigint;
  units: bigint;
  drawn: bigint;
}

interface Segment {
  readonly use: CommittedUse;
  readonly from: Instant;
  readonly seconds: number;
  readonly rooms: readonly Room[];
}

/**
 * What the uses draw on the commitments, in draw order. Uses are cut where periods and uses begin and end; the cost of a use falls
 * on its pieces by accelerator-seconds; pieces are served in order of time, those of one time in the order of the uses. A unit (an accelerator-second) draws on the first commitment that
 * covers it and still misses something; the unit that fills it draws on it whole. Minimum shares draw nothing.
 */
export function drawOn(
  commitments: readonly Commitment[],
  uses: readonly CommittedUse[],
  account: Account,
): readonly Draw[] {
  const rooms = drawOrder(commitments).flatMap((commitment) => roomsOf(commitment, account));
  const edges = new Set(
    [...uses.map((use) => use.window), ...rooms.map((room) => room.period)].flatMap(({ from, to }) => [from, to]),
  );
  const segments = uses.flatMap((use) => segmentsOf(use, rooms, edges));
  if (uses.length > 1) segments.sort((a, b) => a.from - b.from);
  for (const segment of segments) serve(segment);
  return rooms
    .filter((room) => room.units > 0n)
    .map(({ commitment, period, units, drawn, worth }) => {
      return { commitment, period, units, drawn, avoided: divFloor(drawn * worth, 10_000n) };
    });
}

function roomsOf(commitment: Commitment, account: Account): Room[] {
  const { clause } = commitment;
  const measure = measureOf(clause.type);
  if (measure === undefined) return [];
  return clause.schedule.flatMap((period) => {
    const missing = missingIn(clause, period);
    if (missing <= 0n) return [];
    const left = measure === "money" ? scaled(missing, period.amount?.currency, account) : missing;
    return [{ commitment, period, measure, worth: worthOf(commitment, measure, account), left, units: 0n, drawn: 0n }];
  });
}

/** A volume without a price draws, and what it avoids has no amount. */
function worthOf({ clause }: Commitment, measure: Room["measure"], account: Account): bigint {
  const rate = BigInt(clause.shortfallBp);
  if (measure === "money") return rate;
  return clause.price === undefined
    ? 0n
    : rate * perSecondOf(clause.price.microsPerHour, clause.price.currency, account);
}

/** Micro-units per hour as the account's scaled micro-units per second. */
export function perSecondOf(microsPerHour: bigint, currency: Currency, account: Account): bigint {
  return scaled(microsPerHour, currency, account) / 3600n;
}

function scaled(micros: bigint, currency: Currency | undefined, account: Account): bigint {
  believe(currency !== undefined, "an amount has a currency");
  if (currency === account.currency) return micros * account.scale;
  const ratio = account.ratioOf(currency);
  return (micros * account.scale * ratio.num) / ratio.den;
}

/** Cuts a use where any period or any use begins or ends, and lists for each piece who may take it, in draw order. */
function segmentsOf(use: CommittedUse, rooms: readonly Room[], edges: ReadonlySet<number>): Segment[] {
  const covering = rooms.filter(
    (room) => intersection(room.period, use.window) !== undefined && use.counted(room.commitment) !== undefined,
  );
  if (covering.length === 0) return [];
  const { from: start, to: end } = use.window;
  const cuts = [...edges].filter((edge) => start <= edge && edge <= end).sort((a, b) => a - b) as Instant[];
  return cuts.slice(1).map((to, index) => {
    const from = cuts[index] as Instant;
    const inside = covering.filter(({ period }) => period.from <= from && to <= period.to);
    return { use, from, seconds: windowSeconds({ from, to }), rooms: inside };
  });
}

function serve({ use, seconds, rooms }: Segment): void {
  let left = BigInt(use.count) * BigInt(seconds);
  for (const room of rooms) {
    if (left === 0n) return;
    if (room.left > 0n) left -= take(room, use, left);
  }
}

/** Lets a room take units, as many as it misses, and says how many. */
function take(room: Room, use: CommittedUse, units: bigint): bigint {
  const fractions = use.counted(room.commitment) as Fractions;
  const count = BigInt(use.count);
  const part = room.measure === "money" ? fractions.cost : fractions.usage;
  // What `units` count for is `units * perUnit / divisor`, in the room's own measure.
  const perUnit = (room.measure === "money" ? use.perSecond : count) * part.num;
  const divisor = count * part.den;
  if (perUnit <= 0n) return 0n;
  const needed = divCeil(room.left * divisor, perUnit);
  const taken = needed < units ? needed : units;
  const worth = taken === needed ? room.left : (taken * perUnit) / divisor;
  room.left -= worth;
  room.drawn += worth;
  room.units += taken;
  return taken;
}

/** All of it counts. */
export const WHOLE: Fractions = { cost: ONE, usage: ONE };
