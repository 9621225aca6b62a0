import type { ExitCode } from "../terminal/exit-codes.ts";
import { tellFailure } from "../terminal/failures.ts";
import type { Io } from "../terminal/io.ts";
import { type Column, tableText } from "../terminal/table.ts";
import type { BrokerOptions, Line } from "./connect.ts";
import { limitOf } from "./limit.ts";
import { atBroker } from "./run.ts";
import { csvText, formatOf, idsText, ndjsonText } from "./shown.ts";

interface Page<Value> {
  readonly data: readonly Value[];
}

/** How a list is shown. */
export interface ListText<Value> {
  readonly columns: readonly Column[];
  /** The rows of one object: one for each of its lines. */
  readonly rows: (one: Value) => readonly (readonly string[])[];
  /** Where there is nothing: what to type next. */
  readonly none: string;
}

/** A number without the commas that are there for the eye: "4,096" is two cells to some programs, and a text to the rest. */
const ungrouped = (cell: string): string =>
  cell.replace(/^-?\d{1,3}(,\d{3})+(\.\d+)?(?=$| [A-Z]{3}$| × )/, (number) => number.replaceAll(",", ""));

/** Asks the broker for a list of at most `--limit`, and shows it as a table, or as the API gave it. */
export async function listAtBroker<Value>(
  io: Io,
  options: BrokerOptions & { readonly limit: string; readonly format?: string },
  ask: (line: Line, limit: number) => Promise<Page<Value>>,
  { columns, rows, none }: ListText<Value>,
): Promise<ExitCode> {
  const limit = limitOf(options.limit);
  if (!limit.ok) return tellFailure(io, limit.failure, options.json === true);
  const format = formatOf(options.format);
  if (!format.ok) return tellFailure(io, format.failure, options.json === true);
  return atBroker(
    io,
    options,
    (line) => ask(line, limit.value),
    ({ data }) => {
      if (format.value === "ndjson") return ndjsonText(data);
      if (format.value === "ids") return idsText(data);
      if (format.value === "csv")
        return csvText([
          columns.map(({ title }) => title.toLowerCase()),
          ...data.flatMap(rows).map((row) => row.map(ungrouped)),
        ]);
      if (data.length > 0) return tableText(columns, data.flatMap(rows));
      io.err(`${none}\n`);
      return "";
    },
  );
}
