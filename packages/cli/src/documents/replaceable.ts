import { statSync } from "node:fs";

/**
 * Whether a written file may take this place: nothing is there yet, or an ordinary file. A file is written beside its place and then
 * moved there, and that would put it where a device, a pipe or a folder is.
 */
export function isReplaceable(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() ?? true;
  } catch {
    // It cannot be looked at; that it cannot be written is said where it is written.
    return true;
  }
}

/** What is said of a place that is none. */
export const NOT_REPLACEABLE = "it is no ordinary file, and stays what it is";
