import type { RightClause } from "@offtake/core/agreements";
import { countText } from "@offtake/core/explanation";
import type { DeliveryBasis, NoticeKind } from "@offtake/core/notices";

type Silence = RightClause["silence"];
type Window = RightClause["window"];

/** "Notice under your right of first refusal". */
export const SUBJECT: Readonly<Record<NoticeKind, string>> = {
  "first-refusal": "Notice under your right of first refusal",
  "first-offer": "Notice under your right of first offer",
  exclusivity: "Notice under your exclusivity",
  consent: "Request for your consent",
  "first-ship": "Notice of a release that ships first with you",
  match: "Notice of a third party's offer that you may match",
  option: "Notice of your option",
  "re-offer": "Further notice on changed terms",
  "over-allotment": "Notice of what other holders left",
  confirmation: "Request to confirm a smaller part",
  stranded: "Notice of a remainder",
  information: "Notice for your information",
};

/** What the party is asked, as a sentence that stands by itself. */
export const ASKS: Readonly<Record<NoticeKind, string>> = {
  "first-refusal":
    "You are asked, before anybody else, whether you will supply what is set out below, in whole or in part.",
  "first-offer":
    "You are asked, before anybody else, to name the terms on which you would supply what is set out below.",
  exclusivity: "You are asked, as the only party who may supply it, whether you will supply what is set out below.",
  consent: "You are asked whether you consent to what is set out below.",
  "first-ship":
    "A product is to be released as set out below. You are asked whether you will support its launch by then; others may not launch it earlier than you do. Nothing is ordered by this notice.",
  match:
    "A third party has made the offer set out below. You are asked whether you will supply on terms that equal it.",
  option: "You are asked whether you take up your option on what is set out below.",
  "re-offer": "The terms on which you were asked before have changed. You are asked again, on the terms set out below.",
  "over-allotment":
    "Other holders did not take all of their part. You are asked whether you will supply what is set out below as well.",
  confirmation:
    "What you accepted had to be cut, because others of your rank accepted too. You are asked whether you confirm the part set out below.",
  stranded:
    "What is left is too small to be of use to others. You are asked whether you will supply the remainder set out below as well.",
  information: "This letter is for your information. It asks nothing of you, and no period runs.",
};

export const SILENCE: Readonly<Record<Silence, string>> = {
  refusal:
    "If no answer has been received by then, this counts as a refusal, and what is set out above may be offered to others.",
  acceptance: "If no answer has been received by then, this counts as an acceptance of all that is set out above.",
  blocks: "If no answer has been received by then, this counts as a no: what is set out above will not be done.",
  consents: "If no answer has been received by then, this counts as your consent.",
};

/** When the period begins, by the delivery rule of the clause (domain rule G1). */
export const BEGINS: Readonly<Record<RightClause["delivery"]["rule"], string>> = {
  sent: "The period is counted from the sending of this notice.",
  delivered: "The period is counted from the delivery of this notice.",
  acknowledged: "The period is counted from the moment at which you acknowledge this notice.",
};

/** What the receipt of a notice rests on. */
export const COUNTED: Readonly<Record<DeliveryBasis["event"], string>> = {
  sent: "sending",
  delivered: "delivery",
  acknowledged: "acknowledgement",
};

/** "5 business days", "1 hour". */
export function periodText({ n, unit }: Pick<Window, "n" | "unit">): string {
  const words = unit === "business-days" ? "business day" : unit === "days" ? "day" : "hour";
  return `${countText(n)} ${words}${n === 1 ? "" : "s"}`;
}

/** What may be taken, and whether a refusal is the last word. */
export function partText({ partial }: Pick<RightClause, "partial">): string {
  if (partial.mode === "none") return "All of it or nothing may be taken; a part cannot be.";
  const least = partial.min === undefined ? "" : `, and at least ${countText(partial.min)}`;
  return partial.of === 1
    ? `You may take all of it or any part${least}.`
    : `You may take all of it, or a part in multiples of ${countText(partial.of)}${least}.`;
}
