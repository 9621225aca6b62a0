import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Program } from "oxc-parser";
import { parseSync } from "oxc-parser";

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** A file of the repository: its path from the root with forward slashes, and its text. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/**
 * Every file below `folder` (relative to the root) whose path matches, in code-unit order. Installed packages and what git keeps
 * are not looked into.
 */
export function readSources(folder: string, pattern: RegExp): Source[] {
  return filesBelow(folder === "." ? "" : folder)
    .filter((path) => pattern.test(path))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), "utf8") }));
}

function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === "node_modules" || entry.name === ".git" ? [] : filesBelow(path);
    return entry.isFile() ? [path] : [];
  });
}

/** The syntax tree of a TypeScript source. Throws for a text that is none: a check must never pass for want of reading. */
export function parse(source: Source): Program {
  const result = parseSync(source.path, source.text);
  const [error] = result.errors;
  if (error !== undefined) throw new Error(`${source.path}: ${error.message}`);
  return result.program;
}

/** The 1-based line of an offset. */
export function lineOf(source: Source, offset: number): number {
  return source.text.slice(0, offset).split("\n").length;
}
