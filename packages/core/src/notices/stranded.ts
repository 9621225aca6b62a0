/** What decides whether a remainder is of use to anybody. */
export interface Remainder {
  readonly left: number;
  readonly gangMin: number;
  /** Smallest quantities that the remaining sources supply, declared or shown by their bids; empty where none is known. */
  readonly sourceMins: readonly number[];
  /** The buyer's own least usable quantity. */
  readonly policyMin?: number;
}

/** What to do with a remainder: leave it to the market, offer it once more to those that accepted, or end with what there is. */
export type StrandedStep = "usable" | "offer" | "end";

/** The least quantity that is of use: the gang, what the smallest remaining source supplies, or the buyer's own (G13). */
export function minimumUsable({ gangMin, sourceMins, policyMin = 0 }: Omit<Remainder, "left">): number {
  const smallest = sourceMins.length === 0 ? 0 : Math.min(...sourceMins);
  return Math.max(gangMin, smallest, policyMin);
}

/**
 * The stranded rule (domain rule G13): a remainder below the minimum is offered once more, by rank, to the holders that
 * accepted and whose clause says so; then the request ends with what it has. Nothing left is no remainder.
 */
export function strandedStep(remainder: Remainder, holdersToOffer: number, alreadyOffered: boolean): StrandedStep {
  if (remainder.left === 0 || remainder.left >= minimumUsable(remainder)) return "usable";
  return alreadyOffered || holdersToOffer === 0 ? "end" : "offer";
}
