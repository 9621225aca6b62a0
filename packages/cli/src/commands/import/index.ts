import type { Command } from "commander";
import { type AddCommand, examples, type Session } from "../../command.ts";
import type { ImportAllOptions } from "./import-all.ts";
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
  addImportAll(command, finish, io);
};

function addImportAll(parent: Command, finish: Session["finish"], io: Session["io"]): void {
  const command = parent
    .command("all")
    .summary("a whole book, into a broker that does not have it")
    .description(
      "Makes the book of an export again: the same log, feeds, files and views, with the same hashes, or nothing. Every link is followed before " +
        "anybody sees it. It keeps its name, which is what its chains begin with. Members and keys are not in an export: invite them again.",
    )
    .argument("<file>", "an export; - reads it from standard input")
    .option("--data <folder>", "where a broker without DATABASE_URL keeps its data", ".offtake")
    .option("--json", "print what was imported as JSON")
    .action(async (file: string, options: ImportAllOptions) => {
      const { importAll } = await import("./import-all.ts");
      finish(await importAll(io, file, { ...parent.opts(), ...options }));
    });
  examples(command, [
    ["offtake import all stargate-2025.ndjson.gz", "into the broker of this folder, made where there is none"],
    ["DATABASE_URL=postgres://... offtake import all stargate-2025.ndjson.gz", "into yours, of any major version"],
  ]);
}
