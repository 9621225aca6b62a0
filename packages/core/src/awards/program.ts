import type { Commitment, CommittedUse, Account } from "../commitments/index.ts";
import { drawOn } from "../commitments/index.ts";
import type { PartyId } from "../kernel/index.ts";
import type { Constraint } from "./evaluation.ts";
import type { Market, Option } from "./option.ts";
import { costAt, type Piece } from "./piece.ts";

/** An option that can be taken, with all that it costs as whole numbers. */
export interface Item {
  readonly option: Option;
  /** What the search minimises; see `Weights`. */
  readonly objective: readonly Piece[];
  /** Quantity in a step, weighed by the time asked for. */
  readonly fill: bigint;
  /** What is paid to the bidder, in the account's scaled micro-units; and the same with the declared cost of delay. */
  readonly gross: readonly Piece[];
  readonly money: readonly Piece[];
}

/**
 * A quantity that items add up to. `limit`: the sum may not pass the limit, unless its `lump` is paid. `pool`: the sum is shortfall
 * that falls away, as far as the limit. Amounts of a pool are in units of the objective.
 */
export interface Term {
  readonly kind: "limit" | "pool";
  /** By item; undefined where an item adds nothing. */
  readonly amounts: readonly (readonly Piece[] | undefined)[];
  readonly limit: bigint;
  /** All amounts are multiples of it. */
  readonly grid: bigint;
  readonly constraint?: Constraint;
  /** What passing the limit costs, in units of money, where the buyer has decided to. */
  readonly lump?: bigint;
}

/** A cost that falls once when any of the items is taken. */
export interface FixedGroup {
  readonly items: readonly number[];
  readonly cost: bigint;
}

/** Commitments of the buyer towards one bidder, and whether pools reckon exactly what they draw. */
export interface Committed {
  readonly provider: PartyId;
  readonly commitments: readonly Commitment[];
  readonly items: readonly number[];
  readonly uses: (item: number, steps: number) => readonly CommittedUse[];
}

/**
 * One number orders combinations: unfilled quantity first, then incremental effective cost, then what is contingent, then receipt.
 * Each weight is larger than all that the later ones can add up to.
 */
export interface Weights {
  /** Of a scaled micro-unit. */
  readonly money: bigint;
  /** Of a contingent accelerator. */
  readonly contingent: bigint;
  /** Of a unit of filled quantity: subtracted. */
  readonly fill: bigint;
}

/** The evaluation as a search problem: how many steps of each item. */
export interface Program {
  readonly market: Market;
  readonly account: Account;
  readonly weights: Weights;
  readonly items: readonly Item[];
  /** Accelerators that can still be filled in each lot, cut to what steps can add up to. */
  readonly room: readonly number[];
  readonly itemsOfLot: readonly (readonly number[])[];
  readonly terms: readonly Term[];
  readonly fixed: readonly FixedGroup[];
  readonly committed: readonly Committed[];
  /** Items that are taken all or none. */
  readonly links: readonly (readonly number[])[];
  /** For each item those that name one of its root blocks. */
  readonly sharing: readonly (readonly number[])[];
  /** For each item those of its lot that name one of its root blocks in another bid: never taken with it. */
  readonly exclusive: readonly (readonly number[])[];
}

/** What a term adds up to. */
export function amountOf(term: Term, steps: ArrayLike<number>): bigint {
  let sum = 0n;
  for (const [item, pieces] of term.amounts.entries()) {
    const count = steps[item] as number;
    if (pieces !== undefined && count > 0) sum += costAt(pieces, count) ?? 0n;
  }
  return sum;
}

/** Shortfall that falls away, exact, in scaled micro-units. */
export function avoidedBy({ commitments, items, uses }: Committed, steps: ArrayLike<number>, account: Account): bigint {
  const taken = items.filter((item) => (steps[item] as number) > 0);
  if (taken.length === 0) return 0n;
  const draws = drawOn(
    commitments,
    taken.flatMap((item) => uses(item, steps[item] as number)),
    account,
  );
  return draws.reduce((sum, draw) => sum + draw.avoided, 0n);
}

/** Fixed costs and decided misses, less shortfall avoided: what is not the sum of the items. In scaled micro-units. */
export function jointMoney(program: Program, steps: ArrayLike<number>): bigint {
  let sum = 0n;
  for (const group of program.fixed) if (group.items.some((item) => (steps[item] as number) > 0)) sum += group.cost;
  for (const one of program.committed) sum -= avoidedBy(one, steps, program.account);
  for (const term of program.terms) if (term.lump !== undefined && amountOf(term, steps) > term.limit) sum += term.lump;
  return sum;
}

/** The number by which combinations are ordered; the least is best. */
export function scoreOf(program: Program, steps: ArrayLike<number>): bigint {
  let sum = program.weights.money * jointMoney(program, steps);
  for (const [item, { objective }] of program.items.entries()) {
    const count = steps[item] as number;
    if (count > 0) sum += costAt(objective, count) as bigint;
  }
  return sum;
}

/** Incremental effective cost in scaled micro-units. */
export function moneyOf(program: Program, steps: ArrayLike<number>): bigint {
  let sum = jointMoney(program, steps);
  for (const [item, { money }] of program.items.entries()) {
    const count = steps[item] as number;
    if (count > 0) sum += costAt(money, count) as bigint;
  }
  return sum;
}

/** Whether a combination keeps every constraint. */
export function isFeasible(program: Program, steps: ArrayLike<number>): boolean {
  return (
    fitsItems(program, steps) && fitsLots(program, steps) && fitsTerms(program, steps) && fitsTogether(program, steps)
  );
}

function fitsItems({ items, links, exclusive }: Program, steps: ArrayLike<number>): boolean {
  const taken = (item: number): boolean => (steps[item] as number) > 0;
  for (const [item, { objective }] of items.entries()) {
    if (taken(item) && costAt(objective, steps[item] as number) === undefined) return false;
    if (taken(item) && exclusive[item]?.some(taken)) return false;
  }
  return links.every((link) => link.every(taken) || !link.some(taken));
}

function fitsLots({ items, itemsOfLot, room }: Program, steps: ArrayLike<number>): boolean {
  return itemsOfLot.every((members, lot) => {
    const filled = members.reduce((sum, item) => sum + (steps[item] as number) * (items[item] as Item).option.step, 0);
    return filled <= (room[lot] as number);
  });
}

function fitsTerms({ terms }: Program, steps: ArrayLike<number>): boolean {
  return terms.every((term) => term.kind === "pool" || term.lump !== undefined || amountOf(term, steps) <= term.limit);
}

/** Asks the caller about lines that name a root block which another chosen line names too. */
export function fitsTogether({ market, items, sharing }: Program, steps: ArrayLike<number>): boolean {
  const { together } = market.input;
  if (together === undefined || market.relaxed === "no_capacity") return true;
  const taken = (item: number): boolean => (steps[item] as number) > 0;
  const parts = items.flatMap(({ option: { bid, line, offeredPerStep } }, item) => {
    if (!taken(item) || !sharing[item]?.some(taken)) return [];
    return [{ bid, line, count: (steps[item] as number) * offeredPerStep }];
  });
  return parts.length === 0 || together(parts);
}
