import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import type { Resolver, SourceFile } from "@offtake/wire/source";

/** Bytes of one file that are read at all; what a document may hold is bounded more tightly where it is parsed. */
const BYTES_MAX = 64 * 1024 * 1024;
/** Files of one folder, so that a wrong path does not read a whole disk. */
const FILES_MAX = 25_000;

export type FileProblemCode =
  | "file_not_found"
  | "file_unreadable"
  | "file_too_large"
  | "too_many_files"
  | "file_unwritable"
  | "no_documents";

export interface FileProblem {
  readonly code: FileProblemCode;
  readonly path: string;
  readonly message: string;
}

export type Found<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: FileProblem };

const problem = (code: FileProblemCode, path: string, message: string) =>
  ({ ok: false, problem: { code, path, message } }) as const;

/** Reads one file as UTF-8 text. The name is the path as a person would type it from where the command stands. */
export function readText(path: string, cwd: string): Found<SourceFile> {
  const absolute = resolve(cwd, path);
  const name = shownPath(absolute, cwd);
  try {
    const stats = statSync(absolute);
    if (stats.isDirectory()) return problem("file_unreadable", name, "this is a folder, and one file is expected");
    if (stats.size > BYTES_MAX)
      return problem("file_too_large", name, `the file has ${stats.size} bytes; at most ${BYTES_MAX} are read`);
    return { ok: true, value: { name, text: new TextDecoder("utf-8").decode(readFileSync(absolute)) } };
  } catch (cause) {
    return unreadable(cause, name);
  }
}

function unreadable(cause: unknown, name: string) {
  const { code } = cause as NodeJS.ErrnoException;
  if (code === "ENOENT" || code === "ENOTDIR")
    return problem("file_not_found", name, "there is no such file or folder");
  if (typeof code === "string" && /^E[A-Z_]+$/.test(code))
    return problem("file_unreadable", name, `it cannot be read (${code})`);
  throw cause;
}

/** Relative to where the command stands when it lies below it, absolute otherwise: what an editor opens on a click. */
export function shownPath(absolute: string, cwd: string): string {
  const below = relative(cwd, absolute);
  return below === "" || below.startsWith("..") ? absolute : below;
}

/** The YAML files of a path: itself, or all below a folder, by name; hidden ones and `node_modules` left out. */
export function yamlFiles(path: string, cwd: string): Found<readonly SourceFile[]> {
  const absolute = resolve(cwd, path);
  try {
    if (!statSync(absolute).isDirectory()) {
      const one = readText(path, cwd);
      return one.ok ? { ok: true, value: [one.value] } : one;
    }
    return filesOf(yamlPaths(absolute), shownPath(absolute, cwd), cwd);
  } catch (cause) {
    return unreadable(cause, shownPath(absolute, cwd));
  }
}

function filesOf(paths: readonly string[], name: string, cwd: string): Found<readonly SourceFile[]> {
  if (paths.length > FILES_MAX)
    return problem("too_many_files", name, `more than ${FILES_MAX} YAML files stand below it`);
  if (paths.length === 0) return problem("no_documents", name, "no YAML file stands below it");
  const files: SourceFile[] = [];
  for (const path of paths) {
    const file = readText(path, cwd);
    if (!file.ok) return file;
    files.push(file.value);
  }
  return { ok: true, value: files };
}

function yamlPaths(folder: string): string[] {
  const found: string[] = [];
  const waiting = [folder];
  while (waiting.length > 0 && found.length <= FILES_MAX) {
    const here = waiting.pop() ?? "";
    for (const entry of readdirSync(here, { withFileTypes: true })) {
      if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
      const path = join(here, entry.name);
      if (entry.isDirectory()) waiting.push(path);
      else if (/\.ya?ml$/i.test(entry.name)) found.push(path);
    }
  }
  return found.sort((a, b) => (a < b ? -1 : 1));
}

/** Finds what documents refer to, counted from the file that names it; a folder stands for all YAML files in it. */
export function fileResolver(cwd: string): Resolver {
  return (reference, from) => {
    const path = resolve(cwd, dirname(from), reference);
    const files = yamlFiles(path, cwd);
    return files.ok ? files.value : undefined;
  };
}
