import { unreachable } from "../kernel/index.ts";
import { type Draft, type Shown, update } from "./draft.ts";
import { named } from "./fold-facts.ts";
import type { AnswerView, ClockView, NoticeView } from "./view.ts";

/** What becomes of a notice, as its holder and as the keeper is told of it. */
export type AboutNotice = Shown<
  | "noticeSent"
  | "ownNoticeSent"
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

export function foldNotice(draft: Draft, event: AboutNotice): void {
  if (event.type === "noticeSent") return openNotice(draft, { as: "keeper", notice: event.notice }, "sent");
  if (event.type === "ownNoticeSent") return openNotice(draft, { as: "party", notice: event.notice }, "sent");
  update(draft.notices, event.notice, (one) => changed(one, event));
}

type Opened =
  | { readonly as: "keeper"; readonly notice: Shown<"noticeSent">["notice"] }
  | { readonly as: "party"; readonly notice: Shown<"ownNoticeSent">["notice"] };

/** A notice that the reader hears of for the first time. */
export function openNotice(draft: Draft, opened: Opened, status: "sent" | "open"): void {
  if (opened.as === "party") named(draft, opened.notice.from, opened.notice.fromName);
  draft.notices.set(opened.notice.id, { ...opened, status, failed: [], answers: [] });
}

function changed(one: NoticeView, event: Exclude<AboutNotice, Shown<"noticeSent" | "ownNoticeSent">>): NoticeView {
  switch (event.type) {
    case "noticeReceived":
    case "ownNoticeReceived":
      return { ...one, status: "open", clock: clockOf(event) };
    case "deliveryFailed":
    case "ownDeliveryFailed":
      return { ...one, failed: [...one.failed, event.channel] };
    case "deadlineExtended":
    case "ownDeadlineExtended": {
      const { respondBy, why } = event;
      return one.clock === undefined ? one : { ...one, clock: { ...one.clock, respondBy, extended: why } };
    }
    case "answerReceived":
    case "ownAnswerRecorded":
      return { ...one, answers: [...one.answers, { ...event.answer, by: event.by }] };
    case "answerRatified":
    case "ownAnswerRatified": {
      const { signer: ratifiedBy, verdict } = event;
      return { ...one, answers: withLast(one.answers, isAcceptance, { ratifiedBy, verdict }) };
    }
    case "latenessWaived":
    case "ownLatenessWaived":
      return { ...one, answers: withLast(one.answers, isLate, { verdict: "binding" }) };
    case "offerDecided":
    case "ownOfferDecided":
      return { ...one, offer: event.taken ? "taken" : "declined" };
    case "noticeClosed":
    case "ownNoticeClosed":
      return { ...one, status: event.status, taken: event.count };
    default:
      return unreachable(event);
  }
}

function clockOf(event: ClockView): ClockView {
  const { deliveredAt, deemedReceivedAt, respondBy, objectBy, zone, trail, basis } = event;
  const clock = { deliveredAt, deemedReceivedAt, respondBy, zone, trail, basis };
  return objectBy === undefined ? clock : { ...clock, objectBy };
}

const isAcceptance = (one: AnswerView): boolean => one.answer.type === "accept";
const isLate = (one: AnswerView): boolean => one.verdict === "late";

/** Changes the last answer of which something holds: a ratification and a waiver of lateness are about one that was given. */
function withLast(
  answers: readonly AnswerView[],
  is: (one: AnswerView) => boolean,
  change: Partial<AnswerView>,
): AnswerView[] {
  const index = answers.findLastIndex(is);
  return answers.map((one, i) => (i === index ? { ...one, ...change } : one));
}
