import type { Offer } from "@offtake/core/book";
import type { OfferId } from "@offtake/core/kernel";
import type { PriceListReference } from "@offtake/wire/book";
import type { IntakeProblem } from "../files/problem.ts";
import { importPriceList } from "./import.ts";
import type { ListOffer, PriceListReport } from "./offer.ts";
import { findOffers } from "./query.ts";
import { servesRegion } from "../regions/index.ts";

/** The price lists that a book refers to, as offers of its parties. */
export interface BookPrices {
  readonly offers: readonly Offer[];
  /** Each list once, with what was dropped of it. */
  readonly lists: readonly PriceListReport[];
  readonly problems: readonly IntakeProblem[];
}

/**
 * Reads the price lists that a book names. A list may be named several times, with other blocks for other accelerators.
 *
 * @param pathOf where the file of a reference lies
 */
export async function importBookPrices(
  references: readonly PriceListReference[],
  pathOf: (reference: PriceListReference) => string,
): Promise<BookPrices> {
  const lists = new Map<string, PriceListReport>();
  const offers: Offer[] = [];
  const problems: IntakeProblem[] = [];
  const refused = new Set<string>();
  for (const reference of references) {
    const path = pathOf(reference);
    if (refused.has(path)) continue;
    const list = lists.get(path) ?? (await importPriceList(path));
    if ("ok" in list && !list.ok) {
      refused.add(path);
      problems.push(list.problem);
      continue;
    }
    const report = "ok" in list ? list.value : list;
    lists.set(path, report);
    const found = offersOfList(report, reference);
    if (Array.isArray(found)) offers.push(...found);
    else problems.push(found);
  }
  return { offers: withOwnIds(offers), lists: [...lists.values()], problems };
}

/** One offer for each accelerator and region of the list that the reference asks for: the cheapest on demand. */
function offersOfList(list: PriceListReport, reference: PriceListReference): Offer[] | IntakeProblem {
  const { file, provider } = list;
  if (reference.kind !== undefined && reference.kind !== provider) {
    return { code: "wrong_price_list", file, detail: `the list is that of ${provider}, not of ${reference.kind}` };
  }
  const chosen = new Map<string, ListOffer>();
  for (const offer of asked(list, reference)) {
    const region = regionOf(offer, reference);
    if (region === undefined) {
      const detail = `the price of ${offer.instanceType} names no region: say with \`region\` which one it is taken for`;
      return { code: "region_not_stated", file, line: offer.source.line, detail };
    }
    const key = `${offer.acceleratorType} ${region}`;
    if (!chosen.has(key)) chosen.set(key, offer);
  }
  if (chosen.size === 0) return { code: "no_such_price", file, detail: "no price of the list is of what is asked for" };
  return [...chosen.values()].map((offer) => offerOf(offer, regionOf(offer, reference) ?? "", reference, file));
}

/** Cheapest first, so that the first of each accelerator and region is the one. */
function asked(list: PriceListReport, reference: PriceListReference): ListOffer[] {
  const types = reference.accelerators ?? [...new Set(list.offers.map((offer) => offer.acceleratorType))];
  const patterns = reference.regions ?? ["*"];
  return types.flatMap((acceleratorType) =>
    findOffers(list.offers, { acceleratorType }).filter((offer) =>
      patterns.some((region) => servesRegion(offer, region)),
    ),
  );
}

/** A price for a whole area is taken for the region that the book says; one for a region is for that region. */
function regionOf(offer: ListOffer, reference: PriceListReference): string | undefined {
  const isArea = offer.regionGroups.length > 1;
  return isArea ? reference.region : offer.regionId;
}

function offerOf(offer: ListOffer, region: string, reference: PriceListReference, file: string): Offer {
  const { acceleratorType, acceleratorCount, unitPrice, instanceType, asOf, source } = offer;
  const name = file.split("/").at(-1) ?? file;
  const date = asOf === undefined ? "list without a date" : `list of ${asOf}`;
  return {
    id: `${reference.provider}.${acceleratorType}.${region}`.slice(0, 60) as OfferId,
    provider: reference.provider,
    acceleratorType,
    region,
    tiers: [{ from: 1, rate: unitPrice }],
    ...(asOf === undefined ? {} : { asOf }),
    blockSize: acceleratorCount,
    ...(reference.max === undefined ? {} : { countMax: reference.max }),
    blocks: reference.blocks,
    source: `${name} line ${source.line}, ${instanceType}, ${date}`,
    standing: reference.standing,
  };
}

/** Two references may ask for the same price: their offers are told apart by a number. */
function withOwnIds(offers: readonly Offer[]): Offer[] {
  const seen = new Map<string, number>();
  return offers.map((offer) => {
    const count = (seen.get(offer.id) ?? 0) + 1;
    seen.set(offer.id, count);
    return count === 1 ? offer : { ...offer, id: `${offer.id}.${count}` as OfferId };
  });
}
