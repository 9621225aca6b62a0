import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { EXIT } from "../terminal/exit-codes.ts";
import { done, failed, type Outcome } from "../terminal/failures.ts";

/** Texts and bytes by path from a folder. */
export type Writes = ReadonlyMap<string, string | Uint8Array>;

/** A new folder with all of its files, or nothing: it is filled under another name and then takes its own. Never goes over anything. */
export function makeFolder(folder: string, shown: string, writes: Writes): Outcome<undefined> {
  let temporary: string | undefined;
  try {
    if (existsSync(folder)) return failed(taken(shown));
    mkdirSync(dirname(folder), { recursive: true });
    temporary = mkdtempSync(`${folder}.offtake-`);
    fill(temporary, writes);
    renameSync(temporary, folder);
    return done(undefined);
  } catch (cause) {
    if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true });
    return unwritable(cause, shown);
  }
}

const taken = (shown: string) => ({
  code: "already_there",
  message: `${shown} is there already, and nothing is ever written over; choose another name`,
  exit: EXIT.conflict,
});

/**
 * Writes files into a folder that is there: all of them, or none. They are written beside their places first; what they replace
 * is put aside and comes back when one of them cannot take its place.
 */
export function writeInto(folder: string, shown: string, writes: Writes): Outcome<undefined> {
  if (writes.size === 0) return done(undefined);
  let temporary: string | undefined;
  const moved: { readonly target: string; readonly aside: string | undefined }[] = [];
  try {
    temporary = mkdtempSync(join(folder, ".offtake-import-"));
    fill(join(temporary, "new"), writes);
    for (const path of writes.keys()) {
      const target = join(folder, path);
      const aside = existsSync(target) ? join(temporary, "old", path) : undefined;
      mkdirSync(dirname(target), { recursive: true });
      if (aside !== undefined) {
        mkdirSync(dirname(aside), { recursive: true });
        renameSync(target, aside);
      }
      moved.push({ target, aside });
      renameSync(join(temporary, "new", path), target);
    }
    return done(undefined);
  } catch (cause) {
    for (const { target, aside } of moved.toReversed()) {
      rmSync(target, { force: true });
      if (aside !== undefined) renameSync(aside, target);
    }
    return unwritable(cause, shown);
  } finally {
    if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true });
  }
}

function fill(folder: string, writes: Writes): void {
  mkdirSync(folder, { recursive: true });
  const made = new Set<string>();
  for (const [path, content] of writes) {
    const target = join(folder, path);
    const parent = dirname(target);
    if (!made.has(parent)) mkdirSync(parent, { recursive: true });
    made.add(parent);
    writeFileSync(target, content, { flag: "wx" });
  }
}

function unwritable(cause: unknown, shown: string): Outcome<undefined> {
  const { code } = cause as NodeJS.ErrnoException;
  if (typeof code !== "string" || !/^E[A-Z_]+$/.test(code)) throw cause;
  const message = `${shown} cannot be written (${code}); nothing of it has changed`;
  return failed({ code: "file_unwritable", message, exit: EXIT.failed });
}
