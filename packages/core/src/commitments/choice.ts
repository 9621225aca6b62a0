import {
  believe,
  type Instant,
  intersection,
  mulRational,
  type PartyId,
  type Rate,
  type Rational,
  rational,
  type TimeWindow,
  windowSeconds,
} from "../kernel/index.ts";
import type { Fractions } from "../scope/index.ts";
import { type Amount, constant, type Line, minus, plus, type Probe, times } from "./break-even.ts";
import { type Commitment, type CommitmentPeriod, drawOrder, isCounted, measureOf } from "./commitment.ts";
import { WHOLE } from "./draw.ts";
import { missingIn } from "./shortfall.ts";

/** What a choice would buy, in the currency in which choices are compared. */
export interface ChosenUse {
  readonly provider: PartyId;
  readonly window: TimeWindow;
  readonly count: number;
  readonly rate: Rate;
  /** Which part a commitment counts; all that its beneficiary supplies when absent. */
  readonly counted?: (commitment: Commitment) => Fractions | undefined;
}

/**
 * What varies. `price`: micro-units of an accelerator-hour, in place of the price of the uses of `provider`. `count`: accelerators, in
 * place of the count of every use. `baseline`: more (or, below zero, less) of what is expected besides in every period of one
 * commitment, in its own unit.
 */
export type Variable =
  | { readonly kind: "price"; readonly provider: PartyId }
  | { readonly kind: "count" }
  | { readonly kind: "baseline"; readonly commitment: Commitment };

const ZERO = constant(rational(0n));

/**
 * The effective cost of a choice as an amount that depends on a variable: cost less shortfall avoided, with draws in the order of
 * CMT6. Parts of an accelerator-second count here, so that the amount has no steps; an award counts whole ones. For uses and
 * commitments of one currency. Undefined where the amount is no line: the price varies, and money and use are both committed.
 */
export function effectiveAmount(
  uses: readonly ChosenUse[],
  commitments: readonly Commitment[],
  variable: Variable,
): Amount | undefined {
  const counted = drawOrder(
    commitments.filter(({ clause }) => isCounted(clause) && measureOf(clause.type) !== undefined),
  );
  believe(isOneCurrency(uses, counted), "what is compared is converted first, by a recorded rate");
  if (!isLinear(uses, counted, variable)) return undefined;
  return (probe) => {
    const rooms = counted.flatMap((commitment) => roomsOf(commitment, variable, probe));
    let sum = ZERO;
    for (const piece of piecesOf(uses, rooms)) sum = plus(sum, costOfPiece(piece, variable, probe));
    return sum;
  };
}

function isOneCurrency(uses: readonly ChosenUse[], commitments: readonly Commitment[]): boolean {
  const amounts = commitments.flatMap(({ clause }) => [clause.price, ...clause.schedule.map(({ amount }) => amount)]);
  const all = [...uses.map(({ rate }) => rate), ...amounts].flatMap((one) => one?.currency ?? []);
  return all.every((currency) => currency === all[0]);
}

/** Money and use are in proportion at a price that stands still. At one that varies, commitments of both kinds make a curve. */
function isLinear(uses: readonly ChosenUse[], commitments: readonly Commitment[], variable: Variable): boolean {
  return uses.every((use) => {
    const own = commitments.filter((commitment) => countedIn(use, commitment) !== undefined);
    const measures = new Set(own.map(({ clause }) => measureOf(clause.type)));
    return !variesPrice(variable, use) || measures.size < 2;
  });
}

interface Room {
  readonly commitment: Commitment;
  readonly period: CommitmentPeriod;
  readonly measure: "money" | "accelerator-seconds";
  /** What a unit of its measure avoids: micro-units. */
  readonly worth: Rational;
  left: Line;
}

function roomsOf(commitment: Commitment, variable: Variable, probe: Probe): Room[] {
  const { clause } = commitment;
  const measure = measureOf(clause.type) ?? "money";
  const share = rational(BigInt(clause.shortfallBp), 10_000n);
  const worth = measure === "money" ? share : mulRational(share, perSecond(clause.price));
  return clause.schedule.map((period) => {
    const varies = variable.kind === "baseline" && variable.commitment === commitment;
    const missing = varies ? lessExpected(commitment, period, probe) : constant(rational(missingIn(clause, period)));
    return { commitment, period, measure, worth, left: probe.max(missing, ZERO) };
  });
}

/** Expected besides, from zero up to what is committed: what is missing falls by as much. */
function lessExpected({ clause }: Commitment, period: CommitmentPeriod, probe: Probe): Line {
  const { expectedOther: _, expectedOtherSeconds: __, ...bare } = period;
  const drawnOnly = missingIn(clause, bare);
  const before = period.expectedOther?.micros ?? period.expectedOtherSeconds ?? 0n;
  const expected = probe.max(plus(constant(rational(before)), probe.variable), ZERO);
  return minus(constant(rational(drawnOnly)), expected);
}

const perSecond = (rate: Rate | undefined): Rational => rational(rate?.microsPerHour ?? 0n, 3600n);

interface Piece {
  readonly use: ChosenUse;
  readonly from: Instant;
  readonly seconds: number;
  readonly rooms: readonly Room[];
}

/** Uses cut where any period or use begins or ends, in order of time. */
function piecesOf(uses: readonly ChosenUse[], rooms: readonly Room[]): Piece[] {
  const windows = [...uses.map(({ window }) => window), ...rooms.map(({ period }) => period)];
  const edges = [...new Set(windows.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  const pieces = uses.flatMap((use) =>
    edges.slice(1).flatMap((to, index): Piece[] => {
      const span = intersection({ from: edges[index] as Instant, to }, use.window);
      if (span === undefined) return [];
      const inside = rooms.filter(
        ({ period, commitment }) =>
          intersection(period, span) !== undefined && countedIn(use, commitment) !== undefined,
      );
      return [{ use, from: span.from, seconds: windowSeconds(span), rooms: inside }];
    }),
  );
  return pieces.sort((a, b) => a.from - b.from);
}

function countedIn(use: ChosenUse, commitment: Commitment): Fractions | undefined {
  if (commitment.clause.beneficiary !== use.provider) return undefined;
  return use.counted === undefined ? WHOLE : use.counted(commitment);
}

/** Its cost less what it avoids; it fills the rooms that cover it one after the other. */
function costOfPiece({ use, seconds, rooms }: Piece, variable: Variable, probe: Probe): Line {
  const count = variable.kind === "count" ? probe.variable : constant(rational(BigInt(use.count)));
  const units = times(count, rational(BigInt(seconds)));
  const varies = variesPrice(variable, use);
  const price = perSecond(use.rate);
  // At a price that varies, what is left is reckoned in money or in use, whichever the rooms count: see `isLinear`.
  const cost = varies
    ? times(probe.variable, rational(BigInt(use.count) * BigInt(seconds), 3600n))
    : times(units, price);
  const inMoney = varies && rooms[0]?.measure === "money";
  let [left, net] = [inMoney ? cost : units, cost];
  for (const room of rooms) {
    const fractions = countedIn(use, room.commitment) as Fractions;
    const part = room.measure === "money" ? fractions.cost : fractions.usage;
    const each = room.measure === "money" && !inMoney ? mulRational(part, price) : part;
    if (each.num <= 0n) continue;
    const taken = probe.min(times(left, each), room.left);
    room.left = minus(room.left, taken);
    left = minus(left, times(taken, rational(each.den, each.num)));
    net = minus(net, times(taken, room.worth));
  }
  return net;
}

function variesPrice(variable: Variable, use: ChosenUse): boolean {
  return variable.kind === "price" && variable.provider === use.provider;
}
