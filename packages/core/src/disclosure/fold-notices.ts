import { unreachable } from "../kernel/index.ts";
import { type Draft, type Shown, update } from "./draft.ts";
import type { AnswerView, ClockView, NoticeView } from "./view.ts";

/** What becomes of a notice, as its holder and as the keeper is told of it. */
export type AboutNotice = Shown<
  | "noticeSent"
  | "ownNoticeSent"
  | "noticeReceived"
  | "ownNoticeReceived"
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
  if (event.type === "noticeSent" || event.type === "ownNoticeSent") {
    const { notice } = event;
    if ("fromName" in notice) draft.names.set(notice.from, notice.fromName);
    draft.notices.set(notice.id, { notice, status: "sent", answers: [] });
    return;
  }
  update(draft.notices, event.notice, (one) => changed(one, event));
}

function changed(one: NoticeView, event: Exclude<AboutNotice, Shown<"noticeSent" | "ownNoticeSent">>): NoticeView {
  switch (event.type) {
    case "noticeReceived":
    case "ownNoticeReceived":
      return { ...one, status: "open", clock: clockOf(event) };
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
  const { deliveredAt, deemedReceivedAt, respondBy, objectBy, zone, trail } = event;
  const clock = { deliveredAt, deemedReceivedAt, respondBy, zone, trail };
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
