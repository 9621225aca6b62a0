import { renameSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Found, shownPath } from "../../../documents/files.ts";

/** Writes a page whole or not at all: whoever reads the file meanwhile finds the old one. Its folder must be there. */
export function writePage(path: string, text: string, cwd: string): Found<string> {
  const absolute = resolve(cwd, path);
  const name = shownPath(absolute, cwd);
  const beside = `${absolute}.${process.pid}.tmp`;
  try {
    writeFileSync(beside, text);
  } catch (cause) {
    return unwritable(cause, name);
  }
  try {
    renameSync(beside, absolute);
    return { ok: true, value: name };
  } catch (cause) {
    rmSync(beside, { force: true });
    return unwritable(cause, name);
  }
}

function unwritable(cause: unknown, path: string): Found<string> {
  const { code } = cause as NodeJS.ErrnoException;
  if (typeof code !== "string" || !/^E[A-Z_]+$/.test(code)) throw cause;
  const why = code === "ENOENT" || code === "ENOTDIR" ? "its folder is not there" : `it cannot be written (${code})`;
  return { ok: false, problem: { code: "file_unwritable", path, message: why } };
}
