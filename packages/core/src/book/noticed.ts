import type { Rate } from "../kernel/index.ts";
import { termsText } from "../requests/terms-text.ts";
import type { Terms } from "../requests/terms.ts";
import type { LiveRight } from "../rights/live.ts";
import { reachOf } from "./reach.ts";
import type { LotState } from "./request-state.ts";
import type { BookState } from "./state.ts";

/** What a notice states, and its text: the same text means that the holder is told nothing new. */
export interface Noticed {
  readonly terms: Terms;
  readonly termsText: string;
}

/**
 * What a holder is told of a lot: its terms, for what is left to offer. The holder of an option is told what it may still take of
 * it, at the option's price. Where another was asked to offer first and its offer was not taken, only better than that will do.
 */
export function noticed(state: BookState, lot: LotState, right: LiveRight, count: number): Noticed {
  const { option } = right.clause;
  if (right.clause.kind === "first-ship") return withoutPrice(lot.lot.terms);
  const most = option === undefined ? count : Math.min(count, reachOf(lot, right));
  const price = option?.price ?? betterThanOffered(state, lot, right);
  if (most === lot.lot.count && price === undefined) return { terms: lot.lot.terms, termsText: lot.lot.termsText };
  const terms = withPrice({ ...lot.lot.terms, count: most }, price);
  return { terms, termsText: termsText(terms) };
}

/** The least that is better than what holders offered first and the buyer did not take (domain row T12), where the request would pay more. */
function betterThanOffered(state: BookState, lot: LotState, { clause }: LiveRight): Rate | undefined {
  if (clause.kind === "first-offer") return undefined;
  const sign = clause.burdens === "demand" ? 1n : -1n;
  let best = lot.lot.terms.price;
  for (const { notice: id, terms } of lot.clearances) {
    const notice = id === undefined ? undefined : state.notices.get(id);
    if (notice?.kind !== "first-offer" || notice.answer?.verdict !== "counter_offer" || terms?.price === undefined)
      continue;
    const { microsPerHour, currency } = terms.price;
    const better = microsPerHour - sign;
    if (better <= 0n || (best !== undefined && best.currency !== currency)) continue;
    if (best === undefined || (best.microsPerHour - better) * sign > 0n) best = { microsPerHour: better, currency };
  }
  return best === lot.lot.terms.price ? undefined : best;
}

/** Who only ships first is not asked to supply, and is told no price. */
function withoutPrice({ price: _, ...terms }: Terms): Noticed {
  return { terms, termsText: termsText(terms) };
}

function withPrice(terms: Terms, price: Rate | undefined): Terms {
  return price === undefined ? terms : { ...terms, price };
}
