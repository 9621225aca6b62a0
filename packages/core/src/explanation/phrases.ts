import type { RightKind } from "../agreements/clause.ts";
import type { AwardLine } from "../awards/award.ts";
import type { AnswerVerdict, NoticeKind, NoticeStatus } from "../notices/notice.ts";
import type { ClearanceReason } from "../rights/assessment.ts";
import type { BidVerdict } from "../tenders/bid.ts";

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
