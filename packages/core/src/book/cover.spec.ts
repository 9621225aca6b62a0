import { afterEach, expect, test } from "vitest";
import { audit } from "../audit/index.ts";
import type { PartyId, RequestId } from "../kernel/index.ts";
import { usd } from "../requests/f0.ts";
import { F0, auditMade } from "./f0.ts";

afterEach(() => {
  auditMade(audit);
});

test("[BOK64] four parts at rising prices: each is asked about that costs more than was let pass, and nothing cheaper pays for it", () => {
  const world = new F0({ without: ["r2"] }).submit().answer("2026-09-15T18:00:00Z", "alfa", { type: "refuse" });
  const line = (price: number) => ({
    provider: "gamma" as PartyId,
    count: 256,
    price: usd(price),
    stated: {},
    rootBlocks: [],
  });
  world.send("2026-09-18T18:00:00Z", "lab", {
    type: "proposeAward",
    request: "q1" as RequestId,
    lines: [3, 3.05, 3.1, 3.15].map(line),
  });
  for (const [day, price] of [
    [21, 3.05],
    [22, 3.1],
    [23, 3.15],
  ] as const) {
    expect(world.open("alfa", "re-offer").thirdParty).toMatchObject({ count: 256, price: usd(price) });
    expect(world.awards()).toEqual([]);
    world.answer(`2026-09-${day}T18:00:00Z`, "alfa", { type: "refuse" }, "re-offer");
  }
  expect(world.awards()).toHaveLength(4);
});

test("[BOK64] what was cleared at a lower price does not stretch what was cleared at this one", () => {
  const world = new F0({ without: ["r2"] }).submit().answer("2026-09-15T18:00:00Z", "alfa", { type: "refuse" });
  const propose = (time: string, count: number) =>
    world.send(time, "lab", {
      type: "proposeAward",
      request: "q1" as RequestId,
      lines: [{ provider: "gamma" as PartyId, count, price: usd(3.05), stated: {}, rootBlocks: [] }],
    });
  propose("2026-09-18T18:00:00Z", 256).answer("2026-09-21T18:00:00Z", "alfa", { type: "refuse" }, "re-offer");
  expect(world.awards()).toEqual([["gamma", 256]]);
  propose("2026-09-22T18:00:00Z", 512);
  expect(world.open("alfa", "re-offer")).toMatchObject({ round: 2, count: 512 });
  expect(world.awards()).toEqual([["gamma", 256]]);
  world.answer("2026-09-23T18:00:00Z", "alfa", { type: "refuse" }, "re-offer");
  expect(world.awards()).toEqual([
    ["gamma", 256],
    ["gamma", 512],
  ]);
});
