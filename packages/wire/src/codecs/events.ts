import type { RenewalNotice } from "@offtake/core/agreements";
import type { BookEvent, BookEventType } from "@offtake/core/book";
import type {
  AgreementId,
  AwardId,
  BidId,
  BlockId,
  ClauseId,
  ClearanceId,
  HoldId,
  InvitationId,
  LotId,
  NoticeId,
  OfferId,
  PartyId,
  RequestId,
  TenderId,
} from "@offtake/core/kernel";
import {
  AGREEMENT_STATUSES,
  BID_VERDICTS,
  CONFLICT_KINDS,
  EXTENSION_REASONS,
  NOTICE_STATUSES,
} from "../words/index.ts";
import { agreement } from "./clauses.ts";
import { type Codec, type Fields, list, optional, struct } from "./codec.ts";
import { capacityBlock, exchangeRate, indexValue, header, offer, policy, standingAnswer } from "./documents.ts";
import { award, bid, evaluation, invitation, proposedLine, tender } from "./market.ts";
import { clearance, deliveryBasis, notice, recordedAnswer } from "./notices.ts";
import { calendar, eligibility, party } from "./parties.ts";
import { assessment, lot, request, rightRef, waiver } from "./requests.ts";
import { flag, instant, text, texts, whole, window, word } from "./values.ts";

export type EventOf<Type extends BookEventType> = Extract<BookEvent, { readonly type: Type }>;

const agreementId = text<AgreementId>();
const awardId = text<AwardId>();
const bidId = text<BidId>();
const blockId = text<BlockId>();
const clauseId = text<ClauseId>();
const lotId = text<LotId>();
const noticeId = text<NoticeId>();
const partyId = text<PartyId>();
const requestId = text<RequestId>();
const tenderId = text<TenderId>();

/** The fields that an event of a type has beside its type and its time. */
type Own<Type extends BookEventType> = Fields<Omit<EventOf<Type>, "type" | "at">>;

function event<Type extends BookEventType>(type: Type, own: Own<Type>): Codec<EventOf<Type>> {
  return struct({ type: word([type]), at: instant, ...own } as unknown as Fields<EventOf<Type>>);
}

const outcome = word(["awarded_full", "awarded_part", "unfilled"] as const);
const settled = word(["awarded_full", "awarded_part", "unfilled", "withdrawn", "announced"] as const);
const conflict = { agreement: agreementId, clause: clauseId, withAgreement: agreementId, withClause: clauseId };
const bidder = { request: requestId, bid: bidId, bidder: partyId };

export const renewalNotice = struct<RenewalNotice>({
  by: partyId,
  deliveredAt: instant,
  deemedReceivedAt: instant,
  endsAt: optional(instant),
  late: flag,
});

/** A codec for every type of event: one without does not compile. */
export const EVENTS: { readonly [Type in BookEventType]: Codec<EventOf<Type>> } = {
  bookOpened: event("bookOpened", { header }),
  partyRecorded: event("partyRecorded", { party }),
  eligibilityRecorded: event("eligibilityRecorded", { party: partyId, eligibility }),
  defaultRecorded: event("defaultRecorded", { party: partyId, agreement: agreementId, cured: flag }),
  calendarRecorded: event("calendarRecorded", { calendar }),
  exchangeRateRecorded: event("exchangeRateRecorded", { rate: exchangeRate }),
  indexValueRecorded: event("indexValueRecorded", { value: indexValue }),
  policyRecorded: event("policyRecorded", { policy }),
  blockRecorded: event("blockRecorded", { block: capacityBlock, cyclic: flag }),
  blockWithdrawn: event("blockWithdrawn", { block: blockId }),
  offerListed: event("offerListed", { offer }),
  offerWithdrawn: event("offerWithdrawn", { offer: text<OfferId>() }),
  standingAnswerGiven: event("standingAnswerGiven", { standing: standingAnswer }),
  standingAnswerRevoked: event("standingAnswerRevoked", { id: text() }),
  outageRecorded: event("outageRecorded", { window }),
  resaleConsented: event("resaleConsented", { by: partyId, host: partyId, to: partyId }),

  agreementRecorded: event("agreementRecorded", { agreement }),
  agreementStatusChanged: event("agreementStatusChanged", {
    agreement: agreementId,
    status: word(AGREEMENT_STATUSES),
    why: text(),
  }),
  conflictFound: event("conflictFound", { ...conflict, kind: word(CONFLICT_KINDS), certain: flag }),
  conflictDecided: event("conflictDecided", { ...conflict, prevails: agreementId, by: text(), reason: text() }),
  agreementTerminated: event("agreementTerminated", {
    agreement: agreementId,
    effectiveAt: instant,
    accruedRightsSurvive: flag,
    clauses: optional(list(clauseId)),
  }),
  renewalNoticeGiven: event("renewalNoticeGiven", {
    agreement: agreementId,
    version: whole,
    notice: renewalNotice,
  }),
  agreementRenewed: event("agreementRenewed", {
    agreement: agreementId,
    version: whole,
    number: whole,
    from: instant,
    to: optional(instant),
  }),
  agreementAssigned: event("agreementAssigned", {
    agreement: agreementId,
    from: partyId,
    to: partyId,
    effective: flag,
  }),
  controlChanged: event("controlChanged", { party: partyId, effectiveAt: instant }),
  retroReviewListed: event("retroReviewListed", { agreement: agreementId, version: whole, requests: list(requestId) }),
  waiverGranted: event("waiverGranted", { waiver }),
  waiverRevoked: event("waiverRevoked", { waiver: text() }),

  requestSubmitted: event("requestSubmitted", { request, askedBy: optional(text()) }),
  requestRevised: event("requestRevised", {
    request,
    material: flag,
    askedAt: optional(instant),
    askedBy: optional(text()),
  }),
  requestWithdrawn: event("requestWithdrawn", { request: requestId }),
  requestHeld: event("requestHeld", { request: requestId, lot: lotId, why: text(), rights: list(rightRef) }),
  approvalGiven: event("approvalGiven", { request: requestId, approval: text(), by: text() }),
  approvalDenied: event("approvalDenied", { request: requestId, approval: text(), by: text() }),
  approvalsVoided: event("approvalsVoided", {
    request: requestId,
    approvals: texts,
    why: word(["request_revised"] as const),
  }),
  approvalAwaited: event("approvalAwaited", {
    request: requestId,
    approvals: texts,
    before: word(["notice", "award"] as const),
  }),
  lotFormed: event("lotFormed", { lot, replaces: optional(lotId) }),
  lotRestated: event("lotRestated", { lot }),
  lotDropped: event("lotDropped", { lot: lotId, request: requestId, why: text() }),
  lotReassessed: event("lotReassessed", { lot: lotId, request: requestId, why: text() }),
  rightsAssessed: event("rightsAssessed", { lot: lotId, request: requestId, assessments: list(assessment) }),
  clearanceIssued: event("clearanceIssued", { clearance }),
  clearanceVoided: event("clearanceVoided", { clearance: text<ClearanceId>(), request: requestId, why: text() }),
  deMinimisCounted: event("deMinimisCounted", {
    right: rightRef,
    key: text(),
    count: whole,
    sum: whole,
    clear: flag,
    request: requestId,
    earlier: list(requestId),
  }),
  shareMeasured: event("shareMeasured", {
    request: requestId,
    lot: lotId,
    right: rightRef,
    month: text(),
    measuredBp: whole,
    toleranceBp: whole,
  }),
  shareBreached: event("shareBreached", {
    request: requestId,
    lot: lotId,
    right: rightRef,
    month: text(),
    measuredBp: whole,
    toleranceBp: whole,
    excessCount: whole,
    newRequest: requestId,
  }),
  requestRested: event("requestRested", {
    request: requestId,
    outcome,
    awarded: whole,
    asked: whole,
    why: optional(text()),
    nearest: optional(text()),
    until: optional(instant),
  }),
  requestClosed: event("requestClosed", {
    request: requestId,
    outcome: settled,
    awarded: whole,
    asked: whole,
    why: optional(text()),
    nearest: optional(text()),
  }),

  noticeSent: event("noticeSent", { notice }),
  noticeReceived: event("noticeReceived", {
    notice: noticeId,
    request: requestId,
    deliveredAt: instant,
    deemedReceivedAt: instant,
    respondBy: instant,
    objectBy: optional(instant),
    zone: text(),
    trail: texts,
    tzdata: text(),
    basis: deliveryBasis,
  }),
  deliveryFailed: event("deliveryFailed", {
    notice: noticeId,
    request: requestId,
    channel: text(),
    nextChannel: optional(text()),
    fallbackAt: optional(instant),
  }),
  deadlineExtended: event("deadlineExtended", {
    notice: noticeId,
    request: requestId,
    respondBy: instant,
    why: word(EXTENSION_REASONS),
  }),
  answerReceived: event("answerReceived", {
    notice: noticeId,
    request: requestId,
    by: partyId,
    answer: recordedAnswer,
  }),
  answerRatified: event("answerRatified", {
    notice: noticeId,
    request: requestId,
    by: partyId,
    signer: text(),
    verdict: word(["binding", "counter_offer", "curable", "late"] as const),
  }),
  offerDecided: event("offerDecided", { notice: noticeId, request: requestId, taken: flag }),
  latenessWaived: event("latenessWaived", { notice: noticeId, request: requestId }),
  noticeClosed: event("noticeClosed", {
    notice: noticeId,
    request: requestId,
    status: word(NOTICE_STATUSES),
    count: whole,
    why: text(),
    closedAt: instant,
  }),
  holdPlaced: event("holdPlaced", {
    hold: text<HoldId>(),
    request: requestId,
    lot: lotId,
    notice: optional(noticeId),
    holder: partyId,
    host: optional(partyId),
    count: whole,
    blocks: list(struct<EventOf<"holdPlaced">["blocks"][number]>({ block: blockId, count: whole })),
    window,
  }),
  holdReleased: event("holdReleased", { hold: text<HoldId>(), request: requestId, why: text() }),
  stageClosed: event("stageClosed", {
    request: requestId,
    lot: lotId,
    stage: text(),
    closedAt: instant,
    taken: whole,
    left: whole,
  }),

  tenderOpened: event("tenderOpened", { tender, invitations: list(invitation) }),
  bidReceived: event("bidReceived", { request: requestId, bid, verdict: word(BID_VERDICTS), why: texts }),
  listBidsReceived: event("listBidsReceived", {
    request: requestId,
    tender: tenderId,
    bids: list(bid),
    taken: list(bidId),
  }),
  bidWithdrawn: event("bidWithdrawn", { ...bidder, tender: tenderId }),
  bidExtended: event("bidExtended", { ...bidder, validUntil: instant }),
  extensionAsked: event("extensionAsked", { ...bidder, until: instant, answerBy: instant }),
  bidVoided: event("bidVoided", { ...bidder, lot: optional(lotId), why: text(), hold: optional(text<HoldId>()) }),
  bidsOpened: event("bidsOpened", { request: requestId, tender: tenderId, bids: list(bidId) }),
  improvementAsked: event("improvementAsked", {
    request: requestId,
    tender: tenderId,
    bidders: list(partyId),
    closesAt: instant,
  }),
  invitationsClosed: event("invitationsClosed", {
    request: requestId,
    tender: tenderId,
    closed: list(
      struct<EventOf<"invitationsClosed">["closed"][number]>({
        invitation: text<InvitationId>(),
        provider: partyId,
        selected: whole,
      }),
    ),
  }),
  evaluated: event("evaluated", { request: requestId, evaluation }),

  awardProposed: event("awardProposed", {
    request: requestId,
    lines: list(proposedLine),
    by: word(["evaluation", "buyer", "sale", "entitlement"] as const),
  }),
  awardBlocked: event("awardBlocked", { request: requestId, lot: lotId, why: text(), right: optional(rightRef) }),
  awardIssued: event("awardIssued", { award }),
  awardHeldForDecision: event("awardHeldForDecision", { award: awardId, request: requestId, why: text() }),
  awardConfirmed: event("awardConfirmed", { award: awardId, request: requestId }),
  awardDefaulted: event("awardDefaulted", { award: awardId, request: requestId, provider: partyId, why: text() }),
};
