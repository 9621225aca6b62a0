import type { WindowSpec } from "../agreements/window.ts";
import type { Deadline, WindowRule } from "../calendar/index.ts";
import type { Instant, NoticeId } from "../kernel/index.ts";
import type { DeliveryBasis, Notice, NoticeKind, ThirdPartyOffer } from "../notices/notice.ts";
import type { Terms } from "../requests/terms.ts";
import type { LiveRight } from "../rights/live.ts";
import type { Writable } from "./draft.ts";
import type { NoticeEvent } from "./events.ts";
import { holderNow } from "./lookup.ts";
import type { LotState } from "./request-state.ts";
import type { BookState, NoticeState } from "./state.ts";
import { answerInAdvance } from "./standing.ts";
import type { Turn } from "./turn.ts";
import { deadlineOf, deemedReceipt, trailText, windowRule } from "./windows.ts";

/** What a notice is about to say. */
export interface NoticeDraft {
  readonly kind: NoticeKind;
  readonly right: LiveRight;
  readonly lot: LotState;
  readonly count: number;
  readonly terms: Terms;
  readonly termsText: string;
  readonly round?: number;
  readonly finalRound?: boolean;
  readonly thirdParty?: ThirdPartyOffer;
  readonly contingent?: boolean;
  readonly missing?: readonly string[];
}

const PORTAL = "portal";
const PORTAL_ONLY: readonly string[] = [PORTAL];
const NOTHING: readonly string[] = [];

/** Records a notice and sends it by the holder's first channel; its clock starts when its delivery rule says so (G1). */
export function sendNotice(turn: Turn, draft: NoticeDraft): NoticeId {
  const { right, lot } = draft;
  const id = turn.ids.next<"NoticeId">("ntc") as NoticeId;
  const channels = channelsOf(turn, right);
  const channel = channels[0] ?? PORTAL;
  const instant = arrivesAtOnce(right, channel, 0);
  const notice: Writable<Notice> = {
    id,
    kind: draft.kind,
    right: right.ref,
    lineageId: right.clause.lineageId,
    request: lot.lot.request,
    lot: lot.lot.id,
    holder: holderNow(turn.state, right),
    count: draft.count,
    terms: draft.terms,
    termsText: draft.termsText,
    round: draft.round ?? 0,
    finalRound: draft.finalRound ?? false,
    contingent: draft.contingent ?? false,
    missing: draft.missing ?? NOTHING,
    sentAt: turn.at,
    channel,
  };
  if (!instant && channels.length > 1) notice.fallbackAt = fallbackAt(turn, right);
  if (draft.thirdParty !== undefined) notice.thirdParty = draft.thirdParty;
  turn.emit({ type: "noticeSent", at: turn.at, notice });
  if (draft.kind === "information") close(turn, notice);
  else if (instant) received(turn, id, right, turn.at, atOnce(right, channel));
  return id;
}

/** An information copy asks nothing. */
function close(turn: Turn, { id, request }: Notice): void {
  turn.emit({
    type: "noticeClosed",
    at: turn.at,
    notice: id,
    request,
    status: "suspended",
    count: 0,
    why: "information",
    closedAt: turn.at,
  });
}

function channelsOf(turn: Turn, right: LiveRight): readonly string[] {
  const channels = turn.state.parties.get(holderNow(turn.state, right))?.notice?.channels;
  return channels === undefined || channels.length === 0 ? PORTAL_ONLY : channels;
}

/** The portal is the broker's own feed: what is appended to it is delivered. Other channels, and reading it, are reported. */
function arrivesAtOnce(right: LiveRight, channel: string, index: number): boolean {
  const { rule } = right.clause.delivery;
  return rule === "sent" || (channel === PORTAL && (rule === "delivered" || index > 0));
}

function atOnce(right: LiveRight, channel: string): DeliveryBasis {
  return { event: right.clause.delivery.rule === "sent" ? "sent" : "delivered", channel };
}

function fallbackAt(turn: Turn, right: LiveRight): Instant {
  const rule = windowRule(turn.state, right.clause.delivery.fallbackAfter, right.version);
  return (deadlineOf(rule, turn.at, turn.at).respondBy + 1) as Instant;
}

/** Tries the next channel of a notice that has not been received; a fallback counts from its delivery (domain row N10). */
export function nextChannel(turn: Turn, notice: NoticeState, right: LiveRight): void {
  const channels = channelsOf(turn, right);
  const index = notice.channelIndex + 1;
  const next = channels[index];
  if (next === undefined) return;
  const instant = arrivesAtOnce(right, next, index);
  turn.emit({
    type: "deliveryFailed",
    at: turn.at,
    notice: notice.id,
    request: notice.request,
    channel: notice.channel,
    nextChannel: next,
    ...(instant || channels.length <= index + 1 ? {} : { fallbackAt: fallbackAt(turn, right) }),
  });
  if (instant) received(turn, notice.id, right, turn.at, atOnce(right, next));
}

/** Starts the clock: computes the deadline once and freezes it, with what the receipt rests on. */
export function received(turn: Turn, id: NoticeId, right: LiveRight, deliveredAt: Instant, basis: DeliveryBasis): void {
  const notice = turn.state.notices.get(id) as NoticeState;
  const { state, at } = turn;
  const spec = isReplacement(state, notice) ? right.clause.replacementWindow : windowSpecOf(notice.kind, right);
  const rule: WindowRule = windowRule(state, spec, right.version);
  const receipt = deemedReceipt(state, right.version, notice.holder, deliveredAt, rule);
  const deadline = untilOptionEnds(
    right,
    deadlineOf(rule, deliveredAt, receipt.deemedReceivedAt),
    receipt.deemedReceivedAt,
  );
  const trail = trailText(deadline.trail);
  const event: Writable<Extract<NoticeEvent, { type: "noticeReceived" }>> = {
    type: "noticeReceived",
    at,
    notice: id,
    request: notice.request,
    deliveredAt,
    deemedReceivedAt: receipt.deemedReceivedAt,
    respondBy: deadline.respondBy,
    zone: deadline.zone,
    trail: receipt.skipped.length === 0 ? trail : [...trailText(receipt.skipped), ...trail],
    tzdata: deadline.tzdata,
    basis,
  };
  if (notice.missing.length > 0) {
    event.objectBy = deadlineOf(
      windowRule(state, right.clause.objectionWindow, right.version),
      deliveredAt,
      receipt.deemedReceivedAt,
    ).respondBy;
  }
  turn.emit(event);
  answerInAdvance(turn, id, right);
}

/**
 * An option may be exercised until its own date, however late the sale came up; a soft hold is confirmed within its window when it is
 * challenged, and not after its date.
 */
function untilOptionEnds(right: LiveRight, counted: Deadline, receivedAt: Instant): Deadline {
  const { kind, option } = right.clause;
  if (option === undefined) return counted;
  const last = Math.max(option.until - 1, receivedAt) as Instant;
  if (kind !== "option" && counted.respondBy <= last) return counted;
  return { ...counted, respondBy: last, trail: [] };
}

/** What a default freed is asked about within the window that the clause gives for that (domain rule G23). */
function isReplacement(state: BookState, notice: NoticeState): boolean {
  const lot = state.requests.get(notice.request)?.lots.find((item) => item.lot.id === notice.lot);
  return lot?.replaces !== undefined && FIRST_KINDS.has(notice.kind);
}

const FIRST_KINDS: ReadonlySet<NoticeKind> = new Set(["first-refusal", "first-offer", "exclusivity"]);

/** Which of the clause's windows a notice runs by. */
export function windowSpecOf(kind: NoticeKind, right: LiveRight): WindowSpec {
  const { clause } = right;
  switch (kind) {
    case "re-offer":
      return clause.reoffer.window;
    case "over-allotment":
      return clause.overAllotment ?? clause.confirmWindow;
    case "confirmation":
      return clause.confirmWindow;
    case "stranded":
      return clause.stranded.window;
    default:
      return clause.window;
  }
}
