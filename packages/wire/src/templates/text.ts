import { parse, stringify } from "yaml";
import type { Drafted } from "./clause.ts";
import type { Question } from "./question.ts";

const WIDTH = 130;

/**
 * A clause as the entry of a list in a document: each key below the question that it answers, then what was left open with the
 * defaults that stand. `indent` is the number of blanks before the dash. Ends with a line break.
 */
export function clauseText({ document, answered, open }: Drafted, indent: number): string {
  const lines = keyLines(document, answered);
  const [first = "", ...rest] = lines;
  const pad = " ".repeat(indent);
  const body = [`${pad}- ${first}`, ...rest.map((line) => `${pad}  ${line}`)];
  return [...body, ...openLines(open).map((line) => `${pad}  ${line}`), ""].join("\n");
}

/** The head of an agreement file, down to `clauses:`. */
export function agreementText({ document, answered, open }: Drafted, schema: string): string {
  return [
    `# yaml-language-server: $schema=${schema}`,
    "schema: offtake/agreement@1",
    ...keyLines(document, answered),
    ...openLines(open),
    "",
    "clauses:",
    "",
  ].join("\n");
}

/** Commented keys: the comment is the question that the first of its answers gives. */
function keyLines(document: Readonly<Record<string, unknown>>, answered: readonly Question[]): string[] {
  return Object.entries(document).flatMap(([key, value], index) => {
    const questions = answered.filter((question) => question.key[0] === key && question.writes !== null);
    const comment = index === 0 ? [] : commentOf(questions);
    return [...comment, ...entryLines(key, value)];
  });
}

function commentOf(questions: readonly Question[]): string[] {
  const [first] = questions;
  if (first === undefined) return [];
  return first.key[0] === "scope" ? ["# What is it about?"] : [`# ${first.asks}`];
}

/** One line, or where that would be too long a line for each entry below it. */
function entryLines(key: string, value: unknown): string[] {
  if (typeof value === "string" && value.length > WIDTH)
    return stringify({ [key]: value }, { lineWidth: WIDTH })
      .trimEnd()
      .split("\n");
  const line = `${key}: ${flowText(value)}`;
  if (line.length <= WIDTH || !Array.isArray(value)) return [line];
  return [`${key}:`, ...value.map((item) => `  - ${flowText(item)}`)];
}

/** A value in one line, such that it is read as it is. */
export function flowText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flowText).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => `${key}: ${flowText(item)}`);
    return `{ ${entries.join(", ")} }`;
  }
  return scalar(value);
}

/** Plain where that means the same text, in a list of one line too; quoted otherwise. */
function scalar(value: unknown): string {
  if (typeof value !== "string") return String(value);
  const isPlain = /^[A-Za-z0-9][^,[\]{}#:&*!|>'"%@`\n]*[^\s,[\]{}#:&*!|>'"@`]$|^[A-Za-z0-9]$/.test(value);
  return isPlain && parse(value) === value ? value : JSON.stringify(value);
}

/** What nobody answered, with the default that stands: the ones that matter by themselves, the rarer ones counted. */
function openLines(open: readonly Question[]): string[] {
  const told = open.filter(({ rare, parameter }) => !rare && parameter !== undefined);
  const rare = open.filter((one) => one.rare && one.parameter !== undefined).length;
  if (told.length + rare === 0) return [];
  const width = Math.max(0, ...told.map(({ key }) => key.join(".").length));
  const one = ({ key, asks, standard = "" }: Question): string =>
    `#   ${key.join(".").padEnd(width)}  ${asks} Default: ${standard}.`;
  return [
    "# Left open: the default stands, and every answer that it decides says so.",
    ...told.map(one),
    ...(rare === 0 ? [] : [`#   ${rare} rarer points: \`offtake agreement check\` lists them.`]),
  ];
}
