import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { Remembered } from "@offtake/intake/agreements";
import { parseBook } from "@offtake/wire/book";
import type { Mapping } from "@offtake/wire/mapping";
import type { SourceFile } from "@offtake/wire/source";
import { EXIT } from "../terminal/exit-codes.ts";
import { done, failed, type Failure, fileFailure, invalidDocument, type Outcome } from "../terminal/failures.ts";
import { fileResolver, readText, shownPath, yamlFiles } from "./files.ts";
import { kindOf } from "./kinds.ts";
import { readMapping } from "./list.ts";

/** A book on disk that can be written to; names of files count from its folder: of those that it names elsewhere too. */
export interface BookFolder {
  readonly folder: string;
  readonly shown: string;
  readonly main: SourceFile;
  readonly files: readonly SourceFile[];
}

/** Where a book keeps what its imports need the next time. */
export const IMPORTS = "imports/";

/** The book of a folder, or of its file: all of its files, and the one that names the keeper. It must be valid. */
export function openBookFolder(path: string, cwd: string): Outcome<BookFolder> {
  const absolute = resolve(cwd, path);
  const isFile = existsSync(absolute) && !statSync(absolute).isDirectory();
  const folder = isFile ? dirname(absolute) : absolute;
  const found = yamlFiles(folder, cwd);
  if (!found.ok) {
    if (found.problem.code !== "no_documents") return failed(fileFailure(found.problem));
    return failed(noBook(path));
  }
  const files = found.value.filter((file) => ["book", "agreement", "request"].includes(kindOf(file) ?? ""));
  const mains = files.filter((file) => kindOf(file) === "book" && /^keeper:/m.test(file.text));
  const main = isFile ? mains.find((file) => resolve(cwd, file.name) === absolute) : mains[0];
  if (main === undefined) return failed(noBook(path));
  if (!isFile && mains.length > 1) {
    const message = `several books stand below ${path}: ${mains.map(({ name }) => name).join(", ")}; name one of them`;
    return failed({ code: "several_books", message, exit: EXIT.invalid });
  }
  const known = new Set(files.map(({ name }) => resolve(cwd, name)));
  const elsewhere: SourceFile[] = [];
  const find = fileResolver(cwd);
  const parsed = parseBook(files, {
    resolve: (reference, from) => {
      const named = find(reference, from);
      for (const file of named ?? []) {
        const place = resolve(cwd, file.name);
        if (!known.has(place)) elsewhere.push(file);
        known.add(place);
      }
      return named;
    },
  });
  if (!parsed.ok) return failed(invalidDocument(parsed.problems));
  const inside = (file: SourceFile): SourceFile => ({
    ...file,
    name: relative(folder, resolve(cwd, file.name)).split(sep).join("/"),
  });
  return done({
    folder,
    shown: shownPath(folder, cwd),
    main: inside(main),
    files: [...files, ...elsewhere].map(inside),
  });
}

/** Nothing is written outside of the folder of a book: those files may belong to other books too. */
export function writtenElsewhere(shown: string, paths: Iterable<string>): Failure | undefined {
  const outside = [...paths].find((path) => path.startsWith("../"));
  if (outside === undefined) return undefined;
  const message = `${outside} stands outside of ${shown}, and the list would change it: nothing is written there; change it by hand, or move it into the book`;
  return { code: "outside_the_book", message, exit: EXIT.failed };
}

const noBook = (path: string) => ({
  code: "no_book",
  message: `no book (schema: offtake/book@1 with a keeper) stands below ${path}; make one with: offtake init NAME`,
  exit: EXIT.notFound,
});

/** Names of the lists that have been imported into a book. */
export function importsOf(folder: string): readonly string[] {
  const path = join(folder, IMPORTS);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .flatMap((name) => /^(.+)\.mapping\.yaml$/.exec(name)?.[1] ?? [])
    .sort();
}

/** The mapping of an import; undefined where there is none yet. */
export function keptMapping(
  folder: string,
  name: string,
  cwd: string,
): Outcome<{ mapping: Mapping; text: string } | undefined> {
  const path = join(folder, IMPORTS, `${name}.mapping.yaml`);
  if (!existsSync(path)) return done(undefined);
  const file = readText(path, cwd);
  if (!file.ok) return failed(fileFailure(file.problem));
  const mapping = readMapping(file.value);
  return mapping.ok ? done({ mapping: mapping.value, text: file.value.text }) : mapping;
}

/** What an import remembers of its last run; undefined before the first. */
export function keptRows(folder: string, name: string, cwd: string): Outcome<Remembered | undefined> {
  const path = join(folder, IMPORTS, `${name}.rows.json`);
  if (!existsSync(path)) return done(undefined);
  const file = readText(path, cwd);
  if (!file.ok) return failed(fileFailure(file.problem));
  const remembered = rememberedOf(file.value.text);
  if (remembered !== undefined) return done(remembered);
  const message = `${file.value.name} is not as an import wrote it; put it back, or take it away: then what the list and the book say differently is told, and stays as the book has it`;
  return failed({ code: "import_state_malformed", message, exit: EXIT.invalid });
}

function rememberedOf(text: string): Remembered | undefined {
  try {
    const value = JSON.parse(text) as Partial<Remembered>;
    const rows: unknown = value.rows;
    const isRow = (row: unknown): boolean => {
      const { name, version, fields, kept } = (row ?? {}) as Record<string, unknown>;
      return (
        typeof name === "string" &&
        typeof version === "number" &&
        typeof fields === "object" &&
        fields !== null &&
        Array.isArray(kept)
      );
    };
    const isWhole = typeof value.list === "string" && Array.isArray(rows) && rows.every(isRow);
    return isWhole ? (value as Remembered) : undefined;
  } catch {
    return undefined;
  }
}
