/** How an answer is written, and what a form shows for it. */
export type AnswerType =
  | "text"
  | "name"
  | "names"
  | "yes-no"
  | "choice"
  | "choices"
  | "count"
  | "whole"
  | "share"
  | "tolerance"
  | "percent"
  | "money"
  | "quantity"
  | "rate"
  | "length"
  | "length-or-none"
  | "partial"
  | "period"
  | "date"
  | "clock"
  | "zone"
  | "accelerators"
  | "regions"
  | "words"
  | "periods"
  | "milestones";

export interface Choice {
  /** What is answered. */
  readonly value: string;
  /** What it means, in plain words. */
  readonly means: string;
  /** What the document says for it, where that is not the value itself; `null`: nothing. `$other-question` stands for its answer. */
  readonly writes?: unknown;
}

/** One question of a template: data, so that a terminal, a form and a spreadsheet ask the same. */
export interface Question {
  readonly id: string;
  /** The words of a newcomer. */
  readonly asks: string;
  /** The words of a lawyer. */
  readonly term: string;
  /** What hangs on it. */
  readonly why: string;
  readonly type: AnswerType;
  readonly choices?: readonly Choice[];
  /** Where an answer is none of the choices: how it is read then, and what is written; `$answer` stands for it. */
  readonly orElse?: { readonly type: AnswerType; readonly writes: unknown };
  readonly examples: readonly string[];
  readonly required: boolean;
  /** What stands where nobody answers, in words; absent where that means that nothing is said. */
  readonly standard?: string;
  /** The parameter that it sets, as `defaults` name it. */
  readonly parameter?: string;
  /** Where the answer stands in the clause. */
  readonly key: readonly string[];
  /** What is written there, where that is not the answer itself: `$answer` and `$other-question` stand for answers. */
  readonly writes?: unknown;
  /** The answer is one more entry of the list at `key`. */
  readonly appends?: true;
  /** Asked only where another question has one of these answers. */
  readonly when?: { readonly question: string; readonly is: readonly string[] };
  /** Questions that must be answered with it. */
  readonly needs?: readonly string[];
  /** Asked of everybody, or only of those who go through the rarer points. */
  readonly rare: boolean;
  /** The word of the glossary that explains it. */
  readonly word?: string;
}

export const TEMPLATE_NAMES = [
  "ask-first",
  "match",
  "exclusive",
  "consent",
  "ship-first",
  "spend-commitment",
  "take-or-pay",
  "option",
  "revenue-share",
] as const;

export type TemplateName = (typeof TEMPLATE_NAMES)[number];

/** The questions that make one clause. */
export interface Template {
  readonly name: TemplateName;
  /** The clause in plain words. */
  readonly about: string;
  /** What lawyers call it. */
  readonly term: string;
  /** The words by which the text of such a clause is known. */
  readonly signs: string;
  /** The word of the glossary. */
  readonly word: string;
  /** The kind of the clause, and what every clause of this template says. */
  readonly base: Readonly<Record<string, unknown>> & { readonly kind: string };
  readonly questions: readonly Question[];
}
