import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BookEvent } from "../book/events.ts";
import type { Instant } from "../kernel/index.ts";
import { at, changed, cleanHistory, event, marketAward, window, withMarketLine, YEAR } from "./history.fixture.ts";
import { audit } from "./index.ts";
import { UseOverTime } from "./use-over-time.ts";

const clean = cleanHistory();
const i3 = (history: readonly BookEvent[]): string[] =>
  audit(history).flatMap((finding) => (finding.invariant === "I3" ? [finding.message] : []));
const hold = (id: string, block: string, count: number, during = YEAR) =>
  event("holdPlaced", {
    at: at("2026-09-29T17:00Z"),
    hold: id,
    request: "q2",
    lot: "lot_9",
    holder: "alfa",
    count,
    blocks: [{ block, count }],
    window: during,
  });

describe("I3: no block holds more than it has", () => {
  test("[AUD6] awards and holds together, on one block", () => {
    expect(i3([...clean, hold("hld_2", "g-17", 600)])).toEqual([]);
    expect(i3([...clean, hold("hld_2", "g-17", 601)])).toEqual([
      "g-17 has 1024 and 1025 were held and awarded on it from 2027-01-01T00:00:00Z",
    ]);
  });

  test("[AUD6] an award on a block that is already held", () => {
    const history = changed(clean, "holdPlaced", 0, (one) => [one, hold("hld_2", "a-1", 40)]);
    expect(i3(history)).toEqual([]);
    expect(i3(changed(clean, "holdPlaced", 0, (one) => [one, hold("hld_2", "a-1", 41)]))).toHaveLength(2);
  });

  test("[AUD6] what was held in order may be awarded although its block has shrunk or gone since; nothing else may be taken of it", () => {
    const since = { at: at("2026-09-29T16:00Z") };
    const smaller = event("blockRecorded", {
      ...since,
      block: { id: "a-1", rootId: "a-1", quantity: 8, window: YEAR },
    });
    const gone = event("blockWithdrawn", { ...since, block: "a-1" });
    for (const change of [smaller, gone]) {
      const history = changed(clean, "awardIssued", 0, (one) => [change, one]);
      expect(i3(history)).toEqual([]);
      expect(i3([...history, hold("hld_2", "a-1", 8)])).toHaveLength(1);
    }
  });

  test("[AUD6] blocks with one root are one", () => {
    const child = event("blockRecorded", {
      at: at("2026-09-14T17:00Z"),
      block: { id: "alfa-17", rootId: "g-17", quantity: 1024, window: YEAR },
    });
    const history = changed(clean, "requestSubmitted", 0, (one) => [child, one]);
    expect(i3([...history, hold("hld_2", "alfa-17", 608)])).toHaveLength(1);
  });

  test("[AUD6] windows that only touch do not add up", () => {
    const half = (from: string, to: string) => window(from, to);
    const history = [
      ...clean,
      hold("hld_2", "g-17", 600, half("2027-01-01", "2027-07-01")),
      hold("hld_3", "g-17", 600, half("2027-07-01", "2028-01-01")),
    ];
    expect(i3(history)).toEqual([]);
    expect(i3([...history, hold("hld_4", "g-17", 8, half("2027-06-30", "2027-07-02"))])).toHaveLength(1);
  });

  test("[AUD6] a block that is not on record, and a time it does not have", () => {
    expect(i3(withMarketLine({ blocks: [{ block: "g-18", count: 424 }] }))).toEqual([
      "capacity was taken of a block that is not on record",
    ]);
    const gone = event("blockWithdrawn", { at: at("2026-09-29T17:00Z"), block: "g-17" });
    expect(i3([...clean, gone, hold("hld_2", "g-17", 8)])).toHaveLength(1);
    expect(i3(withMarketLine({ window: window("2027-01-01", "2028-01-02") }))).toEqual([
      "g-17 was taken at a time it does not have",
    ]);
  });

  test("[AUD6] what is released, defaulted or left of a closed request is free", () => {
    const full = [...clean, hold("hld_2", "g-17", 600)];
    const at_ = at("2026-10-01T00:00Z");
    const released = event("holdReleased", { at: at_, hold: "hld_2", request: "q2", why: "withdrawn" });
    const closed = event("requestClosed", { at: at_, request: "q2", outcome: "unfilled", awarded: 0, asked: 600 });
    const defaulted = event("awardDefaulted", { at: at_, award: "awd_1", request: "q1", provider: "gamma", why: "" });
    expect(i3([...full, hold("hld_3", "g-17", 8)])).toHaveLength(1);
    for (const freed of [released, closed, defaulted])
      expect(i3([...full, freed, hold("hld_3", "g-17", 424)])).toEqual([]);
  });

  test("[AUD6] a block that shrinks condemns what was in order before, and nothing more fits", () => {
    const less = event("blockRecorded", {
      at: at("2026-10-01T00:00Z"),
      block: { id: "g-17", rootId: "g-17", quantity: 400, window: YEAR },
    });
    expect(i3([...clean, less])).toEqual([]);
    expect(i3([...clean, less, hold("hld_2", "g-17", 8)])).toHaveLength(1);
  });

  test("[AUD6] the use over time is that of an array with one cell for each instant", () => {
    const step = fc.record({
      from: fc.nat(30),
      length: fc.integer({ min: 1, max: 12 }),
      count: fc.integer({ min: -9, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const use = new UseOverTime();
        const cells = Array.from({ length: 50 }, () => 0);
        for (const { from, length, count } of steps) {
          for (let i = from; i < from + length; i += 1) cells[i] = (cells[i] ?? 0) + count;
          const peak = use.add({ from: from as Instant, to: (from + length) as Instant }, count);
          expect(peak.used).toBe(Math.max(...cells.slice(from, from + length)));
          expect(cells[peak.at]).toBe(peak.used);
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});

describe("E1: what an acceptance gives is used once", () => {
  const e1 = (history: readonly BookEvent[]): string[] =>
    audit(history).flatMap((finding) => (finding.invariant === "E1" ? [finding.message] : []));

  test("[AUD14] held beyond what was accepted, or on no acceptance at all", () => {
    expect(e1(changed(clean, "holdPlaced", 0, (one) => ({ ...one, count: 608 })))).toEqual([
      "608 held on a notice of which 600 were accepted",
    ]);
    expect(e1(changed(clean, "holdPlaced", 0, (one) => ({ ...one, notice: "ntc_2" as never })))).toHaveLength(1);
  });

  test("[AUD14] awarded twice on one notice", () => {
    const again = marketAward("awd_2", "lot_1", 8, { provider: "alfa", notice: "ntc_1", basis: "acceptance" });
    expect(e1([...clean, again])).toEqual(["608 awarded on a notice of which 600 were accepted"]);
  });

  test("[AUD14] a round for what others left adds to the first acceptance", () => {
    const round = (count: number) =>
      changed(clean, "holdPlaced", 0, (one) => {
        const sent = clean.find((other) => other.type === "noticeSent") as Extract<BookEvent, { type: "noticeSent" }>;
        const given = clean.find((other) => other.type === "answerReceived") as Extract<
          BookEvent,
          { type: "answerReceived" }
        >;
        const answer = { ...given.answer, id: "ans_9", answer: { ...given.answer.answer, count } };
        return [
          { ...sent, at: one.at, notice: { ...sent.notice, id: "ntc_9" as never, kind: "over-allotment" } },
          { ...given, at: one.at, notice: "ntc_9" as never, answer },
          { ...one, count: 608 },
        ];
      });
    expect(e1(round(8))).toEqual([]);
    expect(e1(round(7))).toEqual(["608 held on a notice of which 607 were accepted"]);
  });

  test("[AUD14] a hold that was released may be placed anew", () => {
    const history = changed(clean, "holdPlaced", 0, (one) => [
      one,
      event("holdReleased", { at: one.at, hold: "hld_1", request: "q1", why: "substituted" }),
      { ...one, hold: "hld_2" as never },
    ]);
    expect(audit(history)).toEqual([]);
  });
});
