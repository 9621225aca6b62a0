import type { CaseFailure, CaseResult, TwinResult } from "@offtake/sim/cases";
import type { Problem } from "@offtake/wire/problems";
import { countOf } from "../../terminal/failures.ts";
import type { Style } from "../../terminal/style.ts";
import { wrapText } from "../../terminal/table.ts";

/** What `--json` reports: the shape is the same for cases and for their twins. */
export interface TestReport {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly cases: readonly (CaseResult | TwinResult)[];
}

export function reportOf(cases: readonly (CaseResult | TwinResult)[]): TestReport {
  const count = (status: CaseResult["status"]): number => cases.filter((one) => one.status === status).length;
  return { passed: count("passed"), failed: count("failed"), skipped: count("skipped"), cases };
}

/** A file that is no readable case fails as a case does, with its problems for failures. */
export function unreadable(file: string, problems: readonly Problem[]): CaseResult {
  const failures = problems.map(
    (problem): CaseFailure => ({
      expected: problem.expected === "" ? "a case that can be read" : problem.expected,
      happened: `${problem.path === "" ? "" : `${problem.path}: `}${problem.message}${near(problem)} [${problem.code}]`,
      when: "reading the file",
      explanation: [],
      file: problem.file,
      line: problem.line,
      column: problem.column,
    }),
  );
  const id = file.replace(/^.*[/\\]/, "").replace(/\.ya?ml$/i, "");
  return {
    id,
    title: "this file cannot be read as a case",
    file,
    status: "failed",
    steps: 0,
    expectations: 0,
    failures,
    restsOn: { unconfirmed: [], defaults: {} },
  };
}

function near({ didYouMean }: Problem): string {
  return didYouMean === undefined ? "" : ` (did you mean ${didYouMean.join(" or ")}?)`;
}

/** One line for a case that passed; for one that failed also what was expected, what happened and what led there. */
export function caseText(result: CaseResult, style: Style, width: number): string {
  if (result.status === "passed") return `${style.good("✓")} ${result.id}  ${result.title}\n`;
  const head = `${style.bad("✕")} ${style.strong(result.id)}  ${result.title}\n`;
  return head + failuresText(result.failures, style, width);
}

/** What was recorded by one step is told once, however many expectations about it fail. */
function failuresText(failures: readonly CaseFailure[], style: Style, width: number): string {
  const told = new Set<string>();
  return failures
    .map((failure) => {
      const recorded = failure.explanation.join("\n");
      const isTold = told.has(recorded);
      told.add(recorded);
      return failureText(isTold ? { ...failure, explanation: [] } : failure, style, width);
    })
    .join("");
}

function failureText(failure: CaseFailure, style: Style, width: number): string {
  const { file, line, column, expected, happened, when, explanation } = failure;
  const steps =
    explanation.length === 0
      ? ""
      : `    ${style.quiet(`what the broker recorded (${when})`)}\n${explanation.map((text) => `      ${style.quiet(text)}\n`).join("")}`;
  return [
    `  ${file}:${line}:${column}  ${when}\n`,
    labelled("expected", expected, style, width),
    labelled("happened", happened, style, width),
    steps,
  ].join("");
}

function labelled(label: string, text: string, style: Style, width: number): string {
  const [first = "", ...rest] = text.split("\n").flatMap((line) => wrapLine(line, width - 14));
  return [`    ${style.strong(label)}  ${first}\n`, ...rest.map((line) => `              ${line}\n`)].join("");
}

/** Lines that are indented are someone's layout and stay as they are. */
function wrapLine(line: string, width: number): string[] {
  return /^\s/.test(line) || line === "" ? [line] : wrapText(line, width).split("\n");
}

/** Twins are told by their case: how many failed as they must, and each that did not. */
export function twinsText(id: string, twins: readonly TwinResult[], style: Style, width: number): string {
  const wrong = twins.filter((twin) => twin.status === "failed");
  if (wrong.length === 0) return `${style.good("✓")} ${id}  ${countOf(twins.length, "twin")} failed, as each must\n`;
  const head = `${style.bad("✕")} ${style.strong(id)}  ${wrong.length} of ${countOf(twins.length, "twin")} passed, and must not\n`;
  return (
    head + wrong.map((twin) => `  ${twin.id}: ${twin.falsified}\n${failuresText(twin.failures, style, width)}`).join("")
  );
}

export function summaryText({ passed, failed, skipped }: TestReport, what: string, style: Style): string {
  const parts = [`${passed} passed`, `${failed} failed`, ...(skipped === 0 ? [] : [`${skipped} skipped`])];
  const text = `${parts.join(", ")} (${what})\n`;
  return failed === 0 ? style.good(text) : style.bad(text);
}

/** How many cases rest on what nobody has confirmed or stated; undefined where none does. */
export function restsOnText({ cases }: TestReport): string | undefined {
  const rests = cases.flatMap((one) => ("restsOn" in one ? one.restsOn : []));
  const unconfirmed = rests.filter((one) => one.unconfirmed.length > 0).length;
  const defaults = rests.filter((one) => Object.keys(one.defaults).length > 0).length;
  if (unconfirmed + defaults === 0) return undefined;
  return `Of ${countOf(rests.length, "case")} ${unconfirmed} rest on readings that nobody has confirmed, ${defaults} on defaults that nobody agreed (--json names them).`;
}
