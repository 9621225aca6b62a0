import { brokerOptions } from "../../broker/options.ts";
import { type AddCommand, examples } from "../../command.ts";
import type { ApplyOptions } from "./apply.ts";

export const addApply: AddCommand = (program, { io, finish }) => {
  const command = program
    .command("apply")
    .summary("record agreements at the broker, as planned")
    .description(
      "Shows what agreement files would change at the broker and what becomes of the requests that are open there, asks, and records just that. With --out the plan is kept in a file, to be looked at by others and applied exactly: where the book has moved on since, nothing is recorded.",
    )
    .argument("<path...>", "agreement files, folders of them, or a plan that was saved")
    .option("--dry-run", "show what would change, and record nothing")
    .option("--out <file>", "save the plan, and record nothing")
    .option("--detailed-exitcode", "with --dry-run or --out: exit with 2 if something would change, with 0 if nothing")
    .option("-y, --yes", "do not ask");
  brokerOptions(command, "print the plan, or what was recorded, as JSON on stdout").action(
    async (paths: readonly string[], options: ApplyOptions) => {
      const { apply } = await import("./apply.ts");
      finish(await apply(io, paths, options));
    },
  );
  examples(command, [
    ["offtake apply agreements/ --dry-run", "what would change, and what that does to what is open"],
    ["offtake apply agreements/ --out plan.json", "the same, kept for somebody else to look at"],
    ["offtake apply plan.json", "records just that, if nothing has moved"],
  ]);
};
