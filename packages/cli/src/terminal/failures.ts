import type { Problem } from "@offtake/wire/problems";
import { formatProblem } from "@offtake/wire/problems";
import type { FileProblem } from "../documents/files.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import { jsonText } from "./json.ts";
import { styleOf } from "./style.ts";

/** Something that stopped a command: a code for machines, a sentence for people, and the exit code that goes with it. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly exit: ExitCode;
  readonly didYouMean?: readonly string[];
  /** It is on record all the same: the proof of when it came. */
  readonly receipt?: { readonly length: number; readonly hash: string };
  /** What is wrong in documents, each at its place. */
  readonly problems?: readonly Problem[];
}

export type Outcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: Failure };

export const done = <Value>(value: Value) => ({ ok: true, value }) as const;
export const failed = (failure: Failure) => ({ ok: false, failure }) as const;

export function invalidDocument(problems: readonly Problem[]): Failure {
  const [first] = problems;
  const message = `${countOf(problems.length, "problem")} in ${first?.file ?? "the document"}`;
  return { code: "invalid_document", message, exit: EXIT.invalid, problems };
}

export function fileFailure(problem: FileProblem): Failure {
  return { code: problem.code, message: `${problem.path}: ${problem.message}`, exit: EXIT.notFound };
}

export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
}

/** Writes a failure where it belongs (stderr; with --json also a document on stdout) and gives its exit code. */
export function tellFailure(io: Io, failure: Failure, json: boolean): ExitCode {
  const { code, message, problems, didYouMean, receipt } = failure;
  if (json)
    io.out(
      jsonText({
        error: {
          code,
          message,
          ...(didYouMean === undefined ? {} : { didYouMean }),
          ...(receipt === undefined ? {} : { receipt }),
        },
        problems: problems ?? [],
      }),
    );
  const style = styleOf(io);
  for (const problem of problems ?? []) io.err(`${formatProblem(problem)}\n`);
  const hint =
    didYouMean === undefined || didYouMean.length === 0
      ? ""
      : ` Did you mean ${didYouMean.map((name) => `"${name}"`).join(" or ")}?`;
  io.err(`${style.bad("offtake:")} ${message}.${hint} [${code}]\n`);
  return failure.exit;
}
