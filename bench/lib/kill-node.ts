import { randomUUID } from "node:crypto";
import type { CommandBody } from "@offtake/core/book";
import { Books } from "@offtake/server/books";
import { Feeds } from "@offtake/server/feeds";
import { startTimers } from "@offtake/server/timers";
import type { BookName } from "@offtake/store/log";
import { Database, PostgresFeedStore, PostgresStore } from "@offtake/store/postgres";
import { sha256 as hash } from "./on-database.ts";
import { LAB } from "./resolve-world.ts";

/** A node in a process of its own, as a broker has it but for HTTP: books, timers, feeds. Answers what it is asked over the channel. */
export interface Asked {
  readonly id: number;
  readonly body: CommandBody;
  readonly key: string;
}

export type Answered =
  | { readonly id: number; readonly outcome: "accepted"; readonly position: number; readonly repeated: boolean }
  | { readonly id: number; readonly outcome: "rejected" | "unavailable"; readonly detail: string };

const [url = "", book = ""] = process.argv.slice(2);

process.once("disconnect", () => process.exit(0));
process.on("message", (message) => void answer(message as Asked));

const database = await opened();
const store = new PostgresStore(database);
const warned = (problem: unknown): void => console.error("warned", problem);
// Snapshots are taken often, so that nodes are killed while they take them.
const books = await Books.open({ store, hash, nonce: randomUUID, pollMs: 500, unsavedMax: 100, warned });
const node = await books.get(book as BookName);
await Feeds.start({ log: store, feeds: new PostgresFeedStore(database), hash });
await startTimers(books);
process.send?.("ready");

/** The database may just be starting again: a node that cannot reach it is started again as well. */
async function opened(): Promise<Database> {
  for (;;) {
    try {
      return await Database.open({ url });
    } catch (error) {
      if (!process.connected) throw error;
      await new Promise((go) => setTimeout(go, 50));
    }
  }
}

async function answer({ id, body, key }: Asked): Promise<void> {
  let answered: Answered;
  try {
    if (node === undefined) throw new Error("Broken belief: the book is there");
    const got = await node.submit({ body, actor: LAB, key });
    answered =
      got.outcome === "accepted"
        ? { id, outcome: "accepted", position: got.position, repeated: got.repeated }
        : { id, outcome: "rejected", detail: `${got.rejection.code} ${got.rejection.detail}` };
  } catch (error) {
    answered = { id, outcome: "unavailable", detail: String(error) };
  }
  if (process.connected) process.send?.(answered);
}
