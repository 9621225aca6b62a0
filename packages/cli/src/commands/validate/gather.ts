import { dirname } from "node:path";
import type { SourceFile } from "@offtake/wire/source";
import { type DocumentKind, kindOf } from "../../documents/kinds.ts";

/** What is read as one document: a book may be several files. */
export interface Candidate {
  readonly kind: DocumentKind | "unknown";
  readonly files: readonly SourceFile[];
}

/** Whether the file is meant for Offtake: some other tool's YAML beside ours is nobody's mistake. */
const isMeantForUs = (file: SourceFile): boolean => /^schema:\s*["']?offtake\//m.test(file.text.slice(0, 4096));

const hasKeeper = (file: SourceFile): boolean => /^keeper:/m.test(file.text);

/**
 * Sorts files into documents. Book files of one folder are one book together with the agreement and request files beside them;
 * where several of them name a keeper, each of those is a book of its own. An agreement or request file that is named by itself
 * stands for itself.
 */
export function gather(files: readonly SourceFile[], named: ReadonlySet<string>): Candidate[] {
  const ours = files.filter((file) => named.has(file.name) || isMeantForUs(file));
  const folders = new Map<string, SourceFile[]>();
  for (const file of ours) {
    const folder = dirname(file.name);
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  return [...folders.values()].flatMap((folder) => gatherFolder(folder, named));
}

function gatherFolder(files: readonly SourceFile[], named: ReadonlySet<string>): Candidate[] {
  const books = files.filter((file) => kindOf(file) === "book");
  const keepers = books.filter(hasKeeper);
  const isOneBook = books.length > 0 && keepers.length <= 1;
  const belongs = (file: SourceFile): boolean => {
    const kind = kindOf(file);
    return kind === "book" || (!named.has(file.name) && (kind === "agreement" || kind === "request"));
  };
  const parts = isOneBook ? files.filter(belongs) : [];
  const alone = files.filter((file) => !parts.includes(file));
  return [
    ...(parts.length === 0 ? [] : [{ kind: "book" as const, files: parts }]),
    ...alone.map((file) => ({ kind: kindOf(file) ?? ("unknown" as const), files: [file] })),
  ];
}
