import { ApiProblem } from "@offtake/client";
import type { Problem } from "@offtake/wire/problems";
import { EXIT, type ExitCode } from "../terminal/exit-codes.ts";
import { done, failed, type Failure, type Outcome } from "../terminal/failures.ts";
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

function failureOf({ problem, status }: ApiProblem): Failure {
  const problems = (problem.errors ?? []).flatMap((one): Problem[] =>
    one.line === undefined || one.column === undefined
      ? []
      : [
          {
            // The broker's codes are the ones of the documents.
            code: one.code as Problem["code"],
            message: one.detail,
            file: one.file ?? "the document",
            line: one.line,
            column: one.column,
            path: one.pointer ?? "",
            expected: "",
            ...(one.didYouMean === undefined ? {} : { didYouMean: one.didYouMean }),
          },
        ],
  );
  const rest = (problem.errors ?? []).filter((one) => one.line === undefined).map((one) => one.detail);
  const message = [problem.detail === "" ? problem.title : problem.detail, ...rest]
    .map((text) => text.replace(/\.$/, ""))
    .join("; ");
  const { code, receipt } = problem;
  const proof = receipt === undefined ? "" : `; ${receiptText(receipt)}`;
  const proved = receipt === undefined ? {} : { receipt };
  return { code, message: `${message}${proof}`, exit: EXITS[status] ?? EXIT.failed, problems, ...proved };
}
