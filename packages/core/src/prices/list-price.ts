import type { ListKind } from "../agreements/price-book.ts";
import { type AcceleratorType, compareText, type Rate } from "../kernel/index.ts";

/** What a provider publishes for one accelerator-hour; from an imported price list. */
export interface ListPrice {
  /** Whose list it is. */
  readonly provider: string;
  readonly acceleratorType: AcceleratorType;
  /** The region as it is asked for, and the areas it belongs to; without any it holds everywhere. */
  readonly regions: readonly string[];
  readonly kind: ListKind;
  readonly rate: Rate;
  /** Civil date of the list (YYYY-MM-DD); absent where nobody says. */
  readonly asOf?: string;
  /** File and line, or where else it is from. */
  readonly source: string;
}

export interface ListQuery {
  readonly provider: string;
  readonly acceleratorType: AcceleratorType;
  /** Any region when absent. */
  readonly region?: string;
  readonly kind: ListKind;
  /** Civil date: lists after it do not count, and a list without a date only where none is asked for. */
  readonly asOf?: string;
}

/**
 * The list price that applies: of the newest date that fits, the lowest (a provider sells the same accelerator in several kinds of
 * nodes). A price of a list without a date is older than any dated one. Undefined where there is none.
 */
export function listPriceOf(lists: readonly ListPrice[], query: ListQuery): ListPrice | undefined {
  let best: ListPrice | undefined;
  for (const price of lists) {
    if (isOf(price, query) && (best === undefined || comesBefore(price, best))) best = price;
  }
  return best;
}

function isOf(price: ListPrice, { provider, acceleratorType, region, kind, asOf }: ListQuery): boolean {
  const isListed = region === undefined || price.regions.length === 0 || servesRegion(price.regions, region);
  const isKnown = asOf === undefined || (price.asOf !== undefined && price.asOf <= asOf);
  return (
    price.provider === provider &&
    price.acceleratorType === acceleratorType &&
    price.kind === kind &&
    isListed &&
    isKnown
  );
}

/** `us-*` is served by whatever begins so. */
function servesRegion(regions: readonly string[], wanted: string): boolean {
  if (!wanted.endsWith("*")) return regions.includes(wanted);
  const start = wanted.slice(0, -1);
  return regions.some((region) => region.startsWith(start));
}

function comesBefore(a: ListPrice, b: ListPrice): boolean {
  const byDate = compareText(b.asOf ?? "", a.asOf ?? "");
  if (byDate !== 0) return byDate < 0;
  const byCurrency = compareText(a.rate.currency, b.rate.currency);
  if (byCurrency !== 0) return byCurrency < 0;
  if (a.rate.microsPerHour !== b.rate.microsPerHour) return a.rate.microsPerHour < b.rate.microsPerHour;
  return compareText(a.source, b.source) < 0;
}
