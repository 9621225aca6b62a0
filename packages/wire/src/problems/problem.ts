import type { RejectionCode } from "@offtake/core/book";
import { API_CODES, type ApiCode } from "./api.ts";
import { type CodeEntry, DOCUMENT_CODES, type DocumentCode } from "./codes.ts";
import { PEOPLE_CODES, type PeopleCode } from "./people.ts";
import { REJECTION_CODES } from "./rejections.ts";

/** Every stable code: those of documents, of the core, of the API and about people, which are the same word where they mean the same. */
export type ProblemCode = DocumentCode | RejectionCode | ApiCode | PeopleCode;

/** One thing wrong with a document, at its place. */
export interface Problem {
  readonly code: ProblemCode;
  /** Name of the file as it was given. */
  readonly file: string;
  /** Both count from 1; a file that could not be opened has 1 and 1. */
  readonly line: number;
  readonly column: number;
  /** Where in the document, such as `agreements[0].clauses[2].window`; empty for the document itself. */
  readonly path: string;
  /** A sentence for people; never parsed. */
  readonly message: string;
  /** What would be right here, for people. */
  readonly expected: string;
  /** Names that are near and exist, nearest first, at most three. */
  readonly didYouMean?: readonly string[];
}

/** A value, or everything that is wrong with the text it should have come from. */
export type Parsed<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Title and advice for every code, sorted by code: one table for the command line, the API and the reference. */
export const PROBLEM_CODES: ReadonlyMap<ProblemCode, CodeEntry> = new Map(
  [...Object.entries({ ...REJECTION_CODES, ...DOCUMENT_CODES, ...API_CODES, ...PEOPLE_CODES })]
    .map(([code, entry]) => [code as ProblemCode, entry] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1)),
);

/** One line for a terminal or an editor: `file:line:column path: message (did you mean "x"?) [code]`. */
export function formatProblem(problem: Problem): string {
  const where = `${problem.file}:${problem.line}:${problem.column}`;
  const path = problem.path === "" ? "" : ` ${problem.path}`;
  const near = problem.didYouMean?.map((name) => `"${name}"`).join(" or ");
  const hint = near === undefined ? "" : ` Did you mean ${near}?`;
  const expected = problem.expected === "" ? "" : ` Expected: ${problem.expected}.`;
  const stop = expected + hint === "" || /[.!?]$/.test(problem.message) ? "" : ".";
  return `${where}${path}: ${problem.message}${stop}${expected}${hint} [${problem.code}]`;
}

/** By file in the order given, then by place: the order in which somebody would mend them. */
export function inReadingOrder(problems: readonly Problem[]): Problem[] {
  const files = [...new Set(problems.map(({ file }) => file))];
  return [...problems].sort(
    (a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line || a.column - b.column,
  );
}
