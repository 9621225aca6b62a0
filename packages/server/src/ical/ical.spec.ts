import type { Instant, PartyId } from "@offtake/core/kernel";
import type { BookName } from "@offtake/store/log";
import ICAL from "ical.js";
import { describe, expect, test } from "vitest";
import { ownDatabase } from "../outbox/database.fixture.ts";
import type { PartyDeadline } from "../reminders/index.ts";
import { CalendarFeeds } from "./index.ts";

const database = ownDatabase();
const BOOK = "aurora" as BookName;
const at = (text: string): Instant => Date.parse(text) as Instant;
const NOW = at("2026-11-20T12:00:00Z");

const notice = (id: string, when: string): PartyDeadline => ({ kind: "notices", id, at: at(when), since: NOW });

interface Read {
  readonly uid: string;
  readonly sequence: number;
  readonly status: string;
  readonly end: string;
  readonly alarms: number;
}

/** What a calendar program reads. */
function read(text: string): Read[] {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  return calendar.getAllSubcomponents("vevent").map((event) => ({
    uid: String(event.getFirstPropertyValue("uid")),
    sequence: Number(event.getFirstPropertyValue("sequence")),
    status: String(event.getFirstPropertyValue("status")),
    end: String(event.getFirstPropertyValue("dtend")),
    alarms: event.getAllSubcomponents("valarm").length,
  }));
}

describe("the calendar of a party's deadlines", () => {
  const party = "meridian" as PartyId;

  test("keeps an entry that moves, counts it up, and cancels what is gone before its time", async () => {
    const feeds = new CalendarFeeds(
      database.get().pool,
      (book, kind, id) => `https://broker.example/${book}/${kind}/${id}`,
    );
    const first = read(
      await feeds.text(BOOK, party, [notice("n1", "2026-11-30T01:00:00Z"), notice("n2", "2026-12-02T01:00:00Z")], NOW),
    );
    expect(first).toEqual([
      { uid: "aurora.notices.n1@offtake", sequence: 0, status: "CONFIRMED", end: "2026-11-30T01:00:00Z", alarms: 3 },
      { uid: "aurora.notices.n2@offtake", sequence: 0, status: "CONFIRMED", end: "2026-12-02T01:00:00Z", alarms: 3 },
    ]);
    const again = await feeds.text(
      BOOK,
      party,
      [notice("n1", "2026-11-30T01:00:00Z"), notice("n2", "2026-12-02T01:00:00Z")],
      NOW,
    );
    expect(read(again)).toEqual(first);
    // One is extended, the other is waived.
    const moved = [notice("n1", "2026-12-01T01:00:00Z")];
    const second = await feeds.text(BOOK, party, moved, NOW);
    expect(read(second)).toMatchObject([
      { uid: "aurora.notices.n1@offtake", sequence: 1, end: "2026-12-01T01:00:00Z", status: "CONFIRMED" },
      { uid: "aurora.notices.n2@offtake", sequence: 1, status: "CANCELLED", alarms: 0 },
    ]);
    expect(await feeds.text(BOOK, party, moved, NOW)).toBe(second);
    // What is over is not cancelled: it was.
    const after = read(await feeds.text(BOOK, party, [], at("2026-12-01T12:00:00Z")));
    expect(after.map(({ status }) => status)).toEqual(["CONFIRMED", "CANCELLED"]);
    expect(read(await feeds.text(BOOK, party, [], at("2027-03-01T00:00:00Z")))).toEqual([]);
  });

  test("is opened by its secret address alone, until that is revoked", async () => {
    const feeds = new CalendarFeeds(database.get().pool);
    const token = await feeds.create(BOOK, party, "mem_1");
    expect(await feeds.find(token)).toEqual({ book: BOOK, party });
    for (const wrong of ["", "x", `${token}x`, token.replace(/./, (first) => (first === "A" ? "B" : "A"))])
      expect(await feeds.find(wrong)).toBeUndefined();
    const { rows } = await database.get().pool.query<{ text: string }>("select c::text as text from calendar_feeds c");
    expect(rows.map(({ text }) => text).join()).not.toContain(token);
    await feeds.revoke(BOOK, party);
    expect(await feeds.find(token)).toBeUndefined();
  });

  test("of others is another one", async () => {
    const feeds = new CalendarFeeds(database.get().pool);
    const text = await feeds.text(BOOK, "other" as PartyId, [notice("n9", "2026-12-01T01:00:00Z")], NOW);
    expect(read(text).map(({ uid }) => uid)).toEqual(["aurora.notices.n9@offtake"]);
  });
});
