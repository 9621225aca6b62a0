import { type AddCommand, examples } from "../../command.ts";
import type { AgreementOptions } from "./list.ts";

export const addAgreement: AddCommand = (program, { io, finish }) => {
  const agreement = program
    .command("agreement")
    .summary("the agreements of a book")
    .description("The agreements of a book.");
  const list = agreement
    .command("list")
    .description(
      "Lists the agreements of a book: who provides, which right somebody has, what is committed, how it stands.",
    )
    .argument("<book>", "a book file, or the folder of a book")
    .option("--at <instant>", "as of this instant (default: now)")
    .option("--json", "print the list as JSON on stdout")
    .action(async (book: string, options: AgreementOptions) => {
      const { listAgreements } = await import("./list.ts");
      finish(await listAgreements(io, book, options));
    });
  examples(list, [["offtake agreement list my-book/", "one line for each agreement"]]);
};
