import type { Command } from "commander";
import { type AddCommand, examples, type Session } from "../../command.ts";
import type { ExportAllOptions } from "./export-all.ts";
import type { ExportOptions } from "./export.ts";

export const addExport: AddCommand = (program, { io, finish }) => {
  const command = program
    .command("export")
    .summary("the agreements of a book as a spreadsheet")
    .description(
      "Writes the agreements of a book as rows, under the headers of the list that they came from. Imported again they change nothing. What no column can hold is counted and stays in the book.",
    )
    .argument("<book>", "the folder of a book")
    .option("--csv <file>", "write CSV (UTF-8); - prints it")
    .option("--xlsx <file>", "write a workbook, days as days and amounts as numbers")
    .option("--as <name>", "with the headers of this import (default: the only one)")
    .option("--force", "replace a file that is there")
    .option("--json", "print the rows as JSON on stdout")
    .action(async (book: string, options: ExportOptions) => {
      const { exportList } = await import("./export.ts");
      finish(await exportList(io, book, options));
    });
  examples(command, [
    ["offtake export my-book --xlsx agreements.xlsx", "a workbook for people"],
    ["offtake export my-book --csv -", "on the terminal"],
  ]);
  addExportAll(command, finish, io);
};

function addExportAll(parent: Command, finish: Session["finish"], io: Session["io"]): void {
  const command = parent
    .command("all")
    .summary("a whole book of a broker, to take away")
    .description(
      "Writes a whole book of a broker as lines of JSON: every record with its events, what each party was told, agreements, files, receipts. " +
        "`offtake import all` makes the same book of it. It works on the broker's data, and shows everything: it is for whoever runs the broker. " +
        "A party takes its own feed with `offtake feed`. Privileged files of others than the keeper stay where they are.",
    )
    .argument("<book>", "the name of the book")
    .argument("[file]", "where to; .gz compresses it, - prints it (default: BOOK.ndjson.gz)")
    .option("--data <folder>", "where a broker without DATABASE_URL keeps its data", ".offtake")
    .option("--for <party>", "whose privileged files are in it (default: the keeper)")
    .option("--force", "replace a file that is there")
    .option("--json", "print what was written as JSON")
    .action(async (book: string, file: string | undefined, options: ExportAllOptions) => {
      const { exportAll } = await import("./export-all.ts");
      finish(await exportAll(io, book, file, { ...parent.opts(), ...options }));
    });
  examples(command, [
    ["offtake export all stargate-2025", "into stargate-2025.ndjson.gz, while brokers go on"],
    ["offtake export all stargate-2025 - | jq .events[].type", "it is JSON, line by line"],
  ]);
}
