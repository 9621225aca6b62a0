import { afterEach, describe, expect, test } from "vitest";
import { audit } from "../audit/index.ts";
import type { AcceleratorType, BlockId, Money, PartyId } from "../kernel/index.ts";
import { countOffered } from "../requests/offered.ts";
import { at, USD } from "../requests/f0.ts";
import { auditMade, F0 } from "./f0.ts";

afterEach(() => {
  auditMade(audit);
});

const GB200 = { acceleratorType: "gb200" as AcceleratorType, factor: { num: 1n, den: 1n } };
const H100 = { acceleratorType: "h100" as AcceleratorType, factor: { num: 5n, den: 2n } };
const YEAR = { from: at("2027-01-01T00:00:00Z"), to: at("2028-01-01T00:00:00Z") };
const usdMoney = (dollars: bigint): Money => ({ micros: dollars * 1_000_000n, currency: USD });

/** 2,560 of another type replace the 1,024 that are asked for; GAMMA offers so many. */
function replaced(quantity = 2_560): F0 {
  const world = new F0({ r2: { scope: { IsGlobalScope: true } } });
  for (const [id, provider] of [
    ["g-1", "gamma"],
    ["b-1", "beta"],
  ] as const) {
    world.send("2026-09-01T00:00:00Z", "lab", {
      type: "recordBlock",
      block: {
        id: id as BlockId,
        rootId: id as BlockId,
        provider: provider as PartyId,
        acceleratorType: "h100" as AcceleratorType,
        quantity,
        blockSize: 8,
        region: "us-central",
        window: YEAR,
        firmness: "firm",
      },
    });
  }
  world.submit("2026-09-14T17:00:00Z", {}, { accelerators: [GB200, H100] });
  world.answer("2026-09-15T18:00:00Z", "alfa", { type: "refuse" });
  return world
    .bid("2026-09-16T16:00:00Z", "gamma", 1, {
      acceleratorType: "h100",
      countMax: 2_560,
      rootBlocks: ["g-1" as BlockId],
    })
    .wait("2026-09-18T18:00:00Z");
}

const award = (world: F0) => world.of("awardIssued").at(-1)?.award.lines;

describe("an alternative of which another number replaces what was asked for", () => {
  test("[BOK102] a bid is awarded with the number of its own type", () => {
    const world = replaced().answer("2026-09-18T19:00:00Z", "beta", { type: "refuse" }, "match");
    const cost = usdMoney(2_560n * 8_760n);
    expect(award(world)).toMatchObject([
      { provider: "gamma", count: 1_024, offered: 2_560, cost, blocks: [{ block: "g-1", count: 2_560 }] },
    ]);
  });

  test("[BOK102] whoever matches it gives and is paid as many, on machines that have room for them", () => {
    const accept = (world: F0) =>
      world.answer("2026-09-18T19:00:00Z", "beta", { type: "accept", rootBlocks: ["b-1" as BlockId] }, "match");
    const world = accept(replaced());
    const cost = usdMoney(2_560n * 8_760n);
    expect(award(world)).toMatchObject([
      { provider: "beta", count: 1_024, offered: 2_560, cost, blocks: [{ block: "b-1", count: 2_560 }] },
    ]);
    const short = replaced();
    short.send("2026-09-18T18:30:00Z", "lab", { type: "withdrawBlock", block: "b-1" as BlockId });
    expect(accept(short).of("answerReceived").at(-1)?.answer.verdict).toBe("curable");
  });

  test("[BOK102] is rounded up where it is no whole number", () => {
    const alternatives = [GB200, H100].map((item) => ({ ...item, region: "us-central" }));
    expect(countOffered({ alternatives }, "h100", 1_024)).toBe(2_560);
    expect(countOffered({ alternatives }, "h100", 1_023)).toBe(2_558);
    expect(countOffered({ alternatives }, "gb200", 1_023)).toBe(1_023);
  });
});

describe("a package", () => {
  const bid = (extras: Partial<{ price: Money; listPrices: (Money | undefined)[] }>) => {
    const world = new F0({ without: ["r1", "r2"], policy: { inseparable: "allocate" } }).submit();
    const whole = { extras: ["2 PB of storage"], listPrices: [], ...extras };
    world.bid("2026-09-15T16:00:00Z", "gamma", 2.6, { countMin: 1_024 }, { package: whole });
    return world.wait("2026-09-18T18:00:00Z");
  };

  test("[BOK102] brings what it holds besides, with what that carries of the one price", () => {
    expect(award(bid({}))).toMatchObject([{ provider: "gamma", extras: { what: ["2 PB of storage"] } }]);
    const listPrices = [usdMoney(26_910_720n), usdMoney(3_000_000n)];
    const [line] = award(bid({ price: usdMoney(25_922_624n), listPrices })) ?? [];
    expect(line?.cost).toEqual(usdMoney(23_322_624n));
    expect(line?.extras).toEqual({ what: ["2 PB of storage"], cost: usdMoney(2_600_000n) });
  });
});
