import type { BookEvent } from "@offtake/core/book";
import type { Instant, PartyId, RequestId } from "@offtake/core/kernel";
import { encodeRecord, unpackRecord } from "@offtake/wire/codecs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BookName } from "../log/record.ts";
import type { LogStore } from "../log/store.ts";
import { newBook, record } from "../log/suite.fixture.ts";
import { hash } from "../postgres/hash.ts";
import { emptyFeed, grown } from "./chain.ts";
import type { FeedHead, FeedObject, Telling, Told } from "./entry.ts";
import { BadCursor, type CountQuery, type FeedStore, type ObjectQuery, type Projection, type Rows } from "./store.ts";

const LAB = "lab" as PartyId;
const ALFA = "alfa" as PartyId;

/** What a projector would write, with the chain of each party kept at hand. */
class Teller {
  private readonly heads = new Map<PartyId, FeedHead>();
  private readonly book: BookName;
  readonly tellings: Telling[] = [];

  constructor(book: BookName) {
    this.book = book;
  }

  tell(party: PartyId, at: number, ...told: Told[]): this {
    const before = this.heads.get(party) ?? emptyFeed(this.book, party, hash);
    const head = told.reduce((last, { body }) => grown(last, body, hash), before);
    this.heads.set(party, head);
    const packed = `[${told.map(({ body, event }) => event ?? body).join(",")}]`;
    this.tellings.push({ party, record: at, position: before.length, told, packed, hash: head.hash });
    return this;
  }

  projection(to: number, objects: readonly FeedObject[] = []): Projection {
    return { to, disclosedBy: 1, tellings: this.tellings.splice(0), objects };
  }
}

/** An event whose texts are not plain. */
const NAMED: BookEvent = {
  type: "requestWithdrawn",
  at: 1_000 as Instant,
  request: "é漢😀\n" as RequestId,
};

const own = (n: number): Told => ({ body: `{"v":1,"type":"own","n":${n}}` });

function object(id: string, more: Partial<FeedObject> = {}): FeedObject {
  const version = more.version ?? 0;
  const updatedAt = 1_000 as Instant;
  return { party: LAB, kind: "notices", id, status: "open", created: version, version, updatedAt, body: "{}", ...more };
}

export interface OpenedFeeds {
  readonly log: LogStore;
  readonly feeds: FeedStore;
  /** A second node on the same rows, where there can be one. */
  readonly another?: FeedStore;
  readonly close: () => Promise<void>;
}

/** How every store of feeds behaves. */
export function behavesAsFeedStore(name: string, open: () => Promise<OpenedFeeds>): void {
  describe(`${name}: a store of feeds`, () => {
    let opened: OpenedFeeds;
    let feeds: FeedStore;
    beforeAll(async () => {
      opened = await open();
      ({ feeds } = opened);
    }, 120_000);
    afterAll(() => opened.close());

    /** A book whose log has these bodies, and somebody to tell of them. */
    async function told(...bodies: string[]): Promise<{ book: BookName; teller: Teller }> {
      const book = await newBook(opened.log);
      const turn = await opened.log.takeTurn(book, 0);
      await turn.append(bodies.map((body, index) => record(turn, `k${index}`, { body })));
      return { book, teller: new Teller(book) };
    }

    test("knows nothing of a book that was not projected", async () => {
      const book = "never-projected" as BookName;
      expect(await feeds.projectedTo(book)).toBe(0);
      expect(await feeds.readFeed(book, LAB, 0, 10)).toEqual([]);
      expect(await feeds.head(book, LAB)).toEqual(emptyFeed(book, LAB, hash));
      expect(await feeds.parties(book)).toEqual([]);
      expect(await feeds.getObject(book, LAB, "notices", "x")).toBeUndefined();
      expect(await feeds.listObjects(book, LAB, { kind: "notices", limit: 10 })).toEqual({ objects: [] });
      expect(await feeds.newestState(book, 1)).toBeUndefined();
    });

    test("gives each party what it was told, byte for byte, in a chain of its own", async () => {
      const body = encodeRecord([NAMED, NAMED]);
      const { book, teller } = await told(body, encodeRecord([]), encodeRecord([NAMED]));
      const events = unpackRecord(body);
      const quoted: Told = { body: JSON.stringify(events.ok ? events.value[1] : undefined), event: 1 };
      expect(quoted.body).toContain("é漢😀\\n");
      teller.tell(LAB, 0, own(1), quoted).tell(ALFA, 0, own(2));
      expect(await feeds.project(book, 0, teller.projection(1))).toBe(true);
      teller.tell(LAB, 2, own(3));
      expect(await feeds.project(book, 1, teller.projection(3))).toBe(true);
      expect(await feeds.projectedTo(book)).toBe(3);
      const lab = await feeds.readFeed(book, LAB, 0, 10);
      expect(lab.map(({ body }) => body)).toEqual([own(1).body, quoted.body, own(3).body]);
      let head = emptyFeed(book, LAB, hash);
      for (const entry of lab) {
        expect(entry.position).toBe(head.length);
        head = grown(head, entry.body, hash);
        expect(entry.hash).toBe(head.hash);
      }
      expect(await feeds.head(book, LAB)).toEqual(head);
      expect((await feeds.readFeed(book, ALFA, 0, 10)).map(({ body }) => body)).toEqual([own(2).body]);
      expect(await feeds.parties(book)).toEqual([ALFA, LAB]);
    });

    test("reads from any place on, as much as is asked for", async () => {
      const { book, teller } = await told("[]", "[]", "[]");
      for (const at of [0, 1, 2]) teller.tell(LAB, at, own(3 * at), own(3 * at + 1), own(3 * at + 2));
      await feeds.project(book, 0, teller.projection(3));
      const all = await feeds.readFeed(book, LAB, 0, 100);
      expect(all).toHaveLength(9);
      for (let from = 0; from <= 9; from += 1)
        for (const limit of [1, 2, 4, 9])
          expect(await feeds.readFeed(book, LAB, from, limit)).toEqual(all.slice(from, from + limit));
      expect(await feeds.readFeed(book, LAB, 9_000, 5)).toEqual([]);
    });

    test("reads on from the ends that are known, of many feeds at once", async () => {
      const { book, teller } = await told("[]", "[]");
      teller.tell(LAB, 0, own(0), own(1)).tell(ALFA, 0, own(5));
      await feeds.project(book, 0, teller.projection(1));
      const ends = new Map(
        await Promise.all([LAB, ALFA].map(async (one) => [one, await feeds.head(book, one)] as const)),
      );
      const nobody = "nobody" as PartyId;
      ends.set(nobody, emptyFeed(book, nobody, hash));
      expect((await feeds.readOn(book, ends)).size).toBe(0);
      await feeds.project(book, 1, teller.tell(LAB, 1, own(2), own(3)).projection(2));
      expect(await feeds.readOn(book, ends)).toEqual(new Map([[LAB, await feeds.readFeed(book, LAB, 2, 10)]]));
      const begins = new Map([[ALFA, emptyFeed(book, ALFA, hash)]]);
      expect(await feeds.readOn(book, begins)).toEqual(new Map([[ALFA, await feeds.readFeed(book, ALFA, 0, 10)]]));
    });

    test("knows where a feed ended when some of the log had been told", async () => {
      const { book, teller } = await told("[]", "[]", "[]", "[]");
      teller.tell(LAB, 0, own(0), own(1)).tell(LAB, 2, own(2));
      await feeds.project(book, 0, teller.projection(4));
      const lengths = await Promise.all([0, 1, 2, 3, 4].map(async (n) => (await feeds.head(book, LAB, n)).length));
      expect(lengths).toEqual([0, 2, 2, 3, 3]);
      expect(await feeds.lengths(book)).toEqual(new Map([[LAB, 3]]));
      expect((await feeds.head(book, LAB, 2)).hash).toBe((await feeds.readFeed(book, LAB, 1, 1))[0]?.hash);
    });

    test("writes all of a step or nothing, and one step from each place", async () => {
      const { book, teller } = await told("[]", "[]");
      const first = teller.tell(LAB, 0, own(1)).projection(1, [object("a")]);
      expect(await feeds.project(book, 0, first)).toBe(true);
      const late = new Teller(book).tell(LAB, 0, own(9)).projection(1, [object("a", { status: "closed" })]);
      expect(await feeds.project(book, 0, late)).toBe(false);
      expect(await feeds.project(book, 5, late)).toBe(false);
      expect((await feeds.readFeed(book, LAB, 0, 9)).map(({ body }) => body)).toEqual([own(1).body]);
      expect((await feeds.getObject(book, LAB, "notices", "a"))?.status).toBe("open");
      const broken = teller.tell(ALFA, 1, own(1)).projection(2, [object("b", { party: ALFA })]);
      await expect(
        feeds.project(book, 1, { ...broken, tellings: [...broken.tellings, ...first.tellings] }),
      ).rejects.toThrow(/goes on at|duplicate key/);
      expect(await feeds.projectedTo(book)).toBe(1);
      expect(await feeds.parties(book)).toEqual([LAB]);
      expect(await feeds.getObject(book, ALFA, "notices", "b")).toBeUndefined();
    });

    test("lets one of several nodes write each step", async () => {
      const { another = feeds } = opened;
      const { book } = await told(...Array.from({ length: 12 }, () => "[]"));
      const nodes = [feeds, another, feeds, another].map((store) => ({ store, teller: new Teller(book), won: 0 }));
      for (let at = 0; at < 12; at += 1) {
        const results = await Promise.all(
          nodes.map(({ store, teller }) => store.project(book, at, teller.tell(LAB, at, own(at)).projection(at + 1))),
        );
        expect(results.filter(Boolean)).toHaveLength(1);
      }
      expect((await feeds.readFeed(book, LAB, 0, 50)).map(({ body }) => body)).toEqual(
        Array.from({ length: 12 }, (_, n) => own(n).body),
      );
    });

    test("says that feeds have grown, also to another node", async () => {
      const { another = feeds } = opened;
      const { book, teller } = await told("[]");
      const heard: [string, number][] = [];
      const stop = await another.onFeedGrowth((name_, to) => heard.push([name_, to]));
      await feeds.project(book, 0, teller.tell(LAB, 0, own(1)).projection(1));
      await expect.poll(() => heard.filter(([name_]) => name_ === book)).toEqual([[book, 1]]);
      await stop();
    });

    describe("objects", () => {
      let book: BookName;
      const all = Array.from({ length: 40 }, (_, n) =>
        object(`n${String((n * 7) % 40).padStart(2, "0")}`, {
          version: n,
          created: 100 - Math.floor(n / 3),
          status: n % 8 === 0 || n % 8 === 3 ? "open" : "closed",
          ...(n % 2 === 0 ? { deadline: (50_000 - 1_000 * Math.floor(n / 4)) as Instant } : {}),
          ...(n % 5 === 0 ? { parent: "r1" } : {}),
          ...(n % 3 === 0 ? { agreement: "g1" } : {}),
          body: `{"n":${n}}`,
        }),
      );
      beforeAll(async () => {
        const made = await told("[]");
        ({ book } = made);
        const others = [
          object("n00", { kind: "bids" }),
          object("n00", { party: ALFA, body: '{"alfa":true}' }),
          object("x", { party: ALFA }),
        ];
        await feeds.project(book, 0, made.teller.projection(1, [...all, ...others]));
      });

      const list = async (query: Partial<ObjectQuery>): Promise<string[]> => {
        const found: string[] = [];
        let after: string | undefined;
        do {
          const asked = { kind: "notices", limit: 7, ...query, ...(after === undefined ? {} : { after }) };
          const page = await feeds.listObjects(book, LAB, asked);
          expect(page.objects.length).toBeLessThanOrEqual(asked.limit);
          found.push(...page.objects.map(({ id }) => id));
          after = page.next;
        } while (after !== undefined);
        return found;
      };
      const ids = (objects: readonly FeedObject[]): string[] => objects.map(({ id }) => id);
      const by = (key: (one: FeedObject) => number, sign: number) => (a: FeedObject, b: FeedObject) =>
        sign * (key(a) - key(b) || (a.id < b.id ? -1 : 1));

      test("are found by kind and id, each party its own", async () => {
        expect(await feeds.getObject(book, LAB, "notices", "n07")).toEqual(all[1]);
        expect((await feeds.getObject(book, ALFA, "notices", "n00"))?.body).toBe('{"alfa":true}');
        expect(await feeds.getObject(book, ALFA, "notices", "n07")).toBeUndefined();
        expect(await feeds.getObject(book, LAB, "bids", "n07")).toBeUndefined();
      });

      test("are found several at once, each once, and only a party's own", async () => {
        const found = await feeds.getObjects(book, LAB, "notices", ["n07", "n00", "n07", "nothing"]);
        expect(ids(found).sort()).toEqual(["n00", "n07"]);
        expect(found.find(({ id }) => id === "n07")).toEqual(all[1]);
        expect(ids(await feeds.getObjects(book, ALFA, "notices", ["n00", "n07"]))).toEqual(["n00"]);
        expect(await feeds.getObjects(book, LAB, "bids", ["n07"])).toEqual([]);
        expect(await feeds.getObjects(book, LAB, "notices", [])).toEqual([]);
      });

      test("are found together with where the feed ended, whether or not there is the one or the other", async () => {
        const nobody = "nobody" as PartyId;
        for (const party of [LAB, ALFA, nobody]) {
          for (const id of ["n07", "n00", "nothing"]) {
            for (const records of [0, 1, 1_000]) {
              expect(await feeds.headAndObject(book, party, records, "notices", id)).toEqual({
                head: await feeds.head(book, party, records),
                object: await feeds.getObject(book, party, "notices", id),
              });
            }
          }
        }
      });

      test("are listed page by page in every order, nothing twice and nothing left out", async () => {
        expect(await list({})).toEqual(ids(all.toReversed()));
        expect(await list({ descending: false, limit: 1_000 })).toEqual(ids(all));
        expect(await list({ order: "id" })).toEqual(ids(all).sort());
        expect(await list({ order: "id", descending: true })).toEqual(ids(all).sort().reverse());
        expect(await list({ order: "created" })).toEqual(ids(all.toSorted(by((one) => one.created, -1))));
        const due = all.filter(({ deadline }) => deadline !== undefined);
        expect(await list({ order: "deadline" })).toEqual(ids(due.toSorted(by((one) => one.deadline ?? 0, 1))));
      });

      test("are listed by what needs doing next: what falls due, what waits without a date, the rest", async () => {
        const due = all.filter(({ deadline }) => deadline !== undefined).toSorted(by((one) => one.deadline ?? 0, 1));
        const rest = all.filter(({ deadline }) => deadline === undefined).toSorted(by((one) => one.version, -1));
        const expected = (keep: (one: FeedObject) => boolean, waits: (one: FeedObject) => boolean): string[] =>
          ids([...due, ...rest.filter(waits), ...rest.filter((one) => !waits(one))].filter(keep));
        const isOpen = ({ status }: FeedObject): boolean => status === "open";
        const isClosed = ({ status }: FeedObject): boolean => status === "closed";
        for (const limit of [1, 7, 20, 40, 1_000]) {
          const next = (query: Partial<ObjectQuery>) => list({ order: "next", waiting: ["closed"], limit, ...query });
          expect(await next({})).toEqual(expected(() => true, isClosed));
          expect(await next({ waiting: ["open"] })).toEqual(expected(() => true, isOpen));
          expect(await next({ waiting: [] })).toEqual(
            expected(
              () => true,
              () => false,
            ),
          );
          expect(await next({ status: ["closed"] })).toEqual(expected(isClosed, isClosed));
          expect(await next({ status: ["closed", "open"], parent: "r1" })).toEqual(
            expected(({ parent }) => parent === "r1", isClosed),
          );
          expect(await next({ agreement: "g1" })).toEqual(expected(({ agreement }) => agreement === "g1", isClosed));
          expect(await next({ status: [] })).toEqual([]);
        }
      });

      test("are filtered by status, what they belong to, and when they fall due", async () => {
        const expected = (keep: (one: FeedObject) => boolean): string[] => ids(all.filter(keep).toReversed());
        expect(await list({ status: ["open"] })).toEqual(expected((one) => one.status === "open"));
        expect(await list({ status: ["open", "closed", "none"] })).toEqual(expected(() => true));
        expect(await list({ status: [] })).toEqual([]);
        expect(await list({ parent: "r1" })).toEqual(expected((one) => one.parent === "r1"));
        expect(await list({ parent: "r1", agreement: "g1", status: ["closed"] })).toEqual(
          expected((one) => one.parent === "r1" && one.agreement === "g1" && one.status === "closed"),
        );
        const [dueFrom, dueBefore] = [44_000 as Instant, 48_000 as Instant];
        expect(await list({ dueFrom, dueBefore })).toEqual(
          expected(({ deadline }) => deadline !== undefined && deadline >= dueFrom && deadline < dueBefore),
        );
        expect(await list({ kind: "nothing" })).toEqual([]);
      });

      test("are not found by a text that is no cursor of the list", async () => {
        const page = await feeds.listObjects(book, LAB, { kind: "notices", limit: 2 });
        for (const after of [
          "",
          "u",
          "u1x.y",
          "u199999999999999999.y",
          `${page.next}`.replace("u", "d"),
          `${page.next}`.replace("u1", "u10"),
        ])
          await expect(feeds.listObjects(book, LAB, { kind: "notices", limit: 2, after })).rejects.toThrow(BadCursor);
        await expect(
          feeds.listObjects(book, LAB, { kind: "notices", limit: 2, after: page.next ?? "", descending: false }),
        ).rejects.toThrow(BadCursor);
        for (const after of ["", "n", "n0", "n3d01.y", "n1d01.y", "n0u11.y", page.next ?? ""])
          await expect(
            feeds.listObjects(book, LAB, { kind: "notices", limit: 2, order: "next", waiting: ["open"], after }),
          ).rejects.toThrow(BadCursor);
      });

      test("are counted by status, each party's own, of all or of what belongs to one thing", async () => {
        const counts = async (query: Partial<CountQuery>, party = LAB) =>
          Object.fromEntries(await feeds.countObjects(book, party, { kind: "notices", ...query }));
        expect(await counts({})).toEqual({ open: 10, closed: 30 });
        expect(await counts({ parent: "r1" })).toEqual({ open: 2, closed: 6 });
        expect(await counts({ parent: "r1", agreement: "g1" })).toEqual({ open: 1, closed: 2 });
        expect(await counts({ kind: "nothing" })).toEqual({});
        expect(Object.values(await counts({}, ALFA)).reduce((sum, one) => sum + one, 0)).toBe(2);
      });

      test("are read by their keys, those that there are", async () => {
        const keys = [
          { party: LAB, kind: "notices", id: "n07" },
          { party: LAB, kind: "notices", id: "none" },
          { party: ALFA, kind: "notices", id: "x" },
        ];
        const found = await feeds.objectsAt(book, keys);
        expect(ids(found).sort()).toEqual(["n07", "x"]);
        expect(await feeds.objectsAt(book, [])).toEqual([]);
      });

      test("change in place, and keep the place that made them", async () => {
        const made = await told("[]", "[]");
        await feeds.project(made.book, 0, made.teller.projection(1, [object("a", { version: 3 })]));
        const changed = object("a", { version: 8, created: 3, status: "closed", deadline: 5 as Instant });
        await feeds.project(made.book, 1, made.teller.projection(2, [changed]));
        expect(await feeds.getObject(made.book, LAB, "notices", "a")).toEqual(changed);
      });

      test("are folded again together, unless more was told meanwhile", async () => {
        const made = await told("[]", "[]");
        const { teller } = made;
        await feeds.project(made.book, 0, teller.tell(LAB, 0, own(1)).projection(1, [object("a"), object("b")]));
        const fold = async (rows: Rows): Promise<void> => {
          const key = { party: LAB, kind: "notices", id: "b" };
          expect(await rows.read([key])).toEqual([]);
          await rows.write([object("b", { status: "once" })]);
          expect((await rows.read([key, { ...key, id: "a" }])).map(({ status }) => status)).toEqual(["once"]);
          await rows.write([object("b", { status: "again" }), object("c")]);
        };
        expect(await feeds.refold(made.book, LAB, 0, fold)).toBe(false);
        expect(await feeds.getObject(made.book, LAB, "notices", "a")).toBeDefined();
        await expect(feeds.refold(made.book, LAB, 1, () => Promise.reject(new Error("half way")))).rejects.toThrow(
          "half",
        );
        expect(await feeds.getObject(made.book, LAB, "notices", "a")).toBeDefined();
        expect(await feeds.refold(made.book, LAB, 1, fold)).toBe(true);
        const left = await feeds.listObjects(made.book, LAB, { kind: "notices", order: "id", limit: 10 });
        expect(left.objects.map(({ id, status }) => [id, status])).toEqual([
          ["b", "again"],
          ["c", "open"],
        ]);
      });
    });

    test("draws the secret of a book once, for all nodes", async () => {
      const { another = feeds } = opened;
      const [one, two] = [(await told()).book, (await told()).book];
      const drawn = await Promise.all([feeds.secret(one), another.secret(one), feeds.secret(one), feeds.secret(two)]);
      expect(new Set(drawn).size).toBe(2);
      expect(new Set(drawn.slice(0, 3)).size).toBe(1);
      for (const secret of drawn) expect(secret).toMatch(/^[0-9a-f]{64}$/);
    });

    test("keeps the newest state of each version", async () => {
      const { book } = await told();
      await feeds.saveState(book, { length: 5, version: 1, body: "five" });
      await feeds.saveState(book, { length: 3, version: 1, body: "three" });
      expect(await feeds.newestState(book, 1)).toEqual({ length: 5, version: 1, body: "five" });
      expect(await feeds.newestState(book, 2)).toBeUndefined();
    });
  });
}
