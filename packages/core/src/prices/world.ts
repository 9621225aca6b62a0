import type { PlainPrice, PriceBookClause, PriceEntry, VolumeTier } from "../agreements/price-book.ts";
import { UTC } from "../calendar/index.ts";
import {
  type AcceleratorType,
  type AgreementId,
  type ClauseId,
  type Currency,
  type Instant,
  type PartyId,
  parseInstant,
  type Rate,
  rational,
} from "../kernel/index.ts";
import { declareFacts } from "../scope/index.ts";
import type { PriceBook } from "./entries.ts";
import type { PriceFacts } from "./plain-price.ts";
import type { PriceQuery, Quote } from "./priced.ts";
import { quote } from "./quote.ts";
import type { VolumeForm } from "./volume.ts";

/** Makers for specs of price books. */

export const USD = "USD" as Currency;
export const H100 = "h100-sxm-80gb" as AcceleratorType;

export function at(text: string): Instant {
  const instant = parseInstant(text.includes("T") ? text : `${text}T00:00:00Z`);
  if (instant === undefined) throw new Error(`Broken belief: ${text} is an instant`);
  return instant;
}

export function rate(price: number, currency: Currency = USD): Rate {
  return { microsPerHour: BigInt(Math.round(price * 1_000_000)), currency };
}

export const fixed = (price: number, currency: Currency = USD): PlainPrice => ({
  form: "fixed",
  rate: rate(price, currency),
});

/** Linked to `h100-rental`, 2.00 at a value of 100, reset each quarter. */
export function linked(changed: Partial<Extract<PlainPrice, { form: "index" }>> = {}): PlainPrice {
  const base = {
    form: "index",
    index: "h100-rental",
    base: rate(2),
    baseValue: rational(100n),
    share: rational(1n),
  } as const;
  return { ...base, reset: "quarter", zone: UTC, ...changed };
}

export function entry(price: PriceEntry["price"], changed: Partial<PriceEntry> = {}): PriceEntry {
  return { id: "e1", scope: { IsGlobalScope: true }, price, ...changed };
}

const HOUR = 3_600n;

/** Tiers by thousands of accelerator-hours, counted by year. */
export function volume(
  mode: VolumeForm["mode"],
  tiers: readonly (readonly [thousandHours: number, price: PlainPrice])[],
  changed: Partial<VolumeForm> = {},
): VolumeForm {
  const from = tiers.map(([hours, price]): VolumeTier => ({ from: BigInt(hours) * 1_000n * HOUR, price }));
  const period = { unit: "year", zone: UTC } as const;
  return { form: "volume", mode, measure: "accelerator-hours", period, tiers: from, taken: [], ...changed };
}

export function book(...entries: readonly PriceEntry[]): PriceBook {
  const clause: PriceBookClause = {
    kind: "price-book",
    id: "prices" as ClauseId,
    lineageId: "prices",
    defaults: [],
    seller: "alfa" as PartyId,
    entries,
  };
  return { agreement: "lab-alfa" as AgreementId, clause };
}

/** 100 accelerators in us-central for 1,000 hours from New Year 2027, asked for in September 2026. */
export function query(changed: Partial<PriceQuery> = {}): PriceQuery {
  return {
    acceleratorType: H100,
    region: "us-central",
    at: at("2026-09-14"),
    facts: declareFacts({ x_AcceleratorClass: H100, RegionId: "us-central", x_Purpose: "inference" }),
    count: 100,
    window: { from: at("2027-01-01"), to: at("2027-02-11T16:00:00Z") },
    ...changed,
  };
}

export const NO_FACTS: PriceFacts = { lists: [], indexValues: [] };

export function quoted(entries: readonly PriceEntry[], changed: Partial<PriceQuery> = {}, facts = NO_FACTS): Quote {
  const found = quote(query(changed), [book(...entries)], facts);
  if (!found.ok) throw new Error(`Broken belief: there is a price: ${found.problems[0]?.detail ?? ""}`);
  return found.value;
}

/** Codes of what stands against a price. */
export function problemsOf(
  entries: readonly PriceEntry[],
  changed: Partial<PriceQuery> = {},
  facts = NO_FACTS,
): string[] {
  const found = quote(query(changed), [book(...entries)], facts);
  return found.ok ? [] : found.problems.map(({ code }) => code);
}

/** Price and accelerator-hours of each row, as people write them. */
export function rowsText({ rows }: Quote): string[] {
  return rows.map(({ kind, held, rate: { microsPerHour } }) => {
    const price = Number(microsPerHour) / 1_000_000;
    return `${kind === "use" ? "" : "reprice "}${Number(held) / 3_600} h at ${price}`;
  });
}
