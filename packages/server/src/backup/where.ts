import { existsSync } from "node:fs";
import { join } from "node:path";
import { livingEmbedded, startEmbedded } from "@offtake/store/embedded";

/** A database by its address, or the folder in which a broker keeps one of its own. */
export type Where = { readonly url: string } | { readonly folder: string };

/** Whether there is a database in a folder, running or not. */
export function isDataFolder(folder: string): boolean {
  return existsSync(join(folder, "data", "PG_VERSION"));
}

/** Gives the address of a database: one in a folder is used as it runs, or started for as long as it takes. */
export async function withDatabase<Value>(where: Where, work: (url: string) => Promise<Value>): Promise<Value> {
  if ("url" in where) return work(where.url);
  const living = livingEmbedded(where.folder);
  if (living !== undefined) return work(living);
  const embedded = await startEmbedded(where.folder);
  try {
    return await work(embedded.url);
  } finally {
    await embedded.stop();
  }
}
