import { createHash } from "node:crypto";
import { BookState, dump, fold, STATE_FORM } from "@offtake/core/book";
import type { PartyId } from "@offtake/core/kernel";
import { BackupProblem } from "@offtake/store/backup";
import type { FeedStore } from "@offtake/store/feeds";
import {
  type BookName,
  brokenLink,
  emptyHead,
  type Head,
  type LogRecord,
  type LogStore,
  type Snapshot,
} from "@offtake/store/log";
import { recordedFrom } from "../books/index.ts";

/** What a book was found to hold when all of it was followed from its beginning. */
export interface VerifiedBook {
  readonly book: BookName;
  readonly log: Head;
  /** SHA-256 of the state that the log folds into. */
  readonly state: string;
  readonly feeds: readonly VerifiedFeed[];
}

export interface VerifiedFeed extends Head {
  readonly party: PartyId;
}

interface Sources {
  readonly log: Pick<LogStore, "read" | "snapshotsOf">;
  readonly feeds: Pick<FeedStore, "readFeed" | "head" | "parties">;
  /** Called now and then with how many records and entries have been followed. */
  readonly followed?: (steps: number) => void;
}

const PAGE = 500;

const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

/**
 * Follows a book from its beginning: each link of the log and of every feed, the state that the log folds into, and the states that were kept
 * of it.
 *
 * @param wanted where its log must end; anywhere when absent
 * @throws BackupProblem `backup_unsound`, with what does not hold
 */
export async function verifyBook(book: BookName, sources: Sources, wanted?: Head): Promise<VerifiedBook> {
  const { log, state } = await followLog(book, sources);
  if (wanted !== undefined && (log.length !== wanted.length || log.hash !== wanted.hash))
    throw unsound(book, `its log ends at ${log.length} and not at ${wanted.length} with the hash it had`);
  const feeds: VerifiedFeed[] = [];
  for (const party of await sources.feeds.parties(book)) feeds.push(await followFeed(book, party, sources));
  return { book, log, state, feeds };
}

async function followLog(book: BookName, { log, followed }: Sources): Promise<{ log: Head; state: string }> {
  const kept = new Map<number, Snapshot>();
  for await (const snapshot of log.snapshotsOf(book)) {
    if (snapshot.form === STATE_FORM) kept.set(snapshot.head.length, snapshot);
  }
  const state = new BookState();
  let head = emptyHead(book, sha256);
  for (;;) {
    const records = await log.read(book, head.length, PAGE);
    const broken = brokenLink(head, records, sha256);
    if (broken !== undefined) throw unsound(book, `record ${broken.position} does not follow (${broken.why})`);
    for (const record of records) {
      foldInto(state, book, record);
      head = { length: record.position + 1, hash: record.hash };
      const snapshot = kept.get(head.length);
      if (snapshot !== undefined && snapshot.canonical !== dump(state).canonical)
        throw unsound(book, `the state that was kept at ${head.length} is not what the log folds into`);
    }
    followed?.(records.length);
    if (records.length < PAGE) return { log: head, state: sha256(state.canonical()) };
  }
}

function foldInto(state: BookState, book: BookName, record: LogRecord): void {
  try {
    fold(state, recordedFrom(record));
  } catch (error) {
    throw unsound(book, `record ${record.position} does not fit to what is before it`, error);
  }
}

async function followFeed(book: BookName, party: PartyId, { feeds, followed }: Sources): Promise<VerifiedFeed> {
  for (let at = 0; ; ) {
    // The store makes every link anew of what it reads, and stops where one does not hold.
    const entries = await feeds.readFeed(book, party, at, PAGE).catch((error: unknown) => {
      throw unsound(book, `the feed of ${party} does not follow from entry ${at} on`, error);
    });
    at += entries.length;
    followed?.(entries.length);
    if (entries.length < PAGE) {
      const head = await feeds.head(book, party);
      if (head.length !== at) throw unsound(book, `the feed of ${party} ends at ${at} and not at ${head.length}`);
      return { party, ...head };
    }
  }
}

function unsound(book: BookName, what: string, cause?: unknown): BackupProblem {
  return new BackupProblem("backup_unsound", `Book ${book}: ${what}.`, cause);
}
