import type { Constraint } from "../awards/evaluation.ts";
import type { VoidCode } from "../awards/gate.ts";
import type { AgreementStatus } from "../agreements/agreement.ts";
import type { ConflictKind } from "../agreements/conflicts.ts";
import type { AwardLine } from "../awards/award.ts";
import type { AnswerVerdict, NoticeStatus } from "../notices/notice.ts";
import type { LotWarning } from "../requests/atomise.ts";
import type { Verdict } from "../rights/assessment.ts";
import type { BidVerdict } from "../tenders/bid.ts";

/**
 * The words of codes: every code that can be shown to a person has its phrase here, and nowhere else. Those of a closed set are
 * held to it by their type, those that the sources write out by a test.
 */

/** A code for people: "no_capacity" is "its capacity is not free". What follows a colon is said after it. */
export function codeText(code: string): string {
  const [name = "", ...about] = code.split(":");
  const told = PHRASES[name] ?? plainText(name);
  return about.length === 0 ? told : `${told}: ${plainText(about.join(":"))}`;
}

/** How far a thing has come, as a word beside it: "awarded_part" is "awarded in part". */
export function statusText(status: string): string {
  return STATUSES[status] ?? plainText(status);
}

/** The phrases of several codes: "late, not a multiple of what may be taken". */
export function codesText(codes: readonly string[]): string {
  return codes.map(codeText).join(", ");
}

/** Whether a code has a phrase of its own. */
export const isPhrased = (code: string): boolean => Object.hasOwn(PHRASES, code) || Object.hasOwn(STATUSES, code);

/** A code without a phrase, of a newer broker or of whoever sent it, is told by its own words and never left out. */
const plainText = (code: string): string => code.replaceAll("_", " ");

const REQUEST_STATUSES = {
  open: "open",
  awaiting_approval: "awaiting approval",
  held: "held",
  resting: "resting",
  awarded_full: "awarded in full",
  awarded_part: "awarded in part",
  unfilled: "nothing awarded",
  announced: "announced",
  withdrawn: "withdrawn",
  closed: "closed",
} as const;

const NOTICE_STATUSES = {
  sent: "sent",
  open: "open",
  accepted: "accepted",
  part_accepted: "accepted in part",
  refused: "refused",
  lapsed: "lapsed",
  waived: "waived",
  forfeited: "forfeited",
  withdrawn: "withdrawn",
  superseded: "replaced",
  consented: "consented",
  supported: "supported",
  suspended: "suspended",
} as const satisfies Readonly<Record<NoticeStatus, string>>;

const AGREEMENT_STATUSES = {
  draft: "draft",
  signed: "signed",
  active: "active",
  conflicted: "conflicted",
  suspended: "suspended",
  terminated: "terminated",
} as const satisfies Readonly<Record<AgreementStatus, string>>;

const STATUSES: Readonly<Record<string, string>> = {
  ...REQUEST_STATUSES,
  ...NOTICE_STATUSES,
  ...AGREEMENT_STATUSES,
  not_accepted: "not accepted",
  not_selected: "not selected",
};

/** What an answer is worth, as one word beside it. */
const ANSWER_VERDICTS = {
  binding: "binding",
  refusal: "a refusal",
  counter_offer: "a counter-offer",
  curable: "not in order, and may be mended until the deadline",
  non_conforming: "not conforming",
  late: "late",
  ignored: "without effect",
  objection: "an objection",
} as const satisfies Readonly<Record<AnswerVerdict, string>>;

/** What is wrong with an answer. */
const DEFECTS = {
  already_binding: "an answer of the same party binds already",
  already_cured: "what was missing was put right already",
  before_first_ship: "it would begin before the product has shipped where it must ship first",
  below_gang_minimum: "fewer than must be together",
  below_partial_minimum: "less than the smallest part that may be taken",
  block_unavailable: "a block that it names is not free",
  condition_to_be_waived: "its condition must be waived in time",
  conditional: "it has a condition, and none is allowed",
  count_not_positive: "it is for no accelerators",
  host_consent_missing: "the consent to its host is missing",
  host_not_allowed: "its host is not allowed",
  more_than_noticed: "more than was noticed",
  names_terms: "it names other terms",
  not_a_match: "it does not equal the offer",
  not_a_multiple: "not a multiple of what may be taken",
  not_cured: "what was missing was not put right",
  nothing_missing: "nothing was missing",
  objection_late: "the objection came too late",
  partial_not_allowed: "only all of it may be taken",
  pass_through_share: "too much of it is run by somebody else",
  price_above_notice: "its price is above the noticed one",
  price_below_notice: "its price is below the noticed one",
  price_currency: "its price is in another currency than the noticed one",
  price_not_noticed: "it names a price, and none was noticed",
  refusal_is_final: "a refusal stands and is final",
  resale_barred: "what it would supply may not be sold on",
  response_late: "it came after the deadline",
  signer_limit: "who signed may not bind the party to so much",
  signer_not_authorised: "who signed may not bind the party",
  terms_differ: "its terms differ",
} as const;

/** What a bid was taken for, and what is wrong with it. */
const BID_VERDICTS = {
  sealed: "sealed until the close",
  late: "late",
  not_invited: "its bidder was not invited",
  inseparable: "it has one price for things that must be compared apart",
  block_taken: "its capacity is taken",
  lineage_cycle: "its capacity would come from itself",
  malformed: "it is not in order",
  unpriced: "its agreement states no price for it",
  ineligible_identity: "its bidder does not let its name be told where a right demands it",
} as const satisfies Readonly<Record<BidVerdict, string>>;

const BID_DEFECTS = {
  after_close: "it came after the close",
  accelerator_mismatch: "the accelerator is another one than the block's",
  block_missing: "a block that it names is not on record",
  block_named_twice: "it names a block twice",
  counts_out_of_order: "its least count is above its greatest",
  lot_bid_twice: "it bids twice for one lot",
  no_lines: "it has no lines",
  no_multiple_in_range: "no multiple lies between its least and its greatest count",
  not_an_alternative: "it is for something that was not asked for",
  package_price_not_positive: "the price of its package is not above zero",
  price_not_positive: "its price is not above zero",
  region_mismatch: "the region is another one than the block's",
  root_mismatch: "its blocks are not of one root",
  term_malformed: "a term of it is not in order",
  tier_above_smallest_part: "a step of its price begins above its smallest part",
  tiers_empty: "it has no price",
  tiers_mixed_currency: "its price is in two currencies",
  tiers_unordered: "the steps of its price are out of order",
  validity_before_close: "it ends before the close",
} as const;

/** What the choice of bids must hold to. */
const CONSTRAINT_TEXT = {
  above_cap: "its price is above the cap",
  starts_too_late: "it begins too late",
  below_gang_minimum: "fewer than must be together",
  block_size: "it is no multiple of what must be taken together",
  no_capacity: "its capacity is not free",
  concentration_cap: "one provider would get more than one may",
  minimum_share: "a promised share would not be met",
  over_budget: "it costs more than the budget has",
} as const satisfies Readonly<Record<Constraint, string>>;

/** Why a bid, or a part of one, is not taken. */
const NOT_TAKEN = {
  beaten: "others cost less",
  ends_before_match_window: "it ends before the match could be answered",
  expired: "it has ended",
  holder_may_not_bid: "the holder of the right may not bid",
  identity_not_disclosed: "its bidder does not let its name be told",
  late_start: "it begins too late",
  left_out: "it was left out",
  minimum_above_rest: "its least count is above what is left",
  mixed_currency: "its price is in two currencies",
  named_twice: "it is named twice",
  no_bids: "nobody bid",
  no_price: "it has no price",
  not_chosen: "it was not chosen",
  not_eligible: "its bidder may not supply",
  not_own_build: "it is not of the bidder's own build",
  outside_bid: "the bid does not offer that count",
  outside_lot: "it is for something else than the lot",
  over_asked: "more than is asked for",
  package_broken: "a part of its package cannot be had",
  price_conflict: "two entries of its price book apply and none is declared first",
  price_not_stated: "no entry of its price book is for it",
  list_price_missing: "no price stands in the list that it refers to",
  index_value_missing: "no value of its index is recorded",
  taken: "taken",
  taken_in_part: "taken in part",
  unknown_bid: "there is no such bid",
  unknown_line: "the bid has no such line",
  used_up: "all of it is taken",
  window_too_short: "it is for a shorter time than was asked for",
} as const;

/** Why a clearance does not cover what would be awarded. */
const VOIDED = {
  other_third_party: "the offer that was shown to the holder was another's",
  waiver_provider: "the waiver is for another provider",
  waiver_count: "the waiver is for fewer",
  waiver_price: "the waiver is for another price",
  not_better_than_offer: "it is not better than what the holder offered",
  before_first_ship: "it would begin before the product has shipped where it must ship first",
} as const satisfies Readonly<Record<VoidCode, string>>;

/** Why the broker, or a part of a request, waits, is asked again, or came to nothing. */
const REASONS = {
  agreement_amended: "the agreement was amended",
  amended: "the agreement was amended",
  amendment: "the agreement was amended",
  approval_denied: "an approval was denied",
  awarded_elsewhere: "it was awarded elsewhere",
  below_minimum_usable: "what is left is too small to be of use",
  calendar_missing: "a holiday calendar that a deadline needs is not recorded",
  calendar_recorded: "the calendar is recorded",
  calendar_year_unknown: "no holiday calendar on record covers the year that a deadline needs",
  changed_terms: "the terms have changed and the holder must be asked again",
  clearances_ended: "the clearances have ended",
  closed_by_buyer: "the buyer closed the request",
  conflict_decided: "the conflict was decided",
  conflict_found: "a conflict of rights was found",
  conflict_undecided: "two rights are in conflict and nobody has decided it",
  consent_missing: "a consent is missing",
  consent_needed: "a consent is needed",
  consent_refused: "a consent was refused",
  contingency: "its condition moves the deadline",
  defaulted: "its supplier did not keep the award",
  defective: "a term was missing and the holder objected",
  elected_to_bid: "the holder chose to bid",
  exclusivity_not_released: "the exclusive supplier has not let go",
  holder_failed: "the holder did not keep an award",
  information: "it only informs",
  lateness_waived: "the buyer let a late answer count",
  no_answer: "nobody answered",
  no_answer_is_not_allowed: "no answer means no",
  no_more_rounds: "no further round is allowed and the request must be submitted anew",
  not_bona_fide: "the offer is not one of a third party in good faith",
  not_cleared: "a right has not been cleared",
  not_covered_together: "the acceptances together did not cover all of it",
  not_extended: "it ends before the match could be answered",
  not_served: "the notice was not delivered",
  not_signed: "it is not signed",
  nothing_left: "nothing is left to take",
  notice_superseded: "the notice was replaced",
  notice_withdrawn: "the notice was taken back",
  offer_gone: "the offer of the third party is gone",
  outage: "the broker could not be reached",
  outside_tail: "the tail has ended",
  own_offer: "it is the holder's own offer",
  provider_not_eligible: "the provider may not supply",
  rate_missing: "no exchange rate is recorded for the common close of the bids",
  rate_recorded: "the rate is recorded",
  release: "a product is released",
  replaced: "it was replaced",
  request_revised: "the request was changed",
  request_withdrawn: "the request was withdrawn",
  right_ended: "the right has ended",
  superseded: "it was replaced by a later version",
  terms_changed: "the terms have changed",
} as const;

/** What splitting a request lost sight of. */
const WARNINGS = {
  purpose_not_declared: "the purpose is not declared",
  purpose_split_not_declared: "purpose split not declared",
  gang_split: "what must be together was split",
  indivisible_split: "what may not be split was split",
} as const satisfies Readonly<Record<LotWarning, string>>;

const CONFLICTS = {
  two_exclusives: "two exclusive suppliers",
  exclusive_and_option: "an exclusive supplier and an option of somebody else",
  rank_tie: "two rights of the same rank",
  cyclic_encumbrance: "rights that wait for each other",
} as const satisfies Readonly<Record<ConflictKind, string>>;

/** What a plan finds in the way, and what it supposes. */
const PLANNED = {
  approval_given: "an approval is given as soon as it is asked for",
  best_bid_chosen: "the best bid is chosen when bids are opened",
  bid_at_own_price: "a provider bids at its price on record",
  counts_at_period_end: "it counts at the end of its period",
  delivered_when_sent: "a notice is delivered when it is sent",
  no_answers: "nobody answers",
  no_lead_time: "nothing lies between award and start",
  price_incomplete: "its price is not complete",
  too_few: "it has too few",
  waits_for_an_offer: "it waits for an offer of somebody else",
  window_assumed: "its window is assumed",
} as const;

const BASES = {
  acceptance: "it accepted its notice",
  match: "it equalled the best offer of others",
  bid: "its bid was the best choice",
  proposal: "the buyer proposed it",
  entitlement: "it is called under what is contracted",
  option: "it took up its option",
  sale: "it is sold",
} as const satisfies Readonly<Record<AwardLine["basis"], string>>;

/** Why a right does not weigh on what is asked for. */
export const NOT_APPLYING: Readonly<Record<Exclude<Verdict, "applies">, string>> = {
  out_of_scope: "it does not reach this",
  carved_out: "a carve-out leaves this out",
  not_new_capacity: "it reaches new capacity only",
  below_de_minimis: "this is de minimis",
  standing_waiver: "its holder gave a waiver in advance",
  holder_in_default: "its holder is in default, which suspends it",
  holder_not_eligible: "its holder may not supply",
  not_live: "it is not in force at that time",
  ended: "it has ended",
  cap_exhausted: "it is used up",
  other_side: "it is about capacity that is sold, not about what is bought, or the other way round",
  same_lineage: "the same right stands in a newer agreement",
  grantor_not_buyer: "it binds somebody else than who asks",
  holder_is_counterparty: "its holder is the one who would buy",
  no_release: "this is for no product",
  nothing_bought: "a release is announced and nothing is bought",
  yields: "it yields to another right",
};

const PHRASES: Readonly<Record<string, string>> = {
  ...BASES,
  ...STATUSES,
  ...NOT_APPLYING,
  ...CONFLICTS,
  ...WARNINGS,
  ...PLANNED,
  ...REASONS,
  ...VOIDED,
  ...NOT_TAKEN,
  ...CONSTRAINT_TEXT,
  ...BID_DEFECTS,
  ...BID_VERDICTS,
  ...DEFECTS,
  ...ANSWER_VERDICTS,
  // Of a holder, wherever it is a reason and not a verdict.
  holder_not_eligible: "the holder may not supply",
};
