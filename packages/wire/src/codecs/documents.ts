import type { BookHeader, ExchangeRate, IndexValue, Offer, Policy, StandingAnswer } from "@offtake/core/book";
import type { ZoneId } from "@offtake/core/calendar";
import type { CapacityBlock, Encumbrance } from "@offtake/core/capacity";
import type { AcceleratorType, AgreementId, BlockId, ClauseId, OfferId, PartyId } from "@offtake/core/kernel";
import { type Fields, list, optional, struct, tagged } from "./codec.ts";
import { tier } from "./market.ts";
import { windowSpec } from "./parties.ts";
import { scope } from "./scopes.ts";
import { currency, flag, fraction, instant, rate, text, whole, window, word } from "./values.ts";

const partyId = text<PartyId>();
const blocks = list(text<BlockId>());

export const header = struct<BookHeader>({
  keeper: partyId,
  kind: word(["buyer", "provider"] as const),
  currency,
  zone: text<ZoneId>(),
});

export const policy = struct<Policy>({
  version: whole,
  tenderWindow: windowSpec,
  tie: word(["improve", "none"] as const),
  improveWindow: windowSpec,
  inseparable: word(["reject", "allocate"] as const),
  showCap: flag,
  shownCountStep: optional(whole),
  concentrationBp: optional(whole),
  minimumUsable: whole,
  invite: optional(list(partyId)),
  autoAward: flag,
  relatedPartyApproval: text(),
  awardConfirmation: word(["at-once", "by-signature"] as const),
  ownBuild: list(partyId),
});

export const exchangeRate = struct<ExchangeRate>({
  from: currency,
  to: currency,
  rate: fraction,
  at: instant,
  source: text(),
  agreement: optional(text()),
});

export const indexValue = struct<IndexValue>({ index: text(), date: text(), value: fraction, source: text() });

export const offer = struct<Offer>({
  id: text<OfferId>(),
  provider: partyId,
  host: optional(partyId),
  acceleratorType: text<AcceleratorType>(),
  region: text(),
  tiers: list(tier),
  priceBy: optional(text<AgreementId>()),
  asOf: optional(text()),
  terms: optional(text()),
  blockSize: whole,
  countMax: optional(whole),
  blocks,
  from: optional(instant),
  to: optional(instant),
  source: text(),
  standing: flag,
});

export const standingAnswer = struct<StandingAnswer>({
  id: text(),
  party: partyId,
  scope,
  answer: tagged<StandingAnswer["answer"], "type">("type", {
    accept: struct<Extract<StandingAnswer["answer"], { type: "accept" }>>({
      type: word(["accept"] as const),
      countMax: optional(whole),
      blocks,
      host: optional(partyId),
    }),
    refuse: struct<Extract<StandingAnswer["answer"], { type: "refuse" }>>({ type: word(["refuse"] as const) }),
  }),
  priceMin: optional(rate),
  priceMinBy: optional(text<AgreementId>()),
  byCapacity: flag,
});

export const blockFields: Fields<CapacityBlock> = {
  id: text<BlockId>(),
  rootId: text<BlockId>(),
  parentId: optional(text<BlockId>()),
  provider: partyId,
  host: optional(partyId),
  acceleratorType: text<AcceleratorType>(),
  region: text(),
  quantity: whole,
  window,
  firmness: word(["firm", "forecast"] as const),
  blockSize: whole,
  encumbrances: optional(
    list(struct<Encumbrance>({ agreement: text<AgreementId>(), clause: text<ClauseId>(), holder: partyId, window })),
  ),
  phase: optional(text()),
};
export const capacityBlock = struct<CapacityBlock>(blockFields);
