import { type Finding, type OpenPoint, type Review, review, type Severity } from "@offtake/core/review";
import { Page } from "../../telling/page.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { countOf, tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";
import type { Style } from "../../terminal/style.ts";
import { instantOf, lookAt, type LookedAt } from "./looked-at.ts";
import { questionsLetter } from "./letter.ts";

export interface CheckOptions {
  readonly agreement?: string;
  readonly at?: string;
  readonly all?: true;
  readonly strict?: true;
  readonly json?: true;
  readonly markdown?: true;
}

/** Looks at agreements as they are written: what collides, what is missing, what is open. */
export async function checkAgreements(io: Io, path: string, options: CheckOptions): Promise<ExitCode> {
  const json = options.json === true;
  const at = instantOf(options.at);
  if (!at.ok) return tellFailure(io, at.failure, json);
  const looked = lookAt(path, at.value, io.cwd);
  if (!looked.ok) return tellFailure(io, looked.failure, json);
  const { versions } = looked.value.reviewed;
  const only = options.agreement;
  if (only !== undefined && !versions.some(({ id }) => id === only)) {
    const message = `there is no agreement ${only.slice(0, 60)}; there are ${versions.map(({ id }) => id).join(", ") || "none"}`;
    return tellFailure(io, { code: "unknown_agreement", message, exit: EXIT.notFound }, json);
  }
  const found = limitedTo(review(looked.value.reviewed), only);
  if (json) io.out(jsonText(reportOf(found, looked.value)));
  else if (options.markdown === true) io.out(questionsLetter(found, looked.value, only, options.all === true));
  else tell(io, found, looked.value, options.all === true);
  return exitOf(found, options.strict === true);
}

function limitedTo({ findings, open }: Review, only: string | undefined): Review {
  const isMeant = (one: Finding | OpenPoint): boolean => only === undefined || one.agreement === only;
  const isOther = (one: Finding): boolean => one.with?.agreement === only;
  return { findings: findings.filter((one) => isMeant(one) || isOther(one)), open: open.filter(isMeant) };
}

function exitOf({ findings }: Review, strict: boolean): ExitCode {
  const bad: readonly Severity[] = strict ? ["error", "warning"] : ["error"];
  return findings.some(({ severity }) => bad.includes(severity)) ? EXIT.failed : EXIT.ok;
}

const countBy = ({ findings }: Review, severity: Severity): number =>
  findings.filter((one) => one.severity === severity).length;

function reportOf(found: Review, { placeOf }: LookedAt): unknown {
  const placed = <One extends Finding | OpenPoint>(one: One) => {
    const { file, line, column } = placeOf(one);
    return { ...one, file, line, column };
  };
  return {
    summary: {
      errors: countBy(found, "error"),
      warnings: countBy(found, "warning"),
      notes: countBy(found, "note"),
      questions: found.open.length,
    },
    findings: found.findings.map(placed),
    open: found.open.map(placed),
  };
}

function tell(io: Io, found: Review, looked: LookedAt, all: boolean): void {
  const page = new Page(io);
  const { versions } = looked.reviewed;
  const clauses = versions.reduce((sum, { clauses: own }) => sum + own.length, 0);
  page.line(`${countOf(versions.length, "agreement")}, ${countOf(clauses, "clause")}`);
  for (const one of found.findings) tellFinding(page, one, looked);
  tellOpen(page, found.open, looked, all);
  const [errors, warnings, notes] = (["error", "warning", "note"] as const).map((severity) => countBy(found, severity));
  page.blank();
  page.paragraph(
    `${countOf(errors ?? 0, "error")}, ${countOf(warnings ?? 0, "warning")}, ${countOf(notes ?? 0, "note")}, ${countOf(found.open.length, "open question")}.`,
  );
}

const MARKS: Readonly<Record<Severity, (style: Style) => string>> = {
  error: ({ bad }) => bad("✕ error"),
  warning: ({ attention }) => attention("! warning"),
  note: ({ quiet }) => quiet("· note"),
};

function placeText(one: Finding | OpenPoint, { placeOf }: LookedAt): string {
  const { file, line, column } = placeOf(one);
  return `${file}:${line}:${column}`;
}

const subjectOf = ({ agreement, clause }: Finding | OpenPoint): string =>
  clause === undefined ? agreement : `${agreement}/${clause}`;

function tellFinding(page: Page, one: Finding, looked: LookedAt): void {
  page.blank();
  page.line(
    `${MARKS[one.severity](page.style)}  ${subjectOf(one)}  ${page.style.quiet(placeText(one, looked))} [${one.code}]`,
  );
  page.paragraph(`${one.message}.`, "  ");
  page.paragraph(`To settle it: ${one.remedy}.`, "  ");
}

function tellOpen(page: Page, open: readonly OpenPoint[], looked: LookedAt, all: boolean): void {
  const told = open.filter(({ weight }) => all || weight === 1);
  if (open.length === 0) return;
  page.heading("What the text leaves open: questions for your lawyer, the ones that change most first");
  told.forEach((point, index) => {
    page.item(String(index + 1), `${subjectOf(point)}: ${point.asks} (${point.term})`, "", 3);
    page.item("", `meanwhile: ${point.taken}; otherwise ${point.otherwise}`, "", 3);
    page.line(`     ${page.style.quiet(`${placeText(point, looked)} ${point.parameter}`)}`);
  });
  const [second, third] = [2, 3].map((weight) => open.filter((one) => one.weight === weight).length);
  if (all || (second ?? 0) + (third ?? 0) === 0) return;
  page.paragraph(
    `And ${second ?? 0} about what follows from an answer, ${third ?? 0} about what seldom happens: --all lists them, --markdown makes a letter of them.`,
  );
}
