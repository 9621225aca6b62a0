import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareText } from "./canonical.ts";
import { IdSource, isDocumentId } from "./ids.ts";

describe("ids that a decision gives", () => {
  test("[KER20] one nonce and its first ids, for ever", () => {
    const ids = new IdSource("nonce");
    expect([ids.next("ntc"), ids.next("ntc"), ids.next("awd")]).toEqual([
      "ntc_j3f8r7smr228d42xdvkr",
      "ntc_mm02e35qyyzsrf5hh20x",
      "awd_1f9cpr28fxm4n64g714w",
    ]);
  });

  test("[KER20] the same nonce gives the same ids, another nonce others", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const [one, again, other] = [new IdSource(a), new IdSource(a), new IdSource(b)];
        for (let i = 0; i < 3; i += 1) {
          const id = one.next("lot");
          expect(id).toMatch(/^lot_[0-9a-hjkmnp-tv-z]{20}$/);
          expect(again.next("lot")).toBe(id);
          expect(other.next("lot") === id).toBe(a === b);
        }
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  test("[KER20] no id comes twice in 10,000 commands of ten", () => {
    const seen = new Set<string>();
    for (let command = 0; command < 10_000; command += 1) {
      const ids = new IdSource(`command-${command}`);
      for (let i = 0; i < 10; i += 1) seen.add(ids.next("bid"));
    }
    expect(seen.size).toBe(100_000);
  });

  test("[KER21] ids of nonces that follow each other neither rise nor begin alike", () => {
    const ids = Array.from({ length: 2_000 }, (_, index) =>
      new IdSource(`2025-01-21T00:00:00Z ${index}`).next("req" as "lot"),
    );
    let rising = 0;
    let alike = 0;
    for (let i = 1; i < ids.length; i += 1) {
      const [before = "", after = ""] = [ids[i - 1], ids[i]];
      if (compareText(before, after) < 0) rising += 1;
      if (before.slice(4, 6) === after.slice(4, 6)) alike += 1;
    }
    expect(rising).toBeGreaterThan(900);
    expect(rising).toBeLessThan(1_100);
    expect(alike).toBeLessThan(12); // one in 1,024 by chance
  });

  test("[KER21] every letter of the alphabet stands at every place alike", () => {
    const counts = new Map<string, number>();
    const draws = 32 * 300;
    for (let i = 0; i < draws; i += 1) {
      const id = new IdSource(`n${i}`).next("hld");
      for (let place = 0; place < 20; place += 1) {
        const key = `${place}${id[4 + place]}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
    expect(counts.size).toBe(20 * 32);
    for (const count of counts.values()) expect(Math.abs(count - 300)).toBeLessThan(100);
  });
});

describe("ids that documents give", () => {
  test.each(["r1", "lab", "H100", "us-south", "a", `a${"b".repeat(63)}`, "a_b.c-d"])('[KER22] "%s" is one', (text) => {
    expect(isDocumentId(text)).toBe(true);
  });

  test.each([
    "",
    "1r",
    "-a",
    "a b",
    "a/b",
    "a:b",
    `a${"b".repeat(64)}`,
    "\u00e9t\u00e9",
    "a\n",
    "a\u0000",
    "__proto__",
  ])('[KER22] "%s" is none', (text) => {
    expect(isDocumentId(text)).toBe(false);
  });
});
