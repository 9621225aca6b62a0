import { gcdOf } from "./integers.ts";
import type { Piece } from "./piece.ts";
import { cheapestFirst, guess } from "./primal.ts";
import type { Item, Program, Term } from "./program.ts";
import { type Found, NO_BOUND, search } from "./search.ts";

/**
 * The best combination of a program. First, where it is not plain that all can be filled, the most that can be is found by itself:
 * whole steps make that a puzzle of its own, which cost would only blur. Then the search looks for the least cost of filling that.
 */
export function optimise(program: Program, nodesMax: number): Found {
  const start = guess(
    program,
    cheapestFirst(program),
    program.items.map(() => 0),
  );
  const most = mostFill(program);
  if (filledBy(program, start) === most) return search(program, nodesMax, 1n, start);
  const grid = program.items.reduce((all, { fill }) => gcdOf(all, fill), 0n);
  if (grid === 0n) return search(program, nodesMax, 1n, start);
  const filled = search(fillProgram(program), Math.ceil(nodesMax / 2), grid, start);
  const limit = filledBy(program, filled.steps);
  const limited =
    filled.exact && limit < most ? { ...program, terms: [...program.terms, fillTerm(program, limit, grid)] } : program;
  const found = search(limited, nodesMax - filled.nodes, 1n, filled.steps);
  const nodes = found.nodes + filled.nodes;
  // While more might be filled, a bound says nothing of what filling as much costs.
  return filled.exact ? { ...found, nodes } : { ...found, nodes, exact: false, bound: NO_BOUND };
}

/** Quantity filled, weighed by time asked for. */
export function filledBy({ items }: Program, steps: ArrayLike<number>): bigint {
  let sum = 0n;
  for (const [item, { fill }] of items.entries()) sum += fill * BigInt(steps[item] as number);
  return sum;
}

/** What the lots leave to be filled, and the items offer. */
function mostFill({ items, itemsOfLot, room }: Program): bigint {
  let sum = 0n;
  for (const [lot, members] of itemsOfLot.entries()) {
    const [first] = members;
    if (first === undefined) continue;
    const offered = members.reduce((all, item) => all + maxOf(items[item] as Item), 0);
    const { fill, option } = items[first] as Item;
    sum += (fill * BigInt(Math.min(room[lot] as number, offered))) / BigInt(option.step);
  }
  return sum;
}

function maxOf({ objective, option }: Item): number {
  return (objective.at(-1)?.hi ?? 0) * option.step;
}

function fillPieces({ objective, fill }: Item, sign: bigint): Piece[] {
  return objective.map(({ lo, hi }) => ({ lo, hi, base: 0n, perStep: sign * fill }));
}

/** The same combinations, of which the one that fills most is sought, whatever it costs. */
function fillProgram(program: Program): Program {
  return {
    ...program,
    items: program.items.map((item) => ({ ...item, objective: fillPieces(item, -1n) })),
    terms: program.terms.filter(({ kind, lump }) => kind === "limit" && lump === undefined),
    fixed: [],
    committed: [],
    weights: { money: 0n, contingent: 0n, fill: 1n },
  };
}

/** Nothing fills more than what was found: said to the search, it need not find it out again at every turn. */
function fillTerm({ items }: Program, limit: bigint, grid: bigint): Term {
  return { kind: "limit", amounts: items.map((item) => fillPieces(item, 1n)), limit, grid };
}

/** Items that have nothing to do with each other: each group can be solved by itself. */
export function componentsOf(program: Program): number[][] {
  const parent = program.items.map((_, item) => item);
  const root = (item: number): number => {
    let at = item;
    while (parent[at] !== at) at = parent[at] as number;
    return at;
  };
  const join = (members: readonly number[]): void => {
    for (const item of members) parent[root(item)] = root(members[0] as number);
  };
  const { itemsOfLot, links, fixed, committed, sharing, terms } = program;
  for (const members of [
    ...itemsOfLot,
    ...links,
    ...fixed.map(({ items }) => items),
    ...committed.map(({ items }) => items),
  ])
    join(members);
  for (const [item, others] of sharing.entries()) join([item, ...others]);
  for (const { amounts } of terms) join(amounts.flatMap((one, item) => (one === undefined ? [] : [item])));
  const groups = new Map<number, number[]>();
  for (const item of parent.keys()) {
    const its = root(item);
    const group = groups.get(its);
    if (group === undefined) groups.set(its, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}
