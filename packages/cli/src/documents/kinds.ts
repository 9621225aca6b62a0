import type { SourceFile } from "@offtake/wire/source";

/** Kinds of documents, by what their `schema:` line says. */
export const KINDS = ["book", "agreement", "request", "case", "story"] as const;
export type DocumentKind = (typeof KINDS)[number];

/** What a file says it is; undefined where it says nothing known. Only its first lines are looked at. */
export function kindOf(file: SourceFile): DocumentKind | undefined {
  const head = file.text.slice(0, 4096);
  const word = /^schema:\s*["']?offtake\/([a-z]+)@\d+/m.exec(head)?.[1];
  return KINDS.find((kind) => kind === word);
}
