import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { type BackupContent, checkBackup, type Counting, restoreBackup, writeBackup } from "@offtake/store/backup";
import { startEmbedded } from "@offtake/store/embedded";
import { type Database, PostgresFeedStore, PostgresStore } from "@offtake/store/postgres";
import { rebuildObjects } from "../feeds/index.ts";
import { type VerifiedBook, verifyBook } from "./verify-book.ts";
import { type Where, withDatabase } from "./where.ts";

export interface MadeBackup extends BackupContent {
  readonly bytes: number;
}

/**
 * Writes all that a broker keeps to a file, readable by its owner alone, as of one instant. Brokers may go on meanwhile. The file is there
 * once it is whole, and not before.
 *
 * @throws EmbeddedProblem, or what the driver or the file system says
 */
export async function backUp(from: Where, file: string, counted?: Counting): Promise<MadeBackup> {
  const partial = join(dirname(file), `.${basename(file)}.${process.pid}.partial`);
  try {
    const content = await withDatabase(from, (url) =>
      writeBackup(url, createWriteStream(partial, { mode: 0o600, flags: "wx" }), counted),
    );
    const handle = await open(partial, "r+");
    const { size: bytes } = await handle.stat();
    await handle.sync();
    await handle.close();
    await rename(partial, file);
    return { ...content, bytes };
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** What is told while a backup is restored. */
export interface RestoreProgress {
  readonly checking?: Counting;
  readonly restoring?: Counting;
  /** With how many records and entries have been followed since it was last called. */
  readonly followed?: (steps: number) => void;
}

export interface Restored {
  readonly content: BackupContent;
  readonly books: readonly VerifiedBook[];
}

/**
 * Restores a backup into an empty database and follows all of it: the links of logs and feeds, the states that logs fold into. What each party
 * sees is folded anew of what it was told. All of it is there afterwards, or nothing.
 *
 * @throws BackupProblem, EmbeddedProblem, or what the driver says
 */
export async function restore(
  file: string,
  to: Where,
  { checking, restoring, followed }: RestoreProgress = {},
): Promise<Restored> {
  const checked = await checkBackup(file, checking);
  return withDatabase(to, async (url) => {
    let books: readonly VerifiedBook[] = [];
    const content = await restoreBackup({
      file,
      checked,
      url,
      ...(restoring === undefined ? {} : { restoring }),
      verify: async (database, { books: saved }) => {
        books = await verifyAll(database, saved, followed);
      },
    });
    return { content, books };
  });
}

/** Restores a backup into a database that is thrown away afterwards: whether it could be restored, and what would be there. */
export async function tryBackup(file: string, progress: RestoreProgress = {}): Promise<Restored> {
  const folder = mkdtempSync(join(tmpdir(), "offtake-restore-"));
  try {
    const embedded = await startEmbedded(folder);
    try {
      return await restore(file, { url: embedded.url }, progress);
    } finally {
      await embedded.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function verifyAll(
  database: Database,
  saved: BackupContent["books"],
  followed: RestoreProgress["followed"],
): Promise<readonly VerifiedBook[]> {
  const [log, feeds] = [new PostgresStore(database), new PostgresFeedStore(database)];
  const verified: VerifiedBook[] = [];
  // What appends changed in short was made by whoever decided, and is not looked through here: the records are what counts.
  await database.pool.query("delete from log_changes");
  for (const { book, ...head } of saved) {
    const found = await verifyBook(book, { log, feeds, ...(followed === undefined ? {} : { followed }) }, head);
    for (const { party } of found.feeds) await rebuildObjects(feeds, book, party);
    verified.push(found);
  }
  return verified;
}
