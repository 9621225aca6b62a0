import { type AddCommand, examples } from "../../command.ts";
import type { PlanOptions } from "./plan.ts";

const collect = (value: string, before: readonly string[]): string[] => [...before, value];

export const addPlan: AddCommand = (program, { io, finish }) => {
  const command = program
    .command("plan")
    .summary("what would happen to a request, or what an amended agreement would change")
    .description(
      "Plays requests in a book in memory, where nobody answers but those who have answered in advance, and tells who must be asked, in what order, by when, what no answer means, and what follows. With --amend: plays the same requests under the book as it is and as it would be. Nothing is sent and nothing is kept.",
    )
    .argument("<book>", "a book file, or the folder of a book")
    .option(
      "--request <request>",
      "a request file, the name of a request of the book, or one line such as H100:4096; may be repeated",
      collect,
      [],
    )
    .option("--amend <file>", "an agreement file that would replace the agreement of its name")
    .option(
      "--requests <path>",
      "with --amend: request files to compare by; may be repeated (default: the requests of the book)",
      collect,
      [],
    )
    .option("--at <instant>", "when the request would be sent, such as 2026-09-14T17:00:00Z (default: now)")
    .option(
      "--detailed-exitcode",
      "exit with 2 if there is something to ask, to award or that would change, with 0 if there is nothing",
    )
    .option("--json", "print the plan as JSON on stdout, with `changes` true or false")
    .action(async (book: string, options: PlanOptions) => {
      const { plan } = await import("./plan.ts");
      finish(await plan(io, book, options));
    });
  examples(command, [
    ["offtake plan book.yaml --request H100:4096", "what would happen to this wish"],
    ["offtake plan my-book/ --request request.yaml --at 2026-09-14T17:00:00Z", "the same for a file, at a given time"],
    ["offtake plan my-book/ --amend new-terms.yaml --requests past/", "what would have come out otherwise"],
  ]);
};
