import { ApiProblem } from "@offtake/client";
import { PROBLEM_CODES, type Problem } from "@offtake/wire/problems";
import { EXIT, type ExitCode } from "../terminal/exit-codes.ts";
import { countOf, done, failed, type Failure, type Outcome } from "../terminal/failures.ts";
import type { Line } from "./connect.ts";
import { receiptText } from "./texts.ts";

/** Does something at the broker; what it says no to, or that it cannot be reached, is a failure and no exception. */
export async function asked<Value>(line: Pick<Line, "address">, ask: () => Promise<Value>): Promise<Outcome<Value>> {
  try {
    return done(await ask());
  } catch (error) {
    if (error instanceof ApiProblem) return failed(failureOf(error));
    if (!(error instanceof TypeError) && (error as { readonly name?: unknown }).name !== "AbortError") throw error;
    return failed({
      code: "broker_unreachable",
      message: `${line.address} does not answer; is the broker running there?`,
      exit: EXIT.failed,
    });
  }
}

const EXITS: Readonly<Record<number, ExitCode>> = {
  400: EXIT.invalid,
  401: EXIT.notAuthenticated,
  403: EXIT.notFound,
  404: EXIT.notFound,
  409: EXIT.conflict,
  412: EXIT.conflict,
  413: EXIT.invalid,
  415: EXIT.invalid,
  422: EXIT.invalid,
  428: EXIT.conflict,
};
/** Codes that say more of how it ended than their status does: a key that was used already is no fault of the document. */
const EXIT_OF_CODE: Readonly<Record<string, ExitCode>> = { retry_differs: EXIT.conflict };
/** One line that was typed, as the broker calls it: of what stands in it no line and column need be told. */
const TYPED = "body";

function failureOf({ problem, status }: ApiProblem): Failure {
  const problems = (problem.errors ?? []).flatMap((one): Problem[] =>
    one.line === undefined || one.column === undefined
      ? []
      : [
          {
            // The broker's codes are the ones of the documents.
            code: one.code as Problem["code"],
            message: one.detail,
            file: one.file === undefined || one.file === TYPED ? "the document" : one.file,
            line: one.line,
            column: one.column,
            path: one.pointer ?? "",
            expected: "",
            ...(one.didYouMean === undefined ? {} : { didYouMean: one.didYouMean }),
          },
        ],
  );
  const rest = (problem.errors ?? []).filter((one) => one.line === undefined).map((one) => one.detail);
  // Where each thing is told at its place, the sentence about the first of them says no more than that.
  const [first] = problem.errors ?? [];
  const isTold = problems.length > 0 && first !== undefined && problem.detail.startsWith(first.detail);
  const detail = isTold ? takenNothing(problems.length) : wordsOf(problem);
  const message = [detail, ...rest.filter((text) => !detail.includes(text))]
    .map((text) => text.replace(/\.$/, ""))
    .join("; ");
  const { code, receipt } = problem;
  const proof = receipt === undefined ? "" : `; ${receiptText(receipt)}`;
  const proved = receipt === undefined ? {} : { receipt };
  return {
    code,
    message: `${message}${proof}`,
    exit: EXIT_OF_CODE[code] ?? EXITS[status] ?? EXIT.failed,
    problems,
    ...proved,
  };
}

const takenNothing = (count: number): string => `nothing of it was taken: ${countOf(count, "problem")}`;

/** What is the matter, and then what to do: by itself advice does not say what went wrong. */
function wordsOf({ code, title, detail }: ApiProblem["problem"]): string {
  if (detail === "") return title;
  return PROBLEM_CODES.get(code)?.whatToDo === detail ? `${title}. ${detail}` : detail;
}
