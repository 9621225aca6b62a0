import type { Offer, StandingAnswer } from "@offtake/core/book";
import type { CapacityBlock } from "@offtake/core/capacity";
import {
  addMs,
  type BlockId,
  DAY_MS,
  type Instant,
  type OfferId,
  type PartyId,
  type TimeWindow,
} from "@offtake/core/kernel";
import type { Scope } from "@offtake/core/scope";
import { MARKET_OPENS } from "./clock.ts";
import type { Play } from "./play.ts";
import { ACCELERATORS, drawPrice, PURPOSES, REGIONS } from "./terms.ts";

const OPEN: TimeWindow = { from: addMs(MARKET_OPENS, -DAY_MS), to: addMs(MARKET_OPENS, 1_500 * DAY_MS) };

/** Blocks with and without lineage, what is offered on them, and who answers in advance. */
export function recordCapacity(play: Play): void {
  const { random } = play;
  const count = random.between(play.providers.length, play.providers.length * 3);
  for (let made = 0; made < count; made += 1) recordBlock(play, drawBlock(play));
  const offers = random.between(0, play.providers.length * 2);
  for (let made = 0; made < offers; made += 1) play.submit({ type: "listOffer", offer: drawOffer(play) }, play.keeper);
  const answers = random.between(0, play.rates["standing answers"]) >> 1;
  for (let made = 0; made < answers; made += 1)
    play.submit({ type: "giveStandingAnswer", standing: drawStanding(play) }, play.keeper);
}

export function recordBlock(play: Play, block: CapacityBlock): void {
  const receipt = play.submit({ type: "recordBlock", block }, play.keeper);
  if (receipt.rejection === undefined) play.blocks.push(block);
}

/** A root, or a part of a block that another party has it from. */
export function drawBlock(play: Play): CapacityBlock {
  const { random } = play;
  const id = play.id<BlockId>("b");
  const provider = random.pick(play.providers);
  const parent = random.chance(1, 3) ? play.oneOf(play.blocks) : undefined;
  if (parent !== undefined) {
    const { host: _, encumbrances: _e, ...inherited } = parent;
    return { ...inherited, id, parentId: parent.id, provider, host: parent.provider };
  }
  return {
    id,
    rootId: id,
    provider,
    acceleratorType: random.pick(ACCELERATORS),
    region: random.pick(REGIONS),
    quantity: random.between(2, 160) * 8,
    window: OPEN,
    firmness: random.chance(1, 8) ? "forecast" : "firm",
    blockSize: random.pick([8, 8, 8, 16]),
    ...(random.chance(1, 10) ? { host: "hosta" as PartyId } : {}),
  };
}

export function blocksOf(play: Play, provider: PartyId): CapacityBlock[] {
  return play.blocks.filter((block) => block.provider === provider);
}

export function drawOffer(play: Play): Offer {
  const { random } = play;
  const block = play.oneOf(play.blocks);
  const provider = block?.provider ?? random.pick(play.providers);
  const rate = drawPrice(random);
  const cheaper = { ...rate, microsPerHour: rate.microsPerHour - 200_000n };
  return {
    id: play.id<OfferId>("o"),
    provider,
    acceleratorType: block?.acceleratorType ?? random.pick(ACCELERATORS),
    region: block?.region ?? random.pick(REGIONS),
    tiers: random.chance(1, 3)
      ? [
          { from: 1, rate },
          { from: 256, rate: cheaper },
        ]
      : [{ from: 1, rate }],
    blockSize: 8,
    blocks: block === undefined || random.chance(1, 3) ? [] : [block.id],
    source: "list",
    standing: random.chance(3, 4),
    ...(random.chance(1, 4) ? { countMax: random.between(1, 64) * 8 } : {}),
    ...(random.chance(1, 6) ? { to: (play.now + random.between(1, 60) * DAY_MS) as Instant } : {}),
  };
}

export function drawStanding(play: Play): StandingAnswer {
  const { random } = play;
  const party = random.pick(play.providers);
  const blocks = blocksOf(play, party).map((block) => block.id);
  const accepts = random.chance(1, 2);
  return {
    id: play.id("s"),
    party,
    scope: drawStandingScope(play),
    answer: accepts
      ? {
          type: "accept",
          blocks: random.chance(1, 2) ? blocks : [],
          ...(random.chance(1, 2) ? { countMax: random.between(1, 40) * 8 } : {}),
        }
      : { type: "refuse" },
    byCapacity: accepts && blocks.length > 0 && random.chance(1, 2),
    ...(random.chance(1, 2) ? { priceMin: drawPrice(random) } : {}),
  };
}

function drawStandingScope({ random }: Play): Scope {
  if (random.chance(1, 3)) return { IsGlobalScope: true };
  return { Inclusions: [{ Dimension: "x_Purpose", Operator: "In", Values: [random.pick(PURPOSES)] }] };
}
