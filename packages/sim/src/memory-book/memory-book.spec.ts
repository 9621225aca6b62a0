import { evolve } from "@offtake/core/book";
import { addMs, type Instant, type PartyId, type RequestId } from "@offtake/core/kernel";
import { describe, expect, test } from "vitest";
import { openMarket } from "../market/world.ts";
import { Play } from "../market/play.ts";
import { drawRequest } from "../market/requests.ts";
import { MemoryBook } from "./memory-book.ts";

/** A book with parties, agreements and capacity, and `count` requests in it. */
function playedBook(seed: string, count: number): Play {
  const play = new Play(seed);
  openMarket(play);
  play.odd = false;
  for (let one = 0; one < count; one += 1)
    play.submit({ type: "submitRequest", request: drawRequest(play) }, play.keeper);
  return play;
}

describe("a book in memory", () => {
  test("appends a record for every command that took effect, without gaps", () => {
    const { book } = playedBook("records", 5);
    expect(book.records().map((record) => record.position)).toEqual(book.records().map((_, index) => index));
    expect(book.records().flatMap((record) => record.events)).toEqual(book.history());
    expect(book.records().every((record) => record.took)).toBe(true);
  });

  test("decides nothing for a sender that knows less than the log holds", () => {
    const { book, keeper, now } = playedBook("expected", 1);
    const { head } = book;
    const stale = book.submit({ type: "passTime" }, { at: now, actor: keeper, expected: head - 1 });
    expect(stale).toEqual({ events: [], head, conflict: true });
    expect(book.submit({ type: "passTime" }, { at: now, actor: keeper, expected: head })).toMatchObject({
      head: head + 1,
    });
  });

  test("a rejected command leaves no record, a repeated one neither", () => {
    const { book, keeper, now } = playedBook("rejected", 1);
    const { head } = book;
    const rejected = book.submit(
      { type: "withdrawRequest", request: "nothing" as RequestId },
      { at: now, actor: keeper },
    );
    expect(rejected).toMatchObject({ head, rejection: { code: "unknown_request" } });
    expect(
      book.submit({ type: "openBook", header: { keeper } as never }, { at: now, actor: keeper, key: "key 0" }),
    ).toMatchObject({ head, repeated: true });
  });

  test("lets time pass through every instant at which something falls due", () => {
    const { book, now } = playedBook("time", 12);
    const until = addMs(now, 200 * 86_400_000);
    const before = book.head;
    expect(book.nextDue()).toBeGreaterThan(now);
    const events = book.passTime(until);
    const records = book.records().slice(before);
    expect(records.flatMap((record) => record.events)).toEqual(events);
    expect(
      records.every((record, index) => record.type === "passTime" && record.at >= (records[index - 1]?.at ?? 0)),
    ).toBe(true);
    expect(events.map((event) => event.type)).toContain("noticeClosed");
    expect(book.nextDue() ?? (Infinity as Instant)).toBeGreaterThan(until);
  });

  test("folds its log into the same bytes, and repeats itself to the byte", () => {
    const { book, now } = playedBook("fold", 12);
    book.passTime(addMs(now, 100 * 86_400_000));
    expect(book.replay().canonical()).toBe(book.state.canonical());
    const again = book.repeat();
    expect(again.records()).toEqual(book.records());
  });

  test("gives each party its own feed, and nobody else's", () => {
    const { book, keeper } = playedBook("feeds", 12);
    expect(book.feedOf(keeper).length).toBeGreaterThan(book.feedOf("beta" as PartyId).length);
    expect(book.feedOf("nobody" as PartyId)).toEqual([]);
  });

  test("folding costs the same for each event however much is open", () => {
    const parts = 8;
    const ratios = Array.from({ length: 5 }, (_, round) => {
      const { book } = playedBook(`flat ${round}`, 1_600);
      const history = book.history();
      const state = new MemoryBook().state;
      const size = Math.floor(history.length / parts);
      const times = Array.from({ length: parts }, (_p, part) => {
        const begin = process.cpuUsage();
        for (const event of history.slice(part * size, (part + 1) * size)) evolve(state, event);
        const { user, system } = process.cpuUsage(begin);
        return user + system;
      });
      return Math.min(...times.slice(-3)) / Math.min(...times.slice(1, 4));
    });
    // Quadratic work would make the last parts several times the first ones; the quietest of five rounds counts.
    expect(Math.min(...ratios)).toBeLessThan(2.5);
  });
});
