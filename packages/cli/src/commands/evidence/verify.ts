import {
  type Check,
  type EvidenceDocument,
  evidenceDocument,
  type KeptReceipt,
  verifyEvidence,
} from "@offtake/server/evidence";
import { readText } from "../../documents/files.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { done, failed, fileFailure, type Outcome, tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";

export interface VerifyEvidenceOptions {
  readonly receipt?: readonly string[];
  readonly json?: true;
}

const MARK = { holds: "ok     ", fails: "FAILS  ", unknown: "unknown" } as const;

/** Checks a file of evidence and says what holds, what does not, and what it does not say. */
export function verifyEvidenceFile(io: Io, file: string, options: VerifyEvidenceOptions): ExitCode {
  const isJson = options.json === true;
  const read = readEvidence(io, file);
  if (!read.ok) return tellFailure(io, read.failure, isJson);
  const receipts = readReceipts(options.receipt ?? []);
  if (!receipts.ok) return tellFailure(io, receipts.failure, isJson);
  const checks = verifyEvidence(read.value, receipts.value);
  const holds = checks.every(({ outcome }) => outcome !== "fails");
  if (isJson) io.out(jsonText({ holds, ...subjectOf(read.value), party: read.value.party, checks }));
  else tell(io, read.value, checks, holds);
  return holds ? EXIT.ok : EXIT.failed;
}

const subjectOf = ({ notice, request, notices }: EvidenceDocument) =>
  notice === undefined ? { request, notices } : { notice };

function tell(io: Io, evidence: EvidenceDocument, checks: readonly Check[], holds: boolean): void {
  const { notice, request, party, book } = evidence;
  const subject = notice === undefined ? `Request ${request}` : `Notice ${notice}`;
  const width = Math.max(8, ...checks.map(({ check }) => check.length));
  io.out(`${subject}, book ${book}, as ${party} was told it\n`);
  for (const { check, outcome, text } of checks) io.out(`${MARK[outcome]}  ${check.padEnd(width)}  ${text}\n`);
  io.out(holds ? "Nothing fails.\n" : "Something fails: do not rely on it.\n");
}

function readEvidence(io: Io, file: string): Outcome<EvidenceDocument> {
  const found = readText(file, io.cwd);
  if (!found.ok) return failed(fileFailure(found.problem));
  const wrong = (why: string) => failed({ code: "not_evidence", message: `${file}: ${why}`, exit: EXIT.invalid });
  let json: unknown;
  try {
    json = JSON.parse(found.value.text);
  } catch {
    return wrong("this is no JSON document, and evidence is one");
  }
  const parsed = evidenceDocument.safeParse(json);
  if (parsed.success) return done(parsed.data);
  const [issue] = parsed.error.issues;
  return wrong(`this is no evidence (${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""})`);
}

function readReceipts(texts: readonly string[]): Outcome<readonly KeptReceipt[]> {
  const receipts: KeptReceipt[] = [];
  for (const text of texts) {
    const match = /^(\d{1,9}):([0-9a-f]{64})$/.exec(text);
    if (match === null)
      return failed({
        code: "usage",
        message: `--receipt takes the entry and the hash of a receipt, such as 12:9f2c..., not ${text.slice(0, 40)}`,
        exit: EXIT.usage,
      });
    receipts.push({ position: Number(match[1]), hash: match[2] ?? "" });
  }
  return done(receipts);
}
