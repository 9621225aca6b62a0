import { formatMicros, formatRational, rational } from "@offtake/core/kernel";
import type { ComparedPrice, ComparisonQuery, PriceListReport, PriceTable } from "@offtake/intake/prices";

/** What was compared, out of which lists. */
export interface Comparison extends ComparisonQuery {
  /** As it was asked for. */
  readonly accelerator: string;
  readonly terms: string;
  readonly rows: readonly ComparedPrice[];
  readonly lists: readonly PriceListReport[];
  readonly problems: PriceTable["problems"];
}

const NAMES: Readonly<Record<string, string>> = {
  aws: "AWS",
  azure: "Azure",
  coreweave: "CoreWeave",
  gcp: "Google Cloud",
  nebius: "Nebius",
  oci: "Oracle",
};

export const providerName = (provider: string): string => NAMES[provider] ?? provider;

/** Four decimals, half away from zero. For showing: JSON has all of it. */
export const priceText = (micros: bigint): string => formatRational(rational(micros, 1_000_000n), 4);

export function regionsText(regions: readonly string[], most = 2): string {
  const [first] = regions;
  if (regions.length === 1 && first === "any") return "everywhere";
  if (regions.length === 1 && first === "north-america") return "North America";
  return regions.length <= most
    ? regions.join(", ")
    : `${regions.slice(0, most).join(", ")} and ${regions.length - most} more`;
}

export const kindText = (kind: ComparedPrice["kind"]): string => (kind === "on_demand" ? "on demand" : kind);

export function titleOf({ accelerator, kinds, region }: Comparison): string {
  const where = region === "*" ? "" : `, ${region}`;
  return `${accelerator}: list price of one accelerator-hour, ${kinds.map(kindText).join(" and ")}${where}`;
}

/** First and last date of the lists that were compared, and whether some say none. */
export function datesText(rows: readonly ComparedPrice[]): string {
  const dates = [...new Set(rows.flatMap(({ asOf }) => asOf ?? []))].sort();
  const [first, last] = [dates[0], dates.at(-1)];
  const undated = rows.some(({ asOf }) => asOf === undefined);
  if (first === undefined) return "lists without a date";
  const span = first === last ? `lists of ${first}` : `lists of ${first} to ${last}`;
  return undated ? `${span} and without a date` : span;
}

export function rowsJson(comparison: Comparison): unknown {
  const { accelerator, acceleratorTypes, region, kinds, asOf, rows, lists, problems } = comparison;
  return {
    accelerator,
    acceleratorTypes,
    region,
    kinds,
    ...(asOf === undefined ? {} : { asOf }),
    prices: rows.map(({ unitPrice, nodePrice, ...row }) => ({
      ...row,
      currency: unitPrice.currency,
      pricePerAcceleratorHour: formatMicros(unitPrice.microsPerHour),
      pricePerNodeHour: formatMicros(nodePrice.microsPerHour),
    })),
    lists: lists.map(({ file, provider, origin, offers, dropped }) => {
      return { file, provider, origin, prices: offers.length, dropped: dropped.length };
    }),
    problems,
  };
}
