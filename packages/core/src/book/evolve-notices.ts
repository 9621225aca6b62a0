import { believe, type Instant, type NoticeId, unreachable } from "../kernel/index.ts";
import { isOfSigner } from "../notices/judge.ts";
import type { Answer } from "../notices/notice.ts";
import type { StatedTerms } from "../requests/terms.ts";
import { copyNotice, type Draft } from "./draft.ts";
import type { NoticeEvent } from "./events.ts";
import { changeLot } from "./copy-on-change.ts";
import { reopenMarket } from "./market-changes.ts";
import { occupy } from "./occupy.ts";
import type { Hold } from "./request-state.ts";
import type { BookState, NoticeState } from "./state.ts";

const NOBODY: NoticeState["assignees"] = [];

/** Puts a copy of a notice in its place, for the caller to change at once. */
function changeNotice(state: BookState, id: NoticeId): Draft<NoticeState> {
  const before = state.notices.get(id);
  believe(before !== undefined, `notice ${id} is on record`);
  const draft = copyNotice(before);
  state.notices.replace(id, before, draft as NoticeState);
  return draft;
}

export function evolveNotice(state: BookState, event: NoticeEvent): void {
  switch (event.type) {
    case "noticeSent":
      return sent(state, event);
    case "noticeReceived": {
      const { respondBy } = event;
      state.timers.push({ at: (respondBy + 1) as typeof respondBy, kind: "deadline", id: event.notice });
      const notice = changeNotice(state, event.notice);
      notice.status = "open";
      notice.deliveredAt = event.deliveredAt;
      notice.deemedReceivedAt = event.deemedReceivedAt;
      notice.respondBy = respondBy;
      if (event.objectBy !== undefined) notice.objectBy = event.objectBy;
      return;
    }
    case "deliveryFailed": {
      if (event.fallbackAt !== undefined)
        state.timers.push({ at: event.fallbackAt, kind: "fallback", id: event.notice });
      const notice = changeNotice(state, event.notice);
      notice.channelIndex += 1;
      notice.channel = event.nextChannel ?? notice.channel;
      return;
    }
    case "deadlineExtended":
      state.timers.push({ at: (event.respondBy + 1) as typeof event.respondBy, kind: "deadline", id: event.notice });
      changeNotice(state, event.notice).respondBy = event.respondBy;
      return;
    case "answerReceived":
      return recordAnswer(state, event);
    case "answerRatified":
      return ratified(state, event);
    case "offerDecided":
      return decided(state, event);
    case "latenessWaived": {
      const notice = changeNotice(state, event.notice);
      const { late } = notice;
      notice.late = undefined;
      notice.closedAt = undefined;
      if (late === undefined) return;
      notice.status = "open";
      notice.answer = { ...late, verdict: "binding", receivedAt: event.at };
      return;
    }
    case "noticeClosed": {
      const notice = changeNotice(state, event.notice);
      notice.status = event.status;
      notice.closedAt = event.closedAt;
      if (notice.kind === "first-ship") wakeWaiting(state, event.closedAt);
      return;
    }
    case "holdPlaced":
      return placeHold(state, event);
    case "holdReleased":
      return releaseHold(state, event);
    case "stageClosed":
      return endStage(state, event);
    default:
      return unreachable(event);
  }
}

function sent(state: BookState, { notice }: Extract<NoticeEvent, { type: "noticeSent" }>): void {
  const draft = copyNotice(notice as NoticeState);
  draft.status = "sent";
  draft.assignees = NOBODY;
  draft.channelIndex = 0;
  state.notices.add(notice.id, draft as NoticeState);
  if (notice.fallbackAt !== undefined) state.timers.push({ at: notice.fallbackAt, kind: "fallback", id: notice.id });
  changeLot(state, notice.request, notice.lot, (lot) => {
    lot.notices = [...lot.notices, notice.id];
    // An information copy asks nothing, so it opens no stage.
    if (lot.phase === "stages" && notice.kind !== "information") lot.stageOpen = true;
    if (notice.kind === "stranded") lot.strandedOffered = true;
    if (isExtraRound(notice.kind)) lot.extraRounds = [...lot.extraRounds, `${notice.kind} ${notice.holder}`];
  });
}

/** A holder has answered about a release: whatever waits for that goes on. */
function wakeWaiting(state: BookState, at: Instant): void {
  for (const { request, lots } of state.requests.values()) {
    const waits = lots.some(
      ({ phase, stageOpen, stages, stageIndex }) =>
        phase === "stages" && !stageOpen && stages[stageIndex]?.kind === "first-ship",
    );
    if (waits) state.timers.push({ at, kind: "launch", id: request.id });
  }
}

/** What did not bind for a reason that is now cured, or has been taken, binds from now on. */
function bind(notice: Draft<NoticeState>, at: Instant): void {
  if (notice.answer !== undefined)
    notice.answer = { ...notice.answer, verdict: "binding", defects: [], receivedAt: at };
}

function ratified(state: BookState, event: Extract<NoticeEvent, { type: "answerRatified" }>): void {
  if (event.verdict === "late") return;
  const notice = changeNotice(state, event.notice);
  notice.ratifiedBy = event.signer;
  if (event.verdict === "binding") bind(notice, event.at);
  // What else is amiss stays so: other terms are for the buyer to take, a defect for the holder to mend.
  else if (notice.answer !== undefined)
    notice.answer = { ...notice.answer, defects: notice.answer.defects.filter((defect) => !isOfSigner(defect)) };
}

function decided(state: BookState, event: Extract<NoticeEvent, { type: "offerDecided" }>): void {
  const notice = changeNotice(state, event.notice);
  if (event.taken) bind(notice, event.at);
  else if (notice.answer !== undefined) notice.declinedAt = event.at;
}

/** After its last stage a lot that was put out before is in the market, where its bids may be open already. */
function endStage(state: BookState, event: Extract<NoticeEvent, { type: "stageClosed" }>): void {
  const market = state.requests.get(event.request)?.market;
  const isOut = market?.tender.lots.some((item) => item.lot === event.lot) === true;
  let reopened = false;
  changeLot(state, event.request, event.lot, (lot) => {
    if (lot.phase !== "stages") return;
    lot.stageIndex += 1;
    lot.stageOpen = false;
    lot.extraRounds = [];
    if (!isOut || lot.stageIndex < lot.stages.length) return;
    lot.phase = "market";
    reopened = true;
  });
  if (reopened) reopenMarket(state, event.request);
}

function isExtraRound(kind: string): boolean {
  return kind === "over-allotment" || kind === "confirmation";
}

function recordAnswer(state: BookState, event: Extract<NoticeEvent, { type: "answerReceived" }>): void {
  const { answer } = event;
  state.assign("answers", state.answers + 1);
  const notice = changeNotice(state, event.notice);
  const mayAnswer = notice.holder === event.by || notice.assignees.includes(event.by);
  if (!mayAnswer || answer.verdict === "ignored" || answer.verdict === "objection") return;
  if (answer.verdict === "late") {
    if (answer.answer.type === "accept") notice.late = answer;
    return;
  }
  notice.answer = answer;
  notice.ratifiedBy = undefined;
  notice.answeredBy = event.by;
  notice.answerOrder = state.answers;
}

function placeHold(state: BookState, event: Extract<NoticeEvent, { type: "holdPlaced" }>): void {
  const notice = event.notice === undefined ? undefined : state.notices.get(event.notice);
  const answer = notice?.answer?.answer;
  const price = answer?.price ?? notice?.thirdParty?.price ?? notice?.terms.price;
  const hold: Draft<Hold> = {
    id: event.hold,
    holder: event.holder,
    notice: event.notice,
    count: event.count,
    blocks: event.blocks,
    window: event.window,
    host: event.host,
    price,
    stated: statedBy(notice, answer),
    basis: notice?.kind === "match" ? "match" : notice?.kind === "option" ? "option" : "acceptance",
    acceleratorType: notice?.thirdParty?.acceleratorType,
    region: notice?.thirdParty?.region,
  };
  changeLot(state, event.request, event.lot, (lot) => {
    lot.holds = [...lot.holds, hold as Hold];
  });
  occupy(state, event.blocks, event.window, 1);
}

/** Terms beside the price, as last stated: in the notice, in the third party's offer, in the answer. */
function statedBy(notice: NoticeState | undefined, answer: Answer | undefined): StatedTerms {
  const noticed = notice?.terms.stated;
  const third = notice?.thirdParty?.stated;
  if (noticed !== undefined && answer?.stated === undefined && (third === undefined || Object.keys(third).length === 0))
    return noticed;
  return { ...noticed, ...third, ...answer?.stated };
}

function releaseHold(state: BookState, event: Extract<NoticeEvent, { type: "holdReleased" }>): void {
  for (const lot of state.requests.get(event.request)?.lots ?? []) {
    const hold = lot.holds.find((item) => item.id === event.hold);
    if (hold === undefined) continue;
    occupy(state, hold.blocks, hold.window, -1);
    changeLot(state, event.request, lot.lot.id, (draft) => {
      draft.holds = draft.holds.filter((item) => item.id !== event.hold);
    });
  }
}
