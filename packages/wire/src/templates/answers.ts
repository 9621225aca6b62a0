import type { z } from "zod";
import { nearNames, type ProblemCode } from "../problems/index.ts";
import {
  acceleratorText,
  clockText,
  countNumber,
  freeText,
  idText,
  lengthText,
  moneyText,
  percentText,
  periodText,
  quantityText,
  rateText,
  regionText,
  shareText,
  toleranceText,
  whenText,
  wholeNumber,
  wordText,
  zoneText,
} from "../scalars/index.ts";
import type { AnswerType, Choice, Question } from "./question.ts";

/** An answer as it comes: typed by a person, from a file, from a cell, from a form. */
export type Answer = string | number | boolean | readonly (string | number)[];

/** Why an answer cannot be taken; the question says where. */
export interface AnswerProblem {
  readonly code: ProblemCode;
  readonly question: string;
  readonly message: string;
  readonly expected: string;
  readonly didYouMean?: readonly string[];
}

export type Read = { readonly value: unknown } | { readonly problem: AnswerProblem };

/** How one value is read; what is written is the value as it was answered, in the words that documents take. */
const SCALARS: Partial<Readonly<Record<AnswerType, z.ZodType>>> = {
  text: freeText,
  name: idText,
  count: countNumber,
  whole: wholeNumber,
  share: shareText,
  tolerance: toleranceText,
  percent: percentText,
  money: moneyText,
  quantity: quantityText,
  rate: rateText,
  length: lengthText,
  period: periodText,
  date: whenText,
  clock: clockText,
  zone: zoneText,
};

const LISTS: Partial<Readonly<Record<AnswerType, z.ZodType>>> = {
  names: idText,
  accelerators: acceleratorText,
  regions: regionText,
  words: wordText,
};

const YES = ["yes", "y", "true"];
const NO = ["no", "n", "false"];
const PARTIAL = /^(none|any|(any )?multiples? of \d{1,8})$/;

/** Reads one answer; what comes back is what a document says for it. */
export function readAnswer(question: Question, answer: Answer): Read {
  const { type, choices = [], orElse } = question;
  if (type === "choice") {
    const chosen = choices.find(({ value }) => value === text(answer).toLowerCase());
    if (chosen !== undefined) return { value: writesOf(chosen) };
    return orElse === undefined
      ? badChoice(question, text(answer))
      : readAnswer({ ...question, type: orElse.type }, answer);
  }
  if (type === "choices") return readChoices(question, answer);
  if (type === "yes-no") return readTruth(question, answer);
  const item = LISTS[type];
  if (item !== undefined) return readList(question, item, answer);
  if (type === "milestones") return readEntries(question, answer, /^(\S+?):?\s+(.+)$/, ["by", "cumulative"]);
  if (type === "periods") return readEntries(question, answer, /^(\S+?)\.\.(\S+?):?\s+(.+)$/, ["from", "to", "amount"]);
  if (type === "partial")
    return PARTIAL.test(text(answer))
      ? { value: text(answer) }
      : bad(
          question,
          "unknown_value",
          `\`${text(answer).slice(0, 60)}\` is not possible here`,
          "none, any, or any multiple of 8",
        );
  if (type === "length-or-none" && text(answer) === "none") return { value: "none" };
  return readScalar(question, SCALARS[type === "length-or-none" ? "length" : type], answer);
}

const text = (answer: Answer): string => (Array.isArray(answer) ? answer.join(", ") : String(answer)).trim();

const writesOf = ({ value, writes }: Choice): unknown => (writes === undefined ? value : writes);

function readScalar(question: Question, schema: z.ZodType | undefined, answer: Answer): Read {
  if (schema === undefined) throw new Error(`Broken belief: an answer of type ${question.type} can be read`);
  const isNumber = question.type === "count" || question.type === "whole";
  const typed = GROUPED.has(schema) ? ungrouped(text(answer)) : text(answer);
  const value = isNumber ? wholeOf(typed) : typed;
  const result = schema.safeParse(value);
  if (result.success) return { value: isNumber ? value : typed };
  const [issue] = result.error.issues;
  const { code, expected, didYouMean } = (issue as { params?: Partial<AnswerProblem> }).params ?? {};
  const fallback = isNumber ? "a whole number" : (question.examples[0] ?? "another answer");
  const message = isNumber ? `\`${typed.slice(0, 60)}\` is not a whole number in range` : (issue?.message ?? "");
  return bad(question, code ?? "malformed", message, expected ?? fallback, didYouMean);
}

/** Amounts are typed with their digits in groups of three; documents write them without. A price is not: 2,500 is two and a half to many. */
const GROUPED: ReadonlySet<z.ZodType> = new Set<z.ZodType>([moneyText, quantityText]);

const ungrouped = (typed: string): string =>
  typed.replace(/(?<![\d.,])\d{1,3}(?:([,_' ])\d{3})(?:\1\d{3})*(?![\d,])/, (digits) => digits.replaceAll(/\D/g, ""));

/** `4,096` as people write it; anything else stays what it is, and is refused. */
function wholeOf(typed: string): number | string {
  const digits = typed.replaceAll(/(?<=\d)[,_ ](?=\d{3}(\D|$))/g, "");
  return /^\d{1,9}$/.test(digits) ? Number(digits) : typed;
}

function readTruth(question: Question, answer: Answer): Read {
  const typed = text(answer).toLowerCase();
  if (YES.includes(typed)) return { value: true };
  if (NO.includes(typed)) return { value: false };
  return bad(question, "unknown_value", `\`${typed.slice(0, 60)}\` is neither yes nor no`, "yes or no");
}

function itemsOf(answer: Answer, separator: RegExp): string[] {
  const items = Array.isArray(answer) ? answer.map(String) : String(answer).split(separator);
  return items.map((item) => item.trim()).filter((item) => item !== "");
}

function readList(question: Question, schema: z.ZodType, answer: Answer): Read {
  const items = itemsOf(answer, /[,;]/);
  if (items.length === 0) return bad(question, "too_few", "the list is empty", question.examples[0] ?? "at least one");
  for (const item of items) {
    const result = schema.safeParse(item);
    if (result.success) continue;
    const [issue] = result.error.issues;
    const { code, expected } = (issue as { params?: Partial<AnswerProblem> }).params ?? {};
    return bad(question, code ?? "malformed", issue?.message ?? "", expected ?? "");
  }
  return { value: items };
}

function readChoices(question: Question, answer: Answer): Read {
  const items = itemsOf(answer, /[,;]/);
  const known = question.choices ?? [];
  const wrong = items.find((item) => !known.some(({ value }) => value === item));
  if (wrong !== undefined || items.length === 0) return badChoice(question, wrong ?? "");
  const alone = items.includes("never") ? "never" : undefined;
  if (alone !== undefined && items.length > 1)
    return bad(question, "conflicting_keys", "`never` stands alone", "never, or the others");
  return { value: alone ?? items };
}

/** `2027-12-31: 50,000,000 USD; 2030-12-31: ...` as a list of groups of keys. */
function readEntries(question: Question, answer: Answer, shape: RegExp, keys: readonly string[]): Read {
  const entries: Record<string, string>[] = [];
  for (const item of itemsOf(answer, /;/)) {
    const match = shape.exec(item);
    if (match === null)
      return bad(question, "malformed", `\`${item.slice(0, 60)}\` cannot be read`, question.examples[0] ?? "");
    const entry = Object.fromEntries(keys.map((key, index) => [key, match[index + 1] ?? ""]));
    for (const [key, value] of Object.entries(entry)) {
      const read = readScalar(
        { ...question, type: "text" },
        key === "amount" || key === "cumulative" ? quantityText : whenText,
        value,
      );
      if ("problem" in read) return read;
      entry[key] = String(read.value);
    }
    entries.push(entry);
  }
  return entries.length > 0
    ? { value: entries }
    : bad(question, "too_few", "the list is empty", question.examples[0] ?? "");
}

function badChoice(question: Question, typed: string): Read {
  const values = (question.choices ?? []).map(({ value }) => value);
  const message = `\`${typed.slice(0, 60)}\` is not possible here`;
  return bad(question, "unknown_value", message, values.join(", "), nearNames(typed, values));
}

function bad(
  question: Question,
  code: ProblemCode,
  message: string,
  expected: string,
  near: readonly string[] = [],
): Read {
  const problem = { code, question: question.id, message, expected };
  return { problem: near.length === 0 ? problem : { ...problem, didYouMean: near } };
}
