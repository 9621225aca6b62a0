import type { Schemas } from "@offtake/client";
import type { Table, TableRow } from "@offtake/intake/files";
import type { Problem } from "@offtake/wire/problems";
import { csvText } from "../../broker/shown.ts";
import { rateText } from "../../broker/texts.ts";
import { readSheetFile } from "../../documents/sheet.ts";
import { done, failed, invalidDocument, type Outcome } from "../../terminal/failures.ts";
import type { TypedPart } from "./parts.ts";
import type { Scenario } from "./scenarios.ts";

type RequestTold = Schemas["Request"];

/** As the console writes and reads it: `bid`, `line` and `count` are read back, the others are there for who fills it in. */
const COLUMNS = ["bid", "line", "provider", "lot", "at_least", "at_most", "multiple", "price", "count"] as const;

/** A line of an opened bid: so many of it may be taken. */
interface Row {
  readonly bid: string;
  readonly line: number;
  readonly provider: string;
  readonly lot: string;
  readonly least: number;
  readonly most: number;
  readonly multiple: number;
  readonly price: string;
}

/** Lines of the bids that were compared last; of all that were opened before there was a comparison. */
function rowsOf({ view: { evaluations, tenders } }: RequestTold): readonly Row[] {
  const compared = evaluations.at(-1)?.considered.map(({ bid }) => bid);
  const opened = new Map(tenders.flatMap((one) => one.opened.map((bid) => [bid.id, bid] as const)));
  return [...opened.values()]
    .filter(({ id }) => compared === undefined || compared.includes(id))
    .flatMap((bid) =>
      bid.lines.map(({ lot, countMin: least, countMax: most, multiple, tiers }, index) => ({
        bid: bid.id,
        line: index + 1,
        provider: bid.bidder,
        lot,
        least,
        most,
        multiple,
        price: tiers.map(({ rate }) => rateText(rate)).join(", "),
      })),
    );
}

const nameOf = (bid: string, line: number): string => `${bid}/${line}`;

/** A scenario as a sheet with a row for each line of each bid: what is taken of it stands under `count`. */
export function sheetText(request: RequestTold, { parts }: Pick<Scenario, "parts">): string {
  const taken = new Map(parts.map(({ bid, line, count }) => [nameOf(bid, line), count]));
  return csvText([
    COLUMNS,
    ...rowsOf(request).map(({ bid, line, provider, lot, least, most, multiple, price }) =>
      [bid, line, provider, lot, least, most, multiple, price, taken.get(nameOf(bid, line)) ?? 0].map(String),
    ),
  ]);
}

/** A sheet as it comes back: all of it or nothing. What it does not name, and what has no count, is left. */
export function readSheet(path: string, cwd: string, request: RequestTold): Outcome<readonly TypedPart[]> {
  const table = readSheetFile(path, cwd);
  if (!table.ok) return table;
  const sheet = new Sheet(table.value, rowsOf(request));
  return sheet.problems.length > 0 ? failed(invalidDocument(sheet.problems)) : done(sheet.parts);
}

class Sheet {
  readonly problems: Problem[] = [];
  readonly parts: TypedPart[] = [];
  private readonly table: Table;
  private readonly seen = new Set<string>();

  constructor(table: Table, rows: readonly Row[]) {
    this.table = table;
    const known = new Map(rows.map((row) => [nameOf(row.bid, row.line), row]));
    const missing = ["bid", "count"].filter((column) => !table.columns.includes(column));
    for (const column of missing)
      this.wrong("missing_key", 1, column, `the sheet has no column ${column}`, "a header such as bid,line,count");
    for (const { line } of table.ragged)
      this.wrong("malformed", line, "", `the row has not ${table.columns.length} values`, "as many as the header has");
    if (missing.length > 0) return;
    for (const row of table.rows) this.read(row, known);
    if (this.problems.length === 0 && this.parts.length === 0)
      this.wrong("too_few", 1, "count", "nothing is taken of any bid", "a count in one row at least");
  }

  private read(row: TableRow, known: ReadonlyMap<string, Row>): void {
    // A spreadsheet may have been told that a text is one, and no formula.
    const bid = row.get("bid").replace(/^'/, "");
    const line = this.table.columns.includes("line") ? row.get("line") || "1" : "1";
    const typed = row.get("count");
    const count = typed === "" ? 0 : /^\d{1,9}$/.test(typed.replaceAll(/[\s,']/g, "")) ? numberOf(typed) : undefined;
    const name = nameOf(bid, Number(line));
    const of = known.get(name);
    if (of === undefined)
      this.wrong("unknown_value", row.line, "bid", `there is no opened bid ${bid} with a line ${line}`, SHOWN);
    else if (this.seen.has(name))
      this.wrong("duplicate_key", row.line, "bid", `${bid}, line ${line}, stands twice`, "one row for each");
    else if (count === undefined)
      this.wrong("malformed", row.line, "count", `${typed} is no whole number`, "a number such as 512, or nothing");
    else if (count > 0 && !fits(of, count))
      this.wrong("out_of_range", row.line, "count", `${count} of ${name} cannot be taken`, rangeText(of));
    else if (count > 0) this.parts.push({ bid, line: of.line, count });
    this.seen.add(name);
  }

  private wrong(code: Problem["code"], line: number, column: string, message: string, expected: string): void {
    const place = Math.max(1, this.table.columns.indexOf(column) + 1);
    this.problems.push({ code, file: this.table.name, line, column: place, path: column, message, expected });
  }
}

const SHOWN = "one of those that offtake award scenarios REQUEST --csv FILE writes";

const numberOf = (typed: string): number => Number(typed.replaceAll(/[\s,']/g, ""));

const fits = ({ least, most, multiple }: Row, count: number): boolean =>
  count >= least && count <= most && count % multiple === 0;

const rangeText = ({ least, most, multiple }: Row): string =>
  `nothing, or ${least} to ${most}${multiple > 1 ? ` by ${multiple}` : ""}`;
