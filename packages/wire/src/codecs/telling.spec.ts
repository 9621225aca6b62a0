import type { DisclosedEvent } from "@offtake/core/disclosure";
import { describe, expect, test } from "vitest";
import type { Codec } from "./codec.ts";
import { encodeDisclosed, encodeTelling, EVENTS, OWN_EVENTS, packTelling, unpackTelling } from "./index.ts";

const CODECS = { ...EVENTS, ...OWN_EVENTS } as unknown as Readonly<Record<string, Codec<DisclosedEvent>>>;
const samplesOf = (type: string): readonly DisclosedEvent[] => CODECS[type]?.samples() ?? [];
const plain = (entries: readonly (number | DisclosedEvent)[]): unknown[] =>
  entries.map((entry) => (typeof entry === "number" ? entry : JSON.stringify(encodeDisclosed(entry))));

/** What a row is read as, each event as its text: to the byte, for the chain is made of it. */
function read(row: string): unknown {
  const entries = unpackTelling(row);
  return entries.ok
    ? entries.value.map((entry) => (typeof entry === "number" ? entry : JSON.stringify(entry)))
    : entries.problem;
}

describe("a row of a feed", () => {
  test.each(Object.keys(CODECS))("[WIR64] gives %s back to the byte, between places in the record", (type) => {
    const told = [0, ...samplesOf(type), 7, ...samplesOf(type)];
    expect(read(encodeTelling(told))).toEqual(plain(told));
  });

  test("[WIR64] that was unpacked is packed to the same text", () => {
    const row = encodeTelling([3, ...samplesOf("noticeClosed"), ...samplesOf("ownNoticeClosed")]);
    const entries = unpackTelling(row);
    expect(packTelling(entries.ok ? entries.value : [])).toBe(row);
  });

  test("[WIR64] of the clear form is read, and stays so where an event of it is of no form that there is", () => {
    const [event] = samplesOf("noticeClosed") as [DisclosedEvent];
    const told = [2, encodeDisclosed(event)];
    expect(read(JSON.stringify(told))).toEqual(plain([2, event]));
    expect(packTelling(told)).toBe(encodeTelling([2, event]));
    const older = [2, encodeDisclosed(event), { v: 1, type: "ofAnEarlierForm" }];
    expect(packTelling(older)).toBe(JSON.stringify(older));
  });

  test.each(["", "{}", "[true]", '["text"]', "[[1]]", "[[1,5]]", "[[1,[9999]]]", "[[1,-9]]"])(
    "[WIR64] %j is a problem",
    (row) => {
      expect(unpackTelling(row)).toMatchObject({ ok: false, problem: { code: "stored_malformed" } });
    },
  );
});
