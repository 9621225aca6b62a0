import { afterEach, describe, expect, test } from "vitest";
import { audit } from "../audit/index.ts";
import type { AcceleratorType, BidId, BlockId, PartyId, RequestId, TenderId } from "../kernel/index.ts";
import { at } from "../requests/f0.ts";
import { auditMade, F0 } from "./f0.ts";

afterEach(() => {
  auditMade(audit);
});

const YEAR = { from: at("2027-01-01T00:00:00Z"), to: at("2028-01-01T00:00:00Z") };

function withBlock(world: F0, id: string, quantity: number): F0 {
  return world.send("2026-09-01T00:00:00Z", "lab", {
    type: "recordBlock",
    block: {
      id: id as BlockId,
      rootId: id as BlockId,
      provider: "gamma" as PartyId,
      acceleratorType: "gb200" as AcceleratorType,
      quantity,
      blockSize: 8,
      region: "us-central",
      window: YEAR,
      firmness: "firm",
    },
  });
}

/** One request is out to the market; of another, submitted after it, ALFA is being asked. */
function twoRequests(quantity: number): F0 {
  const world = withBlock(withBlock(new F0({ without: ["r2"] }), "g-17", quantity), "g-18", 1024);
  world.submit().answer("2026-09-14T18:00:00Z", "alfa", { type: "refuse" });
  return world.submit("2026-09-14T19:00:00Z", { id: "q2" as RequestId });
}

const on = (...blocks: string[]): { readonly rootBlocks: readonly BlockId[]; readonly countMin: number } => ({
  rootBlocks: blocks as BlockId[],
  countMin: 512,
});

function accept(world: F0, count: number, host: string | undefined): F0 {
  return world.answer("2026-09-16T17:00:00Z", "alfa", {
    type: "accept",
    count,
    rootBlocks: ["g-17" as BlockId],
    ...(host === undefined ? {} : { host: host as PartyId }),
  });
}

describe("what a host has bid itself, and runs for another now", () => {
  test("[BOK101] falls then and there, in every tender that is still sealed; its other bids stand", () => {
    const world = twoRequests(1024);
    world.bid("2026-09-15T18:00:00Z", "gamma", 2.6, on("g-17")).bid("2026-09-15T19:00:00Z", "gamma", 2.7, on("g-18"));
    const [first] = world.of("bidReceived");
    accept(world, 1024, "gamma");
    const hold = world.of("holdPlaced")[0]?.hold;
    expect(world.of("bidVoided")).toEqual([
      {
        type: "bidVoided",
        at: at("2026-09-16T17:00:00Z"),
        request: "q1",
        bid: first?.bid.id,
        bidder: "gamma",
        why: "block_taken",
        hold,
      },
    ]);
    world.wait("2026-09-21T18:00:00Z");
    expect(world.awards()).toEqual([
      ["alfa", 1024],
      ["gamma", 1024],
    ]);
  });

  test("[BOK101] stands while its machines still give what it must give at least", () => {
    const world = twoRequests(1024);
    world.bid("2026-09-15T18:00:00Z", "gamma", 2.6, on("g-17"));
    expect(accept(world, 512, "gamma").of("bidVoided")).toEqual([]);
    const less = twoRequests(1016);
    less.bid("2026-09-15T18:00:00Z", "gamma", 2.6, on("g-17"));
    expect(accept(less, 512, "gamma").of("bidVoided")).toHaveLength(1);
  });

  test("[BOK101] another's bid stays: its bidder may not know, and the machines may come free", () => {
    const world = twoRequests(1024);
    world.bid("2026-09-15T18:00:00Z", "delta", 2.6, { ...on("g-17"), host: "gamma" as PartyId });
    accept(world, 1024, "gamma");
    expect(world.of("bidVoided")).toEqual([]);
    expect(world.wait("2026-09-21T18:00:00Z").of("evaluated").at(-1)?.evaluation.unfilled).toMatchObject([
      { why: "no_capacity" },
    ]);
  });

  test("[BOK101] may be bid anew on other machines", () => {
    const world = twoRequests(1024);
    world.bid("2026-09-15T18:00:00Z", "gamma", 2.6, on("g-17"));
    accept(world, 1024, "gamma").bid("2026-09-16T17:30:00Z", "gamma", 2.6, on("g-18"));
    expect(world.of("bidReceived").map((event) => event.verdict)).toEqual(["sealed", "sealed"]);
    expect(world.state.sealed.get(world.of("tenderOpened")[0]?.tender.id as TenderId)).toBe("q1");
    expect(world.wait("2026-09-21T18:00:00Z").state.sealed.size).toBe(0);
  });
});

describe("a bid that takes the place of an earlier one", () => {
  test("[BOK42] leaves nothing of the earlier behind: it can no longer be named, and no table grows by it", () => {
    const world = twoRequests(1024);
    world.bid("2026-09-15T18:00:00Z", "gamma", 2.6, on("g-17")).bid("2026-09-15T19:00:00Z", "gamma", 2.5, on("g-17"));
    const [first, second] = world.of("bidReceived").map(({ bid }) => bid.id);
    expect(first).not.toBe(second);
    expect(world.state.bids.sorted().map(([id]) => id)).toEqual([second]);
    world.send("2026-09-15T20:00:00Z", "gamma", { type: "withdrawBid", bid: first as BidId });
    expect(world.rejected).toBe("not_found");
  });
});
