import type { Command } from "commander";
import { type AddCommand, examples, type Session } from "../../command.ts";
import type { PartyOptions } from "./party.ts";

export const addParty: AddCommand = (program, session) => {
  const party = program
    .command("party")
    .summary("for whom you act: list, use")
    .description(
      "The parties for whom you act, in which books, at which brokers; and which of them the next commands are for.",
    );
  for (const add of [addList, addUse]) add(party, session);
};

function addList(party: Command, { io, finish }: Session): void {
  const list = party
    .command("list")
    .description("Lists the contexts that you are logged in at. The one that commands use is marked.")
    .option("--json", "print the list as JSON on stdout, without tokens")
    .action(async (options: PartyOptions) => {
      const { listParties } = await import("./party.ts");
      finish(listParties(io, options));
    });
  examples(list, [["offtake party list", "for whom you act, and where"]]);
}

function addUse(party: Command, { io, finish }: Session): void {
  const use = party
    .command("use")
    .description("Says which context the next commands are for.")
    .argument("<context>", "its name, or BOOK/PARTY, or the party alone where that says it")
    .option("--json", "print the context as JSON on stdout, without its token")
    .action(async (name: string, options: PartyOptions) => {
      const { useParty } = await import("./party.ts");
      finish(useParty(io, name, options));
    });
  examples(use, [["offtake party use microsoft", "speak for Microsoft from here on"]]);
}
