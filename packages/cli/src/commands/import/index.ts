import { type AddCommand, examples } from "../../command.ts";
import type { ImportCommandOptions } from "./import.ts";

export const addImport: AddCommand = (program, { io, finish }) => {
  const command = program
    .command("import")
    .summary("agreements from a spreadsheet into a book")
    .description(
      "Reads a list of agreements (CSV or XLSX) into a book. Each row becomes an agreement file, or is refused with row, column and reason; whatever could have been read otherwise is told. How columns were read is kept in the book under imports/, to be corrected, and is used the next time. A list that is imported again changes what changed in it, and leaves what was written by hand.",
    )
    .argument("<list>", "a .csv or .xlsx file")
    .option("--into <book>", "the folder of the book", ".")
    .option("--as <name>", "the import that this list goes on with (default: the name of the file)")
    .option("--mapping <file>", "how columns are read, instead of what the book has kept")
    .option("--sheet <name>", "the sheet of a workbook (default: the first that looks like a list)")
    .option("--prefer <who>", "hand or list: whose value stays where both have changed it", "hand")
    .option("--dry-run", "say what would be done, and write nothing")
    .option("--json", "print the report as JSON on stdout")
    .action(async (list: string, options: ImportCommandOptions) => {
      const { importList } = await import("./import.ts");
      finish(await importList(io, list, options));
    });
  examples(command, [
    ["offtake import agreements.xlsx --into my-book --dry-run", "see how it would be read"],
    ["offtake import agreements.xlsx --into my-book", "do it; and again after each change of the list"],
  ]);
};
