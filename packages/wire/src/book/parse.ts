import { Report, validate } from "../shape/index.ts";
import { locate, type MapNode, type SourceFile } from "../source/index.ts";
import type { Parsed, Problem } from "../problems/index.ts";
import { type BookTree, bookDocument } from "./document.ts";
import { namesOf } from "./names.ts";
import { type Book, readBook } from "./read.ts";
import { joinBook, type SourceOptions } from "./tree.ts";

/**
 * Reads a book from its files, one or several. Everything that is wrong in any of them is reported, each at its place.
 *
 * Agreement files and request files may stand beside the book's own: they become entries of its sections.
 */
export function parseBook(files: SourceFile | readonly SourceFile[], options: SourceOptions = {}): Parsed<Book> {
  const { root, problems } = joinBook("name" in files ? [files] : files, options);
  if (root === undefined) return { ok: false, problems };
  const { book, problems: all } = bookOfTree(root, problems);
  return book !== undefined && all.length === 0 ? { ok: true, value: book } : { ok: false, problems: all };
}

/** What became of a tree: with problems, book and tree are what is left without the entries that have them. */
export interface BookReading {
  readonly book: Book | undefined;
  readonly tree: BookTree | undefined;
  readonly problems: readonly Problem[];
}

/** The book of a tree that may have been edited since it was read; `before` is what was wrong with it already. */
export function bookOfTree(root: MapNode, before: readonly Problem[]): BookReading {
  const report = new Report(root, before);
  const names = namesOf(root, report);
  const { value: tree, root: readable } = validate(bookDocument, root, report);
  report.continueWith(readable);
  const book =
    tree === undefined ? undefined : readBook(tree, report, names, (path) => locate(readable, path).origin.file);
  return { book, tree, problems: report.problems };
}
