import { readFile, stat } from "node:fs/promises";
import type { Intake } from "./problem.ts";
import { accept, refuse } from "./problem.ts";

/** A file that is already in memory; `name` is what reports call it. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** The largest price list we know of has 4 MB for 67,672 rows. */
export const TEXT_BYTES_MAX = 16 * 1024 * 1024;

/** Reads a whole text file of at most 16 MiB. Refuses what is not UTF-8, and what holds NUL: that is no text. */
export async function readText(path: string): Promise<Intake<NamedText>> {
  const bytes = await readBytes(path);
  return bytes.ok ? decodeText(path, bytes.value) : bytes;
}

async function readBytes(path: string): Promise<Intake<Uint8Array>> {
  try {
    const { size } = await stat(path);
    return size > TEXT_BYTES_MAX ? tooLarge(path) : accept(await readFile(path));
  } catch (cause) {
    return unreadable(path, cause);
  }
}

export function unreadable(path: string, cause: unknown): ReturnType<typeof refuse> {
  const code = (cause as NodeJS.ErrnoException).code;
  if (code === "ENOENT" || code === "ENOTDIR") return refuse("file_not_found", path, "there is no such file");
  return refuse("file_unreadable", path, `the file cannot be read (${code ?? String(cause)})`);
}

function tooLarge(name: string): ReturnType<typeof refuse> {
  return refuse("file_too_large", name, `a list has at most ${TEXT_BYTES_MAX} bytes`);
}

/** Strips one byte order mark. */
function decodeText(name: string, bytes: Uint8Array): Intake<NamedText> {
  if (bytes.length > TEXT_BYTES_MAX) return tooLarge(name);
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return checkText({ name, text });
  } catch {
    return refuse("not_text", name, "the file is not UTF-8 text");
  }
}

export function checkText(file: NamedText): Intake<NamedText> {
  if (file.text.length > TEXT_BYTES_MAX) return tooLarge(file.name);
  if (file.text.includes("\0")) return refuse("not_text", file.name, "the file holds a NUL character: it is not text");
  if (file.text.trim() === "") return refuse("empty_file", file.name, "the file is empty");
  return accept(file);
}
