import { expect, test } from "vitest";
import { figuresOf, versionsOf } from "./server-figures.ts";

const WELL = {
  version: "1.4.0",
  node: "0a1b2c3d",
  startedAt: "2026-03-02T17:00:00Z",
  isReadOnly: false,
  database: { version: "16.4", roundTripMs: 0.4, migrations: 13 },
  feeds: { behindRecords: 0, behindMs: 0, followers: 3 },
  deadlines: { overdueMs: 0 },
  outbox: { waiting: 2, retried: 0, dead: 0, webhooksOff: 0 },
} as const;

const raised = (of: Parameters<typeof figuresOf>[0]) =>
  figuresOf(of).flatMap(({ label, family }) => (family === undefined ? [] : [label]));

test("a broker that is well asks for nobody, also while something waits to be sent", () => {
  expect(raised(WELL)).toEqual([]);
  expect(figuresOf(WELL).map(({ value }) => value)).toEqual(["taken", "0 ms", "0 ms", "2"]);
});

test("what lags, fails or is not taken asks for somebody, each for itself", () => {
  expect(raised({ ...WELL, isReadOnly: true })).toEqual(["Changes"]);
  expect(raised({ ...WELL, feeds: { ...WELL.feeds, behindMs: 5_001, behindRecords: 9 } })).toEqual(["Feeds behind"]);
  expect(raised({ ...WELL, deadlines: { overdueMs: 60_000 } })).toEqual(["Deadlines overdue"]);
  const failing = { ...WELL, outbox: { waiting: 2, retried: 1, dead: 3, webhooksOff: 1 } };
  expect(raised(failing)).toEqual(["Waits to be sent"]);
  const paused = { ...WELL, outbox: { ...WELL.outbox, pausedSince: "2026-03-02T17:00:00Z" } };
  expect(raised(paused)).toEqual(["Waits to be sent"]);
  expect(figuresOf(paused).at(-1)?.note).toBe("held back: nothing goes out");
  expect(figuresOf(failing).at(-1)?.note).toBe("1 tried again, 3 given up, 1 webhooks off");
});

test("nodes of two versions are an upgrade on its way", () => {
  const node = (id: string, version: string) => ({ id, version, since: "2026-03-02T17:00:00Z", isThis: false });
  expect(versionsOf({ nodes: [node("a", "1.3.0"), node("b", "1.4.0"), node("c", "1.3.0")] })).toEqual([
    { version: "1.3.0", nodes: 2 },
    { version: "1.4.0", nodes: 1 },
  ]);
});
