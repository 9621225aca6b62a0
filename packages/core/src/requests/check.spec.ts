import { describe, expect, test } from "vitest";
import {
  type AcceleratorType,
  type AgreementId,
  type BlockId,
  type ClauseId,
  type Currency,
  type Instant,
  type PartyId,
  type RequestId,
  rational,
} from "../kernel/index.ts";
import { checkRequest } from "./check.ts";
import { at, ONE, q1, USD, usd, YEAR_2027 } from "./f0.ts";
import type { ComputeRequest, RequestLine } from "./request.ts";

const code = (request: ComputeRequest) => checkRequest(request)?.code;
const lineCode = (line: Partial<RequestLine>) => checkRequest(q1({}, line))?.code;
const gb200 = { acceleratorType: "gb200" as AcceleratorType, factor: ONE };

describe("a request as a whole", () => {
  test("[REQ1] a decision to miss a share names a cost, who decided it and why, once for each clause", () => {
    const override = {
      agreement: "a" as AgreementId,
      clause: "c" as ClauseId,
      cost: { micros: 1n, currency: USD },
      by: "cfo",
      reason: "room",
    };
    expect(code(q1({ overrides: [override] }))).toBeUndefined();
    expect(code(q1({ overrides: [override, override] }))).toBe("malformed");
    expect(code(q1({ overrides: [{ ...override, cost: { micros: -1n, currency: USD } }] }))).toBe("malformed");
    expect(code(q1({ overrides: [{ ...override, by: "" }] }))).toBe("malformed");
    expect(code(q1({ overrides: [{ ...override, reason: "" }] }))).toBe("malformed");
  });

  test("[REQ1] the fixture's request is sound, and so is one that says nothing it need not say", () => {
    expect(checkRequest(q1())).toBeUndefined();
    const { cap: _, ...line } = q1().lines[0] as RequestLine;
    expect(checkRequest(q1({ lines: [{ ...line, purposes: [] }] }))).toBeUndefined();
  });

  test.each<[string, Partial<ComputeRequest>]>([
    ["an id that is none", { id: "1 q" as RequestId }],
    ["a version below 1", { version: 0 }],
    ["no lines", { lines: [] }],
    ["too many lines", { lines: Array.from({ length: 1_001 }, () => q1().lines[0] as RequestLine) }],
    ["a negative budget", { budget: { micros: -1n, currency: USD } }],
    ["a budget in no currency", { budget: { micros: 1n, currency: "dollar" as Currency } }],
    ["an approval twice", { approvals: ["board", "board"] }],
    ["an approval without a name", { approvals: [""] }],
    ["a sale to itself", { sale: { to: "lab" as PartyId, price: usd(2), blocks: [] } }],
    ["a sale for nothing", { sale: { to: "beta" as PartyId, price: usd(0), blocks: [] } }],
    ["a block on sale twice", { sale: { to: "beta" as PartyId, price: usd(1), blocks: ["g", "g"] as BlockId[] } }],
  ])("[REQ1] malformed: %s", (_, changed) => {
    expect(code(q1(changed))).toBe("malformed");
  });

  test("[REQ1] the first problem is told, with its line", () => {
    const lines = [q1().lines[0], { ...q1().lines[0], count: 12, regions: [] }] as RequestLine[];
    expect(checkRequest(q1({ lines }))).toEqual({
      code: "invalid_count",
      detail: "Line 2: 12 is no multiple of 8; 8 or 16 is.",
    });
    expect(code(q1({ lines, version: Number.NaN }))).toBe("malformed");
  });

  test("[REQ31] a release is of one product, by name, and buys nothing", () => {
    const { cap: _, ...line } = q1().lines[0] as RequestLine;
    const release = (changed: Partial<ComputeRequest> = {}, of: Partial<RequestLine> = {}) =>
      code(q1({ release: "mira", lines: [{ ...line, ...of }], ...changed }));
    expect(release()).toBeUndefined();
    expect(release({}, { product: "mira" })).toBeUndefined();
    expect([
      release({ release: "" }),
      release({ release: "none" }),
      release({}, { product: "nova" }),
      release({}, { cap: usd(3) }),
      release({}, { under: { agreement: "a" as AgreementId, clause: "c" as ClauseId, negotiated: false } }),
      release({ budget: { micros: 1n, currency: USD } }),
      release({ sale: { to: "nova" as PartyId, price: usd(1), blocks: [] } }),
      lineCode({ product: "" }),
    ]).toEqual(Array(8).fill("malformed"));
    expect(lineCode({ product: "none" })).toBeUndefined();
  });

  test("[REQ6] two currencies in one request", () => {
    const euro = { microsPerHour: 1n, currency: "EUR" as Currency };
    const line = q1().lines[0] as RequestLine;
    expect(code(q1({ lines: [line, { ...line, cap: euro }] }))).toBe("currency_mismatch");
    expect(code(q1({ budget: { micros: 1n, currency: euro.currency } }))).toBe("currency_mismatch");
    expect(code(q1({ sale: { to: "beta" as PartyId, price: euro, blocks: [] } }))).toBe("currency_mismatch");
    expect(code(q1({ budget: { micros: 0n, currency: USD } }))).toBeUndefined();
  });
});

describe("a line", () => {
  test.each<[string, Partial<RequestLine>]>([
    ["ends where it begins", { window: { from: YEAR_2027.from, to: YEAR_2027.from } }],
    ["ends before it begins", { window: { from: YEAR_2027.to, to: YEAR_2027.from } }],
    ["begins inside a second", { window: { from: (YEAR_2027.from + 1) as Instant, to: YEAR_2027.to } }],
    ["never begins", { window: { from: Number.NaN as Instant, to: YEAR_2027.to } }],
    ["never ends", { window: { from: YEAR_2027.from, to: Number.POSITIVE_INFINITY as Instant } }],
    ["latest start before its window", { latestStart: at("2026-12-31T23:59:59Z") }],
  ])("[REQ2] invalid window: %s", (_, line) => {
    expect(lineCode(line)).toBe("invalid_window");
  });

  test("[REQ2] the window's own beginning is a latest start", () => {
    expect(lineCode({ latestStart: YEAR_2027.from })).toBeUndefined();
  });

  test.each<[string, Partial<RequestLine>]>([
    ["nothing", { count: 0 }],
    ["less than nothing", { count: -8 }],
    ["a part of an accelerator", { count: 8.5 }],
    ["not a number", { count: Number.NaN }],
    ["more than there can be", { count: 1_000_000_008 }],
    ["no whole blocks", { count: 1_020 }],
    ["a block of nothing", { blockSize: 0 }],
    ["a gang of nothing", { gangMin: 0 }],
    ["a gang above the count", { gangMin: 1_032 }],
  ])("[REQ3] invalid count: %s", (_, line) => {
    expect(lineCode(line)).toBe("invalid_count");
  });

  test("[REQ4] alternatives give whole accelerators for a block", () => {
    const other = (num: bigint, den: bigint) => ({
      accelerators: [gb200, { acceleratorType: "h100" as AcceleratorType, factor: { num, den } }],
    });
    expect(lineCode(other(2n, 1n))).toBeUndefined();
    expect(lineCode(other(3n, 2n))).toBeUndefined();
    expect(lineCode(other(1n, 3n))).toBe("invalid_count");
    expect(lineCode(other(0n, 1n))).toBe("malformed");
    expect(lineCode(other(1n, -1n))).toBe("malformed");
  });

  test("[REQ4] the first accelerator is the measure", () => {
    expect(lineCode({ accelerators: [] })).toBe("malformed");
    expect(lineCode({ accelerators: [{ ...gb200, factor: rational(2n) }] })).toBe("malformed");
    expect(lineCode({ accelerators: [{ ...gb200, factor: { num: 0n, den: 0n } }] })).toBe("malformed");
    expect(lineCode({ accelerators: [gb200, gb200] })).toBe("malformed");
    expect(lineCode({ accelerators: [{ ...gb200, acceleratorType: "" as AcceleratorType }] })).toBe("malformed");
  });

  test("[REQ8] regions are alternatives: at least one, none twice, a star only at the end", () => {
    expect(lineCode({ regions: ["us-*", "eu-west"] })).toBeUndefined();
    for (const regions of [[], [""], ["us", "us"], ["us-*-1"], ["us-**"]]) {
      expect(lineCode({ regions })).toBe("malformed");
    }
  });

  test("[REQ5] purposes add up", () => {
    const purposes = (...counts: (number | undefined)[]) => ({
      purposes: counts.map((count, index) => ({ purpose: `p${index}`, ...(count !== undefined && { count }) })),
    });
    expect(lineCode(purposes(768, 256))).toBeUndefined();
    expect(lineCode(purposes(1_024))).toBeUndefined();
    expect(lineCode(purposes(undefined, undefined))).toBeUndefined();
    expect(lineCode(purposes(768, 248))).toBe("invalid_count");
    expect(lineCode(purposes(764, 260))).toBe("invalid_count");
    expect(lineCode(purposes(1_024, 0))).toBe("invalid_count");
    expect(lineCode(purposes(512))).toBe("invalid_count");
    expect(lineCode(purposes(768, undefined))).toBe("malformed");
    expect(lineCode({ ...purposes(768, 256), gangMin: 512 })).toBe("invalid_count");
    expect(lineCode({ ...purposes(768, 256), divisible: false })).toBe("malformed");
    expect(lineCode({ purposes: [{ purpose: "" }] })).toBe("malformed");
    expect(lineCode({ purposes: [{ purpose: "a" }, { purpose: "a" }] })).toBe("malformed");
  });

  test.each<[string, Partial<RequestLine>]>([
    ["a cap of nothing", { cap: usd(0) }],
    ["a cap below nothing", { cap: usd(-1) }],
    ["a cap in no currency", { cap: { microsPerHour: 1n, currency: "usd" as Currency } }],
    ["a channel without a name", { channel: "" }],
    ["a source class without a name", { sourceClass: "" }],
  ])("[REQ1] malformed line: %s", (_, line) => {
    expect(lineCode(line)).toBe("malformed");
  });

  test("[REQ7] stated terms are numbers where they have a direction", () => {
    expect(lineCode({ stated: { prepayment: rational(20n), slaUptime: "none", dataLocation: "us" } })).toBeUndefined();
    expect(lineCode({ stated: { prepayment: "a fifth" } })).toBe("malformed");
    expect(lineCode({ stated: { prepayment: rational(-1n) } })).toBe("malformed");
    expect(lineCode({ stated: { indexed: { num: 1n, den: 0n } } })).toBe("malformed");
    expect(lineCode({ stated: { "": "x" } })).toBe("malformed");
  });

  test("[REQ1] a cost of switching is declared once for each provider, and is an amount", () => {
    const cost = (provider: string, micros: bigint) => ({
      provider: provider as PartyId,
      cost: { micros, currency: USD },
    });
    expect(lineCode({ switchingCosts: [cost("alfa", 1n), cost("beta", 0n)] })).toBeUndefined();
    expect(lineCode({ switchingCosts: [cost("alfa", 1n), cost("alfa", 2n)] })).toBe("malformed");
    expect(lineCode({ switchingCosts: [cost("alfa", -1n)] })).toBe("malformed");
  });
});
