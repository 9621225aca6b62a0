import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  BUILTIN_CALENDARS,
  builtinCalendar,
  dayText,
  type HolidayCalendar,
} from "../../packages/core/src/calendar/index.ts";
import { epochDayToCivil } from "../../packages/core/src/kernel/index.ts";
import { TERM_DIRECTIONS } from "../../packages/core/src/requests/index.ts";
import {
  CELL_FORMS,
  formOutcome,
  HEADER_WORDS,
  IMPORT_CODES,
  KIND_WORDS,
} from "../../packages/intake/src/agreements/index.ts";
import { FIELD_NAMES, FIELDS } from "../../packages/wire/src/mapping/index.ts";
import { PROBLEM_CODES } from "../../packages/wire/src/problems/index.ts";
import { wholeSchema } from "../../packages/wire/src/schemas/index.ts";
import { fileBlock } from "../documents/pages.ts";
import { ROOT } from "../sources.ts";
import { keyRows, type Node, typeText } from "../reference/schema-text.ts";

const BOOK = "docs/reference/book-files.md";
const CASE = "docs/reference/case-files.md";
const PROBLEMS = "docs/reference/problem-codes.md";
const LISTS = "docs/reference/lists.md";
const PLAN = "docs/reference/plan-document.md";
const CALENDARS = "docs/reference/calendars.md";

/** Kinds that have no section of their own: their table of values says what they look like. */
const isValue = (node: Node): boolean =>
  node.properties === undefined && node.anyOf === undefined && node.oneOf === undefined;

/** A lot's label may be written as a number too, and is a value all the same. */
const isPlainValue = (kind: string, node: Node): boolean => isValue(node) || kind === "LotLabel";

const book = wholeSchema("book") as Node;
const caseSchema = wholeSchema("case") as Node;
const planSchema = wholeSchema("plan") as Node;

/** Fills the tables of the reference: what stands between `<!-- table: ... -->` and `<!-- end -->` is made from the schemas. */
export async function generate(): Promise<Map<string, string>> {
  const forms = await listFormsTable();
  return new Map([BOOK, CASE, PROBLEMS, CALENDARS, LISTS, PLAN].map((path) => [path, filled(path, forms)] as const));
}

function filled(path: string, forms: string): string {
  const text = readFileSync(join(ROOT, path), "utf8");
  const withFiles = text.replace(/<!-- file: (.+?) -->\n[\s\S]*?<!-- end -->/g, (_, name: string) => {
    return `<!-- file: ${name} -->\n\n${fileBlock(join(dirname(path), name))}\n<!-- end -->`;
  });
  return withFiles.replace(/<!-- table: (.+?) -->\n[\s\S]*?<!-- end -->/g, (_, name: string) => {
    return `<!-- table: ${name} -->\n\n${name === "list forms" ? forms : tableOf(name, path)}\n<!-- end -->`;
  });
}

function tableOf(name: string, path: string): string {
  if (name === "values") return valuesTable(book);
  if (name === "list columns") return listColumnsTable();
  if (name === "list kinds") return listKindsTable();
  if (name === "list codes") return listCodesTable();
  if (name === "terms") return termsTable();
  if (name === "calendars") return calendarsTable();
  if (name.startsWith("holidays ")) return holidaysTable(Number(name.slice(9)));
  if (name === "problems") return problemsTable();
  if (name === "step") return keysTable(stepKeys(), caseSchema, path);
  if (name.startsWith("verbs "))
    return name
      .slice(6)
      .split(" ")
      .map((verb) => verbSection(verb, path))
      .join("\n");
  if (name === "expectations") return expectations(path);
  const schema = path === CASE ? caseSchema : path === PLAN ? planSchema : book;
  const node = name === "root" ? schema : schema.definitions?.[name];
  if (node === undefined) throw new Error(`${path}: there is no schema ${name} for a table`);
  return keysTable(node, schema, path);
}

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => "---"), ...rows].map((row) => `| ${row.map(cell).join(" | ")} |`);
  return `${lines.join("\n")}\n`;
}

function keysTable(node: Node, schema: Node, path: string, without: ReadonlySet<string> = new Set()): string {
  const rows = keyRows(node, linkFor(schema, path))
    .filter(({ key }) => !key.startsWith("world."))
    .filter(({ key }) => !without.has(key.split(/[.[]/)[0] ?? ""));
  return table(
    ["Key", "Takes", "Default", "Meaning"],
    rows.map(({ key, takes, standard, meaning }) => [`\`${key}\``, takes, standard, meaning]),
  );
}

/** Kinds of cases alone that are explained under a heading of another name. */
const HEADINGS: ReadonlyMap<string, string> = new Map([
  ["Edit", "changes"],
  ["Step", "the-script"],
  ["Expectation", "expectations"],
]);

/** A kind is explained in the reference of books, unless it is one of cases alone; a value always, in its table of values. */
function linkFor(schema: Node, path: string): (kind: string) => string {
  return (kind) => {
    const heading = HEADINGS.get(kind);
    if (heading !== undefined) return `[${kind}](#${heading})`;
    const isPlain = isPlainValue(kind, schema.definitions?.[kind] ?? {});
    const isOfBooks = isPlain || book.definitions?.[kind] !== undefined;
    const file = path === CASE && isOfBooks ? "book-files.md" : "";
    return `[${kind}](${file}#${isPlain ? "values" : kind.toLowerCase()})`;
  };
}

function valuesTable(schema: Node): string {
  const kinds = { ...caseSchema.definitions, ...schema.definitions };
  const rows = Object.entries(kinds)
    .filter(([kind, node]) => isPlainValue(kind, node) && node.description !== undefined && !kind.startsWith("Expect-"))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, node]) => [
      kind,
      node.description ?? "",
      (node.examples ?? []).map((one) => `\`${String(one)}\``).join(", "),
    ]);
  return table(["Kind", "What it is", "Examples"], rows);
}

function listColumnsTable(): string {
  return table(
    ["Field", "Header that an export writes", "What it holds", "Headers that are known, among others"],
    FIELD_NAMES.map((field) => [
      `\`${field}\``,
      FIELDS[field].title,
      FIELDS[field].about,
      HEADER_WORDS[field].join(", "),
    ]),
  );
}

function listKindsTable(): string {
  return table(
    ["Kind", "Words for it, upper and lower case and accents aside"],
    Object.entries(KIND_WORDS).map(([kind, words]) => [`\`${kind}\``, words.join(", ")]),
  );
}

/** Ways to write a thing, those that come out alike together; what becomes of each is found out by reading it. */
async function listFormsTable(): Promise<string> {
  const rows: string[][] = [];
  for (const form of CELL_FORMS) {
    const ways = new Map<string, string[]>();
    for (const written of form.written) {
      const outcome = outcomeText(await formOutcome(form, written));
      ways.set(outcome, [...(ways.get(outcome) ?? []), `\`${written}\``]);
    }
    for (const [outcome, written] of ways) rows.push([form.what, written.join(", "), outcome]);
  }
  return table(["What", "Written", "Read as"], rows);
}

function outcomeText(outcome: Awaited<ReturnType<typeof formOutcome>>): string {
  switch (outcome.kind) {
    case "read":
      return `${outcome.value}${outcome.told ? ", and told" : ""}`;
    case "nothing":
      return "nothing is said";
    case "kept":
      return "its words are kept, and no field is filled";
    case "refused":
      return `refused: \`${outcome.code}\``;
  }
}

function listCodesTable(): string {
  return table(
    ["Code", "Meaning", "What to do"],
    Object.entries(IMPORT_CODES).map(([code, { title, whatToDo }]) => [`\`${code}\``, title, whatToDo]),
  );
}

function termsTable(): string {
  const rows = [...TERM_DIRECTIONS.values()].map((term) => {
    const up = term.supplierFavourable === "up" ? "more" : "less";
    return [`\`${term.name}\``, term.unit, up, term.none === "unlimited" ? "no limit" : "0", term.meaning];
  });
  return table(["Term", "In", "Better for the supplier", "`none` means", "Meaning"], rows);
}

const builtin = (): readonly HolidayCalendar[] => BUILTIN_CALENDARS.flatMap((id) => builtinCalendar(id) ?? []);

function calendarsTable(): string {
  const rows = builtin().map(({ id, name, years, source }) => [
    `\`${id}\``,
    name,
    `${years.from} to ${years.to}`,
    source,
  ]);
  return table(["Id", "What it is", "Years", "Source"], rows);
}

/** The days of one year, one column a calendar, so that people can check them against the lists that they know. */
function holidaysTable(year: number): string {
  const calendars = builtin().filter(({ holidays }) => holidays.length > 0);
  const ofYear = calendars.map(({ holidays }) =>
    holidays
      .filter(({ epochDay }) => epochDayToCivil(epochDay).year === year)
      .map(({ epochDay }) => dayText(epochDay).replace(` ${year}`, "")),
  );
  return table(
    calendars.map(({ id }) => `\`${id}\``),
    [ofYear.map((days) => days.join(", "))],
  );
}

function problemsTable(): string {
  return table(
    ["Code", "Meaning", "What to do"],
    [...PROBLEM_CODES].map(([code, { title, whatToDo }]) => [`\`${code}\``, title, whatToDo]),
  );
}

/** Steps by their verb. */
function steps(): ReadonlyMap<string, Node> {
  const nodes = caseSchema.definitions?.["Step"]?.oneOf ?? [];
  return new Map(nodes.map((node) => [String(node.properties?.["do"]?.const), node]));
}

/** Keys of every step: those of the verb that has no others. */
function commonKeys(): ReadonlySet<string> {
  return new Set(Object.keys(steps().get("wait")?.properties ?? {}));
}

function stepKeys(): Node {
  const node = steps().get("wait") ?? {};
  return {
    ...node,
    properties: Object.fromEntries(Object.entries(node.properties ?? {}).filter(([key]) => key !== "do")),
  };
}

function verbSection(verb: string, path: string): string {
  const node = steps().get(verb);
  if (node === undefined) throw new Error(`${path}: there is no verb ${verb}`);
  const common = commonKeys();
  const own = Object.keys(node.properties ?? {}).some((key) => !common.has(key));
  const keys = own ? keysTable(node, caseSchema, path, common) : "No keys of its own.\n";
  return `#### ${verb}\n\n${node.description ?? ""}\n\n${keys}`;
}

function expectations(path: string): string {
  const kinds = Object.entries(caseSchema.definitions ?? {}).filter(([kind]) => kind.startsWith("Expect-"));
  const sections = kinds.map(([kind, node]) => {
    const keys =
      node.properties === undefined
        ? `${typeText({ ...node, anyOf: [{ type: "string" }] }, linkFor(caseSchema, path))}\n`
        : keysTable(node, caseSchema, path);
    const takes =
      kind === "Expect-rejected"
        ? "Takes the code, or `{ code: ... }`. See [problem codes](problem-codes.md).\n"
        : keys;
    return `#### ${kind.slice(7)}\n\n${node.description ?? ""}\n\n${takes}`;
  });
  return sections.join("\n");
}
