import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { addClause } from "@offtake/wire/edits";
import { nearNames } from "@offtake/wire/problems";
import type { SourceFile } from "@offtake/wire/source";
import {
  AGREEMENT_QUESTIONS,
  agreementFromAnswers,
  agreementText,
  type Answers,
  clauseFromAnswers,
  clauseText,
  type Drafted,
  type Template,
  TEMPLATES,
} from "@offtake/wire/templates";
import { readText } from "../../documents/files.ts";
import { writeText } from "../../documents/write.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import {
  countOf,
  done,
  failed,
  type Failure,
  fileFailure,
  invalidDocument,
  type Outcome,
  tellFailure,
} from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";
import { styleOf } from "../../terminal/style.ts";
import { answerProblems, type Given, givenAnswers } from "./answers-file.ts";
import { tellQuestions } from "./questions.ts";
import { stillValid } from "./still-valid.ts";

export interface NewOptions {
  readonly template?: string;
  readonly answers?: string;
  readonly set: readonly string[];
  readonly into?: string;
  readonly agreement?: string;
  readonly questions?: true;
  readonly input: boolean;
  readonly json?: true;
}

/** Makes an agreement, or one more clause of one, from answers to questions; what is written is valid, or nothing is written. */
export async function newAgreement(io: Io, path: string | undefined, options: NewOptions): Promise<ExitCode> {
  const json = options.json === true;
  const isNew = options.into === undefined;
  const named = templateNamed(options.template);
  if (!named.ok) return tellFailure(io, named.failure, json);
  if (options.questions === true) return tellQuestions(io, named.value, isNew, json);
  const misuse = misuseOf(path, options, io.cwd);
  if (misuse !== undefined) return tellFailure(io, misuse, json);
  const given = givenAnswers(options.answers, options.set, io.cwd);
  if (!given.ok) return tellFailure(io, given.failure, json);
  const asked = await complete(io, named.value, given.value, isNew, options.input);
  if (!asked.ok) return tellFailure(io, asked.failure, json);
  const made = isNew ? draftFile(path, asked.value, io.cwd) : draftInto(options, asked.value, io.cwd);
  if (!made.ok) return tellFailure(io, made.failure, json);
  if (made.value.path === undefined) {
    io.out(json ? jsonText(reportOf(made.value)) : made.value.text);
    return EXIT.ok;
  }
  const written = writeText(made.value.path, made.value.text, io.cwd);
  if (!written.ok) return tellFailure(io, fileFailure(written.problem), json);
  if (json) io.out(jsonText(reportOf(made.value)));
  tellMade(io, made.value);
  return EXIT.ok;
}

function templateNamed(name: string | undefined): Outcome<Template | undefined> {
  if (name === undefined) return done(undefined);
  const found = TEMPLATES.find((one) => one.name === name);
  if (found !== undefined) return done(found);
  const names = TEMPLATES.map((one) => one.name);
  const message = `there is no template ${name.slice(0, 60)}; there are ${names.join(", ")}`;
  return failed({ code: "usage", message, exit: EXIT.usage, didYouMean: nearNames(name, names) });
}

function misuseOf(path: string | undefined, options: NewOptions, cwd: string): Failure | undefined {
  const usage = (message: string): Failure => ({ code: "usage", message, exit: EXIT.usage });
  if (path !== undefined && options.into !== undefined)
    return usage("a new file, or --into one that is there: not both");
  if (options.agreement !== undefined && options.into === undefined) return usage("--agreement goes with --into");
  if (path !== undefined && existsSync(resolve(cwd, path)))
    return {
      code: "file_exists",
      message: `${path} is there already; --into ${path} adds a clause to it`,
      exit: EXIT.conflict,
    };
  return undefined;
}

interface Complete {
  readonly template: Template;
  readonly answers: Answers;
  readonly given: Given;
}

/** Asks the person at the terminal for the rest, where there is one who may be asked. */
async function complete(
  io: Io,
  named: Template | undefined,
  given: Given,
  isNew: boolean,
  mayAsk: boolean,
): Promise<Outcome<Complete>> {
  const asks = mayAsk && io.inIsTerminal === true && io.errIsTerminal;
  if (!asks) {
    if (named !== undefined) return done({ template: named, answers: given.answers, given });
    const message = `say which clause by --template: ${TEMPLATES.map((one) => one.name).join(", ")}`;
    return failed({ code: "usage", message, exit: EXIT.usage });
  }
  const { personAtTerminal } = await import("../../terminal/asker.ts");
  const { askRest, askTemplate } = await import("./ask.ts");
  const asker = personAtTerminal();
  const template = named ?? (await askTemplate(asker));
  const answers = template === undefined ? undefined : await askRest(asker, template, isNew, given.answers);
  if (template === undefined || answers === undefined)
    return failed({ code: "cancelled", message: "nothing was written", exit: EXIT.changes });
  return done({ template, answers, given });
}

interface MadeFile {
  /** Absent: it goes to stdout. */
  readonly path?: string;
  readonly text: string;
  readonly clause: Drafted;
  readonly head?: Drafted;
}

const HEAD_IDS: ReadonlySet<string> = new Set(AGREEMENT_QUESTIONS.map(({ id }) => id));

function draftFile(path: string | undefined, { template, answers, given }: Complete, cwd: string): Outcome<MadeFile> {
  const ofHead = (isHead: boolean): Answers =>
    Object.fromEntries(Object.entries(answers).filter(([id]) => HEAD_IDS.has(id) === isHead));
  const head = agreementFromAnswers(ofHead(true));
  const clause = clauseFromAnswers(template.name, ofHead(false));
  if (!head.ok || !clause.ok) {
    const problems = [...(head.ok ? [] : head.problems), ...(clause.ok ? [] : clause.problems)];
    return failed(invalidDocument(answerProblems(problems, given)));
  }
  const text = agreementText(head.value, schemaFor(path, cwd)) + clauseText(clause.value, 2);
  const invalid = stillValid({ name: path ?? "answers", text }, cwd);
  if (invalid !== undefined) return failed(invalid);
  return done({ ...(path === undefined ? {} : { path }), text, clause: clause.value, head: head.value });
}

/** The schema that editors complete by: the one beside the book where `offtake init` put it, else the one of the package. */
function schemaFor(path: string | undefined, cwd: string): string {
  const folder = path === undefined ? cwd : dirname(resolve(cwd, path));
  for (const up of [".", "..", "../.."]) {
    const found = join(folder, up, "schemas", "agreement.v1.json");
    if (existsSync(found)) return `./${relative(folder, found)}`.replace("./..", "..");
  }
  return "./node_modules/offtake/schemas/agreement.v1.json";
}

function draftInto(options: NewOptions, { template, answers, given }: Complete, cwd: string): Outcome<MadeFile> {
  const path = options.into ?? "";
  const file = readText(path, cwd);
  if (!file.ok) return failed(fileFailure(file.problem));
  const before = stillValid(file.value, cwd);
  if (before !== undefined) return failed(before);
  const clause = clauseFromAnswers(template.name, answers);
  if (!clause.ok) return failed(invalidDocument(answerProblems(clause.problems, given)));
  return withClause(file.value, path, clause.value, options.agreement, cwd);
}

function withClause(
  file: SourceFile,
  path: string,
  clause: Drafted,
  agreement: string | undefined,
  cwd: string,
): Outcome<MadeFile> {
  const edited = addClause(file, clause, agreement);
  if (!edited.ok) {
    const { code, message, expected } = edited;
    return failed(invalidDocument([{ code, file: file.name, line: 1, column: 1, path: "", message, expected }]));
  }
  const invalid = stillValid({ name: file.name, text: edited.text }, cwd);
  return invalid === undefined ? done({ path, text: edited.text, clause }) : failed(invalid);
}

function reportOf({ path, text, clause, head }: MadeFile): unknown {
  const open = [...(head?.open ?? []), ...clause.open].map(({ id, parameter, standard, asks }) => ({
    id,
    parameter,
    default: standard,
    asks,
  }));
  return {
    file: path ?? null,
    agreement: head?.document,
    clause: clause.document,
    open,
    ...(path === undefined ? { text } : {}),
  };
}

function tellMade(io: Io, { path = "", clause }: MadeFile): void {
  const style = styleOf(io);
  const open = clause.open.filter(({ parameter }) => parameter !== undefined).length;
  const id = String(clause.document["id"]);
  io.err(
    `${style.good("✓")} ${path}: clause ${id}, ${countOf(open, "point")} left to ${open === 1 ? "its default" : "their defaults"}\n`,
  );
  io.err(`Next: offtake agreement check ${path}   what it leaves open, as questions for your lawyer\n`);
  io.err(`      offtake agreement confirm ${path} ${id} --by NAME   once somebody has compared it with the contract\n`);
}
