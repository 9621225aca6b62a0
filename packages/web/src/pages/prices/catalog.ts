import type { Schemas } from "@offtake/client";
import { microsOf, type RateTold } from "../../amounts/money.ts";

export type OfferTold = Schemas["OfferListed"];

export interface CatalogRow {
  readonly id: string;
  readonly provider: string;
  readonly host?: string;
  readonly accelerator: string;
  readonly region: string;
  /** The price of the first accelerator: what small amounts cost. */
  readonly rate: RateTold;
  /** From how many on it is cheaper, and what it is then. */
  readonly tiers: readonly { readonly from: number; readonly rate: RateTold }[];
  readonly countMax?: number;
  readonly asOf?: string;
  readonly source: string;
}

/** What is on offer to anybody now: withdrawn lists are left out. */
export function catalogOf(offers: readonly OfferTold[]): readonly CatalogRow[] {
  return offers.flatMap(({ id, view: { offer, withdrawn } }) => {
    const [first, ...more] = offer.tiers;
    if (withdrawn || first === undefined) return [];
    const { provider, host, acceleratorType: accelerator, region, countMax, asOf, source } = offer;
    return [
      {
        id,
        provider,
        ...(host === undefined ? {} : { host }),
        accelerator,
        region,
        rate: first.rate,
        tiers: more,
        ...(countMax === undefined ? {} : { countMax }),
        ...(asOf === undefined ? {} : { asOf }),
        source,
      },
    ];
  });
}

/** The cheapest of each accelerator and currency: prices in two currencies are not compared. */
export function cheapest(rows: readonly CatalogRow[]): ReadonlySet<string> {
  const least = new Map<string, CatalogRow>();
  for (const row of rows) {
    const key = `${row.accelerator} ${row.rate.currency}`;
    const before = least.get(key);
    if (before === undefined || microsOf(row.rate) < microsOf(before.rate)) least.set(key, row);
  }
  return new Set([...least.values()].map(({ id }) => id));
}
