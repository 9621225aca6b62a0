import { type AddCommand, examples } from "../../command.ts";

export const addRebuild: AddCommand = (program, { io, finish }) => {
  const command = program
    .command("rebuild")
    .summary("fold what parties see again from what they were told")
    .description(
      "Folds the lists and pages of every party again, from its own feed and nothing else: the same comes out, unless the rows were damaged. " +
        "What was told is not touched. Without DATABASE_URL it works on the data folder of a broker that does not run.",
    )
    .argument("[book]", "only this book")
    .option("--data <folder>", "where a broker without DATABASE_URL keeps its data", ".offtake")
    .option("--json", "print what was folded as JSON")
    .action(async (book: string | undefined, options: { readonly data: string; readonly json?: true }) => {
      const { rebuild } = await import("./rebuild.ts");
      finish(await rebuild(io, book, options));
    });
  examples(command, [
    ["offtake rebuild", "every book of the broker in this folder"],
    ["DATABASE_URL=postgres://... offtake rebuild stargate-2025", "one book, while brokers serve it"],
  ]);
};
