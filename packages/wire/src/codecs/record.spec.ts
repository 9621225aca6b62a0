import { readFileSync } from "node:fs";
import type { BookEvent } from "@offtake/core/book";
import { canonicalText } from "@offtake/core/kernel";
import { describe, expect, test } from "vitest";
import { viewGaps } from "../views/index.ts";
import type { Codec } from "./codec.ts";
import {
  decodeRecord,
  dictionaryGaps,
  encodeEvent,
  encodeRecord,
  EVENTS,
  recordSamples,
  SHAPES,
  unpackRecord,
  WORDS,
} from "./index.ts";

const samplesOf = (type: string): readonly BookEvent[] =>
  (EVENTS[type as keyof typeof EVENTS] as Codec<BookEvent>).samples();
const ALL = Object.keys(EVENTS).flatMap(samplesOf);

/** What comes back from a packed record: the JSON of its events, and the events. */
function back(events: readonly BookEvent[]): unknown {
  const body = encodeRecord(events);
  const json = unpackRecord(body);
  const restored = decodeRecord(body);
  return [json.ok ? json.value : json.problem, restored.ok ? canonicalText(restored.value) : restored.problem];
}

const same = (events: readonly BookEvent[]): unknown => [
  JSON.parse(JSON.stringify(events.map(encodeEvent))),
  canonicalText(events),
];

describe("a packed record", () => {
  test.each(Object.keys(EVENTS))("[WIR61] gives every %s back", (type) => {
    expect(back(samplesOf(type))).toEqual(same(samplesOf(type)));
  });

  test("[WIR61] gives many events back, more than can be referred to", () => {
    expect(back([])).toEqual(same([]));
    expect(back(ALL)).toEqual(same(ALL));
    expect(back([...ALL, ...ALL])).toEqual(same([...ALL, ...ALL]));
  });

  test("[WIR61] is several times shorter than the JSON of its events", () => {
    const events = [...samplesOf("awardIssued"), ...samplesOf("noticeSent")];
    expect(encodeRecord(events).length * 3).toBeLessThan(JSON.stringify(events.map(encodeEvent)).length);
  });

  test.each([
    ["texts with what JSON escapes", ['a"b\\c', "\u0000\u001f", "\ud800 alone", "ünï", "", "  "]],
    ["texts that look like numbers", ["12345", "-5", "1e3"]],
    ["texts that differ in a number at their end", ["b4", "b28", "b52", "b1", "b0"]],
    ["numbers at their end that are none", ["b04", "b4", "b5", "b6"]],
    ["a number without a text before it", ["4", "28", "52", "1"]],
    ["numbers too long to be counted", ["b1234567890123", "b1234567890124", "b1", "b2"]],
    ["texts that stand there twice", ["again", "again", "again", "again"]],
  ])("[WIR61] gives back %s", (_, blocks) => {
    const sample = samplesOf("offerListed").find((event) => JSON.stringify(encodeEvent(event)).includes('"blocks"'));
    const event = sample as Extract<BookEvent, { type: "offerListed" }>;
    const listed = [{ ...event, offer: { ...event.offer, blocks: blocks as never } }];
    expect(back(listed)).toEqual(same(listed));
  });

  test("[WIR61] gives the same numbered list for the same text, which cannot be changed, and for no other", () => {
    const listOf = (before: string, steps: string): unknown => {
      const record = unpackRecord(JSON.stringify([1, 1, [3, "blocks", [2, before, steps]]]));
      return record.ok ? record.value[0]?.["blocks"] : record.problem;
    };
    const list = listOf("b", "14,24,24,24");
    expect(list).toEqual(["b14", "b38", "b62", "b86"]);
    expect(listOf("b", "14,24,24,24")).toBe(list);
    expect(Object.isFrozen(list)).toBe(true);
    expect(listOf("b1", "4,24,24,24")).toEqual(["b14", "b128", "b152", "b176"]);
    for (let index = 0; index < 1_500; index += 1)
      expect(listOf("x", `${index},1`)).toEqual([`x${index}`, `x${index + 1}`]);
    expect(listOf("b", "14,24,24,24")).toEqual(list);
    const long = Array.from({ length: 5_000 }, () => "1").join(",");
    expect(listOf("y", long)).toHaveLength(5_000);
    expect(listOf("y", long)).not.toBe(listOf("y", long));
  });

  test("[WIR61] keeps an instant before 1970", () => {
    const events: BookEvent[] = [{ type: "waiverRevoked", at: -5 as never, waiver: "w" }];
    expect(back(events)).toEqual(same(events));
  });
});

describe("the dictionary", () => {
  test("[WIR62] has every shape and every word of events, each once", () => {
    expect(dictionaryGaps()).toEqual({ shapes: [], words: [] });
    expect(viewGaps()).toEqual({ shapes: [], words: [] });
    expect(new Set(SHAPES).size).toBe(SHAPES.length);
    expect(new Set(WORDS).size).toBe(WORDS.length);
  });

  test("[WIR62] reads what was stored before it grew", () => {
    const stored = JSON.parse(readFileSync("packages/wire/golden/record.1.json", "utf8")) as string[];
    expect(stored.length).toBeGreaterThan(0);
    for (const body of stored) {
      const restored = decodeRecord(body);
      expect(restored.ok ? restored.value.length : restored.problem).toBeGreaterThan(0);
    }
    expect(recordSamples().samples).toHaveLength(Object.keys(EVENTS).length);
  });
});

describe("what was not written so", () => {
  test.each([
    ["", "JSON is expected"],
    ["{}", "begins with"],
    ["[]", "begins with"],
    ["[2]", "begins with"],
    ["[1,1]", "begins with"],
    ["[1,1,{}]", "neither a text, a number nor a list"],
    ["[1,1,true]", "neither a text, a number nor a list"],
    ["[1,1,[]]", "does not say what it is"],
    ["[1,1,[7]]", "no list of kind 7"],
    ["[1,1,[99999]]", "not known"],
    ["[1,1,[10,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30]]", "more values than"],
    ["[1,1,-4]", "leads to nothing"],
    ["[1,1,-999999]", "a word is not known"],
    ['[1,1,[1,"5"]]', "no number"],
    ['[1,1,[2,"b","x"]]', "numbered"],
    ["[1,1,[2,5]]", "numbered"],
    ["[1,1,[3,5,6]]", "no text"],
    [`[1,1,${"[0,".repeat(80)}1${"]".repeat(80)}]`, "too deep"],
    ['[1,1,"text"]', ""],
    ["[1,1,5]", ""],
  ])("[WIR63] %s", (body, message) => {
    const restored = decodeRecord(body);
    expect(restored.ok ? "" : restored.problem.code).toMatch(/^(?:stored_malformed|unknown_stored_type)$/);
    expect(restored.ok ? "" : restored.problem.message).toContain(message);
  });

  test("[WIR63] the place inside is named", () => {
    const [good, bad] = [samplesOf("waiverRevoked")[0], samplesOf("noticeClosed")[0]] as [BookEvent, BookEvent];
    const restored = decodeRecord(encodeRecord([good, { ...bad, count: 1.5 } as never]));
    expect(restored.ok ? "" : restored.problem).toMatchObject({ code: "stored_malformed", path: "1.count" });
  });
});
