import { describe, expect, test } from "vitest";
import {
  addMs,
  type BlockId,
  type Currency,
  DAY_MS,
  type Instant,
  type PartyId,
  Random,
  rational,
} from "../kernel/index.ts";
import type { Bid } from "../tenders/bid.ts";
import { evaluateInFull } from "./evaluate.ts";
import type { EvaluationInput } from "./evaluation.ts";
import { evaluatePlain } from "./plain.ts";
import { bid, CLOSE, line, lot, USD, usd, YEAR_2027 } from "./world.ts";

const ROOTS = ["r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8"] as BlockId[];
const DRAWN = 8_000;
/** Short, so that the long way keeps to plain numbers too. */
const TWO_DAYS = { from: YEAR_2027.from, to: addMs(YEAR_2027.from, 2 * DAY_MS) };

/** Price lists of a few sellers, with now and then one that is not plain; blocks that carry less than was wanted. */
function drawn(random: Random): EvaluationInput {
  const count = random.between(1, 40) * random.pick([4, 8]);
  const room = new Map<Bid, number>();
  const bids = Array.from({ length: random.between(0, 8) }, (_, order): Bid => {
    const price = random.between(180, 320) / 100;
    const tiers: [number, number][] = [[random.pick([1, 8, 24]), price]];
    if (random.chance(1, 3)) tiers.push([random.pick([64, 128, 256]), price - 0.02]);
    const own = line(tiers, {
      countMin: random.pick([4, 8, 8, 8, 16, 64]),
      countMax: random.between(1, 30) * 8 - random.pick([0, 0, 0, 4]),
      multiple: random.pick([4, 8, 8, 8, 16]),
      rootBlocks: random.chance(1, 3) ? [random.pick(ROOTS)] : [],
      ...(random.chance(1, 12) ? { region: "eu-west" } : {}),
      ...(random.chance(1, 20) ? { stated: { setupFee: rational(5n) } } : {}),
      ...(random.chance(1, 30) ? { window: YEAR_2027 } : {}),
    });
    const made = bid(random.pick(["alfa", "beta", "gamma", "delta"]), order, own, {
      id: `${order}` as never,
      standing: true,
      ...(random.chance(1, 15) ? { validUntil: CLOSE } : {}),
      ...(random.chance(1, 25) ? { contingency: { until: YEAR_2027.from } } : {}),
    });
    room.set(made, random.chance(1, 3) ? random.between(0, 20) * 8 : 10_000);
    return made;
  });
  const barred = random.chance(1, 5) ? ("beta" as PartyId) : undefined;
  return {
    lots: [
      lot({
        count,
        window: TWO_DAYS,
        ...(random.chance(1, 4) ? { minimumUsable: random.pick([8, 16, 64]) } : {}),
        terms: {
          blockSize: random.pick([4, 8]),
          gangMin: random.pick([4, 8, 8, 32]),
          ...(random.chance(4, 5) ? { price: usd(random.between(180, 320) / 100) } : { price: usd(9) }),
          ...(random.chance(1, 20) ? { latestStart: (YEAR_2027.from - 1) as Instant } : {}),
        },
      }),
    ],
    bids,
    currency: random.chance(1, 30) ? ("EUR" as Currency) : USD,
    at: CLOSE,
    withBinding: random.chance(1, 30),
    room: (one, _, wanted) => Math.min(wanted, room.get(one) ?? wanted),
    excluded: (one) => (one.bidder === barred ? "holder_may_not_bid" : undefined),
    ...(random.chance(1, 30) ? { budget: { micros: 1_000_000_000_000n, currency: USD } } : {}),
  };
}

describe("plain bids", () => {
  test(`[AWD13] in ${DRAWN} markets the short way gives what the long one does, or leaves it to that`, () => {
    const seen = { plain: 0, full: 0, part: 0, nothing: 0 };
    for (let seed = 0; seed < DRAWN; seed += 1) {
      const input = drawn(new Random(`plain ${seed}`));
      const plain = evaluatePlain(input);
      if (plain === undefined) continue;
      expect(evaluateInFull(input), `seed ${seed}`).toEqual({ ok: true, value: plain });
      seen.plain += 1;
      if (plain.unfilled.length === 0) seen.full += 1;
      else if (plain.chosen.length > 0) seen.part += 1;
      else seen.nothing += 1;
    }
    expect(seen.plain).toBeGreaterThan(DRAWN / 8);
    for (const many of [seen.full, seen.part, seen.nothing]) expect(many).toBeGreaterThan(50);
  });
});
