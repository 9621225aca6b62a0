import { describe, expect, test } from "vitest";
import type { Currency, Rate } from "../kernel/index.ts";
import { beatsFirstOffer, type PriceCover, priceCovered } from "./movement.ts";

const usd = (microsPerHour: bigint): Rate => ({ microsPerHour, currency: "USD" as Currency });
const CAP = usd(3_000_000n);
const cover = (more: Partial<PriceCover> = {}): PriceCover => ({
  burdens: "demand",
  on: "supplier-favourable",
  toleranceBp: 0,
  ...more,
});

describe("a price that moves after a refusal", () => {
  test("[PRC14] domain rows T1 and T2: lower is covered, higher is not", () => {
    expect(priceCovered(CAP, usd(2_600_000n), cover())).toBe(true);
    expect(priceCovered(CAP, CAP, cover())).toBe(true);
    expect(priceCovered(CAP, usd(3_050_000n), cover())).toBe(false);
  });

  test("[PRC14] the tolerance is inclusive and of the noticed price", () => {
    const tolerant = cover({ toleranceBp: 500 });
    expect(priceCovered(CAP, usd(3_150_000n), tolerant)).toBe(true);
    expect(priceCovered(CAP, usd(3_150_001n), tolerant)).toBe(false);
  });

  test("[PRC14] where capacity is burdened, a lower price is what favours the third party", () => {
    const capacity = cover({ burdens: "capacity" });
    expect(priceCovered(CAP, usd(2_999_999n), capacity)).toBe(false);
    expect(priceCovered(CAP, usd(3_500_000n), capacity)).toBe(true);
  });

  test("[PRC14] a notice without a price covers every price", () => {
    expect(priceCovered(undefined, usd(9_000_000n), cover())).toBe(true);
  });

  test("[PRC15] on any change, both ways count", () => {
    const any = cover({ on: "any", toleranceBp: 100 });
    expect(priceCovered(CAP, usd(2_970_000n), any)).toBe(true);
    expect(priceCovered(CAP, usd(2_969_999n), any)).toBe(false);
    expect(priceCovered(CAP, usd(3_030_001n), any)).toBe(false);
    expect(priceCovered(CAP, CAP, any)).toBe(true);
  });

  test("[PRC16] domain row T11: the last round covers ten per cent more", () => {
    const last = cover({ toleranceBp: 100, lastRoundToleranceBp: 1000 });
    expect(priceCovered(CAP, usd(3_330_000n), last)).toBe(true);
    expect(priceCovered(CAP, usd(3_330_001n), last)).toBe(false);
  });

  test("[PRC17] domain row T12: after a declined first offer of $2.900, $2.880 is allowed and $2.900 is not", () => {
    expect(beatsFirstOffer(usd(2_900_000n), usd(2_880_000n), "demand")).toBe(true);
    expect(beatsFirstOffer(usd(2_900_000n), usd(2_900_000n), "demand")).toBe(false);
    expect(beatsFirstOffer(usd(2_900_000n), usd(2_900_001n), "capacity")).toBe(true);
    expect(beatsFirstOffer(usd(2_900_000n), usd(2_900_000n), "capacity")).toBe(false);
  });
});
