import { nearNames } from "../problems/index.ts";
import { type Answer, type AnswerProblem, readAnswer } from "./answers.ts";
import { AGREEMENT_QUESTIONS } from "./frame.ts";
import { MONEY_TEMPLATES } from "./money.ts";
import { type Question, type Template, TEMPLATE_NAMES, type TemplateName } from "./question.ts";
import { RIGHT_TEMPLATES } from "./rights.ts";

/** Every template, in the order of their names' list. */
export const TEMPLATES: readonly Template[] = TEMPLATE_NAMES.map((name) => {
  const found = [...RIGHT_TEMPLATES, ...MONEY_TEMPLATES].find((one) => one.name === name);
  if (found === undefined) throw new Error(`Broken belief: there is a template ${name}`);
  return found;
});

export function templateOf(name: TemplateName): Template {
  const found = TEMPLATES.find((one) => one.name === name);
  if (found === undefined) throw new Error(`Broken belief: there is a template ${name}`);
  return found;
}

/** Answers by the id of their question; `?` and an empty text mean that the contract leaves it open. */
export type Answers = Readonly<Record<string, Answer | null | undefined>>;

/** What answers make: a part of a document, in the words that documents take, and what nobody answered. */
export interface Drafted {
  readonly document: Readonly<Record<string, unknown>>;
  /** In the order of the questions; each with the keys it wrote. */
  readonly answered: readonly Question[];
  /** The default stands for these: whoever reads the contract may want to know. */
  readonly open: readonly Question[];
}

export type Made =
  | { readonly ok: true; readonly value: Drafted }
  | { readonly ok: false; readonly problems: readonly AnswerProblem[] };

/**
 * A clause from answers: the same for the terminal, a form and a row of a spreadsheet. What is not answered is left out, so
 * that its default is known as one wherever it decides. The clause is not yet held against its agreement: whoever puts it
 * there validates the whole document.
 *
 * Refuses: an answer to a question that there is not (`unknown_key`), a required one that is missing (`missing_key`), one that
 * cannot be read, one that is only asked where another has another answer (`conflicting_keys`).
 */
export function clauseFromAnswers(name: TemplateName, answers: Answers): Made {
  const { base, questions } = templateOf(name);
  return fromAnswers(questions, answers, base);
}

/** The head of an agreement from answers: name, parties, term and what its clauses take from it. */
export function agreementFromAnswers(answers: Answers): Made {
  return fromAnswers(AGREEMENT_QUESTIONS, answers, {});
}

const isOpen = (answer: Answer | null | undefined): boolean =>
  answer === undefined || answer === null || answer === "?" || (typeof answer === "string" && answer.trim() === "");

/** Whether a question is asked, as the others are answered. */
export function isAsked({ when }: Question, answers: Answers): boolean {
  return when === undefined || when.is.includes(String(answers[when.question] ?? ""));
}

function fromAnswers(questions: readonly Question[], answers: Answers, base: Readonly<Record<string, unknown>>): Made {
  const problems = unknownOf(questions, answers);
  const read = new Map<string, unknown>();
  const answered: Question[] = [];
  const open: Question[] = [];
  for (const question of questions) {
    const answer = answers[question.id];
    if (!isOpen(answer) && !isAsked(question, answers)) problems.push(notAsked(question));
    else if (!isOpen(answer)) {
      const one = readAnswer(question, answer as Answer);
      if ("problem" in one) problems.push(one.problem);
      else {
        read.set(question.id, one.value);
        answered.push(question);
      }
    } else if (question.key.join() === "id" && question.standard !== undefined) {
      read.set(question.id, question.standard);
      answered.push(question);
    } else if (question.required && isAsked(question, answers)) problems.push(missing(question));
    else if (isAsked(question, answers)) open.push(question);
  }
  for (const { id, needs = [] } of answered) {
    for (const need of needs) {
      const other = questions.find((one) => one.id === need);
      if (other !== undefined && !read.has(need))
        problems.push(missing(other, `\`${id}\` is answered, and this goes with it`));
    }
  }
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, value: { document: documentOf(base, answered, read), answered, open } };
}

function unknownOf(questions: readonly Question[], answers: Answers): AnswerProblem[] {
  const known = questions.map(({ id }) => id);
  return Object.keys(answers)
    .filter((id) => !known.includes(id))
    .map((id) => ({
      code: "unknown_key" as const,
      question: id,
      message: `there is no question \`${id.slice(0, 60)}\``,
      expected: "one of those that --questions prints",
      didYouMean: nearNames(id, known),
    }));
}

function missing(question: Question, why = "this is missing"): AnswerProblem {
  const example = question.examples[0] === undefined ? "" : `, such as ${question.examples[0]}`;
  return { code: "missing_key", question: question.id, message: why, expected: `${question.asks}${example}` };
}

function notAsked({ id, when }: Question): AnswerProblem {
  const expected = when === undefined ? "" : `${when.question}: ${when.is.join(" or ")}`;
  return { code: "conflicting_keys", question: id, message: "this is asked only with another answer", expected };
}

function documentOf(
  base: Readonly<Record<string, unknown>>,
  answered: readonly Question[],
  read: ReadonlyMap<string, unknown>,
): Record<string, unknown> {
  const document: Record<string, unknown> = {};
  const put = (question: Question): void => {
    const value = written(question, read);
    if (value === null) return;
    const place = question.key.slice(0, -1).reduce<Record<string, unknown>>((at, step) => {
      at[step] ??= {};
      return at[step] as Record<string, unknown>;
    }, document);
    const last = question.key.at(-1) ?? "";
    if (question.appends) place[last] = [...((place[last] as unknown[] | undefined) ?? []), value];
    else place[last] = value;
  };
  const [id, ...others] = answered
    .filter((one) => one.key[0] === "id")
    .concat(answered.filter((one) => one.key[0] !== "id"));
  if (id?.key[0] === "id") put(id);
  Object.assign(document, base);
  for (const question of id?.key[0] === "id" ? others : answered) put(question);
  return document;
}

/** What is written for an answer: itself, or a shape in which `$answer` and `$question` stand for answers. */
function written(question: Question, read: ReadonlyMap<string, unknown>): unknown {
  const value = read.get(question.id);
  const shape = question.writes === undefined ? orElseShape(question, value) : question.writes;
  if (shape !== undefined) return filled(shape, value, read);
  return question.type === "choice" ? filled(value, value, read) : value;
}

function orElseShape({ choices = [], orElse }: Question, value: unknown): unknown {
  const isChoice = choices.some((one) => (one.writes === undefined ? one.value : one.writes) === value);
  return orElse === undefined || isChoice ? undefined : orElse.writes;
}

function filled(shape: unknown, value: unknown, read: ReadonlyMap<string, unknown>): unknown {
  if (typeof shape === "string" && shape.startsWith("$")) return shape === "$answer" ? value : read.get(shape.slice(1));
  if (Array.isArray(shape)) return shape.map((item) => filled(item, value, read));
  if (typeof shape !== "object" || shape === null) return shape;
  return Object.fromEntries(Object.entries(shape).map(([key, item]) => [key, filled(item, value, read)]));
}
