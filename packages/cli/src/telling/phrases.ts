import { deadlineText as lastInTimeText, momentText, spanText, type ZoneId } from "@offtake/core/calendar";
import { codeText, countText, rateText } from "@offtake/core/explanation";
import type { Instant } from "@offtake/core/kernel";
import type { Asked, Awarded, Resolution, Wish } from "@offtake/sim/stories";

/** "8,640 gb200-nvl72 from Fri 1 Aug 2025 to Fri 31 Jul 2026, us-*, inference, at most $18.00 per accelerator-hour" */
export function wishText({ count, accelerators, window, regions, purposes, cap }: Wish, zone: ZoneId): string {
  return [
    `${countText(count)} ${accelerators.join(" or ")} ${spanText(zone, window)}`,
    regions.join(" or ") === "*" ? "any region" : regions.join(" or "),
    purposes.length === 0 ? "purpose not declared" : purposes.join(" and "),
    ...(cap === undefined ? [] : [`at most ${rateText(cap)}`]),
  ].join(", ");
}

const ASKED: Readonly<Record<string, string>> = {
  "first-refusal": "asked first",
  "first-offer": "asked to name its terms first",
  exclusivity: "asked as the only one who may supply",
  consent: "asked whether it agrees",
  "first-ship": "asked whether it supports the launch",
  match: "asked whether it equals the best offer of others",
  option: "asked whether it takes up its option",
  "re-offer": "asked again on changed terms",
  "over-allotment": "asked whether it takes what others left",
  confirmation: "asked to confirm a smaller part",
  stranded: "asked whether it takes a rest too small for others",
  information: "informed",
};

export function askedText({
  kind,
  count,
  price,
  agreement,
  clause,
}: Pick<Asked, "kind" | "count" | "price" | "agreement" | "clause">): string {
  const terms = price === undefined ? "" : ` at ${rateText(price)}`;
  return `${ASKED[kind] ?? kind}: ${countText(count)}${terms} (clause ${clause} of agreement ${agreement})`;
}

/** "Thu 26 Jun 2025 17:00 PDT": the last instant in time, on the clock that it was counted by. */
export function deadlineText(respondBy: Instant | undefined, zone: ZoneId): string {
  return respondBy === undefined ? "no clock runs yet" : lastInTimeText(zone, respondBy);
}

/** What became of a notice, in one phrase. */
export function endText(asked: Asked): string {
  const { status, taken, count } = asked;
  switch (status) {
    case "accepted":
      return `accepted ${countText(taken)}`;
    case "part_accepted":
      return `accepted ${countText(taken)} of ${countText(count)}`;
    case "lapsed":
      return "no answer that counts: lapsed";
    case "withdrawn":
      return "notice withdrawn";
    case "superseded":
      return "replaced by another notice";
    case "sent":
      return "not received yet";
    case "open":
      return asked.answers.length === 0 ? "no answer yet" : "open";
    default:
      return status;
  }
}

const BASIS: Readonly<Record<Awarded["basis"], string>> = {
  acceptance: "it accepted its notice",
  match: "it equalled the best offer of others",
  bid: "the best choice among the bids",
  proposal: "the buyer's proposal",
  entitlement: "called under what is contracted",
  option: "it took up its option",
  sale: "sold",
};

export const basisText = (basis: Awarded["basis"]): string => BASIS[basis];

export const OUTCOME_TEXT: Readonly<Record<Resolution["outcome"], string>> = {
  open: "still open",
  awarded_full: "awarded in full",
  awarded_part: "awarded in part",
  unfilled: "nothing awarded",
  announced: "the release was announced",
  withdrawn: "withdrawn",
};

/** Why no more was awarded, where the reason is about all that was offered and not about one bid. */
const WHY_NO_MORE: Readonly<Record<string, string>> = {
  above_cap: "what was offered is above the cap",
  late_start: "what was offered begins too late",
  no_bids: "nobody bid for more",
  no_capacity: "no more capacity is free",
};

export function outcomeText({ outcome, askedCount, awardedCount, why }: Resolution): string {
  const counts = outcome === "awarded_part" ? `, ${countText(awardedCount)} of ${countText(askedCount)}` : "";
  const because = why === undefined || outcome === "awarded_full" ? "" : `: ${WHY_NO_MORE[why] ?? codeText(why)}`;
  return `${OUTCOME_TEXT[outcome]}${counts}${because}`;
}

/** An instant on the clock of a zone, without parts of a second: what falls due one millisecond later is "17:00" to people. */
export const whenText = momentText;
