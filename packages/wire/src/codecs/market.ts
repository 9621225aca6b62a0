import type { Award, AwardLine, ProposedLine } from "@offtake/core/awards";
import type { Evaluation } from "@offtake/core/book";
import type {
  AgreementId,
  AwardId,
  BidId,
  BlockId,
  ClauseId,
  ClearanceId,
  InvitationId,
  LotId,
  NoticeId,
  PartyId,
  RequestId,
  TenderId,
} from "@offtake/core/kernel";
import type { CostByCount, CostPart, WindowCost } from "@offtake/core/prices";
import type { Bid, BidLine, Invitation, Tender, Tier } from "@offtake/core/tenders";
import { AWARD_BASES } from "../words/index.ts";
import { type Fields, kept, list, optional, struct } from "./codec.ts";
import { recording } from "./notices.ts";
import { shareOverride, stated } from "./requests.ts";
import { big, currency, flag, instant, money, rate, sparse, text, texts, whole, window, word } from "./values.ts";

const partyId = text<PartyId>();
const lotId = text<LotId>();
const bidId = text<BidId>();

export const tier = struct<Tier>({ from: whole, rate });

export const tender = struct<Tender>({
  id: text<TenderId>(),
  request: text<RequestId>(),
  lots: list(struct<Tender["lots"][number]>({ lot: lotId, count: whole })),
  closesAt: instant,
  round: whole,
});

export const invitation = struct<Invitation>({
  id: text<InvitationId>(),
  tender: text<TenderId>(),
  provider: partyId,
});

export const bidLineFields: Fields<BidLine> = {
  lot: lotId,
  countMin: whole,
  countMax: whole,
  multiple: whole,
  tiers: kept(list(tier)),
  tierMode: word(["all-units", "marginal"] as const),
  costs: optional(
    struct<CostByCount>({
      currency,
      windows: list(
        struct<WindowCost>({
          from: instant,
          to: instant,
          parts: list(struct<CostPart>({ from: whole, base: big(), each: big() })),
        }),
      ),
    }),
  ),
  pricedBy: optional(texts),
  window: optional(window),
  stated,
  rootBlocks: kept(list(text<BlockId>())),
  host: optional(partyId),
  region: optional(text()),
  acceleratorType: optional(text()),
};
const bidLine = struct<BidLine>(bidLineFields);

/** What a bidder states; the rest of a bid is the broker's. */
export type StatedBid = Omit<Bid, "id" | "receivedAt" | "order" | "standing" | "bidder" | "tender" | "recording">;

const statedBidFields: Fields<StatedBid> = {
  lines: list(bidLine),
  package: optional(
    struct<NonNullable<Bid["package"]>>({ price: optional(money), extras: texts, listPrices: sparse(money) }),
  ),
  contingency: optional(struct<NonNullable<Bid["contingency"]>>({ party: optional(partyId), until: instant })),
  validUntil: instant,
  discloseIdentity: flag,
};

export const statedBid = struct<StatedBid>(statedBidFields);

export const bidFields: Fields<Bid> = {
  id: bidId,
  tender: text<TenderId>(),
  bidder: partyId,
  ...statedBidFields,
  receivedAt: instant,
  order: whole,
  standing: flag,
  recording: optional(recording),
};
export const bid = struct<Bid>(bidFields);

export const awardLineFields: Fields<AwardLine> = {
  lot: lotId,
  provider: partyId,
  host: optional(partyId),
  count: whole,
  offered: optional(whole),
  acceleratorType: text(),
  region: text(),
  window,
  price: optional(rate),
  cost: optional(money),
  costReported: optional(money),
  stated,
  blocks: list(struct<AwardLine["blocks"][number]>({ block: text<BlockId>(), count: whole })),
  basis: word(AWARD_BASES),
  bid: optional(bidId),
  notice: optional(text<NoticeId>()),
  signBy: optional(instant),
  extras: optional(struct<NonNullable<AwardLine["extras"]>>({ what: texts, cost: optional(money) })),
  clearances: list(text<ClearanceId>()),
};

export const award = struct<Award>({
  id: text<AwardId>(),
  request: text<RequestId>(),
  lines: list(struct<AwardLine>(awardLineFields)),
  issuedAt: instant,
  conditionalUntil: optional(instant),
});

export const proposedLine = struct<ProposedLine>({
  offer: bidId,
  line: struct<ProposedLine["line"]>({ ...awardLineFields, price: rate }),
  bonaFide: flag,
  thirdParty: partyId,
  countMin: whole,
  validUntil: optional(instant),
});

export const evaluation = struct<Evaluation>({
  id: text(),
  chosen: list(
    struct<Evaluation["chosen"][number]>({
      bid: bidId,
      provider: partyId,
      lot: lotId,
      count: whole,
      cost: money,
      incremental: money,
    }),
  ),
  value: money,
  runnerUp: optional(struct<NonNullable<Evaluation["runnerUp"]>>({ value: money, provider: partyId, count: whole })),
  bound: optional(money),
  unfilled: list(struct<Evaluation["unfilled"][number]>({ lot: lotId, count: whole, why: text() })),
  binding: texts,
  considered: list(
    struct<Evaluation["considered"][number]>({
      bid: optional(bidId),
      provider: partyId,
      lot: lotId,
      line: whole,
      verdict: word(["taken", "beaten", "infeasible"] as const),
      why: text(),
      incremental: optional(money),
    }),
  ),
  nodes: whole,
  missed: optional(list(shareOverride)),
  effects: optional(
    list(
      struct<NonNullable<Evaluation["effects"]>[number]>({
        agreement: text<AgreementId>(),
        clause: text<ClauseId>(),
        avoided: money,
        counted: flag,
      }),
    ),
  ),
});
