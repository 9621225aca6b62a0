import type { Instant } from "@offtake/core/kernel";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { brokenLink, emptyHead } from "./chain.ts";
import { hash } from "../postgres/hash.ts";
import type { Snapshot } from "./snapshot.ts";
import type { BookName, LogRecord, NewRecord } from "./record.ts";
import type { BookTurn, LogStore } from "./store.ts";
import { UnknownBook } from "./store.ts";

let made = 0;

/** A book that no other test has. */
export async function newBook(store: LogStore): Promise<BookName> {
  made += 1;
  const book = `book-${process.pid}-${made}` as BookName;
  expect(await store.createBook(book)).toBe(true);
  return book;
}

export function record(turn: BookTurn, key: string, more: Partial<NewRecord> = {}): NewRecord {
  return {
    key,
    fingerprint: `f ${key}`,
    actor: "lab",
    type: "passTime",
    at: turn.tail.stamp,
    took: true,
    body: `[{"of":"${key}"}]`,
    ...more,
  };
}

async function appendOne(store: LogStore, book: BookName, key: string): Promise<void> {
  const turn = await store.takeTurn(book, 0);
  expect((await turn.append([record(turn, key)])).outcome).toBe("appended");
}

const keysOf = (records: readonly LogRecord[]): string[] => records.map(({ key }) => key);

/** How every store of logs behaves. `open` gives one of its own; `another` a second one on the same logs, where there can be one. */
export function behavesAsLogStore(
  name: string,
  open: () => Promise<{ readonly store: LogStore; another?: () => Promise<LogStore> }>,
): void {
  describe(`${name}: a store of logs`, () => {
    let store: LogStore;
    let another: (() => Promise<LogStore>) | undefined;
    beforeAll(async () => {
      ({ store, another } = await open());
    }, 120_000);
    afterAll(() => store.close());

    test("makes a book once, and knows those that there are", async () => {
      const book = await newBook(store);
      expect(await store.createBook(book)).toBe(false);
      expect(await store.books()).toContain(book);
      const names = await store.books();
      expect(names).toEqual([...names].sort());
    });

    test("says that there is no such book", async () => {
      const book = "nobody-made-it" as BookName;
      await expect(store.takeTurn(book, 0)).rejects.toThrow(UnknownBook);
      await expect(store.takeTurn(book, 0, { queued: true })).rejects.toThrow(UnknownBook);
      await expect(store.read(book, 0, 10)).rejects.toThrow(UnknownBook);
      await expect(store.findKey(book, "k")).rejects.toThrow(UnknownBook);
    });

    test("begins empty, with a head of its own", async () => {
      const [one, two] = [await newBook(store), await newBook(store)];
      const turn = await store.takeTurn(one, 0);
      expect(turn.tail.records).toEqual([]);
      expect(turn.tail.head).toEqual(emptyHead(one, hash));
      expect((await store.takeTurn(two, 0)).tail.head.hash).not.toBe(turn.tail.head.hash);
    });

    test("gives back what was appended, in order, byte for byte", async () => {
      const book = await newBook(store);
      const turn = await store.takeTurn(book, 0);
      const odd = record(turn, 'k "\\ \n é 漢 😀', {
        receivedAt: (turn.tail.stamp - 3) as Instant,
        took: false,
        body: "",
      });
      const given = [record(turn, "a"), odd, record(turn, "c", { body: `["${"x".repeat(100_000)}"]` })];
      const appended = await turn.append(given);
      const read = await store.read(book, 0, 10);
      expect(read.map(({ position, hash: _, ...rest }) => rest)).toEqual(given);
      expect(read.map(({ position }) => position)).toEqual([0, 1, 2]);
      expect(appended).toEqual({ outcome: "appended", head: { length: 3, hash: read[2]?.hash } });
      expect((await store.takeTurn(book, 1)).tail.records).toEqual(read.slice(1));
      expect(await store.read(book, 1, 1)).toEqual(read.slice(1, 2));
    });

    test("leads to the head by what appends changed, where all of it is there", async () => {
      const book = await newBook(store);
      const form = 3;
      const appendWith = async (keys: readonly string[], text?: string, of = form): Promise<void> => {
        const turn = await store.takeTurn(book, 0);
        const changes = text === undefined ? undefined : { form: of, text };
        expect(
          await turn.append(
            keys.map((key) => record(turn, key)),
            changes,
          ),
        ).toMatchObject({ outcome: "appended" });
      };
      const textsFrom = async (from: number, of = form): Promise<readonly string[]> => {
        const { tail } = await store.takeTurn(book, from, { form: of });
        const told = tail.changes ?? [];
        expect(tail.records.length).toBe(told.length > 0 ? 0 : tail.head.length - from);
        expect(told.length === 0 || told.at(-1)?.head.hash === tail.head.hash).toBe(true);
        expect(await store.readChanges(book, from, of, 10)).toEqual(told);
        return told.map(({ text }) => text);
      };
      await appendWith(["a", "b"], "one");
      await appendWith(["c"], '{"two":"é 漢"}');
      await appendWith([], "nothing was appended");
      expect(await textsFrom(0)).toEqual(["one", '{"two":"é 漢"}']);
      expect(await textsFrom(2)).toEqual(['{"two":"é 漢"}']);
      expect(await textsFrom(3)).toEqual([]);
      // In the middle of an append, and of another form.
      expect(await textsFrom(1)).toEqual([]);
      expect(await textsFrom(0, 4)).toEqual([]);
      expect((await store.takeTurn(book, 0)).tail.changes).toBeUndefined();
      await appendWith(["d"]);
      await appendWith(["e"], "five");
      expect((await store.takeTurn(book, 0, { form })).tail.records).toHaveLength(5);
      expect((await store.readChanges(book, 0, form, 10)).map(({ text }) => text)).toEqual(["one", '{"two":"é 漢"}']);
      expect(await store.readChanges(book, 0, form, 1)).toHaveLength(1);
      const held = await store.takeTurn(book, 4, { form, queued: true });
      expect(held.tail.changes).toMatchObject([{ from: 4, text: "five", head: { length: 5 } }]);
      await held.release();
      await store.dropChanges(book);
      expect(await textsFrom(4)).toEqual([]);
    });

    test("chains every record to the one before", async () => {
      const book = await newBook(store);
      for (const key of ["a", "b", "c"]) await appendOne(store, book, key);
      const records = await store.read(book, 0, 10);
      const head = emptyHead(book, hash);
      expect(brokenLink(head, records, hash)).toBeUndefined();
      const fields: readonly Partial<LogRecord>[] = [
        { key: "x" },
        { fingerprint: "x" },
        { actor: "x" },
        { type: "x" },
        { body: "[]" },
        { took: false },
        { at: 1 as Instant },
        { receivedAt: 1 as Instant },
      ];
      for (const changed of fields) {
        const tampered = records.map((one, index) => (index === 1 ? { ...one, ...changed } : one));
        expect(brokenLink(head, tampered, hash)).toEqual({ position: 1, why: "hash" });
      }
      expect(brokenLink(head, [records[0], records[2]] as LogRecord[], hash)).toEqual({ position: 1, why: "gap" });
      expect(brokenLink(emptyHead("other" as BookName, hash), records, hash)).toEqual({ position: 0, why: "hash" });
    });

    test("lets one of two turns append, and the other begin anew", async () => {
      const book = await newBook(store);
      const [one, two] = [await store.takeTurn(book, 0), await store.takeTurn(book, 0)];
      expect((await one.append([record(one, "one")])).outcome).toBe("appended");
      expect(await two.append([record(two, "two")])).toEqual({ outcome: "conflict" });
      expect(await two.append([])).toEqual({ outcome: "conflict" });
      expect(keysOf(await store.read(book, 0, 10))).toEqual(["one"]);
    });

    test("checks an empty decision against the head", async () => {
      const book = await newBook(store);
      const turn = await store.takeTurn(book, 0);
      expect((await turn.append([])).outcome).toBe("appended");
      const stale = await store.takeTurn(book, 0);
      await appendOne(store, book, "meanwhile");
      expect(await stale.append([])).toEqual({ outcome: "conflict" });
    });

    test("gives out every place once, whoever races", async () => {
      const book = await newBook(store);
      const clients = Array.from({ length: 8 }, (_, client) => client);
      const acknowledged: string[] = [];
      await Promise.all(
        clients.map(async (client) => {
          for (let done = 0; done < 5; ) {
            const turn = await store.takeTurn(book, 0, { queued: client % 2 === 0 });
            const key = `${client} ${done}`;
            const { outcome } = await turn.append([record(turn, key), record(turn, `${key} more`)]);
            if (outcome !== "appended") continue;
            acknowledged.push(key);
            done += 1;
          }
        }),
      );
      const records = await store.read(book, 0, 1_000);
      expect(records).toHaveLength(80);
      expect(brokenLink(emptyHead(book, hash), records, hash)).toBeUndefined();
      expect(new Set(keysOf(records)).size).toBe(80);
      expect(acknowledged.every((key) => keysOf(records).includes(key))).toBe(true);
    });

    test("lets those in the queue of a book in one by one; none of them meets a conflict", async () => {
      const book = await newBook(store);
      let inside = 0;
      const outcomes = await Promise.all(
        Array.from({ length: 12 }, async (_, client) => {
          const turn = await store.takeTurn(book, 0, { queued: true });
          inside += 1;
          expect(inside).toBe(1);
          await new Promise((go) => setTimeout(go, 2));
          inside -= 1;
          return (await turn.append([record(turn, `${client}`)])).outcome;
        }),
      );
      expect(new Set(outcomes)).toEqual(new Set(["appended"]));
      const free = await store.takeTurn(book, 0, { queued: true });
      await free.release();
      await (await store.takeTurn(book, 0, { queued: true })).release();
    });

    test("keeps the queues of two books apart", async () => {
      const [one, two] = [await newBook(store), await newBook(store)];
      const held = await store.takeTurn(one, 0, { queued: true });
      const other = await store.takeTurn(two, 0, { queued: true });
      expect((await other.append([record(other, "meanwhile")])).outcome).toBe("appended");
      await held.release();
    });

    test("never stamps before the last record", async () => {
      const book = await newBook(store);
      const turn = await store.takeTurn(book, 0);
      const ahead = (turn.tail.stamp + 60_000) as Instant;
      await turn.append([record(turn, "a", { at: ahead })]);
      const next = await store.takeTurn(book, 0);
      expect(next.tail.stamp).toBe(ahead);
      expect((await next.append([record(next, "b")])).outcome).toBe("appended");
    });

    test("finds the newest record of a key", async () => {
      const book = await newBook(store);
      for (const key of ["a", "b", "a"]) await appendOne(store, book, key);
      expect((await store.findKey(book, "a"))?.position).toBe(2);
      expect((await store.findKey(book, "b"))?.position).toBe(1);
      expect(await store.findKey(book, "c")).toBeUndefined();
    });

    test("tells whoever listens that a book has grown, and stops telling", async () => {
      const book = await newBook(store);
      const heard: BookName[] = [];
      const stop = await store.onGrowth((grown) => heard.push(grown));
      const empty = await store.takeTurn(book, 0);
      await empty.append([]);
      await appendOne(store, book, "a");
      await expect.poll(() => heard.filter((grown) => grown === book)).toEqual([book]);
      await stop();
      await appendOne(store, book, "b");
      await new Promise((go) => setTimeout(go, 50));
      expect(heard.filter((grown) => grown === book)).toEqual([book]);
    });

    test("keeps the newest snapshots of a book", async () => {
      const book = await newBook(store);
      const at = (length: number, canonical = `state ${length}`): Snapshot => ({
        head: { length, hash: "ab".repeat(32) },
        form: 1,
        canonical,
        beside: "[]",
        hash: "h",
      });
      for (const length of [10, 30, 20]) await store.putSnapshot(book, at(length));
      await store.putSnapshot(book, at(30, "made anew"));
      const kept: Snapshot[] = [];
      for await (const snapshot of store.snapshotsOf(book)) kept.push(snapshot);
      expect(kept).toEqual([at(30, "made anew"), at(20)]);
    });

    test("shares its logs with a second node", async (context) => {
      if (another === undefined) return context.skip();
      const second = await another();
      const book = await newBook(store);
      const heard: BookName[] = [];
      await second.onGrowth((grown) => heard.push(grown));
      await appendOne(store, book, "first");
      await expect.poll(() => heard).toContain(book);
      const [mine, theirs] = [await store.takeTurn(book, 0), await second.takeTurn(book, 0)];
      expect(theirs.tail.records).toEqual(mine.tail.records);
      expect((await theirs.append([record(theirs, "theirs")])).outcome).toBe("appended");
      expect(await mine.append([record(mine, "mine")])).toEqual({ outcome: "conflict" });
      await second.close();
    });
  });
}
