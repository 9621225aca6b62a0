import type {
  HostedPart,
  InvitedLine,
  OwnAwardLine,
  OwnBid,
  OwnEvent,
  OwnEventType,
  PublishedRules,
  HolderNotice,
} from "@offtake/core/disclosure";
import type {
  AgreementId,
  BidId,
  BlockId,
  ClauseId,
  HoldId,
  InvitationId,
  NoticeId,
  PartyId,
  RequestId,
  TenderId,
} from "@offtake/core/kernel";
import type { BidLine } from "@offtake/core/tenders";
import { AGREEMENT_STATUSES, BID_VERDICTS, EXTENSION_REASONS, NOTICE_STATUSES } from "../words/index.ts";
import { type Codec, type Fields, list, only, optional, struct, without } from "./codec.ts";
import { blockFields } from "./documents.ts";
import { awardLineFields, bid, bidFields, bidLineFields } from "./market.ts";
import { deliveryBasis, noticeFields, recordedAnswer, thirdPartyFields } from "./notices.ts";
import { partyFields } from "./parties.ts";
import { partyAgreement } from "./party-agreements.ts";
import { lotAlternative, stated } from "./requests.ts";
import { flag, instant, rate, text, texts, whole, window, word } from "./values.ts";

export type OwnOf<Type extends OwnEventType> = Extract<OwnEvent, { readonly type: Type }>;

const agreementId = text<AgreementId>();
const bidId = text<BidId>();
const holdId = text<HoldId>();
const invitationId = text<InvitationId>();
const noticeId = text<NoticeId>();
const partyId = text<PartyId>();
const requestId = text<RequestId>();
const tenderId = text<TenderId>();

/** The fields that an event of a type has beside its type and its time. */
function own<Type extends OwnEventType>(
  type: Type,
  fields: Fields<Omit<OwnOf<Type>, "type" | "at">>,
): Codec<OwnOf<Type>> {
  return struct({ type: word([type]), at: instant, ...fields } as unknown as Fields<OwnOf<Type>>);
}

export const heldBlocks = list(
  struct<OwnOf<"ownHoldPlaced">["blocks"][number]>({ block: text<BlockId>(), count: whole }),
);

export const holderNotice = struct<HolderNotice>({
  ...only(
    noticeFields,
    "id",
    "kind",
    "holder",
    "count",
    "terms",
    "round",
    "finalRound",
    "contingent",
    "missing",
    "sentAt",
    "channel",
  ),
  agreement: agreementId,
  clause: text<ClauseId>(),
  version: whole,
  request: text(),
  from: partyId,
  fromName: text(),
  thirdParty: optional(
    struct<NonNullable<HolderNotice["thirdParty"]>>({
      ...without(thirdPartyFields, "bid", "price"),
      price: optional(rate),
    }),
  ),
});

export const invitedLine = struct<InvitedLine>({
  line: whole,
  alternatives: list(lotAlternative),
  regions: texts,
  countUpTo: whole,
  blockSize: whole,
  gangMin: whole,
  divisible: flag,
  window,
  purpose: optional(text()),
  channel: optional(text()),
  sourceClass: optional(text()),
  latestStart: optional(instant),
  stated,
  cap: optional(rate),
});

const always: Codec<true> = {
  encode: () => true,
  decode: (json, decoder) => (json === true ? true : decoder.fail("true is expected")),
  samples: () => [true],
  schema: () => ({ type: "boolean", const: true }),
};

export const publishedRules = struct<PublishedRules>({
  sealedUntilClose: always,
  compareBy: word(["least_incremental_effective_cost"] as const),
  tie: word(["improve", "none"] as const),
  inseparable: word(["reject", "allocate"] as const),
  termsMayBeToldToHoldersOfMatchRights: always,
});

export const ownBid = struct<OwnBid>({
  ...only(
    bidFields,
    "id",
    "package",
    "contingency",
    "validUntil",
    "discloseIdentity",
    "receivedAt",
    "standing",
    "recording",
  ),
  invitation: optional(invitationId),
  lines: list(
    struct<Omit<BidLine, "lot"> & { readonly line: number }>({
      ...without(bidLineFields, "lot"),
      line: whole,
    }),
  ),
});

export const ownAwardLine = struct<OwnAwardLine>(without(awardLineFields, "lot", "clearances", "costReported"));

export const partFields: Fields<HostedPart> = { part: text(), seller: partyId, count: whole, window };
export const hostedPart = struct<HostedPart>(partFields);

export const ownParty = struct<OwnOf<"ownPartyRecorded">["party"]>(without(partyFields, "competitors"));
export const ownBlock = struct<OwnOf<"ownBlockRecorded">["block"]>(without(blockFields, "rootId", "parentId"));

const aboutBid = { bid: bidId, invitation: optional(invitationId) };

/** A codec for every type of what is told in the place of an event: one without does not compile. */
export const OWN_EVENTS: { readonly [Type in OwnEventType]: Codec<OwnOf<Type>> } = {
  standingAnswerKept: own("standingAnswerKept", { id: text(), party: partyId }),
  bidSealed: own("bidSealed", { request: requestId, tender: tenderId, bid: bidId, bidder: partyId, late: flag }),
  listBidsSealed: own("listBidsSealed", {
    request: requestId,
    tender: tenderId,
    bids: list(struct<OwnOf<"listBidsSealed">["bids"][number]>({ bid: bidId, bidder: partyId })),
  }),
  bidsUnsealed: own("bidsUnsealed", {
    request: requestId,
    tender: tenderId,
    bids: list(bid),
    setAside: list(
      struct<OwnOf<"bidsUnsealed">["setAside"][number]>({
        bid: bidId,
        bidder: partyId,
        verdict: word([...BID_VERDICTS, "voided"] as const),
        why: texts,
      }),
    ),
  }),

  ownNoticeSent: own("ownNoticeSent", { notice: holderNotice }),
  ownNoticeReceived: own("ownNoticeReceived", {
    notice: noticeId,
    deliveredAt: instant,
    deemedReceivedAt: instant,
    respondBy: instant,
    objectBy: optional(instant),
    zone: text(),
    trail: texts,
    tzdata: text(),
    basis: deliveryBasis,
  }),
  ownDeliveryFailed: own("ownDeliveryFailed", { notice: noticeId, channel: text(), nextChannel: optional(text()) }),
  ownDeadlineExtended: own("ownDeadlineExtended", {
    notice: noticeId,
    respondBy: instant,
    why: word(EXTENSION_REASONS),
  }),
  ownAnswerRecorded: own("ownAnswerRecorded", { notice: noticeId, by: partyId, answer: recordedAnswer }),
  ownAnswerRatified: own("ownAnswerRatified", {
    notice: noticeId,
    by: partyId,
    signer: text(),
    verdict: word(["binding", "counter_offer", "curable", "late"] as const),
  }),
  ownLatenessWaived: own("ownLatenessWaived", { notice: noticeId }),
  ownOfferDecided: own("ownOfferDecided", { notice: noticeId, taken: flag }),
  ownNoticeClosed: own("ownNoticeClosed", { notice: noticeId, status: word(NOTICE_STATUSES), count: whole }),
  ownHoldPlaced: own("ownHoldPlaced", {
    hold: holdId,
    notice: optional(noticeId),
    count: whole,
    blocks: heldBlocks,
    window,
  }),
  ownHoldReleased: own("ownHoldReleased", { hold: holdId }),
  hostNamed: own("hostNamed", partFields),

  invited: own("invited", {
    invitation: invitationId,
    buyer: partyId,
    buyerName: text(),
    closesAt: instant,
    zone: text(),
    lines: list(invitedLine),
    rules: publishedRules,
  }),
  ownBidRecorded: own("ownBidRecorded", { bid: ownBid, verdict: word(BID_VERDICTS), why: texts }),
  ownListBidsRecorded: own("ownListBidsRecorded", { bids: list(ownBid) }),
  ownBidWithdrawn: own("ownBidWithdrawn", aboutBid),
  ownBidExtended: own("ownBidExtended", { ...aboutBid, validUntil: instant }),
  ownExtensionAsked: own("ownExtensionAsked", { ...aboutBid, until: instant, answerBy: instant }),
  ownBidVoided: own("ownBidVoided", { ...aboutBid, line: optional(whole), why: text() }),
  ownImprovementAsked: own("ownImprovementAsked", { invitation: invitationId, closesAt: instant }),
  invitationEnded: own("invitationEnded", { invitation: invitationId, selected: whole }),

  ownAwardIssued: own("ownAwardIssued", {
    award: text(),
    supplied: list(ownAwardLine),
    bought: list(ownAwardLine),
    hosted: list(hostedPart),
    conditionalUntil: optional(instant),
  }),
  ownAwardConfirmed: own("ownAwardConfirmed", { award: text() }),
  ownAwardDefaulted: own("ownAwardDefaulted", { award: text(), why: text() }),

  ownPartyRecorded: own("ownPartyRecorded", { party: ownParty }),
  ownBlockRecorded: own("ownBlockRecorded", { block: ownBlock }),
  ownAgreementRecorded: own("ownAgreementRecorded", { agreement: partyAgreement }),
  ownAgreementStatusChanged: own("ownAgreementStatusChanged", {
    agreement: agreementId,
    status: word(AGREEMENT_STATUSES),
  }),
  ownAgreementTakenOver: own("ownAgreementTakenOver", {
    agreement: partyAgreement,
    from: partyId,
    notices: list(holderNotice),
  }),
  ownRequestEnded: own("ownRequestEnded", {
    request: requestId,
    outcome: word(["awarded_full", "awarded_part", "unfilled", "withdrawn", "announced"] as const),
    awarded: whole,
    asked: whole,
    closed: flag,
  }),
};
