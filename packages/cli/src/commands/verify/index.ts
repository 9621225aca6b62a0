import { type AddCommand, examples } from "../../command.ts";

export const addVerify: AddCommand = (program, { io, finish }) => {
  const command = program
    .command("verify")
    .summary("check an exported feed against its chain and your receipts")
    .description(
      "Checks a feed that you exported, with nothing but the file: no server, no account, no network. Each entry is linked to the one " +
        "before it, so a changed, missing, doubled or exchanged entry is found at its line. That the end was not cut off, and that the " +
        "whole was not made anew, is proved by the receipts you were given for your own commands: keep them.",
    )
    .argument("<file>", "the exported feed, lines of JSON; - reads it from standard input")
    .option(
      "--receipt <file>",
      "a receipt, or lines of them; may be repeated",
      (file: string, all?: readonly string[]) => [...(all ?? []), file],
    )
    .option("--json", "print what was found as JSON")
    .action(async (file: string, options: { readonly receipt?: readonly string[]; readonly json?: true }) => {
      const { verify } = await import("./verify.ts");
      finish(await verify(io, file, options.receipt ?? [], options.json === true));
    });
  examples(command, [
    ["offtake verify feed.ndjson", "the feed holds together"],
    ["offtake verify feed.ndjson --receipt receipts.ndjson", "and it is the one that the receipts were given for"],
  ]);
};
