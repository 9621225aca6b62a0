import type { AcceleratorType } from "@offtake/core/kernel";
import { servesRegion } from "../regions/index.ts";
import type { ListOffer, OfferKind } from "./offer.ts";

export interface OfferQuery {
  readonly acceleratorType: AcceleratorType;
  readonly provider?: string;
  /** As in `servesRegion`; absent means everywhere. */
  readonly region?: string;
  /** On demand unless asked otherwise. */
  readonly kind?: OfferKind;
  /** Amounts of two currencies have no order, so one must be named; USD unless asked otherwise. */
  readonly currency?: string;
}

/** The offers that answer a query, cheapest accelerator-hour first; the same order on every engine. */
export function findOffers(offers: readonly ListOffer[], query: OfferQuery): ListOffer[] {
  const { provider, region = "*", kind = "on_demand", currency = "USD" } = query;
  return offers
    .filter(
      (offer) =>
        offer.acceleratorType === query.acceleratorType &&
        (provider === undefined || offer.provider === provider) &&
        offer.kind === kind &&
        offer.unitPrice.currency === currency &&
        servesRegion(offer, region),
    )
    .sort(compareOffers);
}

function compareOffers(a: ListOffer, b: ListOffer): number {
  const difference = a.unitPrice.microsPerHour - b.unitPrice.microsPerHour;
  if (difference !== 0n) return difference < 0n ? -1 : 1;
  const left = [a.provider, a.regionId, a.instanceType].join("\n");
  const right = [b.provider, b.regionId, b.instanceType].join("\n");
  return left < right ? -1 : Number(left > right);
}
