import { type BrokerOptions, lineOf } from "../../broker/connect.ts";
import { asked } from "../../broker/failures.ts";
import { writeText } from "../../documents/write.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { fileFailure, tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";

export interface ExportEvidenceOptions extends BrokerOptions {
  readonly request?: string;
  readonly out?: string;
}

/** What proves a notice, or all notices of a request, as the party that one acts for was told it: into a file, to be checked anywhere. */
export async function exportEvidence(
  io: Io,
  notice: string | undefined,
  options: ExportEvidenceOptions,
): Promise<ExitCode> {
  const json = options.json === true;
  const { request } = options;
  const subject = request ?? notice;
  if (subject === undefined || (request !== undefined && notice !== undefined))
    return tellFailure(
      io,
      { code: "usage", message: "say which: a notice, or --request REQUEST for all of its notices", exit: EXIT.usage },
      json,
    );
  const line = lineOf(io, options);
  if (!line.ok) return tellFailure(io, line.failure, json);
  const { client, book } = line.value;
  const answer = await asked(line.value, async () =>
    request === undefined
      ? (await client.call("evidenceExport", { params: { book, notice: subject } })).value
      : (await client.call("evidenceExportOfRequest", { params: { book, request } })).value,
  );
  if (!answer.ok) return tellFailure(io, answer.failure, json);
  if (options.out === "-") {
    io.out(jsonText(answer.value));
    return EXIT.ok;
  }
  const written = writeText(options.out ?? `evidence-${subject}.json`, jsonText(answer.value), io.cwd);
  if (!written.ok) return tellFailure(io, fileFailure(written.problem), json);
  if (json) io.out(jsonText({ file: written.value }));
  else io.out(`${written.value}\nNext: offtake evidence verify ${written.value}\n`);
  return EXIT.ok;
}
