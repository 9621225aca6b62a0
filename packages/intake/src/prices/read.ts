import type { Currency, Rate } from "@offtake/core/kernel";
import { parseCurrency } from "@offtake/core/kernel";
import type { Intake } from "../files/problem.ts";
import { accept, refuse } from "../files/problem.ts";
import type { Table, TableRow } from "../files/table.ts";
import { readTable } from "../files/table.ts";
import type { NamedText } from "../files/text.ts";
import type { Place } from "../regions/index.ts";
import { normaliseRegion } from "../regions/index.ts";
import { AWS } from "./aws.ts";
import { AZURE } from "./azure.ts";
import { COREWEAVE } from "./coreweave.ts";
import type { ExactPrice } from "./decimal.ts";
import { microsPerPart } from "./decimal.ts";
import type { PriceListFormat, Refusal, StatedPrice, StatedRow } from "./format.ts";
import { GCP, GCP_TYPES } from "./gcp.ts";
import type { DroppedPrice, IntakeNote, ListOffer, PriceListReport } from "./offer.ts";
import { settleRepeats } from "./repeats.ts";
import { NEBIUS, OCI } from "./skypilot.ts";
import type { ListSource } from "./source-note.ts";
import { dateOf } from "./source-note.ts";

const FORMATS: readonly PriceListFormat[] = [AWS, AZURE, COREWEAVE, GCP, GCP_TYPES, NEBIUS, OCI];

/**
 * Reads one price list, recognised by its header alone (columns in any order, no more and no fewer).
 *
 * Every price of every row becomes an offer or a dropped price with a code; the first of these that applies decides: number of
 * values, price, node, place, currency; then prices stated twice.
 */
export function readPriceList(file: NamedText, source: ListSource = { origin: file.name }): Intake<PriceListReport> {
  const table = readTable(file);
  if (!table.ok) return table;
  const format = FORMATS.find(({ columns }) => sameColumns(columns, table.value.columns));
  if (format === undefined) return refuseUnknown(table.value);
  return accept(takeRows(table.value, format, source));
}

function sameColumns(expected: readonly string[], found: readonly string[]): boolean {
  return expected.length === found.length && expected.every((column) => found.includes(column));
}

/** Names the nearest form, so that a renamed column is easy to see. */
function refuseUnknown(table: Table): ReturnType<typeof refuse> {
  const scored = FORMATS.map((format) => ({
    format,
    missing: format.columns.filter((column) => !table.columns.includes(column)),
    extra: table.columns.filter((column) => !format.columns.includes(column)),
  })).sort((a, b) => a.missing.length + a.extra.length - (b.missing.length + b.extra.length));
  const [nearest] = scored;
  if (nearest === undefined || nearest.missing.length === nearest.format.columns.length) {
    const known = FORMATS.map(({ name, columns }) => `${name} (${columns.join(", ")})`).join("; ");
    return refuse("unknown_price_list", table.name, `the header fits no price list that we know: ${known}`, 1);
  }
  const quote = (columns: readonly string[]): string => columns.map((column) => `"${column.slice(0, 64)}"`).join(", ");
  const missing = nearest.missing.length === 0 ? "" : `; missing: ${quote(nearest.missing)}`;
  const extra = nearest.extra.length === 0 ? "" : `; not expected: ${quote(nearest.extra)}`;
  return refuse(
    "unknown_price_list",
    table.name,
    `the header is nearest to ${nearest.format.name}${missing}${extra}`,
    1,
  );
}

function takeRows(table: Table, format: PriceListFormat, source: ListSource): PriceListReport {
  const offers: ListOffer[] = [];
  const dropped: DroppedPrice[] = table.ragged.map((row) =>
    drop(row, "", { code: "column_count", reason: `the row has not ${table.columns.length} values` }),
  );
  const notes = new Map<string, number>();
  const add = (note: string): unknown => notes.set(note, (notes.get(note) ?? 0) + 1);
  for (const row of table.rows) {
    const stated = format.read(row);
    for (const price of stated.prices) {
      const result = takePrice(row, stated, price, { table, format, source });
      if ("code" in result) {
        dropped.push(drop(row, stated.instanceType, result));
        continue;
      }
      offers.push(result);
      if ("note" in stated.node && stated.node.note !== undefined) add(stated.node.note);
      if (format.note !== undefined) add(format.note);
    }
  }
  const settled = settleRepeats(offers);
  dropped.push(...settled.dropped);
  dropped.sort((a, b) => a.line - b.line);
  const blanks = table.trimmed === 0 ? [] : [{ text: "blanks around a value were trimmed", count: table.trimmed }];
  return {
    file: table.name,
    provider: format.provider,
    format: format.name,
    origin: source.origin,
    read: table.rows.length + table.ragged.length,
    prices: settled.offers.length + dropped.length,
    offers: settled.offers,
    dropped,
    notes: [...[...notes].map(([text, count]): IntakeNote => ({ text, count })), ...blanks],
  };
}

function drop(row: TableRow, instanceType: string, refusal: Refusal): DroppedPrice {
  return { line: row.line, instanceType, code: refusal.code, reason: refusal.reason, text: row.text };
}

interface ListContext {
  readonly table: Table;
  readonly format: PriceListFormat;
  readonly source: ListSource;
}

function takePrice(row: TableRow, stated: StatedRow, price: StatedPrice, context: ListContext): ListOffer | Refusal {
  if ("code" in price.price) return price.price;
  if ("code" in stated.node) return stated.node;
  if (stated.instanceType === "") return { code: "unknown_instance_type", reason: "the row names no node" };
  const place = price.place ?? stated.place ?? placeOf(context.format.provider, stated.region);
  if ("code" in place) return place;
  const currency = parseCurrency(price.currency);
  if (currency === undefined) {
    return { code: "bad_currency", reason: `"${price.currency.slice(0, 32)}" is not an ISO 4217 code` };
  }
  const { table, format, source } = context;
  const asOf = dateOf(source, stated.region);
  return {
    provider: format.provider,
    acceleratorType: stated.node.type,
    acceleratorCount: stated.node.count,
    instanceType: stated.instanceType,
    region: stated.region,
    regionId: place.regionId,
    regionGroups: place.regionGroups,
    unitPrice: rateOf(price.price, stated.node.count, currency),
    nodePrice: rateOf(price.price, 1, currency),
    kind: price.kind,
    ...(asOf === undefined ? {} : { asOf }),
    source: { file: table.name, line: row.line, origin: source.origin },
  };
}

function placeOf(provider: string, region: string): Place | Refusal {
  const place = normaliseRegion(provider, region);
  return "problem" in place ? { code: "unknown_region", reason: place.problem.detail } : place;
}

function rateOf(price: ExactPrice, count: number, currency: Currency): Rate {
  return { microsPerHour: microsPerPart(price, count), currency };
}
