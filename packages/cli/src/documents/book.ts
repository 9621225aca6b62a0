import type { Offer } from "@offtake/core/book";
import { type Book, bookOfTree, joinBook } from "@offtake/wire/book";
import { childOf, type MapNode, type SourceDocument, type SourceFile, type SourceNode } from "@offtake/wire/source";
import { EXIT } from "../terminal/exit-codes.ts";
import { done, failed, type Failure, fileFailure, invalidDocument, type Outcome } from "../terminal/failures.ts";
import { fileResolver, yamlFiles } from "./files.ts";
import { kindOf } from "./kinds.ts";
import { offersOf } from "./offers.ts";

/** A book that can be opened, with the offers of its price lists. */
export interface LoadedBook {
  readonly book: Book;
  readonly offers: readonly Offer[];
  readonly files: readonly SourceFile[];
}

/** The files of a book: one file, or the book, agreement and request files of a folder. */
export function bookFiles(path: string, cwd: string): Outcome<readonly SourceFile[]> {
  const files = yamlFiles(path, cwd);
  if (!files.ok) return failed(fileFailure(files.problem));
  if (files.value.length === 1) return done(files.value);
  const parts = files.value.filter((file) => ["book", "agreement", "request"].includes(kindOf(file) ?? ""));
  const kept = parts.filter((file) => kindOf(file) === "book" && /^keeper:/m.test(file.text));
  if (kept.length > 1) return failed(severalBooks(path, kept));
  if (parts.some((file) => kindOf(file) === "book")) return done(parts);
  return failed({
    code: "no_book",
    message: `no book (schema: offtake/book@1) stands below ${path === "." ? "this folder; --book names one" : path}`,
    exit: EXIT.notFound,
  });
}

/** Books that a message names. */
const BOOKS_NAMED = 4;

/** A folder above several books is no book: one of them was meant. */
function severalBooks(path: string, books: readonly SourceFile[]): Failure {
  const names = books.slice(0, BOOKS_NAMED).map(({ name }) => name);
  const more = books.length > names.length ? ` and ${books.length - names.length} more` : "";
  const where = path === "." ? "this folder" : path;
  const message = `${books.length} books stand below ${where} (${names.join(", ")}${more}); name one of them, or the folder of one`;
  return { code: "several_books", message, exit: EXIT.usage };
}

/** What would be another text in a book: agreement files, each in the place of those of its name or beside them, and names that go. */
export interface Amendment {
  readonly files: readonly SourceFile[];
  readonly dropped: readonly string[];
}

/** A book and the same book amended share most of their files. */
const known = new WeakMap<SourceFile, SourceDocument>();

/** Reads a book from its files; with an amendment, as it would be. */
export async function loadBook(
  files: readonly SourceFile[],
  cwd: string,
  amendment: Amendment = { files: [], dropped: [] },
): Promise<Outcome<LoadedBook>> {
  const amended = new Set(amendment.files.map(({ name }) => name));
  // A file that lies in the book already is read once, as it would be.
  const all = [...files.filter(({ name }) => !amended.has(name)), ...amendment.files];
  const { root, problems } = joinBook(all, { resolve: fileResolver(cwd), known });
  if (root === undefined) return failed(invalidDocument(problems));
  const { book, problems: found } = bookOfTree(withAmendment(root, amended, amendment.dropped), problems);
  if (book === undefined || found.length > 0) return failed(invalidDocument(found));
  const offers = await offersOf(book, cwd);
  return offers.ok ? done({ book, offers: offers.value, files: all }) : offers;
}

/** Leaves of the agreements of one name those that come from an amended file, and none of those that are dropped. */
function withAmendment(root: MapNode, amended: ReadonlySet<string>, dropped: readonly string[]): MapNode {
  const entry = root.entries.get("agreements");
  if (entry?.node.kind !== "list") return root;
  const { items } = entry.node;
  const isNew = (item: SourceNode): boolean => amended.has(item.origin.file);
  const gone = new Set([...items.filter(isNew).map(nameOf), ...dropped]);
  const kept = items.filter((item) => isNew(item) || !gone.has(nameOf(item)));
  if (kept.length === items.length) return root;
  return {
    ...root,
    entries: new Map([...root.entries, ["agreements", { ...entry, node: { ...entry.node, items: kept } }]]),
  };
}

function nameOf(node: SourceNode): string | undefined {
  const name = childOf(node, "name");
  return name?.kind === "scalar" && typeof name.value === "string" ? name.value : undefined;
}
