import { describe, expect, test } from "vitest";
import type { BookEvent } from "../book/events.ts";
import { rational } from "../kernel/index.ts";
import { at, changed, cleanHistory, event, marketAward, window, withMarketLine } from "./history.fixture.ts";
import { audit } from "./index.ts";

const clean = cleanHistory();
const i1 = (history: readonly BookEvent[]): string[] =>
  audit(history).flatMap((finding) => (finding.invariant === "I1" ? [finding.message] : []));

describe("I1: never more than was asked for", () => {
  test("[AUD1] a lot beyond its count", () => {
    expect(i1(withMarketLine({ count: 432 }))).toEqual(["1032 were awarded of a lot of 1024"]);
    expect(i1([...clean, marketAward("awd_2", "lot_1", 8)])).toEqual(["1032 were awarded of a lot of 1024"]);
  });

  test("[AUD1] a line at one instant beyond every version of the request, though each lot is in order", () => {
    const lots = changed(clean, "lotFormed", 0, (one) => [
      one,
      { ...one, lot: { ...one.lot, id: "lot_2" as never, label: "1a" } },
    ]);
    expect(i1([...lots, marketAward("awd_2", "lot_2", 8)])).toEqual([
      "1032 were awarded at one time where 1024 were asked for",
    ]);
    const after = changed(lots, "lotFormed", 1, (one) => ({
      ...one,
      lot: { ...one.lot, window: window("2028-01-01", "2028-02-01") },
    }));
    expect(i1([...after, marketAward("awd_2", "lot_2", 8)])).toEqual([]);
  });

  test("[AUD1] a lot that was never formed", () => {
    expect(i1(withMarketLine({ lot: "lot_9" }))).toEqual(["a lot was awarded that was never formed"]);
  });

  test("[AUD1] what defaulted may be awarded again, by its own provider or another", () => {
    const stamp = { at: at("2026-10-05T00:00Z"), award: "awd_1", request: "q1", why: "no_capacity" };
    const gone = event("awardDefaulted", { ...stamp, provider: "gamma" });
    expect(i1([...clean, gone, marketAward("awd_2", "lot_1", 424)])).toEqual([]);
    expect(i1([...clean, gone, marketAward("awd_2", "lot_1", 432)])).toHaveLength(1);
    const notIts = event("awardDefaulted", { ...stamp, provider: "beta" });
    expect(i1([...clean, notIts, marketAward("awd_2", "lot_1", 424)])).toHaveLength(1);
  });

  test("[AUD1] a line counts in accelerators of the first alternative, whatever it supplies", () => {
    const history = changed(clean, "lotFormed", 0, (one) => {
      const first = one.lot.alternatives[0] as (typeof one.lot.alternatives)[number];
      const twice = { ...first, acceleratorType: "h200" as never, factor: rational(2n) };
      return { ...one, lot: { ...one.lot, alternatives: [first, twice] } };
    });
    const awarded = (count: number) => withMarketLine({ count, acceleratorType: "h200" }, history);
    expect(i1(awarded(424))).toEqual([]);
    expect(i1(awarded(425))).toEqual(["1025 were awarded of a lot of 1024"]);
  });

  test("[AUD1] a cut of the request takes back nothing that was accepted before", () => {
    const cut = {
      at: at("2026-09-20T00:00Z"),
      request: { id: "q1", buyer: "lab", lines: [{ count: 512 }] },
      material: true,
    };
    const history = changed(clean, "tenderOpened", 0, (one) => [event("requestRevised", cut), one]);
    expect(audit(history)).toEqual([]);
  });
});
