import {
  addRational,
  compareRational,
  divRational,
  mulRational,
  type Rational,
  rational,
  subRational,
} from "../kernel/index.ts";

/** A line over a variable: what it comes to at the variable's present value, and by how much it rises with it. */
export interface Line {
  readonly value: Rational;
  readonly slope: Rational;
}

const ZERO = rational(0n);

export const constant = (value: Rational): Line => ({ value, slope: ZERO });
export const plus = (a: Line, b: Line): Line => ({
  value: addRational(a.value, b.value),
  slope: addRational(a.slope, b.slope),
});
export const minus = (a: Line, b: Line): Line => ({
  value: subRational(a.value, b.value),
  slope: subRational(a.slope, b.slope),
});
export const times = (a: Line, factor: Rational): Line => ({
  value: mulRational(a.value, factor),
  slope: mulRational(a.slope, factor),
});

/**
 * Works a piecewise linear amount out at one value of the variable, for that value and just after it. Every comparison notes where,
 * further on, it would come out otherwise: until the first such place the amount is one straight line.
 */
export class Probe {
  readonly x: Rational;
  /** Where the amount may bend next; undefined where it goes on for ever. */
  bend: Rational | undefined;

  constructor(x: Rational) {
    this.x = x;
  }

  /** The variable itself. */
  get variable(): Line {
    return { value: this.x, slope: rational(1n) };
  }

  min(a: Line, b: Line): Line {
    return this.isBelow(b, a) ? b : a;
  }

  max(a: Line, b: Line): Line {
    return this.isBelow(a, b) ? b : a;
  }

  /** Whether `a` is below `b` here, or equal and below just after. */
  isBelow(a: Line, b: Line): boolean {
    const gap = minus(b, a);
    const sign = compareRational(gap.value, ZERO);
    const trend = compareRational(gap.slope, ZERO);
    if (trend !== 0 && sign === -trend) this.note(subRational(this.x, divRational(gap.value, gap.slope)));
    return sign > 0 || (sign === 0 && trend > 0);
  }

  private note(x: Rational): void {
    if (this.bend === undefined || compareRational(x, this.bend) < 0) this.bend = x;
  }
}

/** An amount that depends on a variable, piece by piece in straight lines. */
export type Amount = (probe: Probe) => Line;

/** A choice between ways to fill a request. */
export interface Choice {
  readonly name: string;
  /** Effective cost, in micro-units of one currency for all choices. */
  readonly cost: Amount;
}

/** From `from` on (inclusive) the cheapest is `cheapest`; where several cost the same, the first of the choices. */
export interface Stretch {
  readonly from: Rational;
  readonly cheapest: string;
  /** Its cost at `from`. */
  readonly cost: Rational;
}

/** Most pieces that are looked at; more than any book of commitments makes. */
const PIECES_MAX = 10_000;

/**
 * Which choice is cheapest for each value of a variable from `from` to `to`, both inclusive: a stretch for each change. The second
 * and later ones begin at the break-evens, exactly: there both cost the same, or the cost jumps (retroactive tiers).
 *
 * @source Rules CMT18 and CMT19 in ./SPEC.md
 */
export function cheapestOver(choices: readonly Choice[], from: Rational, to: Rational): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let x: Rational | undefined = from;
  for (let piece = 0; x !== undefined && compareRational(x, to) <= 0; piece += 1) {
    if (piece === PIECES_MAX) throw new Error("Broken belief: a cost has few pieces");
    const probe: Probe = new Probe(x);
    const lines = choices.map(({ name, cost }) => ({ name, line: cost(probe) }));
    const [first] = lines;
    if (first === undefined) return [];
    let best = first;
    for (const one of lines) if (probe.isBelow(one.line, best.line)) best = one;
    if (stretches.at(-1)?.cheapest !== best.name)
      stretches.push({ from: x, cheapest: best.name, cost: best.line.value });
    x = probe.bend;
  }
  return stretches;
}
