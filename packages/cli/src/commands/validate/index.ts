import { type AddCommand, examples } from "../../command.ts";
import type { ValidateOptions } from "./validate.ts";

export const addValidate: AddCommand = (program, { io, finish }) => {
  const command = program
    .command("validate")
    .summary("check books, agreements, requests, cases and stories")
    .description(
      "Checks files by what their `schema:` line says they are. What is wrong is told with file, line and column, what was expected, and names that are near. Book files of one folder are one book, with the agreement and request files beside them, unless several of them name a keeper.",
    )
    .argument("<path...>", "files, or folders")
    .option("--json", "print {valid, documents, problems} as JSON on stdout")
    .action(async (paths: string[], options: ValidateOptions) => {
      const { validate } = await import("./validate.ts");
      finish(await validate(io, paths, options));
    });
  examples(command, [
    ["offtake validate my-book/", "a book and all that stands beside it"],
    ["offtake validate agreement.yaml --json", "one file, for an editor or a pipeline"],
  ]);
};
