import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type AcceleratorType,
  canonicalText,
  type Currency,
  type Instant,
  type PartyId,
  rational,
} from "../kernel/index.ts";
import { excessInBlocks, minimumPart, nearestMultiples, roundUpToBlock } from "./blocks.ts";
import { askedText } from "./asked-text.ts";
import { q1, q1Terms, USD, usd } from "./f0.ts";
import type { ComputeRequest } from "./request.ts";
import type { Terms } from "./terms.ts";
import { termsText } from "./terms-text.ts";

/** Words that could pass for something else: separators, quotes, numbers, names of fields. */
const word = fc.oneof(
  fc.constantFrom("a", "b", "us-*", "a,b", "a;purpose=b", '"a"', "", "1/2", "count=8", "é", "\u0000", "\ud800", "none"),
  fc.string({ maxLength: 4 }),
);
const number = fc.tuple(fc.bigInt(-3n, 3n), fc.bigInt(1n, 4n)).map(([num, den]) => rational(num, den));

const terms: fc.Arbitrary<Terms> = fc.record(
  {
    acceleratorType: word.map((text) => text as AcceleratorType),
    alternatives: fc.array(
      fc.record({ acceleratorType: word.map((text) => text as AcceleratorType), factor: number }),
      { minLength: 1, maxLength: 2 },
    ),
    count: fc.integer({ min: 1, max: 3 }),
    blockSize: fc.integer({ min: 1, max: 3 }),
    gangMin: fc.integer({ min: 1, max: 3 }),
    divisible: fc.boolean(),
    regions: fc.array(word, { minLength: 1, maxLength: 3 }),
    window: fc.record({
      from: fc.integer({ min: -2, max: 2 }).map((ms) => ms as Instant),
      to: fc.integer({ min: -2, max: 2 }).map((ms) => ms as Instant),
    }),
    purpose: word,
    purposes: fc.array(word, { minLength: 2, maxLength: 3 }),
    channel: word,
    sourceClass: word,
    price: fc.record({
      microsPerHour: fc.bigInt(1n, 3n),
      currency: fc.constantFrom("USD" as Currency, "EUR" as Currency),
    }),
    latestStart: fc.integer({ min: -2, max: 2 }).map((ms) => ms as Instant),
    stated: fc.dictionary(word, fc.oneof(number, word), { maxKeys: 3 }).map((stated) => ({ ...stated })),
  },
  {
    requiredKeys: ["acceleratorType", "count", "blockSize", "gangMin", "divisible", "regions", "window", "stated"],
  },
);

/** What terms say, without what their order does not say: the plain reading that the text is held against. */
function saying(value: Terms): string {
  return canonicalText({
    ...value,
    regions: [...value.regions].sort(),
    purposes: value.purposes && [...value.purposes].sort(),
    alternatives: value.alternatives?.map(canonicalText).sort(),
  });
}

describe("what an approver decides on", () => {
  const before = q1({ budget: { micros: 5n, currency: USD } }, { regions: ["us-east", "us-west"] });

  test("[REQ34] notes, a label, the version and the names of approvals are none of it, nor is the order of a set", () => {
    const noted = {
      ...before,
      version: 2,
      notes: "for the board",
      project: "spring",
      approvals: ["budget"],
      overrides: [],
    };
    expect(askedText(noted)).toBe(askedText(before));
    const turned = q1({ budget: { micros: 5n, currency: USD } }, { regions: ["us-west", "us-east"] });
    expect(askedText(turned)).toBe(askedText(before));
  });

  test("[REQ34] everything else is: each field of a request and of a line", () => {
    const wishes: readonly ComputeRequest[] = [
      before,
      q1({}, { regions: ["us-east", "us-west"] }),
      { ...before, budget: { micros: 6n, currency: USD } },
      { ...before, buyer: "other" as PartyId },
      { ...before, unfilled: "close" },
      { ...before, bidsCloseAt: 5 as Instant },
      { ...before, release: "mira" },
      { ...before, sale: { to: "beta" as PartyId, price: usd(1), blocks: [] } },
      { ...before, lines: [...before.lines, ...before.lines] },
      ...(
        [
          { count: 1_032 },
          { blockSize: 16 },
          { gangMin: 16 },
          { divisible: false },
          { cap: usd(3.1) },
          { latestStart: 5 as Instant },
          { window: { from: 1 as Instant, to: 2 as Instant } },
          { purposes: [{ purpose: "inference", count: 8 }] },
          { channel: "api" },
          { product: "mira" },
          { sourceClass: "own_build" },
          { stated: { term: "x" } },
          { incumbent: "beta" as PartyId },
          { switchingCosts: [{ provider: "beta" as PartyId, cost: { micros: 1n, currency: USD } }] },
          { accelerators: [{ acceleratorType: "gb200" as AcceleratorType, factor: rational(2n) }] },
        ] as const
      ).map((line) => ({ ...before, lines: before.lines.map((one) => ({ ...one, ...line })) })),
    ];
    expect(new Set(wishes.map(askedText)).size).toBe(wishes.length);
  });
});

describe("the text of terms", () => {
  test("[REQ17] the fixture's terms read as a line", () => {
    expect(termsText(q1Terms())).toBe(
      "accelerator=gb200;count=1024;block=8;gang=8;divisible=yes;regions=us-central;from=1798761600000;to=1830297600000;purpose=inference;price=3000000/USD",
    );
    expect(termsText(q1Terms({ stated: { slaUptime: rational(999n, 10n), dataLocation: "US only" } }))).toMatch(
      /;term dataLocation="US only";term slaUptime=999\/10$/,
    );
  });

  test("[REQ17] the same text exactly when the same is said", () => {
    fc.assert(
      fc.property(terms, terms, (a, b) => {
        expect(termsText(a) === termsText(b)).toBe(saying(a) === saying(b));
      }),
      { seed: 1, numRuns: 2_000 },
    );
  });

  test("[REQ17] one field changed is another text; another order is the same", () => {
    fc.assert(
      fc.property(terms, terms, (a, b) => {
        for (const field of Object.keys(a) as (keyof Terms)[]) {
          const mixed: Terms = { ...a, [field]: b[field] };
          if (b[field] === undefined) continue;
          expect(termsText(a) === termsText(mixed)).toBe(saying(a) === saying(mixed));
        }
        const stated = Object.fromEntries(Object.entries(a.stated).reverse());
        expect(termsText({ ...a, regions: [...a.regions].reverse(), stated })).toBe(termsText(a));
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  test("[REQ17] equal numbers are equal however they are written", () => {
    const half = (num: bigint, den: bigint) => termsText(q1Terms({ stated: { prepayment: { num, den } } }));
    expect(half(2n, 4n)).toBe(half(1n, 2n));
    expect(half(4n, 2n)).toBe(half(2n, 1n));
    expect(half(1n, 2n)).not.toBe(termsText(q1Terms({ stated: { prepayment: "1/2" } })));
  });

  test("[REQ16] a cap is the noticed price", () => {
    expect(q1Terms({ cap: usd(2.95) }).price).toEqual(usd(2.95));
  });
});

describe("quantities in blocks", () => {
  test("[REQ28] A6: 204.8 in blocks of 8 is 208", () => {
    expect(roundUpToBlock(rational(2_048n, 10n), 8)).toBe(208);
    expect(roundUpToBlock(rational(208n), 8)).toBe(208);
    expect(roundUpToBlock(rational(0n), 8)).toBe(0);
    expect(excessInBlocks(1_024, rational(3n, 10n), 1_000, 8)).toBe(208);
  });

  test("[REQ28] at the tolerance nothing is in excess, above it at most everything", () => {
    expect(excessInBlocks(1_024, rational(1n, 10n), 1_000, 8)).toBe(0);
    expect(excessInBlocks(1_024, rational(1_000_001n, 10_000_000n), 1_000, 8)).toBe(8);
    expect(excessInBlocks(1_020, rational(1n), 0, 8)).toBe(1_020);
  });

  test("[REQ29] the smallest part of use", () => {
    expect(minimumPart(q1Terms())).toBe(8);
    expect(minimumPart(q1Terms({ gangMin: 100 }))).toBe(104);
    expect(minimumPart(q1Terms({ divisible: false }))).toBe(1_024);
  });

  test("[REQ3] the nearest right counts", () => {
    expect(nearestMultiples(2_500, 8)).toEqual({ below: 2_496, above: 2_504 });
    expect(nearestMultiples(3, 8)).toEqual({ above: 8 });
    expect(nearestMultiples(16, 8)).toEqual({ below: 16, above: 16 });
  });
});
