import { describe, expect, test } from "vitest";
import { announcement } from "./announcements.ts";
import { agoText, familyOfClock, leftText, nextTick } from "./countdown.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const END = Date.parse("2026-03-10T00:00:00Z");

describe("what is left", () => {
  test.each([
    [7 * DAY + 6 * HOUR + 48 * MINUTE, "7 d 6 h 48 m"],
    [1_499 * DAY + HOUR, "1,499 d"],
    [60 * DAY - MINUTE, "59 d 23 h 59 m"],
    [DAY, "1 d 0 h 0 m"],
    [HOUR + MINUTE, "1 h 1 m"],
    [HOUR - SECOND, "59 m 59 s"],
    [12 * SECOND, "12 s"],
    [1, "1 s"],
    [0, "1 s"],
  ])("%d ms before the end: %s", (left, text) => {
    expect(leftText(END, END - left)).toBe(text);
  });

  test("the deadline itself is still in time, a millisecond later is not", () => {
    expect(leftText(END, END)).toBe("1 s");
    expect(leftText(END, END + 1)).toBeUndefined();
  });

  test("the family changes a day and an hour before", () => {
    expect([DAY + 1, DAY, HOUR + 1, HOUR, 0, -1].map((left) => familyOfClock(END, END - left))).toEqual([
      "waiting",
      "attention",
      "attention",
      "breach",
      "breach",
      "neutral",
    ]);
  });

  test("a clock with hours on it moves with the minutes, one without them every second", () => {
    expect(nextTick(END, END - 2 * HOUR - 30 * SECOND)).toBe(30 * SECOND);
    expect(nextTick(END, END - 10 * MINUTE)).toBe(SECOND);
    expect(nextTick(END, END - 10 * MINUTE - 400)).toBe(400);
  });

  test("what has happened is told by its age", () => {
    expect([10 * SECOND, 12 * MINUTE, 30 * HOUR, 3 * DAY].map((past) => agoText(END - past, END))).toEqual([
      "just now",
      "12 min ago",
      "30 h ago",
      "3 d ago",
    ]);
  });
});

describe("announcements", () => {
  test("come once at each mark, however often one looks", () => {
    const said: string[] = [];
    let before = END - 25 * HOUR;
    for (let now = before; now <= END + 2 * SECOND; now += SECOND) {
      const text = announcement(END, before, now);
      if (text !== undefined) said.push(text);
      before = now;
    }
    expect(said).toEqual([
      "24 hours left",
      "4 hours left",
      "1 hour left",
      "10 minutes left",
      "1 minute left",
      "The deadline has passed",
    ]);
  });

  test("of a page that slept tell the last mark only", () => {
    expect(announcement(END, END - 30 * HOUR, END - 9 * MINUTE)).toBe("10 minutes left");
  });

  test("are silent on the first look and when all is over", () => {
    expect(announcement(END, END - 5 * MINUTE, END - 5 * MINUTE)).toBeUndefined();
    expect(announcement(END, END + SECOND, END + 2 * SECOND)).toBeUndefined();
  });
});
