import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbedded } from "@offtake/store/embedded";
import { ordinaryPrograms, ordinaryServer } from "../../packages/store/src/postgres/servers.fixture.ts";
import { optionOf } from "./options.ts";

/**
 * Works on the server of `DATABASE_URL`, or on one that is thrown away afterwards: an embedded one, or with `--ordinary` one of the PostgreSQL
 * that is installed on the machine, with its defaults.
 */
export async function onDatabase<Value>(
  work: (url: string) => Promise<Value>,
  args: readonly string[] = [],
): Promise<Value> {
  if (args.includes("--ordinary")) return onOrdinary(work);
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

async function onOrdinary<Value>(work: (url: string) => Promise<Value>): Promise<Value> {
  const programs = ordinaryPrograms();
  if (programs === undefined)
    throw new Error("--ordinary: no PostgreSQL from 15 on is installed under /usr/lib/postgresql");
  const server = ordinaryServer(programs);
  try {
    return await work(server.url);
  } finally {
    await server.stop();
  }
}

export { sha256 } from "@offtake/store/postgres";

/** For how long something is sent: `--seconds N`. */
export function secondsOf(args: readonly string[], otherwise: number): number {
  const seconds = Number(optionOf(args, "--seconds") ?? otherwise);
  if (!(seconds > 0)) throw new Error("--seconds takes a number above 0");
  return seconds;
}

/** The value that a part of sorted ones lies below; Infinity of none. */
export const quantile = (sorted: readonly number[], part: number): number =>
  sorted[Math.floor(part * (sorted.length - 1))] ?? Infinity;
