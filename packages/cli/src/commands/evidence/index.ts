import { type AddCommand, examples } from "../../command.ts";
import type { VerifyEvidenceOptions } from "./verify.ts";

export const addEvidence: AddCommand = (program, { io, finish }) => {
  const evidence = program
    .command("evidence")
    .summary("evidence of a notice, checked without the broker")
    .description(
      "What a broker gave as evidence of a notice (`GET /v1/books/{book}/notices/{notice}/evidence`), checked here, without it.",
    );
  const verify = evidence
    .command("verify")
    .summary("check evidence, and decide again what it says")
    .description(
      "Follows the chain of the feed, holds kept receipts and files against it, and decides again by the core: the deadline from the clause and its calendars, what each answer was worth, how the notice ended. No server, no account. Ends with 1 where anything fails.",
    )
    .argument("<file>", "the evidence")
    .option("--receipt <entry:hash...>", "a receipt that was kept, such as 12:9f2c...")
    .option("--json", "print the checks as JSON on stdout")
    .action(async (file: string, options: VerifyEvidenceOptions) => {
      const { verifyEvidenceFile } = await import("./verify.ts");
      finish(verifyEvidenceFile(io, file, options));
    });
  examples(verify, [
    ["offtake evidence verify evidence-ntc_7x.json", "every check, one line each"],
    [
      "offtake evidence verify evidence-ntc_7x.json --receipt 12:9f2c...",
      "and that it is the feed of a receipt that was mailed",
    ],
  ]);
};
