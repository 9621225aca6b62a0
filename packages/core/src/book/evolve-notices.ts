import { believe, type NoticeId, unreachable } from "../kernel/index.ts";
import type { NoticeEvent } from "./events.ts";
import { occupy, updateLot } from "./evolve-requests.ts";
import type { BookState, NoticeState } from "./state.ts";

const NOBODY: NoticeState["assignees"] = [];

export function updateNotice(state: BookState, id: NoticeId, to: (before: NoticeState) => NoticeState): void {
  const before = state.notices.get(id);
  believe(before !== undefined, `notice ${id} is on record`);
  state.notices.set(id, to(before));
}

export function evolveNotice(state: BookState, event: NoticeEvent): void {
  switch (event.type) {
    case "noticeSent": {
      const { notice } = event;
      state.notices.set(notice.id, { ...notice, status: "sent", assignees: NOBODY, channelIndex: 0 });
      if (notice.fallbackAt !== undefined) state.timers.push({ at: notice.fallbackAt, kind: "fallback", id: notice.id });
      return updateLot(state, notice.request, notice.lot, (lot) => ({
        ...lot,
        notices: [...lot.notices, notice.id],
        // An information copy asks nothing, so it opens no stage.
        stageOpen: (lot.phase === "stages" && notice.kind !== "information") || lot.stageOpen,
        strandedOffered: lot.strandedOffered || notice.kind === "stranded",
        extraRounds: isExtraRound(notice.kind) ? [...lot.extraRounds, `${notice.kind} ${notice.holder}`] : lot.extraRounds,
      }));
    }
    case "noticeReceived": {
      const { deliveredAt, deemedReceivedAt, respondBy, objectBy } = event;
      state.timers.push({ at: (respondBy + 1) as typeof respondBy, kind: "deadline", id: event.notice });
      return updateNotice(state, event.notice, (notice) => ({
        ...notice, status: "open", deliveredAt, deemedReceivedAt, respondBy, ...(objectBy === undefined ? {} : { objectBy }),
      }));
    }
    case "deliveryFailed":
      if (event.fallbackAt !== undefined) state.timers.push({ at: event.fallbackAt, kind: "fallback", id: event.notice });
      return updateNotice(state, event.notice, (notice) => ({
        ...notice,
        channelIndex: notice.channelIndex + 1,
        channel: event.nextChannel ?? notice.channel,
      }));
    case "deadlineExtended":
      state.timers.push({ at: (event.respondBy + 1) as typeof event.respondBy, kind: "deadline", id: event.notice });
      return updateNotice(state, event.notice, (notice) => ({ ...notice, respondBy: event.respondBy }));
    case "answerReceived":
      return recordAnswer(state, event);
    case "answerRatified":
      if (event.verdict !== "binding") return;
      return updateNotice(state, event.notice, (notice) =>
        notice.answer === undefined
          ? notice
          : { ...notice, answer: { ...notice.answer, verdict: "binding", defects: [], receivedAt: event.at } },
      );
    case "offerDecided":
      return updateNotice(state, event.notice, (notice) =>
        notice.answer === undefined
          ? notice
          : event.taken
            ? { ...notice, answer: { ...notice.answer, verdict: "binding", defects: [], receivedAt: event.at } }
            : { ...notice, declined: true },
      );
    case "latenessWaived":
      return updateNotice(state, event.notice, ({ late, closedAt: _, ...notice }) =>
        late === undefined ? notice : { ...notice, status: "open", answer: { ...late, verdict: "binding", receivedAt: event.at } },
      );
    case "noticeClosed":
      return updateNotice(state, event.notice, (notice) => ({ ...notice, status: event.status, closedAt: event.closedAt }));
    case "holdPlaced":
      return placeHold(state, event);
    case "holdReleased":
      return releaseHold(state, event);
    case "stageClosed":
      return updateLot(state, event.request, event.lot, (lot) =>
        lot.phase === "stages" ? { ...lot, stageIndex: lot.stageIndex + 1, stageOpen: false, extraRounds: [] } : lot,
      );
    default:
      return unreachable(event);
  }
}

function isExtraRound(kind: string): boolean {
  return kind === "over-allotment" || kind === "confirmation";
}

function recordAnswer(state: BookState, event: Extract<NoticeEvent, { type: "answerReceived" }>): void {
  const { answer } = event;
  state.assign("answers", state.answers + 1);
  const answerOrder = state.answers;
  updateNotice(state, event.notice, (notice) => {
    const mayAnswer = notice.holder === event.by || notice.assignees.includes(event.by);
    if (!mayAnswer || answer.verdict === "ignored" || answer.verdict === "objection") return notice;
    if (answer.verdict === "late") return answer.answer.type === "accept" ? { ...notice, late: answer } : notice;
    return { ...notice, answer, answeredBy: event.by, answerOrder };
  });
}

function placeHold(state: BookState, event: Extract<NoticeEvent, { type: "holdPlaced" }>): void {
  const notice = event.notice === undefined ? undefined : state.notices.get(event.notice);
  const answer = notice?.answer?.answer;
  const price = answer?.price ?? notice?.thirdParty?.price ?? notice?.terms.price;
  updateLot(state, event.request, event.lot, (lot) => ({
    ...lot,
    holds: [
      ...lot.holds,
      {
        id: event.hold, holder: event.holder, count: event.count, blocks: event.blocks, window: event.window,
        stated: { ...notice?.terms.stated, ...notice?.thirdParty?.stated, ...answer?.stated },
        basis: notice?.kind === "match" ? "match" : notice?.kind === "option" ? "option" : "acceptance",
        ...(event.notice === undefined ? {} : { notice: event.notice }),
        ...(event.host === undefined ? {} : { host: event.host }),
        ...(price === undefined ? {} : { price }),
      },
    ],
  }));
  occupy(state, event.blocks, event.window, 1);
}

function releaseHold(state: BookState, event: Extract<NoticeEvent, { type: "holdReleased" }>): void {
  for (const lot of state.requests.get(event.request)?.lots ?? []) {
    const hold = lot.holds.find((item) => item.id === event.hold);
    if (hold === undefined) continue;
    occupy(state, hold.blocks, hold.window, -1);
    updateLot(state, event.request, lot.lot.id, (before) => ({
      ...before,
      holds: before.holds.filter((item) => item.id !== event.hold),
    }));
  }
}
