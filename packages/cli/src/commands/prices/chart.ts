import { formatRational, rational } from "@offtake/core/kernel";
import type { ComparedPrice } from "@offtake/intake/prices";
import { countOf } from "../../terminal/failures.ts";
import { type Comparison, datesText, kindText, priceText, providerName, titleOf } from "./comparison.ts";

const WIDTH = 880;
const LEFT = 204;
const RIGHT = 72;
const TOP = 78;
const ROW = 46;
const BOTTOM = 54;

/** Both modes of a screen, from one picture: what is drawn takes its colours from here only. */
const STYLE = `
  svg { --ground: #ffffff; --ink: #1c2733; --quiet: #5b6b7a; --line: #dfe5ea; --a: #1f6feb; --b: #b45309; }
  @media (prefers-color-scheme: dark) {
    svg { --ground: #10161d; --ink: #e6edf3; --quiet: #94a3b2; --line: #27323d; --a: #6cb0ff; --b: #f5b461; }
  }
  text { font-family: system-ui, -apple-system, "Segoe UI", sans-serif; font-size: 13px; fill: var(--ink); }
  .title { font-size: 17px; font-weight: 600; }
  .name { font-weight: 600; }
  .quiet { fill: var(--quiet); font-size: 12px; }
  .value { font-size: 12px; font-variant-numeric: tabular-nums; }
  .line { stroke: var(--line); }
  .span { stroke: var(--quiet); stroke-opacity: 0.5; stroke-width: 2; }
  .on_demand { fill: var(--a); fill-opacity: 0.75; }
  .spot { fill: var(--ground); stroke: var(--b); stroke-width: 2; }
`;

/** One row of the picture: what one provider asks, wherever it asks it. */
interface Row {
  readonly provider: string;
  readonly prices: readonly ComparedPrice[];
}

/**
 * The prices as a picture: a row for each provider, cheapest first, a dot for each price, on one scale from zero. Of one currency, the
 * one that most prices are in; others have no place on its scale, and the picture says how many there are.
 */
export function chartSvg(comparison: Comparison): string {
  const [currency] = comparison.rows.map(({ unitPrice }) => unitPrice.currency);
  const shown = comparison.rows.filter(({ unitPrice }) => unitPrice.currency === currency);
  const rows = rowsOf(shown);
  const ticks = ticksUpTo(Math.max(...shown.map(dollars)));
  const most = ticks.at(-1) ?? 1;
  const x = (value: number): number => round(LEFT + (value / most) * (WIDTH - LEFT - RIGHT));
  const height = TOP + rows.length * ROW + BOTTOM;
  const others = comparison.rows.length - shown.length;
  const note = others === 0 ? "" : `; ${countOf(others, "price")} in another currency not shown`;
  const subtitle = `${currency ?? ""} · ${datesText(comparison.rows)}${note}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title desc">`,
    `<title id="title">${escaped(titleOf(comparison))}</title>`,
    `<desc id="desc">${escaped(rows.map(rowText).join("; "))}.</desc>`,
    `<style>${STYLE}</style>`,
    `<rect width="${WIDTH}" height="${height}" fill="var(--ground)"/>`,
    `<text class="title" x="20" y="32">${escaped(titleOf(comparison))}</text>`,
    `<text class="quiet" x="20" y="53">${escaped(subtitle)}</text>`,
    ...(comparison.kinds.length > 1 ? legend() : []),
    ...ticks.map((tick) => axis(tick, x(tick), height - BOTTOM)),
    ...rows.flatMap((row, index) => drawn(row, TOP + index * ROW + ROW / 2, x)),
    `<text class="quiet" x="20" y="${height - 14}">List prices are what providers publish, not what anybody pays under an agreement.</text>`,
    "</svg>",
    "",
  ].join("\n");
}

const dollars = ({ unitPrice }: ComparedPrice): number => Number(unitPrice.microsPerHour) / 1_000_000;

const round = (value: number): number => Math.round(value * 10) / 10;

function rowsOf(prices: readonly ComparedPrice[]): Row[] {
  const found = new Map<string, ComparedPrice[]>();
  for (const price of prices) found.set(price.provider, [...(found.get(price.provider) ?? []), price]);
  // The prices are in order, cheapest first, and so are their providers.
  return [...found].map(([provider, own]) => ({ provider, prices: own }));
}

function rowText({ provider, prices }: Row): string {
  const [first, last] = [prices[0], prices.at(-1)];
  if (first === undefined || last === undefined) return provider;
  const [low, high] = [first, last].map(({ unitPrice }) => priceText(unitPrice.microsPerHour));
  return `${providerName(provider)} ${low === high ? low : `${low} to ${high}`}`;
}

function axis(tick: number, at: number, bottom: number): string {
  const label = Number.isInteger(tick) ? String(tick) : tick.toFixed(2);
  return `<line class="line" x1="${at}" x2="${at}" y1="${TOP - 6}" y2="${bottom}"/><text class="quiet" text-anchor="middle" x="${at}" y="${bottom + 17}">${label}</text>`;
}

function legend(): string[] {
  const [y, x] = [49, WIDTH - RIGHT - 130];
  return [
    mark("on_demand", x, y),
    `<text class="quiet" x="${x + 10}" y="${y + 4}">${kindText("on_demand")}</text>`,
    mark("spot", x + 90, y),
    `<text class="quiet" x="${x + 100}" y="${y + 4}">${kindText("spot")}</text>`,
  ];
}

function mark(kind: ComparedPrice["kind"], x: number, y: number, tip = ""): string {
  const inside = tip === "" ? "" : `<title>${escaped(tip)}</title>`;
  if (kind === "spot") return `<path class="spot" d="M${x} ${y - 6}l6 6l-6 6l-6 -6z">${inside}</path>`;
  return `<circle class="on_demand" cx="${x}" cy="${y}" r="5">${inside}</circle>`;
}

function drawn({ provider, prices }: Row, y: number, x: (value: number) => number): string[] {
  const [first, last] = [prices[0], prices.at(-1)];
  if (first === undefined || last === undefined) return [];
  const regions = new Set(prices.flatMap((price) => price.regions));
  const where = regions.has("any") ? "everywhere" : countOf(regions.size, "region");
  const dates = [...new Set(prices.map(({ asOf }) => asOf ?? "no date"))].sort();
  const [from, to] = [x(dollars(first)), x(dollars(last))];
  return [
    `<line class="line" x1="20" x2="${WIDTH - 20}" y1="${y + ROW / 2}" y2="${y + ROW / 2}"/>`,
    `<text class="name" x="20" y="${y - 2}">${escaped(providerName(provider))}</text>`,
    `<text class="quiet" x="20" y="${y + 14}">${escaped(`${where}, ${dates.at(-1) ?? ""}`)}</text>`,
    ...(from === to ? [] : [`<line class="span" x1="${from}" x2="${to}" y1="${y}" y2="${y}"/>`]),
    ...prices.map((price) => mark(price.kind, x(dollars(price)), y, tipOf(price))),
    ...labels(first, last, from, to, y),
  ];
}

/** The lowest price before its dot and the highest behind its own; one of them where there is one. */
function labels(first: ComparedPrice, last: ComparedPrice, from: number, to: number, y: number): string[] {
  const text = ({ unitPrice }: ComparedPrice): string =>
    formatRational(rational(unitPrice.microsPerHour, 1_000_000n), 2);
  const behind = `<text class="value" x="${to + 10}" y="${y + 4}">${text(last)}</text>`;
  if (from === to) return [behind];
  return [`<text class="value" text-anchor="end" x="${from - 10}" y="${y + 4}">${text(first)}</text>`, behind];
}

function tipOf({ unitPrice, instanceType, regions, kind, asOf }: ComparedPrice): string {
  const price = `${priceText(unitPrice.microsPerHour)} ${unitPrice.currency}`;
  return `${price}, ${kindText(kind)}, ${instanceType}, ${regions.join(", ")}, ${asOf ?? "no date"}`;
}

/** Four to eight steps of 1, 2 or 5 times a power of ten, from zero to the first one that holds the largest value. */
function ticksUpTo(most: number): number[] {
  let step = 0.01;
  for (const factor of [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 1_000_000]) {
    step = factor / 100;
    if (most / step <= 8) break;
  }
  const count = Math.max(1, Math.ceil(most / step));
  return Array.from({ length: count + 1 }, (_, index) => Math.round(index * step * 100) / 100);
}

/** Lists are written by others: nothing of them is markup. */
export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
