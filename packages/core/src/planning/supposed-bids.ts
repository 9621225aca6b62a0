import type { BookState } from "../book/state.ts";
import type { OfferId, PartyId } from "../kernel/index.ts";
import type { Supposition } from "./attempt.ts";
import type { Quote } from "./quotes.ts";

/**
 * Bids of those whose price is known and whose list does not bid by itself: at what they have agreed to sell at, or ask of anybody.
 * A plan that left them out would find nobody where somebody is.
 */
export function supposedBids(state: BookState, quotes: readonly Quote[]): Supposition[] {
  const actor = state.header?.keeper as PartyId;
  return quotes.filter(isSupposed).map((quote, index) => ({
    actor,
    body: {
      type: "listOffer",
      offer: {
        id: `plan ${index}` as OfferId,
        provider: quote.provider,
        ...(quote.host === undefined ? {} : { host: quote.host }),
        acceleratorType: quote.acceleratorType,
        region: quote.region,
        tiers: quote.own,
        blockSize: quote.blockSize,
        countMax: quote.count,
        blocks: quote.blocks,
        source: quote.source ?? quote.id,
        standing: true,
      },
    },
  }));
}

/** A call on what is contracted is no bid. */
export function isSupposed(quote: Quote): boolean {
  return quote.standing === undefined && quote.kind !== "entitlement" && quote.count > 0 && quote.own.length > 0;
}
