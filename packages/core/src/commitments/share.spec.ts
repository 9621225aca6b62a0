import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PartyId } from "../kernel/index.ts";
import { type MinimumShare, minimumShareOf, shareAfter, shareHolds } from "./share.ts";
import { dollars, spend, YEAR_2027 } from "./world.ts";

const share = (total: bigint, beneficiary: bigint, shareBp = 6_000): MinimumShare => ({
  beneficiary: "alfa" as PartyId,
  shareBp,
  projected: { total, beneficiary },
});

describe("minimum share", () => {
  test("[CMT11] domain row K4: 58 % after an award to another misses 60 %", () => {
    const projected = share(9_667n, 5_800n);
    expect(shareAfter(projected, 0n, 333n)).toEqual({ num: 29n, den: 50n });
    expect(shareHolds(projected, 0n, 333n)).toBe(false);
    expect(shareHolds(projected, 333n, 0n)).toBe(true);
  });

  test("[CMT11] the minimum itself is enough", () => {
    expect(shareHolds(share(90n, 60n), 0n, 10n)).toBe(true);
    expect(shareHolds(share(90n, 60n), 0n, 11n)).toBe(false);
    expect(shareHolds(share(0n, 0n), 6n, 4n)).toBe(true);
    expect(shareHolds(share(0n, 0n), 5n, 4n)).toBe(false);
    expect(shareAfter(share(0n, 0n), 0n, 0n)).toBeUndefined();
  });

  test("[CMT12] below the minimum, what does not lower the share is not barred", () => {
    const below = share(100n, 50n);
    expect(shareHolds(below, 8n, 0n)).toBe(true);
    expect(shareHolds(below, 8n, 8n)).toBe(true);
    expect(shareHolds(below, 8n, 9n)).toBe(false);
  });

  test("[CMT11 CMT12] the line says what the two definitions say", () => {
    const seconds = fc.bigInt({ min: 0n, max: 60n });
    fc.assert(
      fc.property(seconds, seconds, seconds, seconds, fc.integer({ min: 0, max: 10_000 }), (b0, o0, b, o, bp) => {
        const one = share(b0 + o0, b0, bp);
        const total = b0 + o0 + b + o;
        const reaches = (b0 + b) * 10_000n >= BigInt(bp) * total;
        const lowers = b0 + o0 === 0n || b0 * total > (b0 + b) * (b0 + o0);
        expect(shareHolds(one, b, o)).toBe(reaches || !lowers);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  test("[CMT11] a clause without a projection constrains nothing", () => {
    const projected = { total: 10n, beneficiary: 6n };
    const { clause } = spend(0, { type: "minimum-share", shareBp: 6_000, projected, schedule: [YEAR_2027] });
    expect(minimumShareOf(clause, dollars(5))).toEqual({
      beneficiary: "alfa",
      shareBp: 6_000,
      projected,
      periods: [YEAR_2027],
      override: dollars(5),
    });
    expect(minimumShareOf(spend(0).clause)).toBeUndefined();
    expect(minimumShareOf(spend(0, { type: "minimum-share", shareBp: 6_000 }).clause)).toBeUndefined();
  });
});
