import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbedded } from "@offtake/store/embedded";
import { optionOf } from "./options.ts";

/** Works on the server of `DATABASE_URL`, or on an embedded one that is thrown away afterwards. */
export async function onDatabase<Value>(work: (url: string) => Promise<Value>): Promise<Value> {
  const own = process.env["DATABASE_URL"];
  if (own !== undefined) return work(own);
  const folder = mkdtempSync(join(tmpdir(), "offtake-bench-"));
  const database = await startEmbedded(folder);
  try {
    return await work(database.url);
  } finally {
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

export const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

/** For how long something is sent: `--seconds N`. */
export function secondsOf(args: readonly string[], otherwise: number): number {
  const seconds = Number(optionOf(args, "--seconds") ?? otherwise);
  if (!(seconds > 0)) throw new Error("--seconds takes a number above 0");
  return seconds;
}

/** The value that a part of sorted ones lies below; Infinity of none. */
export const quantile = (sorted: readonly number[], part: number): number =>
  sorted[Math.floor(part * (sorted.length - 1))] ?? Infinity;
