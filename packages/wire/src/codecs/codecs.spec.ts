import { readdirSync, readFileSync } from "node:fs";
import type { BookEvent, Command } from "@offtake/core/book";
import type { DisclosedEvent } from "@offtake/core/disclosure";
import { canonicalText } from "@offtake/core/kernel";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import type { Codec, Definitions } from "./codec.ts";
import {
  COMMANDS,
  decodeCommand,
  decodeDisclosed,
  decodeEvent,
  encodeCommand,
  encodeDisclosed,
  encodeEvent,
  EVENTS,
  eventCodec,
  goldenSamples,
  OWN_EVENTS,
  presentDisclosed,
  type JsonObject,
  type Restored,
  showEvent,
  valueAt,
  writeDisclosed,
} from "./index.ts";
import { BAD, Decoder, kept, list, write } from "./codec.ts";
import { text } from "./values.ts";
import { WRITER } from "./writer.ts";
import { VIEWS } from "../views/views.ts";

const eventsOf = (type: string): readonly BookEvent[] =>
  (EVENTS[type as keyof typeof EVENTS] as Codec<BookEvent>).samples();
const commandsOf = (type: string): readonly Command[] =>
  (COMMANDS[type as keyof typeof COMMANDS] as unknown as Codec<Command>).samples();

const EVENT_TYPES = Object.keys(EVENTS);
const COMMAND_TYPES = Object.keys(COMMANDS);
const OWN_TYPES = Object.keys(OWN_EVENTS);

describe("there and back", () => {
  test.each(EVENT_TYPES)("[WIR25 WIR26] event %s", (type) => {
    for (const event of eventsOf(type)) {
      const text = JSON.stringify(encodeEvent(event));
      const restored = decodeEvent(JSON.parse(text));
      expect(restored.ok && canonicalText(restored.value)).toBe(canonicalText(event));
    }
  });

  test.each(OWN_TYPES)("[WIR25 WIR26] told %s", (type) => {
    const samples = (OWN_EVENTS[type as keyof typeof OWN_EVENTS] as Codec<DisclosedEvent>).samples();
    for (const event of samples) {
      const restored = decodeDisclosed(JSON.parse(JSON.stringify(encodeDisclosed(event))));
      expect(restored.ok && canonicalText(restored.value)).toBe(canonicalText(event));
      expect(presentDisclosed(event, "told")["type"]).toBe(type);
    }
  });

  test("[WIR25] what is told as it stands in the log looks the same in a feed", () => {
    for (const type of EVENT_TYPES)
      for (const event of eventsOf(type)) expect(encodeDisclosed(event)).toEqual(encodeEvent(event));
  });

  test("[WIR25] a text that is written at once is that of the JSON", () => {
    const told = [...Object.values(EVENTS), ...Object.values(OWN_EVENTS)] as Codec<DisclosedEvent>[];
    for (const event of told.flatMap((codec) => codec.samples())) {
      const json = JSON.stringify(encodeDisclosed(event));
      // Lists are kept from one writing to the next.
      expect([writeDisclosed(event), writeDisclosed(event)]).toEqual([json, json]);
    }
    for (const codec of Object.values(VIEWS) as Codec<unknown>[])
      for (const value of codec.samples())
        expect(WRITER.text(() => write(codec, value))).toBe(JSON.stringify(codec.encode(value, "stored")));
  });

  test("[WIR25] a kept list that cannot change is read once, any other one anew, and a bad one never", () => {
    const codec = kept(list(text()));
    const read = (json: unknown): unknown => codec.decode(json, new Decoder());
    const still = Object.freeze(["b1", "b2"]);
    const first = read(still);
    expect(first).toEqual(["b1", "b2"]);
    expect(read(still)).toBe(first);
    const open = ["b1"];
    read(open);
    open.push("b2");
    expect(read(open)).toEqual(["b1", "b2"]);
    const bad = Object.freeze(["b1", 2]);
    expect([read(bad), read(bad), read("b1")]).toEqual([BAD, BAD, BAD]);
  });

  test("[WIR25] every character is written as JSON writes it", () => {
    const quoted = (text: string): string => WRITER.text(() => WRITER.quoted(text));
    const texts = Array.from({ length: 0x1_0000 }, (_, code) => `a${String.fromCharCode(code)}b`);
    expect(texts.filter((text) => quoted(text) !== JSON.stringify(text))).toEqual([]);
    expect(quoted("\u{1f600} \u2028")).toBe(JSON.stringify("\u{1f600} \u2028"));
  });

  test("[WIR25] every number is written as JSON writes it", () => {
    const edges = [0, 9, 10, 99, 100, 999_999, 1_000_000, 999_999_999, 1_000_000_000, 1_789_405_200_000];
    const large = [10 ** 15 - 1, 10 ** 15, 10 ** 15 + 1, Number.MAX_SAFE_INTEGER - 1, Number.MAX_SAFE_INTEGER];
    const others = [-0, 0.5, -1.25, 1e21, 2 ** 53, Number.MIN_VALUE];
    const drawn = Array.from({ length: 5_000 }, (_, n) => Math.floor((n * 7_919) ** 2 * 1.37) % 10 ** (1 + (n % 16)));
    for (const value of [...edges, ...large, ...others, ...drawn].flatMap((one) => [one, -one]))
      expect(WRITER.text(() => WRITER.number(value))).toBe(JSON.stringify(value));
  });

  test("[WIR25] a text longer than there was room for is written whole, and what failed leaves nothing behind", () => {
    const long = ["plain ", "\u00e9 ", '"'].map((part) => part.repeat(400_000));
    for (const text of long) expect(WRITER.text(() => WRITER.quoted(text))).toBe(JSON.stringify(text));
    const failing = (): string =>
      WRITER.text(() => {
        WRITER.quoted("half");
        throw new Error("no more");
      });
    expect(failing).toThrow("no more");
    expect(WRITER.text(() => WRITER.number(7))).toBe("7");
  });

  test.each(COMMAND_TYPES)("[WIR25 WIR26] command %s", (type) => {
    for (const command of commandsOf(type)) {
      const restored = decodeCommand(JSON.parse(JSON.stringify(encodeCommand(command))));
      expect(restored.ok && canonicalText(restored.value)).toBe(canonicalText(command));
    }
  });

  test("[WIR26] a big number survives that a JSON number would not", () => {
    const texts = eventsOf("agreementRecorded").map((event) => JSON.stringify(encodeEvent(event)));
    expect(texts.join()).toContain('"micros":"500000000000000000"');
  });
});

describe("told to programs", () => {
  test.each(EVENT_TYPES)("[WIR60] event %s fits its schema", (type) => {
    const codec = EVENTS[type as keyof typeof EVENTS] as Codec<BookEvent>;
    const definitions: Definitions = new Map();
    const schema = { ...codec.schema(definitions), definitions: Object.fromEntries(definitions) };
    const fits = new Ajv2020({ strict: false, formats: { "date-time": isRfc3339 } }).compile(schema);
    for (const event of eventsOf(type)) {
      fits(codec.encode(event, "told"));
      expect(fits.errors ?? []).toEqual([]);
    }
  });

  test("[WIR60] an amount is digits and a currency, a price says what it is for", () => {
    const texts = eventsOf("agreementRecorded").map((event) =>
      JSON.stringify(EVENTS.agreementRecorded.encode(event as never, "told")),
    );
    expect(texts.join()).toContain('{"amount":"500000000000.00","currency":"USD"}');
    expect(texts.join()).toContain('"per":"accelerator-hour"');
  });
});

const isRfc3339 = (text: string): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/.test(text);

interface Way {
  readonly decode: (json: unknown) => Restored<unknown>;
  readonly encode: (value: never) => JsonObject;
}

const WAYS: Readonly<Record<string, Way | undefined>> = {
  event: { decode: decodeEvent, encode: encodeEvent },
  told: { decode: decodeDisclosed, encode: encodeDisclosed },
  command: { decode: decodeCommand, encode: encodeCommand },
};

describe("golden samples", () => {
  const files = readdirSync("packages/wire/golden").filter((name) => !name.startsWith("record."));

  test("[WIR29] there is one for every type at its newest version, and none without a type", () => {
    const names = goldenSamples().map(({ name }) => `${name}.json`);
    expect(names.filter((name) => !files.includes(name))).toEqual([]);
    const types = new Set([
      ...EVENT_TYPES.map((type) => `event.${type}`),
      ...COMMAND_TYPES.map((type) => `command.${type}`),
      ...OWN_TYPES.map((type) => `told.${type}`),
    ]);
    expect(files.filter((name) => !types.has(name.split(".").slice(0, 2).join(".")))).toEqual([]);
  });

  test.each(files)("[WIR29] %s is readable", (name) => {
    const samples = JSON.parse(readFileSync(`packages/wire/golden/${name}`, "utf8")) as JsonObject[];
    const newest = new Set(goldenSamples().map((kind) => `${kind.name}.json`));
    expect(samples.length).toBeGreaterThan(0);
    for (const sample of samples) {
      const way = WAYS[name.split(".")[0] ?? ""];
      if (way === undefined) throw new Error(`${name} is of no kind`);
      const restored = way.decode(sample);
      expect(restored.ok ? "" : restored.problem).toBe("");
      if (!restored.ok || !newest.has(name)) continue;
      expect(way.encode(restored.value as never)).toEqual(sample);
    }
  });
});

describe("what was not written so", () => {
  const [stored = {}] = eventsOf("noticeClosed").map(encodeEvent);

  test.each(Object.keys(stored))("[WIR27 WIR28] without %s", (key) => {
    const { [key]: _, ...rest } = stored;
    const restored = decodeEvent(rest);
    const code = key === "type" ? "unknown_stored_type" : key === "v" ? "unknown_stored_version" : "stored_malformed";
    expect(restored.ok ? undefined : restored.problem).toMatchObject({ code, path: key });
  });

  test.each([
    ["count", "5"],
    ["count", 1.5],
    ["count", Number.NaN],
    ["status", "closd"],
    ["at", "2026-01-01T00:00:00Z"],
    ["at", 1e300],
    ["notice", null],
    ["extra", 1],
  ])("[WIR27] with %s: %j", (key, value) => {
    const restored = decodeEvent({ ...stored, [key]: value });
    expect(restored.ok ? undefined : restored.problem.code).toBe("stored_malformed");
  });

  test.each([[null], ["text"], [[]], [{}], [{ v: 1, type: "constructor" }], [{ v: 1, type: "__proto__" }]])(
    "[WIR27 WIR28] %j",
    (json) => {
      expect(decodeEvent(json).ok).toBe(false);
      expect(decodeCommand(json).ok).toBe(false);
    },
  );

  test("[WIR27] the place inside is named", () => {
    const event = eventsOf("requestSubmitted").find((one) => JSON.stringify(encodeEvent(one)).includes('"cap"'));
    const json = JSON.parse(JSON.stringify(encodeEvent(event as BookEvent))) as {
      request: { lines: { cap?: { currency: string } }[] };
    };
    const line = json.request.lines.findIndex(({ cap }) => cap !== undefined);
    Object.assign(json.request.lines[line]?.cap ?? {}, { currency: "dollars" });
    const restored = decodeEvent(json);
    expect(restored.ok ? "" : restored.problem.path).toBe(`request.lines.${line}.cap.currency`);
  });
});

describe("versions", () => {
  const codec = eventCodec({
    waiverRevoked: [
      ({ id, ...rest }) => ({ ...rest, name: id ?? "" }),
      ({ name, ...rest }) => ({ ...rest, waiver: name ?? "" }),
    ],
  });

  test("[WIR28] each old version is brought up, step by step", () => {
    const newest = { ok: true, value: { type: "waiverRevoked", at: 5, waiver: "w" } };
    expect(codec.decode({ v: 1, type: "waiverRevoked", at: 5, id: "w" })).toEqual(newest);
    expect(codec.decode({ v: 2, type: "waiverRevoked", at: 5, name: "w" })).toEqual(newest);
    expect(codec.decode({ v: 3, type: "waiverRevoked", at: 5, waiver: "w" })).toEqual(newest);
    expect(codec.encode({ type: "waiverRevoked", at: 5 as never, waiver: "w" })).toEqual({
      v: 3,
      type: "waiverRevoked",
      at: 5,
      waiver: "w",
    });
  });

  test.each([0, 4, 1.5, "1", null])("[WIR28] version %j is unknown", (v) => {
    const restored = codec.decode({ v, type: "waiverRevoked", at: 5, waiver: "w" });
    expect(restored.ok ? "" : restored.problem.code).toBe("unknown_stored_version");
  });
});

describe("shown", () => {
  test("[WIR30] as documents write values", () => {
    const event = eventsOf("awardIssued").at(-1) as BookEvent;
    const shown = showEvent(event);
    expect(valueAt(shown, "at")).toMatch(/^2026-09-\d\dT\d\d:\d\d:\d\dZ$/);
    const line = eventsOf("awardIssued").find(
      (one) => one.type === "awardIssued" && one.award.lines.some(({ price }) => price !== undefined),
    );
    const text = JSON.stringify(showEvent(line as BookEvent));
    expect(text).toContain('"price":"500000000000.00 USD/h"');
    expect(text).toContain('"cost":"500000000000.00 USD"');
  });

  test("[WIR30] values are found by their path", () => {
    const json = { award: { lines: [{ count: 5 }] } };
    expect(valueAt(json, "award.lines.0.count")).toBe(5);
    expect(valueAt(json, "award.lines.1.count")).toBeUndefined();
    expect(valueAt(json, "award.lines.length")).toBeUndefined();
    expect(valueAt(json, "award.constructor")).toBeUndefined();
  });
});
