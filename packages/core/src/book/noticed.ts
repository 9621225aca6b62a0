import type { Rate } from "../kernel/index.ts";
import { termsText } from "../requests/terms-text.ts";
import type { Terms } from "../requests/terms.ts";
import type { LiveRight } from "../rights/live.ts";
import { reachOf } from "./reach.ts";
import type { LotState } from "./request-state.ts";

/** What a notice states, and its text: the same text means that the holder is told nothing new. */
export interface Noticed {
  readonly terms: Terms;
  readonly termsText: string;
}

/**
 * What a holder is told of a lot: its terms, for what is left to offer. The holder of an option is told what it may still take of
 * it, at the option's price.
 */
export function noticed(lot: LotState, right: LiveRight, count: number): Noticed {
  const { option } = right.clause;
  const most = option === undefined ? count : Math.min(count, reachOf(lot, right));
  const price = option?.price;
  if (most === lot.lot.count && price === undefined) return { terms: lot.lot.terms, termsText: lot.lot.termsText };
  const terms = withPrice({ ...lot.lot.terms, count: most }, price);
  return { terms, termsText: termsText(terms) };
}

function withPrice(terms: Terms, price: Rate | undefined): Terms {
  return price === undefined ? terms : { ...terms, price };
}
