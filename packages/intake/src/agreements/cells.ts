/** One cell, as far as its file says what it holds. Dates are civil days: a spreadsheet knows no zone. */
export type Cell = CellValue & { readonly flaw?: CellFlaw };

type CellValue =
  | { readonly kind: "empty" }
  | { readonly kind: "text"; readonly text: string }
  /** `isPercent`: the sheet shows it as a percentage, so that 0.4 is 40%. */
  | { readonly kind: "number"; readonly value: number; readonly isPercent?: boolean }
  | { readonly kind: "date"; readonly date: string; readonly hasTime: boolean }
  | { readonly kind: "truth"; readonly value: boolean };

/** What a value must not be taken over for silently. */
export type CellFlaw = "formula" | "error" | "merged";

export interface SheetRow {
  /** As the spreadsheet or an editor counts it, from 1. */
  readonly number: number;
  readonly cells: readonly Cell[];
  readonly isHidden?: boolean;
}

/** One table of cells, whatever kind of file it came from. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly SheetRow[];
  readonly isHidden: boolean;
  /** What a person should know about how it was opened: its encoding, its separator, sheets that were passed over. */
  readonly notes: readonly string[];
  /** Whether serial numbers of days count from 1904. */
  readonly from1904: boolean;
}

export const EMPTY: Cell = { kind: "empty" };

export const ROWS_MAX = 100_000;
export const COLUMNS_MAX = 256;
export const CELL_CHARS_MAX = 32_767;

/** Blanks of every kind become one; zero-width marks and soft hyphens go. */
export function tidy(text: string): string {
  return text
    .replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, "")
    .replace(/[\s\u00a0\u2007\u202f]+/g, " ")
    .trim();
}

/** The text of a cell as a person would read it out. */
export function cellText(cell: Cell | undefined): string {
  switch (cell?.kind) {
    case "text":
      return tidy(cell.text);
    case "number":
      return cell.isPercent === true ? `${percentOf(cell.value)}%` : plainNumber(cell.value);
    case "date":
      return cell.date;
    case "truth":
      return cell.value ? "yes" : "no";
    default:
      return "";
  }
}

/** The number without an exponent; at most 15 digits are exact in a spreadsheet. */
export function plainNumber(value: number): string {
  const text = String(value);
  if (!/e/i.test(text)) return text;
  return Math.abs(value) >= 1 ? BigInt(Math.round(value)).toString() : value.toFixed(12).replace(/0+$/, "");
}

/** 0.4 as 40, without what binary fractions add. */
function percentOf(value: number): string {
  return plainNumber(Number((value * 100).toPrecision(12)));
}
