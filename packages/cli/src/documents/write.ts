import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type Found, shownPath } from "./files.ts";
import { isReplaceable, NOT_REPLACEABLE } from "./replaceable.ts";

/** Writes a text whole or not at all: whoever reads the file meanwhile finds the old one. Folders on the way are made. */
export function writeText(path: string, text: string, cwd: string): Found<string> {
  const absolute = resolve(cwd, path);
  const name = shownPath(absolute, cwd);
  if (!isReplaceable(absolute))
    return { ok: false, problem: { code: "file_unwritable", path: name, message: NOT_REPLACEABLE } };
  const beside = `${absolute}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(absolute), { recursive: true });
    writeFileSync(beside, text, { mode: modeOf(absolute) });
    renameSync(beside, absolute);
    return { ok: true, value: name };
  } catch (cause) {
    // Below a file there is nothing to remove, and looking for it fails.
    if (existsSync(beside)) rmSync(beside);
    const { code } = cause as NodeJS.ErrnoException;
    if (typeof code !== "string" || !/^E[A-Z_]+$/.test(code)) throw cause;
    return { ok: false, problem: { code: "file_unwritable", path: name, message: `it cannot be written (${code})` } };
  }
}

/** A file that is replaced keeps who may read it. */
function modeOf(path: string): number {
  return (statSync(path, { throwIfNoEntry: false })?.mode ?? 0o666) & 0o777;
}
