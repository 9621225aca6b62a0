import type {
  AgreementVersion,
  AutomaticRenewal,
  CarveOut,
  Clause,
  ClauseBase,
  CommitmentClause,
  EntitlementClause,
  DateClause,
  Evergreen,
  MatchBasis,
  NoticePeriod,
  Partial as PartialRule,
  PriceBookClause,
  RecordClause,
  Renewal,
  RenewalTerm,
  ResaleClause,
  RevenueShareClause,
  RightClause,
} from "@offtake/core/agreements";
import type { ZoneId } from "@offtake/core/calendar";
import type { AcceleratorType, AgreementId, BlockId, CalendarId, ClauseId, PartyId } from "@offtake/core/kernel";
import { REVENUE_BASES, RIGHT_KINDS } from "../words/index.ts";
import { type Fields, list, optional, struct, tagged } from "./codec.ts";
import { evidence, join, reading, windowSpec } from "./parties.ts";
import { priceEntry } from "./price-books.ts";
import { scope } from "./scopes.ts";
import { big, flag, fraction, instant, money, rate, text, texts, whole, word } from "./values.ts";

const partyId = text<PartyId>();
const blocks = list(text<BlockId>());

const base: Fields<ClauseBase> = {
  id: text<ClauseId>(),
  lineageId: text(),
  text: optional(text()),
  reading: optional(reading),
  evidence: optional(evidence),
  owner: optional(text()),
  assumed: optional(texts),
  defaults: texts,
};

const carveOut = struct<CarveOut>({
  id: text(),
  scope,
  ownBuild: optional(list(partyId)),
  share: optional(struct<NonNullable<CarveOut["share"]>>({ toleranceBp: whole, period: word(["month"] as const) })),
});

const partial = tagged<PartialRule, "mode">("mode", {
  none: struct<Extract<PartialRule, { mode: "none" }>>({ mode: word(["none"] as const) }),
  multiple: struct<Extract<PartialRule, { mode: "multiple" }>>({
    mode: word(["multiple"] as const),
    of: whole,
    min: optional(whole),
    byMonth: optional(flag),
  }),
});

const matchBasis = tagged<MatchBasis, "mode">("mode", {
  pareto: struct({ mode: word(["pareto"] as const) }),
  levelised: struct({ mode: word(["levelised"] as const), monthlyRate: fraction, delayCost: rate }),
});

export const rightFields: Fields<RightClause> = {
  ...base,
  kind: word(RIGHT_KINDS),
  burdens: word(["demand", "capacity"] as const),
  holder: partyId,
  grantor: partyId,
  rank: whole,
  sameRank: word(["weights", "first-come", "undecided"] as const),
  weight: whole,
  parallel: flag,
  scope,
  carveOuts: list(carveOut),
  trigger: word(["request", "third-party-offer"] as const),
  attachBy: word(["request", "award", "service-window"] as const),
  delivery: struct<RightClause["delivery"]>({
    rule: word(["sent", "delivered", "acknowledged"] as const),
    fallbackAfter: windowSpec,
  }),
  objectionWindow: windowSpec,
  noticeRequires: texts,
  window: windowSpec,
  partial,
  matchBasis,
  silence: word(["refusal", "acceptance", "blocks", "consents"] as const),
  refusalFinal: flag,
  contingencies: struct<RightClause["contingencies"]>({ allowed: flag, waiveBy: optional(windowSpec) }),
  definitiveWindow: optional(windowSpec),
  tail: struct<RightClause["tail"]>({ days: whole, priceToleranceBp: whole, countToleranceBp: whole }),
  reoffer: struct<RightClause["reoffer"]>({
    on: word(["supplier-favourable", "any"] as const),
    window: windowSpec,
    maxRounds: whole,
    lastRoundToleranceBp: whole,
  }),
  deMinimis: optional(
    struct<NonNullable<RightClause["deMinimis"]>>({
      count: whole,
      aggregateDays: whole,
      by: word(["control-group", "project"] as const),
    }),
  ),
  newCapacityOnly: flag,
  aggregateAllOrNone: flag,
  overAllotment: optional(windowSpec),
  confirmWindow: windowSpec,
  stranded: struct<RightClause["stranded"]>({ offer: flag, window: windowSpec }),
  inseparable: word(["reject", "allocate"] as const),
  holderMayBid: flag,
  matchAfterBidding: flag,
  passThrough: struct<RightClause["passThrough"]>({
    allowed: flag,
    maxShareBp: whole,
    hosts: optional(list(partyId)),
    consent: flag,
  }),
  replacementWindow: windowSpec,
  affiliates: struct<RightClause["affiliates"]>({ aggregate: flag, lookThrough: flag }),
  disclosure: struct<RightClause["disclosure"]>({ identity: flag, price: flag }),
  release: struct<RightClause["release"]>({ refusal: flag, silence: flag, inability: flag }),
  capCount: optional(whole),
  suspendOnDefault: flag,
  option: optional(
    struct<NonNullable<RightClause["option"]>>({ count: whole, blocks, price: optional(rate), until: instant }),
  ),
  minimumShare: optional(
    struct<NonNullable<RightClause["minimumShare"]>>({ shareBp: whole, period: word(["month", "year"] as const) }),
  ),
};
const right = struct<RightClause>(rightFields);

export const entitlementFields: Fields<EntitlementClause> = {
  ...base,
  kind: word(["entitlement"] as const),
  act: word(["call-off", "renewal"] as const),
  acceleratorType: text<AcceleratorType>(),
  count: whole,
  price: rate,
  blocks,
  until: optional(instant),
  statedIn: optional(text()),
};
const entitlement = struct<EntitlementClause>(entitlementFields);

export const periodFields: Fields<CommitmentClause["schedule"][number]> = {
  from: instant,
  to: instant,
  amount: optional(money),
  acceleratorSeconds: optional(big()),
  drawn: optional(money),
  expectedOther: optional(money),
  drawnSeconds: optional(big()),
  expectedOtherSeconds: optional(big()),
};

export const commitmentFields: Fields<CommitmentClause> = {
  ...base,
  kind: word(["commitment"] as const),
  type: word(["spend", "volume", "take-or-pay", "prepaid", "minimum-share"] as const),
  obligor: partyId,
  beneficiary: partyId,
  scope,
  status: word(["proposed", "pending", "active", "exhausted", "expired", "canceled", "superseded"] as const),
  schedule: list(struct<CommitmentClause["schedule"][number]>(periodFields)),
  drawnAsOf: optional(instant),
  shortfallBp: whole,
  price: optional(rate),
  stackPriority: whole,
  shareBp: optional(whole),
  projected: optional(struct<NonNullable<CommitmentClause["projected"]>>({ total: big(), beneficiary: big() })),
};
export const commitment = struct<CommitmentClause>(commitmentFields);

export const priceBookFields: Fields<PriceBookClause> = {
  ...base,
  kind: word(["price-book"] as const),
  seller: partyId,
  entries: list(priceEntry),
};
const priceBook = struct<PriceBookClause>(priceBookFields);

export const resaleFields: Fields<ResaleClause> = { ...base, kind: word(["resale"] as const), allowed: flag, scope };
const resale = struct<ResaleClause>(resaleFields);

export const revenueShareFields: Fields<RevenueShareClause> = {
  ...base,
  kind: word(["revenue-share"] as const),
  payer: partyId,
  payee: partyId,
  scope,
  shareBp: optional(whole),
  base: word(REVENUE_BASES),
  period: word(["month", "quarter", "year"] as const),
  zone: text<ZoneId>(),
  cap: optional(money),
  paid: optional(money),
  until: optional(instant),
};
const revenueShare = struct<RevenueShareClause>(revenueShareFields);

export const recordFields: Fields<RecordClause> = { ...base, kind: word(["record"] as const), about: text() };
const record = struct<RecordClause>(recordFields);

const noticePeriod = struct<NoticePeriod>({ n: whole, unit: word(["days", "months", "business-days"] as const) });
const renewalTerm = struct<RenewalTerm>({ n: whole, unit: word(["days", "months"] as const) });

export const dateFields: Fields<DateClause> = {
  ...base,
  kind: word(["date"] as const),
  subject: word(["price-review", "milestone", "expansion", "termination", "payment", "other"] as const),
  by: instant,
  every: optional(renewalTerm),
  notice: optional(noticePeriod),
  actor: partyId,
  silence: optional(text()),
};
const dateClause = struct<DateClause>(dateFields);

const clause = tagged<Clause, "kind">("kind", {
  exclusivity: right,
  "first-offer": right,
  "first-refusal": right,
  match: right,
  consent: right,
  "first-ship": right,
  option: right,
  "soft-hold": right,
  "minimum-share": right,
  "most-favoured": right,
  entitlement,
  commitment,
  "price-book": priceBook,
  resale,
  "revenue-share": revenueShare,
  record,
  date: dateClause,
});

const noticeBy = word(["either", "buyer", "provider"] as const);

const renewal = tagged<Renewal, "kind">("kind", {
  automatic: struct<AutomaticRenewal>({
    kind: word(["automatic"] as const),
    term: renewalTerm,
    notice: noticePeriod,
    to: word(["term", "month", "quarter"] as const),
    noticeBy,
    late: word(["next-end", "void"] as const),
    max: optional(whole),
  }),
  evergreen: struct<Evergreen>({
    kind: word(["evergreen"] as const),
    notice: noticePeriod,
    to: word(["day", "month", "quarter"] as const),
    noticeBy,
  }),
});

export const agreementFields: Fields<AgreementVersion> = {
  defaults: optional(texts),
  id: text<AgreementId>(),
  lineageId: text(),
  version: whole,
  title: text(),
  buyer: partyId,
  provider: partyId,
  otherParties: list(partyId),
  zone: text<ZoneId>(),
  calendars: list(text<CalendarId>()),
  join,
  cutoffMs: whole,
  closeMs: whole,
  effectiveFrom: instant,
  effectiveTo: optional(instant),
  renewal: optional(renewal),
  owner: optional(text()),
  signedAt: optional(instant),
  appliesToOpenNotices: optional(
    struct<NonNullable<AgreementVersion["appliesToOpenNotices"]>>({ signedBy: list(partyId) }),
  ),
  accruedRightsSurvive: flag,
  affiliateBp: whole,
  assignmentNeedsConsent: flag,
  changeOfControl: word(["continues", "ends"] as const),
  brokerOutage: word(["extends", "does-not-extend"] as const),
  clauses: list(clause),
  document: optional(struct<NonNullable<AgreementVersion["document"]>>({ file: text(), sha256: text() })),
  evidence: optional(evidence),
};
export const agreement = struct<AgreementVersion>(agreementFields);
