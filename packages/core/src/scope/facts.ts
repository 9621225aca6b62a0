/**
 * What is known of one dimension: a value; one of several values (which of them, or in what mix, was not declared); or null
 * where it is known that there is none. A value that ends in `*` says only how it begins: `us-*` is some region in the US.
 */
export type FactValue = string | readonly string[] | null;

/** A declared fact beside the form in which it is compared. */
export interface Fact {
  readonly value: FactValue;
  /** Lower case, where the fact is one value, known in full. */
  readonly one: string | undefined;
  /** Lower case, where it is one of several. */
  readonly many: readonly string[] | undefined;
}

/** The declared facts of one thing (a lot, an offer, a charge). A dimension that is not in it is undeclared. */
export type Facts = ReadonlyMap<string, Fact>;

/** Only how the value begins is known. */
export function isBeginning(text: string): boolean {
  return text.charCodeAt(text.length - 1) === 42;
}

function toFact(value: FactValue): Fact | undefined {
  if (value === null) return { value, one: undefined, many: undefined };
  if (typeof value === "string") {
    const one = value.toLowerCase();
    return isBeginning(one) ? { value, one: undefined, many: [one] } : { value, one, many: undefined };
  }
  const all = value.map((item) => item.toLowerCase());
  const distinct = all.length < 2 ? all : [...new Set(all)];
  if (distinct.length === 0) return undefined; // a list of nothing says nothing
  return distinct.length === 1 && !isBeginning(distinct[0] as string)
    ? { value, one: distinct[0], many: undefined }
    : { value, one: undefined, many: distinct };
}

/** Declares facts, once for all the scopes they will be held against. A value of undefined or `[]` stays undeclared. */
export function declareFacts(values: Readonly<Record<string, FactValue | undefined>>): Facts {
  const facts = new Map<string, Fact>();
  for (const dimension of Object.keys(values)) {
    const value = values[dimension];
    const fact = value === undefined ? undefined : toFact(value);
    if (fact !== undefined) facts.set(dimension, fact);
  }
  return facts;
}

/** The same facts with some declared anew (undefined: no longer declared); the first facts are not changed. */
export function withFacts(facts: Facts, values: Readonly<Record<string, FactValue | undefined>>): Facts {
  const changed = new Map(facts);
  for (const dimension of Object.keys(values)) {
    const value = values[dimension];
    const fact = value === undefined ? undefined : toFact(value);
    if (fact === undefined) changed.delete(dimension);
    else changed.set(dimension, fact);
  }
  return changed;
}
