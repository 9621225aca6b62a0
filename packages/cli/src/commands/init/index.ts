import { type AddCommand, examples } from "../../command.ts";
import type { InitOptions } from "./init.ts";

export const addInit: AddCommand = (program, { io, finish }) => {
  const command = program
    .command("init")
    .summary("a folder for your own agreements")
    .description(
      "Makes a folder with a book in it: an example with comments, or with --from the agreements of a spreadsheet (CSV or XLSX). The folder has the JSON Schemas for editors and a short README. Nothing is ever written over, and nothing leaves the machine.",
    )
    .argument("<name>", "the folder to make")
    .option("--from <list>", "a .csv or .xlsx file with one agreement in each row")
    .option("--keeper <name>", "with --from: whose book it is", "Our company")
    .option("--side <side>", "with --from: buyer or provider, what the keeper is in these agreements", "buyer")
    .option("--currency <code>", "with --from: currency of reports", "USD")
    .option("--zone <zone>", "with --from: time zone in which dates are meant", "UTC")
    .option("--mapping <file>", "with --from: how columns are read (default: guessed from their headers)")
    .option("--sheet <name>", "with --from: the sheet of a workbook (default: the first that looks like a list)")
    .option("--dry-run", "say what would be made, and make nothing")
    .option("--json", "print the report as JSON on stdout")
    .action(async (name: string, options: InitOptions) => {
      const { init } = await import("./init.ts");
      finish(await init(io, name, options));
    });
  examples(command, [
    ["offtake init my-book", "an example that validates, to be changed line by line"],
    ['offtake init my-book --from agreements.xlsx --keeper "Aurora Labs"', "your own agreements"],
  ]);
};
