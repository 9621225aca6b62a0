import { formatInstant } from "@offtake/core/kernel";
import type { ComputeRequest } from "@offtake/core/requests";
import { describe, expect, test } from "vitest";
import type { Parsed } from "../problems/index.ts";
import { parseRequest, parseShorthand } from "./index.ts";

const HEAD = "schema: offtake/request@1\nid: spring\nbuyer: aurora\n";
const LINE = "accelerators: H100\ncount: 1024\nblock: 8\nwindow: { from: 2026-05-01, to: 2026-07-29 }\n";

const parse = (keys: string): Parsed<ComputeRequest> => parseRequest({ name: "r.yaml", text: HEAD + keys });

function requestOf(parsed: Parsed<ComputeRequest>): ComputeRequest {
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems, undefined, 1));
  return parsed.value;
}

const lineOf = (keys: string) => requestOf(parse(keys)).lines[0];

function wrong(parsed: Parsed<ComputeRequest>): unknown[] {
  return parsed.ok
    ? []
    : parsed.problems.map(({ path, code, didYouMean }) =>
        didYouMean === undefined ? [path, code] : [path, code, ...didYouMean],
      );
}

describe("a request", () => {
  test("[WIR13] in a file, with what it leaves out", () => {
    const request = requestOf(parse(LINE));
    expect(request).toMatchObject({ id: "spring", version: 1, buyer: "aurora", unfilled: "keep", approvals: [] });
    const line = request.lines[0];
    expect(line).toMatchObject({
      count: 1024,
      blockSize: 8,
      gangMin: 8,
      divisible: true,
      regions: ["*"],
      purposes: [],
      stated: {},
    });
    expect(line?.accelerators).toEqual([{ acceleratorType: "h100-sxm-80gb", factor: { num: 1n, den: 1n } }]);
  });

  test("[WIR7 WIR13] from a day until the end of a day, or for so long", () => {
    const ends = (window: string): string[] => {
      const line = lineOf(LINE.replace(/window: .*/, `window: ${window}`));
      return line === undefined ? [] : [line.window.from, line.window.to].map(formatInstant);
    };
    const spring = ["2026-05-01T00:00:00Z", "2026-07-30T00:00:00Z"];
    expect(ends("{ from: 2026-05-01, to: 2026-07-29 }")).toEqual(spring);
    expect(ends("{ from: 2026-05-01, for: 90 days }")).toEqual(spring);
    expect(ends("{ from: 2026-05-01T00:00:00Z, for: 2160 hours }")).toEqual(spring);
    expect(wrong(parse(LINE.replace(/window: .*/, "window: { from: 2026-05-01, for: 9 business days }")))).toEqual([
      ["window.for", "wrong_unit"],
    ]);
    expect(wrong(parse(LINE.replace(/window: .*/, "window: { from: 2026-05-01 }")))).toEqual([
      ["window.to", "missing_key"],
    ]);
  });

  test("[WIR7] dates are meant in the zone of the request", () => {
    const line = lineOf(`${LINE}zone: America/Los_Angeles\n`);
    expect(formatInstant(line?.window.from as never)).toBe("2026-05-01T07:00:00Z");
  });

  test("[WIR13] several lines, alternatives with factors, purposes with counts", () => {
    const request = requestOf(
      parse(`lines:
  - { accelerators: [H100, { type: A100, factor: 2 }], count: 8, window: { from: 2026-05-01, for: 1 days } }
  - { accelerators: H200, count: 1024, block: 8, purposes: { training: 768, inference: 256 }, window: { from: 2026-05-01, for: 1 days } }
`),
    );
    expect(request.lines[0]?.accelerators[1]).toEqual({
      acceleratorType: "a100-sxm-80gb",
      factor: { num: 2n, den: 1n },
    });
    expect(request.lines[1]?.purposes).toEqual([
      { purpose: "training", count: 768 },
      { purpose: "inference", count: 256 },
    ]);
  });

  test("[WIR13] a source class with the parties that it stands for", () => {
    expect(lineOf(`${LINE}sourceClass: own_build\nsources: [delta]\n`)?.sourceClass).toBe("own_build:delta");
    expect(wrong(parse(`${LINE}sources: [delta]\n`))).toEqual([["sourceClass", "missing_key"]]);
  });

  test("[WIR4 WIR5] everything wrong is told, with what would be right", () => {
    expect(wrong(parse(`${LINE.replace("1024", "1023")}cap: 2.60\nregions: us central\npurpse: training\n`))).toEqual([
      ["cap", "wrong_unit", "2.6 USD/h"],
      ["regions", "malformed"],
      ["purpse", "unknown_key", "purpose", "purposes"],
    ]);
    expect(wrong(parse(LINE.replace("1024", "2500")))).toEqual([["count", "invalid_count", "2496", "2504"]]);
  });

  test("[WIR13] what the core would refuse is told by its own code", () => {
    expect(wrong(parse(`${LINE}purposes: { training: 8, inference: 8 }\n`))).toEqual([["", "invalid_count"]]);
    expect(wrong(parse(`${LINE}latestStart: 2026-04-01\n`))).toEqual([["", "invalid_window"]]);
    expect(wrong(parse(`${LINE}cap: 2.60 USD/h\nbudget: 5 EUR\n`))).toEqual([["", "currency_mismatch"]]);
  });
});

describe("one line", () => {
  const parseLine = (text: string) => parseShorthand(text, { buyer: "aurora", id: "spring" });

  test("[WIR13] says the same as the file", () => {
    const file = parse(`${LINE}regions: us-*\npurpose: training\ncap: 2.60 USD/h\n`);
    const line = parseLine("H100:1024/8@us-* 2026-05-01..2026-07-29 training <=2.60 USD/h");
    expect(requestOf(line)).toEqual(requestOf(file));
    const entry = parse("shorthand: H100:1024/8@us-* 2026-05-01..2026-07-29 training <=2.60 USD/h\n");
    expect(requestOf(entry)).toEqual(requestOf(file));
  });

  test("[WIR13] alternatives, regions, spans", () => {
    const line = requestOf(parseLine("H100|A100*2:4096@eu-west,us-* 2026-05-01+90d <= 2.60 USD/h")).lines[0];
    expect(line?.accelerators.map(({ acceleratorType, factor }) => [acceleratorType, factor.num])).toEqual([
      ["h100-sxm-80gb", 1n],
      ["a100-sxm-80gb", 2n],
    ]);
    expect(line?.regions).toEqual(["eu-west", "us-*"]);
    expect(formatInstant(line?.window.to as never)).toBe("2026-07-30T00:00:00Z");
    expect(line?.cap?.microsPerHour).toBe(2_600_000n);
  });

  test("[WIR13] takes the window from where it is read", () => {
    const window = { from: 0, to: 3_600_000 } as never;
    expect(requestOf(parseShorthand("H100:8", { buyer: "aurora", window })).lines[0]?.window).toEqual(window);
    expect(wrong(parseLine("H100:4096"))).toEqual([["window", "missing_key"]]);
  });

  test.each([
    ["H100", "shorthand", "malformed"],
    ["H100:", "shorthand", "malformed"],
    ["H100:4,096 2026-05-01+90d", "shorthand", "invalid_count"],
    ["H100:0 2026-05-01+90d", "shorthand", "invalid_count"],
    ["H100:8 2026-05-01+90d training inference", "shorthand", "malformed"],
    ["H100:8 2026-05-01..2026-02-30", "shorthand", "bad_time"],
    ["H100:8 2026-05-01+90d <=2.60", "shorthand", "wrong_unit"],
    ["H100:8@us central 2026-05-01+90d more words", "shorthand", "malformed"],
    ["H1000:8 2026-05-01+90d", "accelerators", "unknown_accelerator"],
    ["H100*0:8 2026-05-01+90d", "shorthand", "malformed"],
    ["x".repeat(100_000), "shorthand", "malformed"],
  ])("[WIR3 WIR13] %j is wrong at %s", (text, path, code) => {
    const problems = parseLine(text);
    expect(problems.ok).toBe(false);
    expect(wrong(problems)[0]).toEqual(expect.arrayContaining([code]));
    expect(problems.ok ? "" : problems.problems[0]?.path).toContain(path);
  });
});

describe("stated terms", () => {
  const stated = (terms: string) => lineOf(`${LINE}terms: ${terms}\n`)?.stated;
  const whole = (num: bigint, den = 1n) => ({ num, den });

  test("[WIR14] are numbers in the unit of their direction", () => {
    expect(
      stated("{ prepayment: 20%, termMonths: 24 months, slaUptime: 99.9%, paymentDays: 30, delayDamages: 0.5% a day }"),
    ).toEqual({
      prepayment: whole(20n),
      termMonths: whole(24n),
      slaUptime: whole(999n, 10n),
      paymentDays: whole(30n),
      delayDamages: whole(1n, 2n),
    });
    expect(stated("{ minimumSpend: 1000000 USD, optionCount: 1024, liabilityCap: none }")).toEqual({
      minimumSpend: whole(1_000_000n),
      optionCount: whole(1024n),
      liabilityCap: "none",
    });
  });

  test("[WIR14] other names keep numbers and texts", () => {
    expect(stated("{ governingLaw: New York, coolingWaterShare: 5% }")).toEqual({
      governingLaw: "New York",
      coolingWaterShare: whole(5n),
    });
  });

  test("[WIR5 WIR14] a wrong unit, and a name that is nearly one of the table", () => {
    expect(wrong(parse(`${LINE}terms: { prepayment: 20, prepaymnt: 20% }\n`))).toEqual([
      ["terms.prepayment", "wrong_unit"],
      ["terms.prepaymnt", "unknown_key", "prepayment"],
    ]);
  });
});
