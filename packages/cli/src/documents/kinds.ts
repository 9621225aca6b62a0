import type { SourceFile } from "@offtake/wire/source";
import { EXIT } from "../terminal/exit-codes.ts";
import type { Failure } from "../terminal/failures.ts";

/** Kinds of documents, by what their `schema:` line says. */
export const KINDS = ["book", "agreement", "request", "case", "story", "mapping"] as const;
export type DocumentKind = (typeof KINDS)[number];

/** What a file says it is; undefined where it says nothing known. Only its first lines are looked at. */
export function kindOf(file: SourceFile): DocumentKind | undefined {
  const head = file.text.slice(0, 4096);
  const word = /^schema:\s*["']?offtake\/([a-z]+)@\d+/m.exec(head)?.[1];
  return KINDS.find((kind) => kind === word);
}

const USED_BY: Readonly<Record<DocumentKind, string>> = {
  book: "offtake plan",
  agreement: "offtake plan --amend",
  request: "offtake plan --request",
  case: "offtake test",
  story: "offtake run",
  mapping: "offtake import --mapping",
};

/** That a file says it is something else than what a command takes, with the command for what it is; undefined where it does not. */
export function otherKind(file: SourceFile, takes: readonly DocumentKind[]): Failure | undefined {
  const kind = kindOf(file);
  if (kind === undefined || takes.includes(kind)) return undefined;
  const message = `${file.name} is a ${kind} and no ${takes.join(" or ")}; for this there is ${USED_BY[kind]}`;
  return { code: "wrong_schema", message, exit: EXIT.invalid };
}
