import type { ComparedPrice } from "@offtake/intake/prices";
import { countOf } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { styleOf } from "../../terminal/style.ts";
import { tableText, wrapText } from "../../terminal/table.ts";
import { type Comparison, datesText, kindText, priceText, providerName, regionsText, titleOf } from "./comparison.ts";

const BAR_WIDTH = 16;
const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/** The comparison as a table with a bar for each price, one table for each currency. */
export function barTable(comparison: Comparison, io: Io): string {
  const { rows, lists } = comparison;
  const style = styleOf(io);
  const currencies = [...new Set(rows.map(({ unitPrice }) => unitPrice.currency))];
  const tables = currencies.map((currency) => {
    const own = rows.filter(({ unitPrice }) => unitPrice.currency === currency);
    return tableOf(comparison, own, currency);
  });
  const dropped = lists.reduce((sum, list) => sum + list.dropped.length, 0);
  const note = `${countOf(lists.length, "list")}, ${datesText(rows)}; ${countOf(dropped, "price")} that could not be read ${dropped === 1 ? "is" : "are"} left out. A list price is what a provider publishes, not what anybody pays under an agreement, and a price in a region does not mean capacity there.`;
  const converted =
    currencies.length > 1 ? " Amounts keep their currency: nothing is converted without a recorded rate." : "";
  return `${style.strong(titleOf(comparison))}\n\n${tables.join("\n")}\n${wrapText(note + converted, io.width)}\n`;
}

function tableOf({ kinds, acceleratorTypes }: Comparison, rows: readonly ComparedPrice[], currency: string): string {
  const most = rows.reduce((max, { unitPrice }) => (unitPrice.microsPerHour > max ? unitPrice.microsPerHour : max), 0n);
  const several = new Set(rows.map(({ acceleratorType }) => acceleratorType)).size > 1 || acceleratorTypes.length > 1;
  const columns = [
    { title: `${currency}/h`, align: "right" as const },
    { title: "" },
    { title: "PROVIDER" },
    ...(kinds.length > 1 ? [{ title: "TERMS" }] : []),
    ...(several ? [{ title: "ACCELERATOR" }] : []),
    { title: "REGIONS" },
    { title: "AS OF" },
    { title: "SOURCE" },
  ];
  return tableText(
    columns,
    rows.map(({ provider, kind, acceleratorType, unitPrice, regions, asOf, source }) => [
      priceText(unitPrice.microsPerHour),
      bar(unitPrice.microsPerHour, most),
      providerName(provider),
      ...(kinds.length > 1 ? [kindText(kind)] : []),
      ...(several ? [acceleratorType] : []),
      regionsText(regions),
      asOf ?? "no date",
      `${source.file}:${source.line}`,
    ]),
  );
}

/** A bar in eighths of a character; at least one of them, so that no price looks like nothing. */
function bar(value: bigint, most: bigint): string {
  if (most === 0n) return "";
  const eighths = Number((value * BigInt(BAR_WIDTH * 8)) / most) || 1;
  return "█".repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? "");
}
