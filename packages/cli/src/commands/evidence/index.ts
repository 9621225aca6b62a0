import { type AddCommand, examples } from "../../command.ts";
import { brokerOptions } from "../../broker/options.ts";
import type { ExportEvidenceOptions } from "./export.ts";
import type { VerifyEvidenceOptions } from "./verify.ts";

export const addEvidence: AddCommand = (program, { io, finish }) => {
  const evidence = program
    .command("evidence")
    .summary("evidence of a notice or a request: export, and verify without the broker")
    .description(
      "What proves a notice, or all notices of a request: exported from the broker, and checked anywhere without it.",
    );
  const exported = evidence
    .command("export")
    .summary("write the evidence of a notice, or of a request, into a file")
    .description(
      "Writes what proves a notice, or with --request all notices of a request, as your party was told it: your feed up to its end with the chain of its hashes, and the files about it that are yours.",
    )
    .argument("[notice]", "its id")
    .option("--request <request>", "all notices of this request; for a holder by the name that its notices have for it")
    .option("--out <file>", "where to; - for stdout (default: evidence-ID.json)");
  brokerOptions(exported, "print the name of the file as JSON on stdout").action(
    async (notice: string | undefined, options: ExportEvidenceOptions) => {
      const { exportEvidence } = await import("./export.ts");
      finish(await exportEvidence(io, notice, options));
    },
  );
  examples(exported, [
    ["offtake evidence export ntc_m41x", "into evidence-ntc_m41x.json"],
    ["offtake evidence export --request req_7hq2k", "of everybody who was asked about it"],
  ]);
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
