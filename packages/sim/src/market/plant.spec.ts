import { audit, auditFeeds, auditReplay } from "@offtake/core/audit";
import { feedsOf } from "@offtake/core/disclosure";
import { describe, expect, test } from "vitest";
import { randomMarket } from "./market.ts";
import { PLANTS } from "./plant.ts";

const SEEDS = Array.from({ length: 40 }, (_, index) => `plant ${index}`);
const histories = SEEDS.map((seed) => randomMarket(seed, 10).book.history());

describe(`faults planted in ${SEEDS.length} markets`, () => {
  test.each(PLANTS)(
    "$name: found wherever there is a place for it, and no history is blamed without it",
    ({ breaks, plant }) => {
      const planted = histories.flatMap((history) => {
        const faulty = plant(history);
        return faulty === undefined ? [] : [faulty];
      });
      expect(planted.length).toBeGreaterThan(2);
      const found = planted.map((history) => audit(history).some((finding) => finding.invariant === breaks));
      expect(found.filter((one) => !one)).toEqual([]);
      expect(histories.flatMap((history) => audit(history)).filter((finding) => finding.invariant === breaks)).toEqual(
        [],
      );
    },
  );

  test("an event that is lost, or comes out otherwise, is found when the commands are decided anew", () => {
    for (const history of histories) {
      const lost = history.filter((_, index) => index !== history.length - 2);
      expect(auditReplay(history, lost).map((finding) => finding.invariant)).toContain("I8");
    }
  });

  test("a rival's bid that is shown to somebody else is found", () => {
    let shown = 0;
    for (const history of histories) {
      const bid = history.find((event) => event.type === "bidReceived" && event.verdict === "sealed");
      if (bid?.type !== "bidReceived") continue;
      const feeds = new Map<string, readonly unknown[]>(feedsOf(history));
      const rival = bid.bid.bidder === "beta" ? "gamma" : "beta";
      const leaked = new Map([
        ...feeds,
        [rival, [...(feeds.get(rival) ?? []), { type: "invited", about: bid.bid.id }]],
      ]);
      expect(auditFeeds(history, leaked).map((finding) => finding.invariant)).toContain("I4");
      shown += 1;
    }
    expect(shown).toBeGreaterThan(10);
  });
});
