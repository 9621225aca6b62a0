import { expect, test } from "vitest";
import type { AcceleratorType, BlockId, OfferId, PartyId } from "../kernel/index.ts";
import { at, usd } from "../requests/f0.ts";
import { F0 } from "./f0.ts";

const GAMMA = "gamma" as PartyId;
const WHEN = "2026-09-02T00:00:00Z";

/** No rights; one price list that bids by itself, out of one block of 1,024. */
function listed(): F0 {
  const world = new F0({ without: ["r1", "r2"], policy: { tenderWindow: { n: 0, unit: "hours" } } });
  const common = { provider: GAMMA, acceleratorType: "gb200" as AcceleratorType, region: "us-central", blockSize: 8 };
  const window = { from: at("2026-01-01T00:00:00Z"), to: at("2032-01-01T00:00:00Z") };
  const id = "b1" as BlockId;
  world.send(WHEN, "lab", {
    type: "recordBlock",
    block: { ...common, id, rootId: id, quantity: 1_024, window, firmness: "firm" },
  });
  const offer = {
    ...common,
    id: "list" as OfferId,
    tiers: [{ from: 1, rate: usd(2.4) }],
    blocks: [id],
    source: "test",
  };
  world.send(WHEN, "lab", { type: "listOffer", offer: { ...offer, standing: true } });
  return world;
}

test("[BOK207] a request that price lists have no room for is told what would work", () => {
  const world = listed();
  const first = world.submit().of("awardIssued");
  expect(first[0]?.award.lines.map(({ count }) => count)).toEqual([1_024]);
  const refused = world.submit("2026-09-15T17:00:00Z", { id: "q2" as never });
  const ends = [...refused.of("requestClosed"), ...refused.of("requestRested")].filter(
    ({ request }) => request === ("q2" as never),
  );
  expect(refused.of("listBidsReceived").at(-1)?.taken).toHaveLength(1);
  // All of 2027 is taken: the same a year later.
  expect(ends.map(({ nearest }) => nearest)).toEqual(["1024 from Fri 31 Dec 2027 16:00 PST"]);
});

test("[BOK207] and how much of it fits where some does", () => {
  const world = listed();
  world.submit("2026-09-14T17:00:00Z", {}, { count: 1_000 });
  const asked = world.submit("2026-09-15T17:00:00Z", { id: "q2" as never }, { divisible: false });
  const ends = [...asked.of("requestClosed"), ...asked.of("requestRested")].filter(
    ({ request }) => request === ("q2" as never),
  );
  expect(ends.map(({ nearest }) => nearest)).toEqual(["24 in this window, or 1024 from Fri 31 Dec 2027 16:00 PST"]);
});
