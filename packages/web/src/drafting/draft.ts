import {
  AGREEMENT_QUESTIONS,
  agreementFromAnswers,
  agreementText,
  clauseFromAnswers,
  clauseText,
  type Drafted,
  isAsked,
  type Question,
  type TemplateName,
  templateOf,
} from "@offtake/wire/templates";

/** Answers as they are typed; what is empty is left open. */
export type Answers = Readonly<Record<string, string>>;

export interface ClauseDraft {
  readonly template: TemplateName;
  readonly answers: Answers;
  /** Who compared what was drafted with the contract, and on which day; absent where nobody has. */
  readonly reading?: { readonly by: string; readonly at: string };
}

/** What a form holds: the head of an agreement, and its clauses. */
export interface Draft {
  readonly head: Answers;
  readonly clauses: readonly ClauseDraft[];
}

/** An answer that cannot be taken, at the question that it is given to. */
export interface WrongAnswer {
  /** Position of the clause; absent for the head. */
  readonly clause?: number;
  readonly question: string;
  readonly message: string;
}

interface DraftedFile {
  readonly wrong: readonly WrongAnswer[];
  /** Absent while an answer is wrong or missing. */
  readonly text?: string;
  /** What each clause says so far; undefined where an answer of its own is wrong. */
  readonly clauses: readonly (Drafted | undefined)[];
}

const SCHEMA = "./schemas/agreement.v1.json";

/** The file that answers make, as far as they go, and what is wrong with them. */
export function draftOf({ head, clauses }: Draft): DraftedFile {
  const made = agreementFromAnswers(asked(AGREEMENT_QUESTIONS, head));
  const drafted = clauses.map(({ template, answers }) =>
    clauseFromAnswers(template, asked(templateOf(template).questions, answers)),
  );
  const wrong: WrongAnswer[] = made.ok
    ? []
    : made.problems.map(({ question, ...one }) => ({ question, message: wordsOf(one) }));
  for (const [clause, one] of drafted.entries())
    if (!one.ok)
      wrong.push(...one.problems.map(({ question, ...rest }) => ({ clause, question, message: wordsOf(rest) })));
  const parts = drafted.map((one, index) => {
    const reading = clauses[index]?.reading;
    if (!one.ok) return undefined;
    return reading === undefined ? one.value : { ...one.value, document: { ...one.value.document, reading } };
  });
  const whole = parts.filter((part) => part !== undefined);
  if (!made.ok || whole.length < clauses.length) return { wrong, clauses: parts };
  const text = agreementText(made.value, SCHEMA) + whole.map((part) => clauseText(part, 2)).join("\n");
  return { wrong, clauses: parts, text };
}

/** The questions of a form, as the others are answered. */
export function asksOf(questions: readonly Question[], answers: Answers): readonly Question[] {
  return questions.filter((question) => isAsked(question, answers));
}

/** Without answers to questions that are not asked any more: changing one's mind is no mistake. */
function asked(questions: readonly Question[], answers: Answers): Answers {
  const ids = new Set(asksOf(questions, answers).map(({ id }) => id));
  return Object.fromEntries(Object.entries(answers).filter(([id]) => ids.has(id)));
}

const wordsOf = ({ message, expected }: { readonly message: string; readonly expected: string }): string =>
  expected === "" ? message : `${message}; expected: ${expected}`;
