import { readFileSync, statSync } from "node:fs";
import { basename, extname, resolve } from "node:path";
import { IMPORT_CODES, LIST_BYTES_MAX, openList, type ReadableSheet, readColumns } from "@offtake/intake/agreements";
import { type Mapping, parseMapping } from "@offtake/wire/mapping";
import type { SourceFile } from "@offtake/wire/source";
import { EXIT } from "../terminal/exit-codes.ts";
import { done, failed, fileFailure, invalidDocument, type Outcome } from "../terminal/failures.ts";
import { readText, shownPath } from "./files.ts";
import { otherKind } from "./kinds.ts";

/** A list of agreements with its header found and its columns known. */
export interface OpenList {
  readonly name: string;
  readonly isWorkbook: boolean;
  readonly readable: ReadableSheet;
}

/** Opens a CSV or XLSX file. A file that is refused as a whole is told with the reason and what to do. */
export async function openListFile(
  path: string,
  cwd: string,
  mapping: Mapping | undefined,
  sheet: string | undefined,
): Promise<Outcome<OpenList>> {
  const absolute = resolve(cwd, path);
  const bytes = readBytes(absolute, shownPath(absolute, cwd));
  if (!bytes.ok) return bytes;
  const name = basename(absolute);
  const sheets = await openList(bytes.value, name);
  const readable = sheets.ok ? readColumns(sheets.value, mapping, sheet) : sheets;
  if (!readable.ok) {
    const { code, message, row } = readable.refusal;
    const where = row === undefined ? name : `${name}, row ${row}`;
    return failed({
      code,
      message: `${where}: ${message}. ${IMPORT_CODES[code].whatToDo.replace(/\.$/, "")}`,
      exit: EXIT.invalid,
    });
  }
  const isWorkbook = bytes.value[0] === 0x50 && bytes.value[1] === 0x4b;
  return done({ name, isWorkbook, readable: readable.value });
}

function readBytes(absolute: string, name: string): Outcome<Uint8Array> {
  try {
    const stats = statSync(absolute);
    if (stats.isDirectory())
      return failed(
        fileFailure({ code: "file_unreadable", path: name, message: "this is a folder, and a list is one file" }),
      );
    if (stats.size > LIST_BYTES_MAX)
      return failed(
        fileFailure({
          code: "file_too_large",
          path: name,
          message: `the file has ${stats.size} bytes; at most ${LIST_BYTES_MAX} are read`,
        }),
      );
    return done(readFileSync(absolute));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "ERR_INVALID_ARG_VALUE" || code === "ENAMETOOLONG")
      return failed(fileFailure({ code: "file_not_found", path: name, message: "there is no such file" }));
    if (typeof code === "string" && /^E[A-Z_]+$/.test(code))
      return failed(fileFailure({ code: "file_unreadable", path: name, message: `it cannot be read (${code})` }));
    throw cause;
  }
}

/** Reads a mapping file; what is wrong with it is told with line and column. */
export function readMapping(file: SourceFile): Outcome<Mapping> {
  const other = otherKind(file, ["mapping"]);
  if (other !== undefined) return failed(other);
  const parsed = parseMapping(file);
  return parsed.ok ? done(parsed.value) : failed(invalidDocument(parsed.problems));
}

export function readMappingFile(
  path: string,
  cwd: string,
): Outcome<{ readonly mapping: Mapping; readonly text: string }> {
  const file = readText(path, cwd);
  if (!file.ok) return failed(fileFailure(file.problem));
  const mapping = readMapping(file.value);
  return mapping.ok ? done({ mapping: mapping.value, text: file.value.text }) : mapping;
}

/** The name under which the imports of a list are kept: that of its file. */
export function importName(path: string): string {
  const plain = basename(path, extname(path))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return plain === "" ? "list" : plain.slice(0, 60);
}
