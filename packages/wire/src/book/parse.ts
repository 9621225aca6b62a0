import type { Parsed } from "../problems/index.ts";
import { Report, validate } from "../shape/index.ts";
import { locate, type MapNode, type SourceFile } from "../source/index.ts";
import type { Problem } from "../problems/index.ts";
import { bookDocument } from "./document.ts";
import { type Book, readBook } from "./read.ts";
import { joinBook, type SourceOptions } from "./tree.ts";

/**
 * Reads a book from its files, one or several. Everything that is wrong in any of them is reported, each at its place.
 *
 * Agreement files and request files may stand beside the book's own: they become entries of its sections.
 */
export function parseBook(files: SourceFile | readonly SourceFile[], options: SourceOptions = {}): Parsed<Book> {
  const { root, problems } = joinBook("name" in files ? [files] : files, options);
  return bookOfTree(root, problems);
}

/** The book of a tree that may have been edited since it was read. */
export function bookOfTree(root: MapNode | undefined, before: readonly Problem[]): Parsed<Book> {
  if (root === undefined) return { ok: false, problems: before };
  const report = new Report(root, before);
  const tree = validate(bookDocument, root, report);
  const book = tree === undefined ? undefined : readBook(tree, report, (path) => locate(root, path).origin.file);
  return book !== undefined && report.isClean ? { ok: true, value: book } : { ok: false, problems: report.problems };
}
