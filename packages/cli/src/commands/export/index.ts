import { type AddCommand, examples } from "../../command.ts";
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
};
