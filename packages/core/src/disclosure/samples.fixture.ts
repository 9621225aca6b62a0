import { agreement, party, r1, r2 } from "../agreements/f0.ts";
import type { BookEvent, BookEventType } from "../book/events.ts";
import type { Policy } from "../book/documents.ts";
import type { Clearance, Notice } from "../notices/notice.ts";
import { money, type PartyId, rational } from "../kernel/index.ts";
import { at, q1, q1Lot, USD, usd, YEAR_2027 } from "../requests/f0.ts";
import type { Bid } from "../tenders/bid.ts";

/**
 * One event of every type, and the history before them: LAB keeps the book and asks ALFA first; ALFA names CORVID as the host of a
 * part; GAMMA and KAPPA are invited and bid; ZETA has nothing to do with any of it.
 */
export type Samples = { readonly [Type in BookEventType]: Extract<BookEvent, { readonly type: Type }> };

const AT = at("2026-09-20T00:00:00Z");
/** Ids are plain text here. */
const id = <Id>(text: string): Id => text as Id;
const q1Id = q1().id;
const lot = q1Lot();
const right = {
  agreement: id<"lab-alfa">("lab-alfa"),
  clause: id<"r1">("r1"),
  version: 1,
} as unknown as Notice["right"];
const part = {
  agreement: right.agreement,
  clause: right.clause,
  withAgreement: id<never>("lab-beta"),
  withClause: id<never>("r2"),
};

export const NOTICE: Notice = {
  id: id("ntc_alfa"),
  kind: "first-refusal",
  right,
  lineageId: "r1",
  request: q1Id,
  lot: lot.id,
  holder: id("alfa"),
  count: 1024,
  terms: lot.terms,
  termsText: lot.termsText,
  round: 0,
  finalRound: false,
  contingent: false,
  missing: [],
  sentAt: AT,
  channel: "portal",
};

export const bid = (name: string, bidder: string, price: number): Bid => ({
  id: id(name),
  tender: id("tnd_1"),
  bidder: id(bidder),
  lines: [
    {
      lot: lot.id,
      countMin: 8,
      countMax: 424,
      multiple: 8,
      tiers: [{ from: 8, rate: usd(price) }],
      tierMode: "all-units",
      stated: {},
      rootBlocks: [],
    },
  ],
  validUntil: at("2026-12-01T00:00:00Z"),
  discloseIdentity: true,
  receivedAt: AT,
  order: 0,
  standing: false,
});

const accepted = {
  id: "ans_alfa",
  answer: {
    type: "accept" as const,
    count: 600,
    orLess: false,
    rootBlocks: [],
    host: id<PartyId>("corvid"),
    hostCount: 200,
  },
  receivedAt: AT,
  verdict: "binding" as const,
  defects: [],
};

const clearance: Clearance = {
  id: id("clr_1"),
  lot: lot.id,
  request: q1Id,
  right,
  lineageId: "r1",
  holder: id("alfa"),
  reason: "refused",
  count: 424,
  terms: lot.terms,
  notice: NOTICE.id,
  finalRound: false,
  issuedAt: AT,
  validUntil: at("2026-11-15T08:00:00Z"),
};

const line = {
  lot: lot.id,
  acceleratorType: "gb200",
  region: "us-central",
  window: YEAR_2027,
  price: usd(2.6),
  cost: money(1n, USD),
  costReported: money(2n, USD),
  stated: {},
  blocks: [],
  clearances: [clearance.id],
};
const alfaLine = {
  ...line,
  provider: id<PartyId>("alfa"),
  count: 600,
  host: id<PartyId>("corvid"),
  price: usd(3),
  basis: "acceptance" as const,
  notice: NOTICE.id,
};
const gammaLine = {
  ...line,
  provider: id<PartyId>("gamma"),
  count: 424,
  basis: "bid" as const,
  bid: id<Bid["id"]>("bid_gamma"),
};

const evaluation = {
  id: "evl_1",
  chosen: [
    {
      bid: id<Bid["id"]>("bid_gamma"),
      provider: id<PartyId>("gamma"),
      lot: lot.id,
      count: 424,
      cost: money(10n, USD),
      incremental: money(10n, USD),
    },
  ],
  value: money(10n, USD),
  unfilled: [],
  binding: [],
  considered: [],
  nodes: 3,
};

export const POLICY: Policy = {
  version: 1,
  tenderWindow: { n: 48, unit: "hours" },
  tie: "improve",
  improveWindow: { n: 24, unit: "hours" },
  inseparable: "reject",
  showCap: false,
  minimumUsable: 8,
  autoAward: true,
  awardConfirmation: "by-signature",
  relatedPartyApproval: "related-party",
  ownBuild: [],
};

/** The sample of each type; a type that has none does not compile. */
export const SAMPLES: Samples = {
  bookOpened: {
    type: "bookOpened",
    at: AT,
    header: { keeper: id("lab"), kind: "buyer", currency: USD, zone: id("America/Los_Angeles") },
  },
  partyRecorded: { type: "partyRecorded", at: AT, party: { ...party("gamma"), competitors: [id("kappa")] } },
  eligibilityRecorded: {
    type: "eligibilityRecorded",
    at: AT,
    party: id("gamma"),
    eligibility: { from: AT, eligible: false, reason: "sanctions" },
  },
  defaultRecorded: { type: "defaultRecorded", at: AT, party: id("alfa"), agreement: right.agreement, cured: false },
  calendarRecorded: {
    type: "calendarRecorded",
    at: AT,
    calendar: {
      id: id("desk"),
      name: "desk",
      weekend: [6, 7],
      years: { from: 2026, to: 2026 },
      holidays: [],
      source: "",
    } as never,
  },
  exchangeRateRecorded: {
    type: "exchangeRateRecorded",
    at: AT,
    rate: { from: id("EUR"), to: USD, rate: rational(109n, 100n), at: AT, source: "ECB" },
  },
  policyRecorded: { type: "policyRecorded", at: AT, policy: POLICY },
  blockRecorded: {
    type: "blockRecorded",
    at: AT,
    cyclic: false,
    block: {
      id: id("g-17"),
      rootId: id("site-9"),
      parentId: id("d-3"),
      provider: id("gamma"),
      acceleratorType: id("gb200"),
      region: "us-central",
      quantity: 1024,
      window: YEAR_2027,
      firmness: "firm",
      blockSize: 8,
    },
  },
  blockWithdrawn: { type: "blockWithdrawn", at: AT, block: id("g-1") },
  offerListed: {
    type: "offerListed",
    at: AT,
    offer: {
      id: id("list-2"),
      provider: id("gamma"),
      acceleratorType: id("gb200"),
      region: "us-central",
      tiers: [{ from: 8, rate: usd(2.9) }],
      blockSize: 8,
      blocks: [],
      source: "list",
      standing: false,
    },
  },
  offerWithdrawn: { type: "offerWithdrawn", at: AT, offer: id("list-1") },
  standingAnswerGiven: {
    type: "standingAnswerGiven",
    at: AT,
    standing: {
      id: "sa-2",
      party: id("alfa"),
      scope: { Inclusions: [] },
      answer: { type: "refuse" },
      priceMin: usd(2.75),
      byCapacity: false,
    },
  },
  standingAnswerRevoked: { type: "standingAnswerRevoked", at: AT, id: "sa-1" },
  outageRecorded: { type: "outageRecorded", at: AT, window: { from: AT, to: at("2026-09-20T01:00:00Z") } },
  resaleConsented: { type: "resaleConsented", at: AT, by: id("gamma"), host: id("corvid"), to: id("alfa") },

  agreementRecorded: {
    type: "agreementRecorded",
    at: AT,
    agreement: agreement("lab-alfa", { version: 2, clauses: [r1()] }),
  },
  agreementStatusChanged: {
    type: "agreementStatusChanged",
    at: AT,
    agreement: right.agreement,
    status: "suspended",
    why: "conflict with lab-beta",
  },
  conflictFound: { type: "conflictFound", at: AT, ...part, kind: "two_exclusives", certain: true },
  conflictDecided: {
    type: "conflictDecided",
    at: AT,
    ...part,
    prevails: right.agreement,
    by: "counsel",
    reason: "earlier",
  },
  agreementTerminated: {
    type: "agreementTerminated",
    at: AT,
    agreement: right.agreement,
    effectiveAt: AT,
    accruedRightsSurvive: true,
  },
  agreementAssigned: {
    type: "agreementAssigned",
    at: AT,
    agreement: right.agreement,
    from: id("alfa"),
    to: id("kappa"),
    effective: true,
  },
  controlChanged: { type: "controlChanged", at: AT, party: id("alfa"), effectiveAt: AT },
  retroReviewListed: { type: "retroReviewListed", at: AT, agreement: right.agreement, version: 2, requests: [q1Id] },
  waiverGranted: {
    type: "waiverGranted",
    at: AT,
    waiver: { id: "wvr_2", right, standing: true, from: AT, limits: { provider: "gamma" }, infoNotice: false },
  },
  waiverRevoked: { type: "waiverRevoked", at: AT, waiver: "wvr_1" },

  requestSubmitted: { type: "requestSubmitted", at: AT, request: q1({ id: id("q2") }) },
  requestRevised: { type: "requestRevised", at: AT, request: q1({ version: 2 }), material: false },
  requestWithdrawn: { type: "requestWithdrawn", at: AT, request: q1Id },
  requestHeld: { type: "requestHeld", at: AT, request: q1Id, lot: lot.id, why: "conflict_undecided", rights: [right] },
  approvalGiven: { type: "approvalGiven", at: AT, request: q1Id, approval: "budget", by: "cfo" },
  approvalDenied: { type: "approvalDenied", at: AT, request: q1Id, approval: "budget", by: "cfo" },
  approvalAwaited: { type: "approvalAwaited", at: AT, request: q1Id, approvals: ["budget"], before: "notice" },
  lotFormed: { type: "lotFormed", at: AT, lot: { ...lot, id: id("lot_2") } },
  lotDropped: { type: "lotDropped", at: AT, lot: lot.id, request: q1Id, why: "superseded" },
  lotReassessed: { type: "lotReassessed", at: AT, lot: lot.id, request: q1Id, why: "right_ended" },
  rightsAssessed: {
    type: "rightsAssessed",
    at: AT,
    lot: lot.id,
    request: q1Id,
    assessments: [{ right, verdict: "applies", facts: [], undeclared: [], unconfirmedReading: true }],
  },
  clearanceIssued: { type: "clearanceIssued", at: AT, clearance },
  clearanceVoided: { type: "clearanceVoided", at: AT, clearance: clearance.id, request: q1Id, why: "request_revised" },
  deMinimisCounted: {
    type: "deMinimisCounted",
    at: AT,
    right,
    key: "lab",
    count: 8,
    sum: 8,
    clear: true,
    request: q1Id,
    earlier: [],
  },
  shareBreached: {
    type: "shareBreached",
    at: AT,
    request: q1Id,
    lot: lot.id,
    right,
    month: "2027-03",
    measuredBp: 3000,
    toleranceBp: 1000,
    excessCount: 208,
    newRequest: id("q3"),
  },
  requestRested: {
    type: "requestRested",
    at: AT,
    request: q1Id,
    outcome: "awarded_part",
    awarded: 600,
    asked: 1024,
    why: "no_bids",
  },
  requestClosed: { type: "requestClosed", at: AT, request: q1Id, outcome: "awarded_full", awarded: 1024, asked: 1024 },

  noticeSent: { type: "noticeSent", at: AT, notice: { ...NOTICE, id: id("ntc_2") } },
  noticeReceived: {
    type: "noticeReceived",
    at: AT,
    notice: NOTICE.id,
    request: q1Id,
    deliveredAt: AT,
    deemedReceivedAt: AT,
    respondBy: at("2026-09-26T00:00:00Z"),
    zone: "America/Los_Angeles",
    trail: [],
    tzdata: "",
  },
  deliveryFailed: {
    type: "deliveryFailed",
    at: AT,
    notice: NOTICE.id,
    request: q1Id,
    channel: "mail",
    nextChannel: "portal",
  },
  deadlineExtended: {
    type: "deadlineExtended",
    at: AT,
    notice: NOTICE.id,
    request: q1Id,
    respondBy: at("2026-09-27T00:00:00Z"),
    why: "outage",
  },
  answerReceived: {
    type: "answerReceived",
    at: AT,
    notice: NOTICE.id,
    request: q1Id,
    by: id("alfa"),
    answer: accepted,
  },
  answerRatified: {
    type: "answerRatified",
    at: AT,
    notice: NOTICE.id,
    request: q1Id,
    by: id("alfa"),
    signer: "officer",
    verdict: "binding",
  },
  offerDecided: { type: "offerDecided", at: AT, notice: NOTICE.id, request: q1Id, taken: true },
  latenessWaived: { type: "latenessWaived", at: AT, notice: NOTICE.id, request: q1Id },
  noticeClosed: {
    type: "noticeClosed",
    at: AT,
    notice: NOTICE.id,
    request: q1Id,
    status: "part_accepted",
    count: 600,
    why: "accepted",
    closedAt: AT,
  },
  holdPlaced: {
    type: "holdPlaced",
    at: AT,
    hold: id("hld_2"),
    request: q1Id,
    lot: lot.id,
    notice: NOTICE.id,
    holder: id("alfa"),
    count: 600,
    blocks: [],
    window: YEAR_2027,
  },
  holdReleased: { type: "holdReleased", at: AT, hold: id("hld_1"), request: q1Id, why: "withdrawn" },
  stageClosed: {
    type: "stageClosed",
    at: AT,
    request: q1Id,
    lot: lot.id,
    stage: "first-refusal lab-alfa#r1",
    closedAt: AT,
    taken: 600,
    left: 424,
  },

  tenderOpened: {
    type: "tenderOpened",
    at: AT,
    tender: { id: id("tnd_2"), request: q1Id, lots: [{ lot: lot.id, count: 424 }], closesAt: AT, round: 2 },
    invitations: [{ id: id("inv_g2"), tender: id("tnd_2"), provider: id("gamma") }],
  },
  bidReceived: {
    type: "bidReceived",
    at: AT,
    request: q1Id,
    bid: bid("bid_g2", "gamma", 2.55),
    verdict: "sealed",
    why: [],
  },
  bidWithdrawn: {
    type: "bidWithdrawn",
    at: AT,
    request: q1Id,
    bid: id("bid_gamma"),
    tender: id("tnd_1"),
    bidder: id("gamma"),
  },
  bidExtended: {
    type: "bidExtended",
    at: AT,
    request: q1Id,
    bid: id("bid_gamma"),
    bidder: id("gamma"),
    validUntil: at("2027-01-01T00:00:00Z"),
  },
  extensionAsked: {
    type: "extensionAsked",
    at: AT,
    request: q1Id,
    bid: id("bid_gamma"),
    bidder: id("gamma"),
    until: AT,
    answerBy: AT,
  },
  bidVoided: { type: "bidVoided", at: AT, request: q1Id, bid: id("bid_gamma"), bidder: id("gamma"), why: "expired" },
  bidsOpened: {
    type: "bidsOpened",
    at: AT,
    request: q1Id,
    tender: id("tnd_1"),
    bids: [id("bid_gamma"), id("bid_kappa")],
  },
  improvementAsked: {
    type: "improvementAsked",
    at: AT,
    request: q1Id,
    tender: id("tnd_1"),
    bidders: [id("gamma")],
    closesAt: AT,
  },
  invitationClosed: {
    type: "invitationClosed",
    at: AT,
    request: q1Id,
    tender: id("tnd_1"),
    invitation: id("inv_gamma"),
    provider: id("gamma"),
    selected: 424,
  },
  evaluated: { type: "evaluated", at: AT, request: q1Id, evaluation },

  awardProposed: {
    type: "awardProposed",
    at: AT,
    request: q1Id,
    lines: [{ offer: id("bid_gamma"), line: gammaLine, bonaFide: true, thirdParty: id("gamma"), countMin: 8 }],
    by: "evaluation",
  },
  awardBlocked: { type: "awardBlocked", at: AT, request: q1Id, lot: lot.id, why: "not_cleared", right },
  awardIssued: {
    type: "awardIssued",
    at: AT,
    award: { id: id("awd_2"), request: q1Id, lines: [alfaLine, gammaLine], issuedAt: AT },
  },
  awardHeldForDecision: {
    type: "awardHeldForDecision",
    at: AT,
    award: id("awd_1"),
    request: q1Id,
    why: "holder_not_eligible",
  },
  awardConfirmed: { type: "awardConfirmed", at: AT, award: id("awd_1"), request: q1Id },
  awardDefaulted: {
    type: "awardDefaulted",
    at: AT,
    award: id("awd_1"),
    request: q1Id,
    provider: id("gamma"),
    why: "no_capacity",
  },
};

const before = at("2026-09-14T17:00:00Z");

/** What happened before every sample. */
export const PRELUDE: readonly BookEvent[] = [
  { ...SAMPLES.bookOpened, at: before },
  ...["lab", "alfa", "beta", "gamma", "kappa", "corvid", "zeta"].map(
    (name): BookEvent => ({ type: "partyRecorded", at: before, party: party(name) }),
  ),
  { ...SAMPLES.policyRecorded, at: before },
  { type: "agreementRecorded", at: before, agreement: agreement("lab-alfa", { clauses: [r1()] }) },
  {
    type: "agreementRecorded",
    at: before,
    agreement: agreement("lab-beta", { provider: id("beta"), clauses: [r2()] }),
  },
  { ...SAMPLES.blockRecorded, at: before, block: { ...SAMPLES.blockRecorded.block, id: id("g-1") } },
  { ...SAMPLES.offerListed, at: before, offer: { ...SAMPLES.offerListed.offer, id: id("list-1") } },
  { ...SAMPLES.standingAnswerGiven, at: before, standing: { ...SAMPLES.standingAnswerGiven.standing, id: "sa-1" } },
  { ...SAMPLES.waiverGranted, at: before, waiver: { ...SAMPLES.waiverGranted.waiver, id: "wvr_1" } },
  { ...SAMPLES.requestSubmitted, at: before, request: q1() },
  { type: "lotFormed", at: before, lot },
  { type: "noticeSent", at: before, notice: NOTICE },
  { ...SAMPLES.holdPlaced, at: before, hold: id("hld_1") },
  {
    ...SAMPLES.tenderOpened,
    at: before,
    tender: { ...SAMPLES.tenderOpened.tender, id: id("tnd_1"), round: 1 },
    invitations: ["gamma", "kappa"].map((name) => ({ id: id(`inv_${name}`), tender: id("tnd_1"), provider: id(name) })),
  },
  { ...SAMPLES.bidReceived, at: before, bid: bid("bid_gamma", "gamma", 2.6) },
  { ...SAMPLES.bidReceived, at: before, bid: bid("bid_kappa", "kappa", 2.71) },
  { ...SAMPLES.awardIssued, at: before, award: { ...SAMPLES.awardIssued.award, id: id("awd_1") } },
];
