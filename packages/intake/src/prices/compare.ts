import type { AcceleratorType, Rate } from "@offtake/core/kernel";
import { compareText } from "@offtake/core/kernel";
import { servesRegion } from "../regions/index.ts";
import type { ListOffer, OfferKind } from "./offer.ts";

export interface ComparisonQuery {
  readonly acceleratorTypes: readonly AcceleratorType[];
  /** As in `servesRegion`: a region, a beginning such as `us-*`, an area such as `us`, or `*`. */
  readonly region: string;
  readonly kinds: readonly OfferKind[];
  /** Civil date: newer lists do not count, and neither does a price without a date. */
  readonly asOf?: string;
}

/** The cheapest node of one provider for one accelerator at one price, in all regions that have that price. */
export interface ComparedPrice {
  readonly provider: string;
  readonly acceleratorType: AcceleratorType;
  readonly kind: OfferKind;
  readonly unitPrice: Rate;
  readonly nodePrice: Rate;
  readonly acceleratorCount: number;
  readonly instanceType: string;
  /** As the provider calls them, in order; `any` where its list states one price for everywhere. */
  readonly regions: readonly string[];
  readonly asOf?: string;
  readonly source: ListOffer["source"];
}

/** Prices of the same accelerators over all lists, cheapest first, one currency after the other: they have no common order. */
export function comparePrices(offers: readonly ListOffer[], query: ComparisonQuery): ComparedPrice[] {
  const cheapest = new Map<string, ListOffer>();
  for (const offer of offers) {
    if (!isAsked(offer, query)) continue;
    const { provider, acceleratorType, kind, unitPrice } = offer;
    const key = [provider, acceleratorType, kind, unitPrice.currency, placeOf(offer)].join("\n");
    const held = cheapest.get(key);
    if (held === undefined || unitPrice.microsPerHour < held.unitPrice.microsPerHour) cheapest.set(key, offer);
  }
  return joined([...cheapest.values()]).sort(compareRows);
}

function isAsked(offer: ListOffer, { acceleratorTypes, region, kinds, asOf }: ComparisonQuery): boolean {
  const isKnown = asOf === undefined || (offer.asOf !== undefined && offer.asOf <= asOf);
  return (
    isKnown &&
    acceleratorTypes.includes(offer.acceleratorType) &&
    kinds.includes(offer.kind) &&
    servesRegion(offer, region)
  );
}

const placeOf = (offer: ListOffer): string => (offer.region === "" ? offer.regionId : offer.region);

/** Regions with the same price of the same node are one row. */
function joined(offers: readonly ListOffer[]): ComparedPrice[] {
  const groups = new Map<string, ListOffer[]>();
  for (const offer of offers) {
    const { provider, acceleratorType, kind, unitPrice, nodePrice, instanceType, asOf, source } = offer;
    const price = `${unitPrice.currency} ${nodePrice.microsPerHour}`;
    const key = [provider, acceleratorType, kind, price, instanceType, asOf ?? "", source.file].join("\n");
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [offer]);
    else group.push(offer);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { provider, acceleratorType, kind, unitPrice, nodePrice, acceleratorCount, instanceType, asOf, source } =
      first;
    const regions = group.map(placeOf).sort(compareText);
    const dated = asOf === undefined ? {} : { asOf };
    const price = { unitPrice, nodePrice, acceleratorCount, instanceType };
    return [{ provider, acceleratorType, kind, ...price, regions, ...dated, source }];
  });
}

function compareRows(a: ComparedPrice, b: ComparedPrice): number {
  const byCurrency = compareCurrencies(a.unitPrice.currency, b.unitPrice.currency);
  if (byCurrency !== 0) return byCurrency;
  const difference = a.unitPrice.microsPerHour - b.unitPrice.microsPerHour;
  if (difference !== 0n) return difference < 0n ? -1 : 1;
  const name = ({ provider, kind, instanceType, regions }: ComparedPrice): string =>
    [provider, kind, instanceType, regions[0] ?? ""].join("\n");
  return compareText(name(a), name(b));
}

/** Dollars first: nearly every list is in them. */
function compareCurrencies(a: string, b: string): number {
  if (a === b) return 0;
  return a === "USD" ? -1 : b === "USD" ? 1 : compareText(a, b);
}
