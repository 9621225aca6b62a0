import { type Bound, boundOf, less } from "./bound.ts";
import { type Box, isFixed, wholeBox } from "./box.ts";
import { branch } from "./branch.ts";
import { cheapestFirst, guess } from "./primal.ts";
import { isFeasible, type Program, scoreOf } from "./program.ts";
import { type Fraction, type Multipliers, stepsOf } from "./relaxation.ts";

export interface Found {
  /** Steps of each item. */
  readonly steps: Int32Array;
  readonly score: bigint;
  readonly nodes: number;
  readonly exact: boolean;
  /** No combination has a lower score; equal to the score when exact. */
  readonly bound: Fraction;
}

/** Below every score. */
export const NO_BOUND: Fraction = { num: -1n, den: 0n };

interface Node {
  readonly box: Box;
  readonly bound: Fraction;
  readonly multipliers: Multipliers;
  /** Order of making: of equal bounds the latest comes first, which goes deep. */
  readonly order: number;
}

/** In how many of the first nodes, and in every how many-th later, combinations are made up thoroughly. */
const THOROUGH = 16;

/**
 * The combination with the lowest score, by branch and bound, the lowest bound first: exact, deterministic, and honest when it meets
 * the limit of nodes. Scores are multiples of `grid`, so that a box whose bound is within less than that of the best holds nothing
 * better. Taking nothing is always feasible, so that something is always found; `start` is a combination to begin with.
 */
export function search(program: Program, nodesMax: number, grid: bigint, start?: Int32Array): Found {
  const order = cheapestFirst(program);
  let steps: Int32Array = start ?? new Int32Array(program.items.length);
  let score = scoreOf(program, steps);
  const offer = (candidate: Int32Array): void => {
    const its = isFeasible(program, candidate) ? scoreOf(program, candidate) : score;
    if (its < score) [steps, score] = [candidate, its];
  };
  const isHopeless = ({ num, den }: Fraction): boolean => num > (score - grid) * den;
  const open: Node[] = [];
  let [nodes, made] = [0, 0];
  const expand = (box: Box, start?: Multipliers): void => {
    nodes += 1;
    const bound = boundOf(program, box, start, isHopeless);
    if (bound === undefined || isHopeless(bound.value)) return;
    for (const candidate of candidatesOf(program, order, box, bound, nodes <= THOROUGH || nodes % THOROUGH === 0))
      offer(candidate);
    if (isHopeless(bound.value)) return;
    for (const child of branch(program, box, bound)) {
      made += 1;
      push(open, { box: child, bound: bound.value, multipliers: bound.multipliers, order: made });
    }
  };
  if (nodesMax <= 0) return { steps, score, nodes, exact: false, bound: NO_BOUND };
  expand(wholeBox(program));
  for (let node = pop(open); node !== undefined; node = pop(open)) {
    if (isHopeless(node.bound)) continue;
    if (nodes >= nodesMax) return { steps, score, nodes, exact: false, bound: node.bound };
    expand(node.box, node.multipliers);
  }
  return { steps, score, nodes, exact: true, bound: { num: score, den: 1n } };
}

/** Combinations near the relaxed ones; in a box with nothing open, the one that is left. */
function candidatesOf(
  program: Program,
  order: readonly number[],
  box: Box,
  bound: Bound,
  thorough: boolean,
): Int32Array[] {
  if (program.items.every((_, item) => isFixed(box, item))) {
    return [Int32Array.from(program.items, (_, item) => (box.zero[item] === 1 ? 0 : (box.lo[item] as number)))];
  }
  const points = [bound.steps, ...bound.relaxed.map(stepsOf)];
  const whole = points.map((point) => Int32Array.from(point, (at) => Math.round(at)));
  return thorough ? [...whole, ...points.map((point) => guess(program, order, point))] : whole;
}

function comesFirst(a: Node, b: Node): boolean {
  if (less(a.bound, b.bound)) return true;
  return !less(b.bound, a.bound) && a.order > b.order;
}

/** A binary heap, the lowest bound on top. */
function push(heap: Node[], node: Node): void {
  let place = heap.push(node) - 1;
  while (place > 0) {
    const parent = (place - 1) >> 1;
    if (!comesFirst(node, heap[parent] as Node)) break;
    heap[place] = heap[parent] as Node;
    place = parent;
  }
  heap[place] = node;
}

function pop(heap: Node[]): Node | undefined {
  const top = heap[0];
  const last = heap.pop();
  if (top === undefined || last === undefined || heap.length === 0) return top;
  let place = 0;
  for (;;) {
    let child = 2 * place + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && comesFirst(heap[child + 1] as Node, heap[child] as Node)) child += 1;
    if (!comesFirst(heap[child] as Node, last)) break;
    heap[place] = heap[child] as Node;
    place = child;
  }
  heap[place] = last;
  return top;
}
