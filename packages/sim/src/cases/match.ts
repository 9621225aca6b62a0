import { canonicalText } from "@offtake/core/kernel";

/** What is known of a thing, by the names that expectations use. A field without a value is one that the thing does not have. */
export type Fields = Readonly<Record<string, unknown>>;

/** Something that happened, with a title by which a reader knows it again. */
export interface Thing {
  readonly title: string;
  readonly fields: Fields;
}

/** Whether what is expected of one field holds of what is there. */
export type Comparer = (expected: unknown, actual: unknown) => boolean;

/** One field that is not as expected. */
export interface Difference {
  readonly field: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Equal values, field by field; `none` stands for a field that the thing does not have. */
export const same: Comparer = (expected, actual) => {
  if (expected === "none" && actual === undefined) return true;
  if (actual === undefined || expected === undefined) return false;
  if (typeof expected !== "object" || expected === null) return expected === actual;
  return canonicalText(expected) === canonicalText(actual);
};

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** The same members, in any order. */
export const sameMembers: Comparer = (expected, actual) => {
  if (!isList(expected) || !isList(actual) || expected.length !== actual.length) return false;
  const sorted = (list: readonly unknown[]): string => list.map(canonicalText).sort().join("\n");
  return sorted(expected) === sorted(actual);
};

/** Every expected member is among those that are there. */
export const someMembers: Comparer = (expected, actual) => {
  if (!isList(expected) || !isList(actual)) return false;
  const there = new Set(actual.map(canonicalText));
  return expected.every((item) => there.has(canonicalText(item)));
};

/** One of several words that say the same. */
export const isAmong: Comparer = (expected, actual) => isList(actual) && actual.includes(expected);

/** Every key that is stated has its value; there may be more. */
export const sameKeys: Comparer = (expected, actual) =>
  isRecord(expected) && isRecord(actual) && Object.entries(expected).every(([key, value]) => same(value, actual[key]));

/** A clause by its id, with its agreement where that is stated. */
export const sameClause: Comparer = (expected, actual) => {
  if (!isRecord(expected) || !isRecord(actual) || expected["clause"] !== actual["clause"]) return false;
  return expected["agreement"] === undefined || expected["agreement"] === actual["agreement"];
};

/** The fields that differ, of those that are stated. */
export function differences(
  expected: Fields,
  thing: Thing,
  comparers: Readonly<Record<string, Comparer>>,
): Difference[] {
  return Object.entries(expected)
    .filter(([, value]) => value !== undefined)
    .filter(([field, value]) => !(comparers[field] ?? same)(value, thing.fields[field]))
    .map(([field, value]) => ({ field, expected: value, actual: thing.fields[field] }));
}

/** The thing that has most of what is expected, with what it lacks; the later one where two are as near. */
export function nearest(
  expected: Fields,
  things: readonly Thing[],
  comparers: Readonly<Record<string, Comparer>>,
  handles: ReadonlySet<string>,
): { readonly thing: Thing; readonly differs: readonly Difference[] } | undefined {
  let best: { thing: Thing; differs: readonly Difference[] } | undefined;
  let bestCost = Infinity;
  for (const thing of things) {
    const differs = differences(expected, thing, comparers);
    // A thing of another name is further away than one whose numbers differ.
    const cost = differs.reduce((sum, { field }) => sum + (handles.has(field) ? 10 : 1), 0);
    if (cost > bestCost) continue;
    best = { thing, differs };
    bestCost = cost;
  }
  return best;
}
