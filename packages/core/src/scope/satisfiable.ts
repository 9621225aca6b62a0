import { type CompiledTest, matchesPattern, type TextPattern } from "./compiled-test.ts";

/** One test, asked to hold or asked not to hold. */
export interface Demand {
  readonly test: CompiledTest;
  readonly wanted: boolean;
}

/** Steps that a search may still take; below zero it has given up, and what it answered means nothing. */
export interface Budget {
  left: number;
}

interface Sorted {
  mustExist: boolean;
  mustBeAbsent: boolean;
  impossible: boolean;
  readonly positive: TextPattern[];
  readonly negative: TextPattern[];
}

function sortDemands(demands: readonly Demand[]): Sorted {
  const sorted: Sorted = { mustExist: false, mustBeAbsent: false, impossible: false, positive: [], negative: [] };
  for (const { test, wanted } of demands) {
    const holds = wanted !== test.negated;
    if (test.kind === "always") sorted.impossible ||= !holds;
    else if (test.kind === "exists") {
      if (holds) sorted.mustExist = true;
      else sorted.mustBeAbsent = true;
    } else if (holds) sorted.positive.push(test.pattern);
    else sorted.negative.push(test.pattern);
  }
  return sorted;
}

/**
 * A value (in lower case) or null (absent) that meets every demand on one dimension; undefined where there is none.
 *
 * Exact for dimensions whose values are free text: where only beginnings, parts and endings are asked for, one text is built
 * of all of them with a character between that none of the patterns holds. What it cannot avoid, no other text can.
 */
export function findValue(demands: readonly Demand[], budget: Budget): string | null | undefined {
  const sorted = sortDemands(demands);
  if (sorted.impossible) return undefined;
  if (sorted.mustBeAbsent) return sorted.mustExist || sorted.positive.length > 0 ? undefined : null;
  const text = findText(sorted, 0, { prefix: "", suffix: "", parts: [] }, budget);
  if (text !== undefined) return text;
  return sorted.mustExist || sorted.positive.length > 0 ? undefined : null;
}

interface Shape {
  readonly prefix: string;
  readonly suffix: string;
  readonly parts: readonly string[];
}

function isMet(sorted: Sorted, text: string): boolean {
  return (
    sorted.positive.every((pattern) => matchesPattern(pattern, text)) &&
    !sorted.negative.some((pattern) => matchesPattern(pattern, text))
  );
}

/** Chooses one alternative of each positive pattern in turn; a whole value is tried as it is. */
function findText(sorted: Sorted, index: number, shape: Shape, budget: Budget): string | undefined {
  budget.left -= 1;
  if (budget.left < 0) return undefined;
  const pattern = sorted.positive[index];
  if (pattern === undefined) {
    const built = build(shape, filler(sorted));
    return isMet(sorted, built) ? built : undefined;
  }
  for (const value of pattern.exact) if (isMet(sorted, value)) return value;
  for (const next of alternatives(pattern, shape)) {
    const text = findText(sorted, index + 1, next, budget);
    if (text !== undefined) return text;
  }
  return undefined;
}

function* alternatives(pattern: TextPattern, shape: Shape): Generator<Shape> {
  for (const prefix of pattern.prefixes) {
    if (prefix.startsWith(shape.prefix)) yield { ...shape, prefix };
    else if (shape.prefix.startsWith(prefix)) yield shape;
  }
  for (const suffix of pattern.suffixes) {
    if (suffix.endsWith(shape.suffix)) yield { ...shape, suffix };
    else if (shape.suffix.endsWith(suffix)) yield shape;
  }
  for (const part of pattern.parts) yield { ...shape, parts: [...shape.parts, part] };
}

function build(shape: Shape, between: string): string {
  return [shape.prefix, ...shape.parts, shape.suffix].join(between);
}

/** A character in none of the patterns, a readable one where there is. */
function filler(sorted: Sorted): string {
  const used = new Set<string>();
  for (const pattern of [...sorted.positive, ...sorted.negative]) {
    for (const list of [pattern.exact, pattern.prefixes, pattern.parts, pattern.suffixes]) {
      for (const text of list) for (const character of text) used.add(character);
    }
  }
  for (let code = "0".charCodeAt(0); ; code += 1) {
    const character = String.fromCharCode(code);
    if (!used.has(character) && character === character.toLowerCase()) return character;
  }
}
