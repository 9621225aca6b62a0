import type { CommandBody } from "@offtake/core/book";

export type TextKind = "name" | "words";

interface HiddenField {
  /** Keys from the command down; `*` is every item of a list. */
  readonly path: readonly string[];
  readonly kind: TextKind;
}

const name = (...path: string[]): HiddenField => ({ path, kind: "name" });
const words = (...path: string[]): HiddenField => ({ path, kind: "words" });

const REQUEST = [
  words("request", "project"),
  words("request", "notes"),
  name("request", "overrides", "*", "by"),
  words("request", "overrides", "*", "reason"),
];

/**
 * Where names and free words stand in commands: of people, of companies as they are shown, of projects, and what agreements are called. What
 * agreements say is no such thing: it is what was agreed.
 */
const FIELDS: Partial<Record<CommandBody["type"], readonly HiddenField[]>> = {
  recordParty: [name("party", "name"), name("party", "signatories", "*", "name")],
  recordAgreement: [
    words("agreement", "title"),
    name("agreement", "owner"),
    name("agreement", "clauses", "*", "owner"),
    name("agreement", "clauses", "*", "reading", "by"),
  ],
  submitRequest: REQUEST,
  reviseRequest: REQUEST,
  answerNotice: [[], ["further", "*"]].flatMap((of) => [
    name(...of, "answer", "signer"),
    words(...of, "answer", "condition"),
    words(...of, "answer", "reason"),
  ]),
  ratifyAnswer: [name("signer")],
  changeAgreementStatus: [words("why")],
  decideConflict: [words("reason")],
  reportDefault: [words("why")],
};

export interface HiddenText {
  readonly text: string;
  readonly kind: TextKind;
}

/** The names and free words of a command; none for most. */
export function hiddenIn(body: CommandBody): readonly HiddenText[] {
  const found: HiddenText[] = [];
  for (const { path, kind } of FIELDS[body.type] ?? [])
    visit(body, path, (text) => {
      if (text !== idOf(body)) found.push({ text, kind });
      return text;
    });
  return found;
}

/** The command with a reference in the place of each. */
export function withReferences(body: CommandBody, referenceOf: (hidden: HiddenText) => string): CommandBody {
  let changed: unknown = body;
  for (const { path, kind } of FIELDS[body.type] ?? [])
    changed = visit(changed, path, (text) => (text === idOf(body) ? text : referenceOf({ text, kind })));
  return changed as CommandBody;
}

/** What has no name but its id is called by that, and an id is on record anyway. */
function idOf(body: CommandBody): string | undefined {
  if (body.type === "recordParty") return body.party.id;
  return body.type === "recordAgreement" ? body.agreement.id : undefined;
}

function visit(value: unknown, [key, ...rest]: readonly string[], change: (text: string) => string): unknown {
  if (key === undefined) return typeof value === "string" && value !== "" ? change(value) : value;
  if (key === "*") return Array.isArray(value) ? value.map((item) => visit(item, rest, change)) : value;
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return value;
  const before = (value as Readonly<Record<string, unknown>>)[key];
  const after = visit(before, rest, change);
  return after === before ? value : { ...value, [key]: after };
}
