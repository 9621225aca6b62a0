import { PostgresFeedStore, PostgresStore } from "@offtake/store/postgres";
import { rebuildObjects } from "../feeds/index.ts";
import { openDatabase } from "./broker.ts";
import type { DataSource } from "./options.ts";

export interface Rebuilt {
  readonly book: string;
  readonly party: string;
  /** How many entries its feed has. */
  readonly entries: number;
}

/**
 * Folds what every party's view holds again, from what each was told and nothing else. What was told stays as it is. A broker that serves
 * the same database may go on: a book is told nothing while one of its parties is folded.
 *
 * @param told called after each party
 * @returns the names of all books that there are
 * @throws EmbeddedProblem, UnsafeDatabase, SchemaProblem, BrokerProblem
 */
export async function rebuildFeeds(
  data: DataSource,
  wanted: string | undefined,
  told: (one: Rebuilt) => void,
): Promise<readonly string[]> {
  const started: (() => Promise<void>)[] = [];
  try {
    const { database } = await openDatabase(data, started);
    const feeds = new PostgresFeedStore(database);
    const books = await new PostgresStore(database).books();
    for (const book of books.filter((name) => wanted === undefined || name === wanted)) {
      for (const party of await feeds.parties(book))
        told({ book, party, entries: await rebuildObjects(feeds, book, party) });
    }
    return books;
  } finally {
    for (const close of started.reverse()) await close();
  }
}
