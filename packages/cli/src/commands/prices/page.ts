import type { ComparedPrice } from "@offtake/intake/prices";
import { countOf } from "../../terminal/failures.ts";
import { chartSvg, escaped } from "./chart.ts";
import { type Comparison, datesText, kindText, priceText, providerName, titleOf } from "./comparison.ts";

const STYLE = `
  :root { color-scheme: light dark; --ink: #1c2733; --quiet: #5b6b7a; --line: #dfe5ea; --ground: #ffffff; }
  @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --quiet: #94a3b2; --line: #27323d; --ground: #10161d; } }
  body { margin: 0 auto; max-width: 1100px; padding: 24px 16px 48px; background: var(--ground); color: var(--ink);
    font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
  h1 { font-size: 22px; margin: 0 0 4px; }
  h2 { font-size: 17px; margin: 32px 0 8px; }
  p { margin: 4px 0 16px; color: var(--quiet); max-width: 76ch; }
  figure { margin: 16px 0; overflow-x: auto; }
  figure svg { width: 100%; min-width: 640px; height: auto; display: block; }
  .wide { overflow-x: auto; }
  table { border-collapse: collapse; width: 100%; font-size: 14px; }
  caption { text-align: left; font-weight: 600; padding: 8px 0; }
  th, td { text-align: left; padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
  th { font-weight: 600; color: var(--quiet); white-space: nowrap; }
  .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
  .fixed { white-space: nowrap; }
`;

/** The comparison as one page that needs nothing else: no script, no font, no address is asked for. */
export function pageHtml(comparison: Comparison): string {
  const { rows, lists } = comparison;
  const title = titleOf(comparison);
  const currencies = [...new Set(rows.map(({ unitPrice }) => unitPrice.currency))];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
<p>${countOf(lists.length, "list")}, ${escaped(datesText(rows))}. For each provider and region the cheapest node, by the accelerator. List prices are
what providers publish, not what anybody pays under an agreement, and a price in a region does not mean capacity there. Amounts keep their currency.</p>
<figure>
${chartSvg(comparison)}</figure>
<h2>Prices</h2>
${currencies.map((currency) => table(rows, currency)).join("\n")}
<h2>Lists</h2>
${sources(comparison)}
</main>
</body>
</html>
`;
}

function table(rows: readonly ComparedPrice[], currency: string): string {
  const own = rows.filter(({ unitPrice }) => unitPrice.currency === currency);
  return tableHtml(
    `${currency} for one accelerator-hour`,
    ["Price", "Provider", "Accelerator", "Terms", "Node", "Regions", "As of", "Source"],
    own.map((row) => [
      priceText(row.unitPrice.microsPerHour),
      providerName(row.provider),
      row.acceleratorType,
      kindText(row.kind),
      `${row.instanceType}, ${row.acceleratorCount} for ${priceText(row.nodePrice.microsPerHour)}`,
      row.regions.join(", "),
      row.asOf ?? "no date",
      `${row.source.file}:${row.source.line}`,
    ]),
  );
}

function sources({ lists }: Comparison): string {
  return tableHtml(
    "Where the prices are from",
    ["Read", "Provider", "File", "Left out", "Origin"],
    lists.map(({ file, provider, origin, offers, dropped }) => [
      countOf(offers.length, "price"),
      providerName(provider),
      file,
      countOf(dropped.length, "price"),
      origin,
    ]),
  );
}

function tableHtml(caption: string, heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const classOf = (index: number): string =>
    index === 0 ? ' class="number"' : heads[index] === "As of" ? ' class="fixed"' : "";
  const head = heads.map((text, index) => `<th scope="col"${classOf(index)}>${escaped(text)}</th>`).join("");
  const body = rows
    .map((cells) => `<tr>${cells.map((text, index) => `<td${classOf(index)}>${escaped(text)}</td>`).join("")}</tr>`)
    .join("\n");
  return `<div class="wide"><table><caption>${escaped(caption)}</caption>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body}\n</tbody></table></div>`;
}
