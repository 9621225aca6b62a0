import {
  acceleratorSeconds,
  addRational,
  believe,
  type Currency,
  divRational,
  rational,
  windowSeconds,
} from "../kernel/index.ts";
import { fittingEntries, type PriceBook } from "./entries.ts";
import type { PriceFacts } from "./plain-price.ts";
import type { PriceProblem, PriceQuery, PriceRow, Quote, Quoted } from "./priced.ts";
import { committedRow, Pricing } from "./pricing.ts";
import { entryName, stretchesOf } from "./stretches.ts";

/**
 * What a use costs under the price books of one seller: row by row with the clause, entry, tier, list or index value that each rests
 * on. The window is cut wherever a price may change. Every stretch without a price, or with several and no order among them, and
 * every list or index value that is missing is a problem of its own; there is no price with a gap in it. For a count above 0 and a
 * window of whole seconds.
 *
 * @source Rules PRC14 to PRC27 in ./SPEC.md
 */
export function quote(query: PriceQuery, books: readonly PriceBook[], facts: PriceFacts): Quoted {
  believe(query.count > 0 && query.window.from < query.window.to, "what is priced has a count and a length");
  const problems: PriceProblem[] = [];
  const { committed, open } = stretchesOf(query, fittingEntries(books, query.facts, query.window), problems);
  const rows = [...committed.map(committedRow), ...new Pricing(query, facts, problems).rowsOf(open)];
  const currencies = [...new Set(rows.map(({ rate }) => rate.currency))].sort();
  if (currencies.length > 1) {
    const detail = `One use would cost ${currencies.join(" and ")}: amounts of two currencies are never added.`;
    const entries = [...new Set(open.map(({ placed }) => entryName(placed)))];
    problems.push({ code: "mixed_currency", detail, entries, ...query.window });
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: totalOf(query, rows) };
}

function totalOf({ count, window }: PriceQuery, rows: readonly PriceRow[]): Quote {
  const currency = rows[0]?.rate.currency as Currency;
  const micros = rows.reduce((sum, { cost }) => sum + cost.micros, 0n);
  const exact = rows.reduce((sum, row) => addRational(sum, row.exact), rational(0n));
  const hours = rational(acceleratorSeconds(count, windowSeconds(window)), 3600n);
  const ordered = rows.toSorted((a, b) => a.from - b.from);
  return { rows: ordered, cost: { micros, currency }, exact, mean: divRational(exact, hours) };
}
