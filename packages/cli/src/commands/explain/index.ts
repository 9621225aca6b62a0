import { type AddCommand, examples } from "../../command.ts";
import type { ExplainOptions } from "./explain.ts";
import type { RemoteOptions } from "./remote.ts";

export const addExplain: AddCommand = (program, { io, finish }) => {
  const command = program
    .command("explain")
    .summary("why a request came out as it did, for one reader")
    .description(
      "Plays a story or a case and explains its requests to one reader: made of what that party is told and nothing else. Without --as the reader is the keeper of the book.",
    )
    .argument(
      "<story-or-case>",
      "name of a story, or the file of a story or a case; with --broker the id of a request, notice or invitation",
    )
    .option("--request <id>", "which request (default: all)")
    .option("--as <party>", "the reader: id of a party, or auditor")
    .option("--zone <zone>", "show deadlines on the clock of this zone too, such as Europe/Berlin")
    .option("--broker", "of the broker that you are logged in at, for the party that you act for")
    .option("--context <name>", "the same, of one of those you logged in at")
    .option("--json", "print the explanations as JSON on stdout")
    .action(async (what: string, options: ExplainOptions & RemoteOptions) => {
      if (options.broker === true || options.context !== undefined) {
        const { explainAtBroker } = await import("./remote.ts");
        finish(await explainAtBroker(io, what, options));
        return;
      }
      const { explain } = await import("./explain.ts");
      finish(await explain(io, what, options));
    });
  examples(command, [
    ["offtake explain stargate-2025 --request inference-2025", "for the keeper of the book"],
    ["offtake explain stargate-2025 --as coreweave", "what CoreWeave may know, and no more"],
    ["offtake explain req_7hq2k --broker", "a request at the broker, for the party that you act for"],
    ["offtake explain conformance/P1.yaml --as gamma --json", "the same for a case, for machines"],
  ]);
};
