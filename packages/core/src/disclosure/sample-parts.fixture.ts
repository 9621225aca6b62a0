import type { BookEvent, BookEventType } from "../book/events.ts";
import type { Policy } from "../book/documents.ts";
import type { Clearance, Notice } from "../notices/notice.ts";
import { money, type PartyId } from "../kernel/index.ts";
import { at, q1, q1Lot, USD, usd, YEAR_2027 } from "../requests/f0.ts";
import type { Bid } from "../tenders/bid.ts";

/**
 * One event of every type, and the history before them: LAB keeps the book and asks ALFA first; ALFA names CORVID as the host of a
 * part; GAMMA and KAPPA are invited and bid; ZETA has nothing to do with any of it.
 */
export type Samples = { readonly [Type in BookEventType]: Extract<BookEvent, { readonly type: Type }> };

export const AT = at("2026-09-20T00:00:00Z");
/** Ids are plain text here. */
export const id = <Id>(text: string): Id => text as Id;
export const q1Id = q1().id;
export const lot = q1Lot();
export const right = {
  agreement: id<"lab-alfa">("lab-alfa"),
  clause: id<"r1">("r1"),
  version: 1,
} as unknown as Notice["right"];
export const part = {
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

export const accepted = {
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

export const clearance: Clearance = {
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
export const alfaLine = {
  ...line,
  provider: id<PartyId>("alfa"),
  count: 600,
  host: id<PartyId>("corvid"),
  price: usd(3),
  basis: "acceptance" as const,
  notice: NOTICE.id,
};
export const gammaLine = {
  ...line,
  provider: id<PartyId>("gamma"),
  count: 424,
  basis: "bid" as const,
  bid: id<Bid["id"]>("bid_gamma"),
};

export const evaluation = {
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
