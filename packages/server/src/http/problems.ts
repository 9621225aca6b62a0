import { API_CODES, PROBLEM_CODES, type Problem, type ProblemCode, statusOf } from "@offtake/wire/problems";
import type { Rejection } from "@offtake/core/book";
import type { Receipt } from "@offtake/store/feeds";
import type { PeopleProblem } from "../people/index.ts";
import { answerOf } from "./answers.ts";

/** One thing wrong with what was sent, at its place in it. */
export interface ProblemPart {
  readonly code: string;
  /** JSON pointer into the body, or the name of a parameter. */
  readonly pointer?: string;
  readonly parameter?: string;
  readonly detail: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly didYouMean?: readonly string[];
}

/** RFC 9457, with a stable code, and every single thing that is wrong under `errors`. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly errors?: readonly ProblemPart[];
  readonly traceId?: string;
  /** What was sent is on record all the same, and this proves that it came. */
  readonly receipt?: Receipt;
}

/** Ends a call with a problem. Thrown anywhere below a route; never anything but a caller's doing or the store's being away. */
export class HttpProblem extends Error {
  readonly document: ProblemDocument;
  readonly headers: Readonly<Record<string, string>>;

  constructor(document: ProblemDocument, headers: Readonly<Record<string, string>> = {}) {
    super(document.code);
    this.name = "HttpProblem";
    this.document = document;
    this.headers = headers;
  }
}

interface More {
  readonly detail?: string;
  readonly errors?: readonly ProblemPart[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** What was said no to about people. */
export function peopleProblem({
  code,
  retryAfterSeconds,
}: Pick<PeopleProblem, "code" | "retryAfterSeconds">): HttpProblem {
  return problem(
    code,
    retryAfterSeconds === undefined ? {} : { headers: { "retry-after": String(retryAfterSeconds) } },
  );
}

/** A problem by its code: title and status belong to it, the detail is what to do unless there is more to say. */
export function problem(code: ProblemCode, { detail, errors, headers }: More = {}): HttpProblem {
  const entry = PROBLEM_CODES.get(code) ?? API_CODES.internal;
  const document: ProblemDocument = {
    type: `/problems/${code}`,
    title: entry.title,
    status: statusOf(code),
    detail: detail ?? entry.whatToDo,
    code,
    ...(errors === undefined || errors.length === 0 ? {} : { errors }),
  };
  return new HttpProblem(document, headers);
}

/** The same problem about something that is on record. */
export const withReceipt = ({ document, headers }: HttpProblem, receipt: Receipt): HttpProblem =>
  new HttpProblem({ ...document, receipt }, headers);

/** The one answer to what is not there and to what the caller may not see: they cannot be told apart, byte for byte. */
export const notFound = (): HttpProblem => problem("not_found");

/** Codes whose detail speaks of nothing but what the actor itself has sent. */
const OWN_WORDS: ReadonlySet<string> = new Set([
  "malformed",
  "invalid_window",
  "invalid_count",
  "currency_mismatch",
  "duplicate_id",
  "retry_differs",
]);

/**
 * What the core said no to. Its detail may speak of the whole book: it goes to the keeper; everybody else gets the fixed words of the code,
 * unless the detail can only be about what the caller sent.
 */
export function rejected(rejection: Rejection, isKeeper: boolean): HttpProblem {
  const { code, detail } = rejection;
  if (statusOf(code) === 404) return notFound();
  return problem(code, isKeeper || OWN_WORDS.has(code) ? { detail } : {});
}

/** Everything that is wrong with a document that was sent, each at its place. */
export function invalidDocument(problems: readonly Problem[]): HttpProblem {
  const errors = problems.map(({ code, file, line, column, path, message, expected, didYouMean }) => ({
    code,
    pointer: pointerOf(path),
    detail: expected === "" ? message : `${message}; expected: ${expected}`,
    file,
    line,
    column,
    ...(didYouMean === undefined || didYouMean.length === 0 ? {} : { didYouMean }),
  }));
  const [first] = problems;
  const count = problems.length === 1 ? "" : `, and ${problems.length - 1} more`;
  return problem(first?.code ?? "malformed", { detail: `${errors[0]?.detail ?? ""}${count}`, errors });
}

/** `agreements[0].clauses[2].window` as `/agreements/0/clauses/2/window`. */
function pointerOf(path: string): string {
  if (path === "") return "";
  const steps = path.replaceAll(/\[(\d+)\]/g, ".$1").split(".");
  return `/${steps.map((step) => step.replaceAll("~", "~0").replaceAll("/", "~1")).join("/")}`;
}

export const PROBLEM_TYPE = "application/problem+json";

export function problemResponse({ document, headers }: HttpProblem): Response {
  return answerOf(JSON.stringify(document), document.status, {
    "content-type": PROBLEM_TYPE,
    "cache-control": "no-store",
    ...headers,
  });
}
