import type { Chronicle } from "./chronicle.ts";

/** What the outcome rests on that nobody has said: by clause, as `agreement/clause`. */
export interface RestsOn {
  /** Clauses that decided and whose reading nobody has confirmed. */
  readonly unconfirmed: readonly string[];
  /** Clauses with the names of the defaults by which they decided. */
  readonly defaults: Readonly<Record<string, readonly string[]>>;
}

/** Gathered from the recorded readings of rights: those that applied, and those that did not by a default. */
export function restsOn(chronicle: Pick<Chronicle, "all">): RestsOn {
  const unconfirmed = new Set<string>();
  const defaults = new Map<string, Set<string>>();
  for (const { assessments } of chronicle.all("rightsAssessed")) {
    for (const { right, verdict, unconfirmedReading, defaults: names = [] } of assessments) {
      const clause = `${right.agreement}/${right.clause}`;
      if (unconfirmedReading && verdict === "applies") unconfirmed.add(clause);
      if (names.length === 0) continue;
      const known = defaults.get(clause) ?? new Set<string>();
      for (const name of names) known.add(name);
      defaults.set(clause, known);
    }
  }
  return {
    unconfirmed: [...unconfirmed].sort(),
    defaults: Object.fromEntries(
      [...defaults].sort(([a], [b]) => (a < b ? -1 : 1)).map(([clause, names]) => [clause, [...names]]),
    ),
  };
}
