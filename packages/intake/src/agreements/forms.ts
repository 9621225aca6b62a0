import type { Field } from "@offtake/wire/mapping";
import { readColumns } from "./columns.ts";
import { openList } from "./open.ts";
import { readRows } from "./read-rows.ts";

/** Ways in which people write one thing in a cell. */
export interface CellForm {
  readonly what: string;
  readonly field: Field;
  /** Header of the column: a unit in it counts. */
  readonly header: string;
  readonly written: readonly string[];
}

/** What the reference shows of how cells are read. What becomes of each is found out by reading it. */
export const CELL_FORMS: readonly CellForm[] = [
  {
    what: "A first day",
    field: "start",
    header: "Start",
    written: [
      ...["2027-12-31", "31.12.2027", "31/12/2027", "12/31/2027", "31 December 2027", "1er mars 2027", "Dec 31, 2027"],
      ...["20271231", "46752", "2027-Q1", "H2 2027", "March 2027", "2027", "03/04/2027", "early 2027", "FY27"],
    ],
  },
  {
    what: "A last day",
    field: "end",
    header: "End",
    written: [
      ...["31.12.2027", "2027-Q1", "H2 2027", "March 2027", "2027", "Ende 2027", "end of March 2027"],
      ...["-", "open-ended", "unbefristet", "sans fin", "TBD"],
    ],
  },
  {
    what: "An amount",
    field: "amount",
    header: "Amount",
    written: [
      ...["EUR 4,5 Mio", "$250M", "1.2bn USD", "CHF 1'200'000", "500 T€", "3 Mio. EUR p.a.", "4.500.000,00 €"],
      ...["730000 accelerator-hours", "1,234 EUR", "¥5m", "up to $500B", "ca. 4,5 Mio. EUR", "-5 EUR"],
    ],
  },
  { what: "An amount under `Amount (EUR m)`", field: "amount", header: "Amount (EUR m)", written: ["4,5", "1,234"] },
  {
    what: "A price",
    field: "price",
    header: "Price",
    written: ["$2.55/GPU-h", "2,55 €/GPU-Std.", "2.55 USD per GPU hour", "2.55 USD"],
  },
  {
    what: "A response window",
    field: "window",
    header: "Response window",
    written: [
      ...["5 BD", "five business days", "10 Arbeitstage", "60 days", "2 weeks", "72h", "P5D"],
      ...["5 Werktage", "5 jours ouvrables", "5", "3 months", "promptly"],
    ],
  },
  {
    what: "A response window under `Response window (business days)`",
    field: "window",
    header: "Response window (business days)",
    written: ["5"],
  },
  {
    what: "A notice period",
    field: "renewalNotice",
    header: "Notice period",
    written: ["90 days", "3 Monate", "1 year", "72 hours"],
  },
  {
    what: "A renewal",
    field: "renewal",
    header: "Renewal",
    written: ["12 months", "yes, 12 months", "evergreen", "none", "yes", "maybe"],
  },
  { what: "A percentage", field: "share", header: "Share", written: ["40%", "40 Prozent", "0.4"] },
  {
    what: "Yes or no",
    field: "passThrough",
    header: "Pass-through",
    written: ["yes", "ja", "oui", "x", "1", "no", "nein", "non", "0", "perhaps"],
  },
  {
    what: "Accelerators",
    field: "accelerators",
    header: "Accelerators",
    written: ["H100", "H100, H200 und B200", "NVIDIA H100 GPUs", "1,024 x H100", "all", "H1000"],
  },
  { what: "Regions", field: "regions", header: "Regions", written: ["us-central; eu-*", "USA", "Europe", "the moon!"] },
  {
    what: "Purposes",
    field: "purposes",
    header: "Purposes",
    written: ["training, inference", "Training, Inferenz", "all except research"],
  },
  {
    what: "A state",
    field: "status",
    header: "Status",
    written: ["signed", "Entwurf", "gekündigt", "so-so"],
  },
];

/** What a cell alone in its column comes to: a value of the field, nothing, text that is kept, or the code of its refusal. */
export type FormOutcome =
  | { readonly kind: "read"; readonly value: string; readonly told: boolean }
  | { readonly kind: "nothing" }
  | { readonly kind: "kept" }
  | { readonly kind: "refused"; readonly code: string };

/** Reads a cell as it is read in a list of one row. */
export async function formOutcome({ field, header }: CellForm, written: string): Promise<FormOutcome> {
  const cells = { Counterparty: "Meridian", ...(field === "start" ? {} : { Start: "2026-01-01" }), [header]: written };
  const quoted = (texts: readonly string[]): string => texts.map((text) => `"${text.replaceAll('"', '""')}"`).join(";");
  const text = `${quoted(Object.keys(cells))}\n${quoted(Object.values(cells))}\n`;
  const sheets = await openList(new TextEncoder().encode(text), "form.csv");
  if (!sheets.ok) return { kind: "refused", code: sheets.refusal.code };
  const readable = readColumns(sheets.value, undefined, undefined);
  if (!readable.ok) return { kind: "refused", code: readable.refusal.code };
  const { rows, refused, choices } = readRows(readable.value, undefined);
  const [refusal] = refused;
  if (refusal !== undefined) return { kind: "refused", code: refusal.code };
  const told = choices.some(({ column }) => column === header);
  const fields = rows[0]?.fields ?? {};
  const value = [fields[field], ...(field === "amount" ? [fields.currency, fields.period] : [])]
    .filter((part) => part !== undefined)
    .join(" ");
  if (value !== "") return { kind: "read", value, told };
  return rows[0]?.kept.length === 0 ? { kind: "nothing" } : { kind: "kept" };
}
