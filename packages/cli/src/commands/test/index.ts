import { type AddCommand, examples } from "../../command.ts";
import type { TestOptions } from "./test.ts";

export const addTest: AddCommand = (program, { io, finish }) => {
  const command = program
    .command("test")
    .summary("run cases: documents that say what must follow from what")
    .description("Runs case files (schema: offtake/case@1): given a book, when these things happen, then this holds.")
    .argument("<path...>", "case files, or folders with case files")
    .option("--json", "print {passed, failed, skipped, cases} as JSON on stdout")
    .option("--twins", "run every case's twins, copies with one value falsified: each must fail")
    .action(async (paths: string[], options: TestOptions) => {
      const { test } = await import("./test.ts");
      finish(await test(io, paths, options));
    });
  examples(command, [
    ["offtake test conformance", "all cases below a folder"],
    ["offtake test my-case.yaml --json", "one case, for machines"],
    ["offtake test conformance --twins", "does each expectation prove what it says?"],
  ]);
};
