import type { HolderNotice } from "../disclosure/index.ts";
import type { Clearance, DeliveryBasis, Notice, RecordedAnswer, Recording } from "../notices/notice.ts";
import { countText, rateText } from "./amounts.ts";
import type { Lookup } from "./lookup.ts";
import { codeText } from "./codes.ts";
import { ANSWER_WORTH, ASKED, CLEARED_BECAUSE, CLOSED, listText } from "./phrases.ts";
import type { Shown } from "./shown.ts";
import { deadline, type StepDraft } from "./steps.ts";
import { ending, exactly, lastly, moment, span } from "./moments.ts";

/** What becomes of a notice, in the words of the keeper's feed or of its holder's. */
export type NoticeStepEvent = Shown<
  | "noticeReceived"
  | "ownNoticeReceived"
  | "deliveryFailed"
  | "ownDeliveryFailed"
  | "deadlineExtended"
  | "ownDeadlineExtended"
  | "answerReceived"
  | "ownAnswerRecorded"
  | "answerRatified"
  | "ownAnswerRatified"
  | "latenessWaived"
  | "ownLatenessWaived"
  | "offerDecided"
  | "ownOfferDecided"
  | "noticeClosed"
  | "ownNoticeClosed"
>;

/** "1,024 gb200 for [2027-01-01, 2028-01-01), inference, us-central, at $3.00 per accelerator-hour". */
export function termsText(terms: Notice["terms"], count: number, priceWord: "at" | "at most" = "at"): string {
  return [
    `${countText(count)} ${terms.acceleratorType} ${span(terms.window)}`,
    ...(terms.purpose === undefined ? [] : [terms.purpose]),
    ...(terms.regions.length === 0 ? [] : [terms.regions.join(" or ")]),
    ...(terms.price === undefined ? [] : [`${priceWord} ${rateText(terms.price)}`]),
  ].join(", ");
}

/** How many are asked for, and at what price: the third party's where there is one, else the cap that counts as the price. */
export function askedText(notice: Notice | HolderNotice): string {
  const price = notice.thirdParty === undefined ? notice.terms.price : notice.thirdParty.price;
  const what = price === undefined ? countText(notice.count) : `${countText(notice.count)} at ${rateText(price)}`;
  return `${ASKED[notice.kind]}, by notice ${notice.id}: ${what}`;
}

/** Adds what happened to the step of its notice. */
export function addToNotice(step: StepDraft, event: NoticeStepEvent, lookup: Lookup): void {
  const at = moment(event.at);
  switch (event.type) {
    case "noticeReceived":
    case "ownNoticeReceived": {
      const { deemedReceivedAt, respondBy, zone, trail } = event;
      step.set({ deadline: deadline("answer by", respondBy, zone, trail) });
      const delivered = moment(event.deliveredAt, zone);
      const received = moment(deemedReceivedAt, zone);
      const text =
        delivered === received ? `received ${received}` : `delivered ${delivered}, counts as received ${received}`;
      step.add("notice_received", `${text}${basisText(event.basis, lookup)}`, {
        rules: ["domain rule G1", "domain rule G2"],
      });
      return;
    }
    case "deliveryFailed":
    case "ownDeliveryFailed": {
      const next = event.nextChannel === undefined ? "" : `, sent again by ${event.nextChannel}`;
      step.add("delivery_failed", `not delivered by ${event.channel}${next}`, { rules: ["domain rule G1"] });
      return;
    }
    case "deadlineExtended":
    case "ownDeadlineExtended":
      step.add("deadline_extended", `${EXTENDED[event.why]}: answer by ${lastly(event.respondBy)}`, {
        rules: [event.why === "outage" ? "domain rule G5" : "domain rule G8"],
      });
      return;
    case "answerReceived":
    case "ownAnswerRecorded":
      step.add("answer", answerText(event.answer, lookup), {
        rules: ["domain step 10", "domain rule G6"],
        facts: event.answer.defects,
        verdict: event.answer.verdict,
      });
      return;
    case "answerRatified":
    case "ownAnswerRatified":
      step.add("answer_ratified", `${at}: ${event.signer} stood behind the answer; ${ANSWER_WORTH[event.verdict]}`, {
        rules: ["domain rule G6"],
        verdict: event.verdict,
      });
      return;
    case "latenessWaived":
    case "ownLatenessWaived":
      step.add("lateness_waived", `${at}: the buyer let the late answer count; it binds`, { rules: ["domain row N9"] });
      return;
    case "offerDecided":
    case "ownOfferDecided":
      step.add("offer_decided", `${at}: the buyer ${event.taken ? "took" : "declined"} the terms that were named`);
      return;
    default:
      step.set({ verdict: event.status });
      // A refusal that was just told says it all.
      if (event.status === "refused" && step.lastVerdict() === "refusal") return;
      step.add("notice_closed", closedText(event), { rules: ["domain step 11"], verdict: event.status });
  }
}

/** "; delivered by courier, as LAB reported with the proof of it". What the portal delivered at once needs no word. */
export function basisText({ event, channel, reportedBy, proof }: DeliveryBasis, lookup: Lookup): string {
  if (reportedBy === undefined) return event === "sent" ? `; it counts from its sending, by ${channel}` : "";
  const what = event === "acknowledged" ? "it was acknowledged" : "it was delivered";
  return `; ${what} by ${channel}, as ${lookup.name(reportedBy)} reported${proof === undefined ? "" : " with the proof of it"}`;
}

/** ", put on record by LAB from a mail": for what its author said outside the broker. */
export function recordingText(recording: Recording | undefined, lookup: Lookup): string {
  if (recording === undefined) return "";
  const from = { mail: "a mail", letter: "a letter", meeting: "minutes of a meeting" }[recording.medium];
  return `, put on record by ${lookup.name(recording.by)} from ${from}`;
}

const EXTENDED: Readonly<Record<Shown<"deadlineExtended">["why"], string>> = {
  outage: "the deadline moved, because the broker was out of service",
  amendment: "the deadline moved, because both sides signed a change",
  contingency: "the deadline moved, because a condition may still be waived",
};

function closedText(event: Shown<"noticeClosed" | "ownNoticeClosed">): string {
  const taken = event.status === "accepted" || event.status === "part_accepted" ? `: ${countText(event.count)}` : "";
  return `${CLOSED[event.status]}${taken}`;
}

/** "2026-09-16T18:00:00Z: accepted 600, 200 of them run by CORVID; it binds". */
function answerText({ answer, recording, receivedAt, verdict, defects }: RecordedAnswer, lookup: Lookup): string {
  const said = { accept: "accepted", refuse: "refused", object: "objected" }[answer.type];
  const parts = [
    `${said}${answer.type === "accept" ? ` ${answer.count === undefined ? "all" : countText(answer.count)}` : ""}`,
    ...(answer.price === undefined ? [] : [`at ${rateText(answer.price)}`]),
    ...(answer.host === undefined ? [] : [hostText(answer, lookup)]),
    ...(answer.condition === undefined ? [] : [`on the condition "${answer.condition}"`]),
  ];
  const why = defects.length === 0 ? "" : ` (${listText(defects.map(codeText))})`;
  const advance = answer.reason === "standing" ? ", by its standing answer" : "";
  const worth = answer.type === "refuse" && verdict === "refusal" ? "" : `; ${ANSWER_WORTH[verdict]}${why}`;
  return `${exactly(receivedAt)}: ${parts.join(", ")}${advance}${recordingText(recording, lookup)}${worth}`;
}

function hostText({ host, hostCount }: RecordedAnswer["answer"], lookup: Lookup): string {
  const by = `run by ${lookup.name(host ?? "")} (pass-through)`;
  return hostCount === undefined ? by : `${countText(hostCount)} of them ${by}`;
}

/** "424 may go to others until 2026-11-15T08:00:00Z: the holder refused (clearance, tail)". */
export function clearanceText(clearance: Clearance): string {
  const until = clearance.validUntil === undefined ? "" : `, until ${ending(clearance.validUntil)} (tail)`;
  const price = clearance.terms?.price === undefined ? "" : `, at most at ${rateText(clearance.terms.price)}`;
  return `clearance for ${countText(clearance.count)}: ${CLEARED_BECAUSE[clearance.reason]}${price}${until}`;
}
