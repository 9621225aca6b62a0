import { csvText, openList, planImport, readColumns, readRows } from "@offtake/intake/agreements";
import type { BenchOptions, Result } from "./lib/result.ts";

export const name = "import";
export const summary =
  "A list of 10,000 agreements in every dirty way we know, to agreement files; each cell held against what it must mean";

const ROWS = 10_000;

/** How a cell may be written, and what it must mean; `undefined` where the row must be refused. */
type Variants = readonly (readonly [written: string, meant: string | undefined])[];

const STARTS: Variants = [
  ["2027-03-01", "2027-03-01"],
  ["01.03.2027", "2027-03-01"],
  ["1.3.2027", "2027-03-01"],
  ["31/03/2027", "2027-03-31"],
  ["01/03/2027", "2027-03-01"],
  ["1 March 2027", "2027-03-01"],
  ["March 1, 2027", "2027-03-01"],
  ["1. März 2027", "2027-03-01"],
  ["1er mars 2027", "2027-03-01"],
  ["Mar 2027", "2027-03-01"],
  ["2027-Q1", "2027-01-01"],
  ["Q2 2027", "2027-04-01"],
  ["H2 2027", "2027-07-01"],
  ["2027", "2027-01-01"],
  ["46447", "2027-03-01"],
  ["20270301", "2027-03-01"],
  ["01.03.27", "2027-03-01"],
  ["2027-03-01 00:00", "2027-03-01"],
  ["2027/3/1", "2027-03-01"],
  ["30.02.2027", undefined],
  ["early 2027", undefined],
  ["TBD", undefined],
  ["", undefined],
  ["#REF!", undefined],
  ["=TODAY()", undefined],
];
const ENDS: Variants = [
  ["", ""],
  ["2031-12-31", "2031-12-31"],
  ["Ende 2031", "2031-12-31"],
  ["end of 2031", "2031-12-31"],
  ["fin 2031", "2031-12-31"],
  ["31.12.2031", "2031-12-31"],
  ["2031-Q4", "2031-12-31"],
  ["unbefristet", ""],
  ["open-ended", ""],
  ["-", ""],
  ["durée indéterminée", ""],
  ["?", undefined],
  ["1999-01-01", undefined],
];
const AMOUNTS: Variants = [
  ["", ""],
  ["EUR 4,5 Mio", "4500000 EUR"],
  ["$250M", "250000000 USD"],
  ["USD 1.2bn", "1200000000 USD"],
  ["1,2 Mrd. €", "1200000000 EUR"],
  ["CHF 1'200'000", "1200000 CHF"],
  ["4.500.000,00 €", "4500000 EUR"],
  ["USD 4,500,000.00", "4500000 USD"],
  ["4 500 000 EUR", "4500000 EUR"],
  ["£500k", "500000 GBP"],
  ["500 T€", "500000 EUR"],
  ["3 Mio. EUR p.a.", "3000000 EUR"],
  ["EUR 100k / month", "100000 EUR"],
  ["2,5 milliards d'euros", "2500000000 EUR"],
  ["730000 accelerator-hours", "730000 accelerator-hours"],
  ["up to $500B", ""],
  [">$300B", ""],
  ["ca. 4 Mio. EUR", ""],
  ["n/a", ""],
  ["1,234 EUR", undefined],
  ["-5 EUR", undefined],
  ["(1,000) USD", undefined],
  ["5 ducats", undefined],
  ["ten", undefined],
  ["4500000", undefined],
];
const WINDOWS: Variants = [
  ["", ""],
  ["5 BD", "5 business days"],
  ["5 business days", "5 business days"],
  ["five (5) business days", "5 business days"],
  ["10 Arbeitstage", "10 business days"],
  ["5 jours ouvrés", "5 business days"],
  ["60 days", "60 days"],
  ["60d", "60 days"],
  ["72h", "72 hours"],
  ["2 weeks", "14 days"],
  ["P5D", "5 days"],
  ["-", ""],
  ["5 Werktage", undefined],
  ["5", undefined],
  ["promptly", undefined],
];
const KINDS: Variants = [
  ["ROFR", "first-refusal"],
  ["Vorkaufsrecht", "first-refusal"],
  ["droit de premier refus", "first-refusal"],
  ["right to match", "match"],
  ["Exklusivität", "exclusivity"],
  ["consent", "consent"],
  ["Rahmenvertrag", "frame"],
  ["ROFR; MFN", "first-refusal; most-favoured"],
  ["barter", undefined],
  ["??", undefined],
];
const ACCELERATORS: Variants = [
  ["", ""],
  ["H100", "H100"],
  ["H100, H200", "H100, H200"],
  ["NVIDIA H100 GPUs", "H100"],
  ["H100 und B200", "H100, B200"],
  ["alle", ""],
  ["1,024 x H100", "H100"],
  ["H1000", undefined],
];

const COLUMNS: Readonly<Record<string, Variants>> = {
  start: STARTS,
  end: ENDS,
  amount: AMOUNTS,
  window: WINDOWS,
  kind: KINDS,
  accelerators: ACCELERATORS,
};
const HEADERS = ["Nr.", "Vertragspartner", "Beginn", "Ende", "Betrag", "Antwortfrist", "Art des Rechts", "GPU"];
const FIELDS = Object.keys(COLUMNS);

/** Every how many rows one cell is written so that its row must be refused. */
const REFUSED_EVERY = 8;

/** Each row takes the next variant of every column; of a refused kind at most one, so that the others of its row are tried elsewhere. */
function cellsOf(index: number): (readonly [string, string | undefined])[] {
  const bad = index % REFUSED_EVERY === 0 ? (index / REFUSED_EVERY) % FIELDS.length : -1;
  return FIELDS.map((field, column) => {
    const variants = (COLUMNS[field] as Variants).filter(([, meant]) => (meant === undefined) === (column === bad));
    const turn =
      column === bad
        ? Math.floor(index / REFUSED_EVERY / FIELDS.length)
        : index * (column * 2 + 1) + Math.floor(index / variants.length);
    return variants[turn % variants.length] as readonly [string, string | undefined];
  });
}

const BOOK = {
  name: "book.yaml",
  text: "schema: offtake/book@1\nkeeper: us\nparties:\n  - { id: us, name: Us, roles: buyer }\n",
};

export async function run({ progress }: BenchOptions): Promise<readonly Result[]> {
  const rows = Array.from({ length: ROWS }, (_, index) => cellsOf(index));
  const table = rows.map((cells, index) => [`A${index}`, `Party ${index % 300}`, ...cells.map(([written]) => written)]);
  // Formulas and errors must arrive as they are: the text is written by hand where the writer would take their meaning away.
  const bytes = new TextEncoder().encode(
    csvText({ headers: HEADERS, rows: table }).replaceAll("'=TODAY()", "=TODAY()").replaceAll("'-5 EUR", "-5 EUR"),
  );
  progress(`${ROWS} rows, ${bytes.length} bytes`);

  const began = performance.now();
  const sheets = await openList(bytes, "list.csv");
  if (!sheets.ok) throw new Error(sheets.refusal.message);
  const readable = readColumns(sheets.value, undefined, undefined);
  if (!readable.ok) throw new Error(readable.refusal.message);
  const read = performance.now();
  const options = {
    mapping: undefined,
    remembered: undefined,
    listWins: false,
    list: "list.csv",
    folder: "agreements/",
  };
  const plan = planImport(readable.value, { main: BOOK, files: [BOOK] }, options);
  const ended = performance.now();
  progress(
    `${plan.agreements.length} imported, ${plan.refused.length} reasons for refusals, ${plan.choices.length} choices`,
  );

  const wrong = wrongRows(rows, readable.value);
  const variants = Object.values(COLUMNS).reduce((sum, each) => sum + each.length, 0);
  return [
    { name: "open the list and find its columns", value: Math.round(read - began), unit: "ms" },
    { name: `${ROWS} rows to agreement files`, value: Math.round(ended - began), unit: "ms" },
    { name: "rows per second", value: Math.round(ROWS / ((ended - began) / 1000)), unit: "rows/s" },
    { name: "dirty variants of a cell tried", value: variants, unit: "variants" },
    { name: "rows read otherwise than they must be", value: wrong, unit: "rows", bar: "none", holds: wrong === 0 },
  ];
}

/** Rows whose fields are not what was meant, or that were imported though they had to be refused, or the other way round. */
function wrongRows(
  rows: readonly (readonly (readonly [string, string | undefined])[])[],
  readable: Parameters<typeof readRows>[0],
): number {
  const found = new Map(readRows(readable, undefined).rows.map(({ fields }) => [fields.id, fields]));
  return rows.filter((cells, index) => {
    const fields = found.get(`A${index}`);
    const isBad = cells.some(([, meant]) => meant === undefined);
    if (isBad || fields === undefined) return !(isBad && fields === undefined);
    const [start, end, amount, window, kind, accelerators] = cells.map(([, meant]) => meant ?? "");
    const quantity = fields.amount === undefined ? "" : `${fields.amount} ${fields.currency ?? ""}`;
    const is = [
      fields.start ?? "",
      fields.end ?? "",
      quantity,
      fields.window ?? "",
      fields.kind ?? "",
      fields.accelerators ?? "",
    ];
    return JSON.stringify(is) !== JSON.stringify([start, end, amount, window, kind, accelerators]);
  }).length;
}
