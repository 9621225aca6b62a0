import type { AgreementStatus, Clause, RevenueBase, RightKind } from "@offtake/core/agreements";
import type { AwardLine } from "@offtake/core/awards";
import type { BookEvent } from "@offtake/core/book";
import type { AnswerVerdict, NoticeKind, NoticeStatus, RecordedMedium } from "@offtake/core/notices";
import type { ClearanceReason, Verdict } from "@offtake/core/rights";
import type { BidVerdict } from "@offtake/core/tenders";

/**
 * The words of a union of texts, as a list that a schema can take. The object must name each of them: a word that the core gains
 * or loses does not compile here.
 */
function words<Word extends string>(each: Readonly<Record<Word, true>>): readonly [Word, ...Word[]] {
  return Object.keys(each) as [Word, ...Word[]];
}

export const RIGHT_KINDS = words<RightKind>({
  exclusivity: true,
  "first-offer": true,
  "first-refusal": true,
  match: true,
  consent: true,
  "first-ship": true,
  option: true,
  "soft-hold": true,
  "minimum-share": true,
  "most-favoured": true,
});

export const CLAUSE_KINDS = words<Clause["kind"]>({
  exclusivity: true,
  "first-offer": true,
  "first-refusal": true,
  match: true,
  consent: true,
  "first-ship": true,
  option: true,
  "soft-hold": true,
  "minimum-share": true,
  "most-favoured": true,
  entitlement: true,
  commitment: true,
  "price-book": true,
  resale: true,
  "revenue-share": true,
  record: true,
  date: true,
});

export const REVENUE_BASES = words<RevenueBase>({
  "net-revenue": true,
  "gross-revenue": true,
  profit: true,
  spend: true,
});

export const AGREEMENT_STATUSES = words<AgreementStatus>({
  draft: true,
  signed: true,
  active: true,
  conflicted: true,
  suspended: true,
  terminated: true,
});

export const NOTICE_KINDS = words<NoticeKind>({
  "first-refusal": true,
  "first-offer": true,
  exclusivity: true,
  consent: true,
  "first-ship": true,
  match: true,
  option: true,
  "re-offer": true,
  "over-allotment": true,
  confirmation: true,
  stranded: true,
  information: true,
});

export const NOTICE_STATUSES = words<NoticeStatus>({
  sent: true,
  open: true,
  accepted: true,
  part_accepted: true,
  refused: true,
  lapsed: true,
  waived: true,
  forfeited: true,
  withdrawn: true,
  superseded: true,
  consented: true,
  supported: true,
  suspended: true,
});

export const RECORDED_MEDIA = words<RecordedMedium>({ mail: true, letter: true, meeting: true });

export const ANSWER_VERDICTS = words<AnswerVerdict>({
  binding: true,
  refusal: true,
  counter_offer: true,
  curable: true,
  non_conforming: true,
  late: true,
  ignored: true,
  objection: true,
});

export const CLEARANCE_REASONS = words<ClearanceReason>({
  refused: true,
  lapsed: true,
  waived: true,
  forfeited: true,
  consented: true,
  supported: true,
  not_applicable: true,
  released: true,
  suspended: true,
  extinguished: true,
});

/** How a right was read on a lot. */
export const RIGHT_VERDICTS = words<Verdict>({
  applies: true,
  out_of_scope: true,
  carved_out: true,
  not_new_capacity: true,
  below_de_minimis: true,
  standing_waiver: true,
  holder_in_default: true,
  holder_not_eligible: true,
  not_live: true,
  ended: true,
  cap_exhausted: true,
  other_side: true,
  same_lineage: true,
  grantor_not_buyer: true,
  holder_is_counterparty: true,
  no_release: true,
  nothing_bought: true,
  yields: true,
});

export const BID_VERDICTS = words<BidVerdict>({
  sealed: true,
  late: true,
  not_invited: true,
  inseparable: true,
  block_taken: true,
  unpriced: true,
  lineage_cycle: true,
  malformed: true,
  ineligible_identity: true,
});

export const AWARD_BASES = words<AwardLine["basis"]>({
  acceptance: true,
  match: true,
  bid: true,
  proposal: true,
  entitlement: true,
  option: true,
  sale: true,
});

type EventOf<Type extends BookEvent["type"]> = Extract<BookEvent, { readonly type: Type }>;

export const CONFLICT_KINDS = words<EventOf<"conflictFound">["kind"]>({
  two_exclusives: true,
  exclusive_and_option: true,
  rank_tie: true,
  cyclic_encumbrance: true,
});

export const EXTENSION_REASONS = words<EventOf<"deadlineExtended">["why"]>({
  outage: true,
  amendment: true,
  contingency: true,
});
