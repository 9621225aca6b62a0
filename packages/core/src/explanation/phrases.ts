import type { RightKind } from "../agreements/clause.ts";
import type { AwardLine } from "../awards/award.ts";
import type { AnswerVerdict, NoticeKind, NoticeStatus } from "../notices/notice.ts";
import type { ClearanceReason, Verdict } from "../rights/assessment.ts";
import type { BidVerdict } from "../tenders/bid.ts";

/** A code for people, where no phrase of its own is known: "no_capacity" is "no capacity". */
export function codeText(code: string): string {
  const [name = "", ...about] = code.split(":");
  const told = PHRASES[name] ?? name.replaceAll("_", " ");
  return about.length === 0 ? told : `${told}: ${about.join(":").replaceAll("_", " ")}`;
}

/** What codes of reasons mean. A code without an entry is shown as its own words. */
const PHRASES: Readonly<Record<string, string>> = {
  above_cap: "its price is above the cap",
  approval_denied: "an approval was denied",
  below_minimum_usable: "what is left is too small to be of use",
  beaten: "others cost less",
  before_first_ship: "it would begin before the product has shipped where it must ship first",
  block_taken: "its capacity is taken",
  changed_terms: "the terms have changed and the holder must be asked again",
  clearances_ended: "the clearances have ended",
  closed_by_buyer: "the buyer closed the request",
  condition_to_be_waived: "its condition must be waived in time",
  calendar_missing: "a holiday calendar that a deadline needs is not recorded",
  calendar_year_unknown: "no holiday calendar on record covers the year that a deadline needs",
  rate_missing: "no exchange rate is recorded for the common close of the bids",
  calendar_recorded: "the calendar is recorded",
  rate_recorded: "the rate is recorded",
  conflict_undecided: "two rights are in conflict and nobody has decided it",
  consent_refused: "a consent was refused",
  defective: "a term was missing and the holder objected",
  exclusivity_not_released: "the exclusive supplier has not let go",
  expired: "it has ended",
  holder_not_eligible: "the holder may not supply",
  index_value_missing: "no value of its index is recorded",
  late_start: "it begins too late",
  lateness_waived: "the buyer let a late answer count",
  more_than_noticed: "more than was noticed",
  list_price_missing: "no price stands in the list that it refers to",
  mixed_currency: "its price is in two currencies",
  no_answer_is_not_allowed: "no answer means no",
  no_bids: "nobody bid",
  no_capacity: "its capacity is not free",
  no_more_rounds: "no further round is allowed and the request must be submitted anew",
  not_a_multiple: "not a multiple of what may be taken",
  not_cleared: "a right has not been cleared",
  not_extended: "it ends before the match could be answered",
  offer_gone: "the offer of the third party is gone",
  price_conflict: "two entries of its price book apply and none is declared first",
  price_not_stated: "no entry of its price book is for it",
  outside_tail: "the tail has ended",
  partial_not_allowed: "only all of it may be taken",
  price_above_notice: "its price is above the noticed one",
  price_below_notice: "its price is below the noticed one",
  provider_not_eligible: "the provider may not supply",
  request_revised: "the request was changed",
  request_withdrawn: "the request was withdrawn",
  response_late: "it came after the deadline",
  right_ended: "the right has ended",
  signer_limit: "who signed may not bind the party to so much",
  signer_not_authorised: "who signed may not bind the party",
  taken: "taken",
  taken_in_part: "taken in part",
  terms_changed: "the terms have changed",
};

/** What a right does for its holder: "ALFA ...". */
export const RIGHT_EFFECT: Readonly<Record<RightKind, string>> = {
  exclusivity: "is the only one who may supply (exclusivity)",
  "first-offer": "names its terms before others are asked (first offer)",
  "first-refusal": "is asked before others (first refusal)",
  match: "may equal the best offer of others (match)",
  consent: "must agree (consent)",
  "first-ship": "launches a product before others do, or with them (first ship)",
  option: "may take a set quantity at a set price (option)",
  "soft-hold": "has capacity kept for it (soft hold)",
  "minimum-share": "is promised a part of all that is bought (minimum share)",
  "most-favoured": "is promised terms as good as those of others (most favoured)",
};

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

/** How a notice of each kind asks: "ALFA ...". */
export const ASKED: Readonly<Record<NoticeKind, string>> = {
  "first-refusal": "was asked first",
  "first-offer": "was asked to name its terms first",
  exclusivity: "was asked as the only one who may supply",
  consent: "was asked whether it agrees",
  "first-ship": "was asked whether it supports the launch",
  match: "was asked whether it equals the best offer of others",
  option: "was asked whether it takes up its option",
  "re-offer": "was asked again, because what it was asked before has changed",
  "over-allotment": "was asked whether it also takes what others left",
  confirmation: "was asked to confirm a smaller part than it accepted",
  stranded: "was asked whether it also takes a rest too small for others",
  information: "was informed, and asked nothing",
};

export const CLOSED: Readonly<Record<NoticeStatus, string>> = {
  sent: "not received yet",
  open: "open",
  accepted: "taken whole",
  part_accepted: "taken in part",
  refused: "refused",
  lapsed: "lapsed: no answer that counts came in time",
  waived: "waived",
  forfeited: "came to nothing: the acceptances together did not cover all of it",
  withdrawn: "taken back",
  superseded: "replaced by another notice",
  consented: "agreed",
  supported: "will launch it",
  suspended: "suspended",
};

export const ANSWER_WORTH: Readonly<Record<AnswerVerdict, string>> = {
  binding: "it binds",
  refusal: "it is a refusal",
  counter_offer: "it asks for other terms (counter-offer) and counts as a refusal unless it is replaced in time",
  curable: "it is not in order and may be replaced until the deadline",
  non_conforming: "it does not count",
  late: "it came after the deadline and does not count",
  ignored: "it changes nothing",
  objection: "it objects to a term that is missing",
};

export const CLEARED_BECAUSE: Readonly<Record<ClearanceReason, string>> = {
  refused: "the holder refused",
  lapsed: "the holder did not answer in time",
  waived: "the holder gave a waiver",
  forfeited: "the acceptances together did not cover all of it",
  consented: "the holder agreed",
  supported: "the holder launches the product itself",
  not_applicable: "the right does not apply",
  released: "the exclusive supplier let go",
  suspended: "the right is suspended",
  extinguished: "the right has ended",
};

export const AWARDED_BECAUSE: Readonly<Record<AwardLine["basis"], string>> = {
  acceptance: "it accepted the notice",
  match: "it equalled the best offer of others (match)",
  bid: "its bid was the best choice",
  proposal: "the buyer proposed it",
  entitlement: "the buyer calls what is already contracted (entitlement)",
  option: "it took up its option",
  sale: "it is sold",
};

export const BID_WORTH: Readonly<Record<BidVerdict | "voided", string>> = {
  sealed: "withdrawn from the comparison",
  late: "it came after the close",
  not_invited: "its bidder was not invited",
  inseparable: "it has one price for things that must be compared apart",
  block_taken: "its capacity is offered by another bid or taken",
  lineage_cycle: "its capacity would come from itself",
  malformed: "it is not in order",
  unpriced: "its agreement states no price for it",
  ineligible_identity: "its bidder does not let its name be told where a right demands it",
  voided: "it no longer stands",
};

const DIMENSIONS: Readonly<Record<string, string>> = {
  x_AcceleratorClass: "accelerator",
  RegionId: "region",
  AvailabilityZone: "zone",
  x_Purpose: "purpose",
  x_SourceClass: "source",
  x_NewCapacity: "new capacity",
  x_Channel: "channel",
  x_Product: "product",
  x_BlockId: "capacity block",
  x_RequestId: "request",
  x_Project: "project",
  ServiceProviderName: "provider",
  HostProviderName: "host",
  sum: "counted together",
  limit: "threshold",
  cap: "at most",
};

/** "accelerator gb200, region us-central" for facts as recorded. */
export function factsText(facts: readonly string[]): string {
  return facts.map(factText).join(", ");
}

function factText(fact: string): string {
  const at = fact.indexOf("=");
  if (at < 0) return fact;
  return `${dimensionText(fact.slice(0, at))} ${fact.slice(at + 1)}`;
}

export function dimensionText(name: string): string {
  return DIMENSIONS[name] ?? name.replace(/^x_/, "");
}

/** "GAMMA, KAPPA and BETA". */
export function listText(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}
