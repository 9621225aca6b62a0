import type { Instant } from "../kernel/index.ts";
import type { StageAllocation } from "../notices/allocate.ts";
import { endOf } from "../notices/judge.ts";
import type { ClearanceReason } from "../rights/assessment.ts";
import type { LiveRight } from "../rights/live.ts";
import { clear } from "./clearances.ts";
import { mayRelease } from "./exclusivity.ts";
import { hold } from "./holds.ts";
import { acceptedCount, endedBy, isLive, isMain, rightOf } from "./lookup.ts";
import type { LotState } from "./request-state.ts";
import type { NoticeState } from "./state.ts";
import type { Turn } from "./turn.ts";

/** Nothing more can change its answer: it binds, it is a refusal for good, or the deadline is over. */
export function isAnswered(turn: Turn, notice: NoticeState): boolean {
  if (notice.respondBy !== undefined && turn.clock > notice.respondBy) return true;
  const verdict = notice.answer?.verdict;
  if (verdict === "binding" || notice.declinedAt !== undefined) return true;
  return verdict === "refusal" && rightOf(turn.state, notice).clause.refusalFinal;
}

/** Where a clause says that silence accepts, the deadline answers for the holder. */
export function deemAcceptances(turn: Turn, notices: readonly NoticeState[]): readonly NoticeState[] {
  let deemed = false;
  for (const notice of notices) {
    if (notice.answer !== undefined || notice.respondBy === undefined || !isAnswered(turn, notice)) continue;
    if (rightOf(turn.state, notice).clause.silence !== "acceptance") continue;
    deemed = true;
    turn.emit({
      type: "answerReceived",
      at: turn.at,
      notice: notice.id,
      request: notice.request,
      by: notice.holder,
      answer: {
        id: turn.ids.next("ans"),
        receivedAt: notice.respondBy,
        verdict: "binding",
        defects: [],
        answer: { type: "accept", orLess: true, rootBlocks: [], reason: "silence" },
      },
    });
  }
  return deemed ? notices.map((notice) => turn.state.notices.get(notice.id) ?? notice) : notices;
}

/** A stage closes with its last answer, or with the deadline of a holder that gave none. */
export function closingInstant(turn: Turn, notices: readonly NoticeState[]): Instant {
  let closed = -Infinity;
  for (const notice of notices) {
    if (isAnswered(turn, notice)) closed = Math.max(closed, answeredAt(turn, notice));
  }
  return Number.isFinite(closed) ? (closed as Instant) : turn.clock;
}

function answeredAt(turn: Turn, notice: NoticeState): Instant {
  if (notice.declinedAt !== undefined) return notice.declinedAt;
  const { answer } = notice;
  const isFinal =
    answer?.verdict === "binding" || (answer?.verdict === "refusal" && rightOf(turn.state, notice).clause.refusalFinal);
  return answer !== undefined && isFinal ? answer.receivedAt : (notice.respondBy ?? turn.clock);
}

/** Closes notices that were asked together, each with what it got. */
export function endNotices(
  turn: Turn,
  lot: LotState,
  notices: readonly NoticeState[],
  shared: StageAllocation,
  closedAt: Instant,
): void {
  for (const notice of notices) {
    if (!isMain(notice)) endRound(turn, notice, closedAt);
    else if (shared.forfeited.includes(notice.id)) forfeit(turn, lot, notice, closedAt);
    else endNotice(turn, lot, notice, { count: shared.allocations.get(notice.id) ?? 0, left: shared.left, closedAt });
  }
}

/** What a notice got, and what nobody took. */
interface Part {
  readonly count: number;
  readonly left: number;
  readonly closedAt: Instant;
}

export function endNotice(turn: Turn, lot: LotState, notice: NoticeState, part: Part): void {
  if (notice.answer?.verdict === "binding") return endAccepted(turn, lot, notice, part);
  const { closedAt } = part;
  if (!isAnswered(turn, notice))
    return close(turn, notice, { status: "withdrawn", count: 0, why: "nothing_left", closedAt });
  const status = endOf(notice.answer);
  const why = notice.answer === undefined ? "no_answer" : status === "refused" ? "refused" : "not_cured";
  close(turn, notice, { status, count: 0, why, closedAt });
  letPass(turn, lot, notice, notice.count, status, closedAt);
}

/**
 * An acceptance: what it got is held, and what the holder chose not to take is let pass. What others took away from it is not: should
 * they fail, it is asked again.
 */
function endAccepted(turn: Turn, lot: LotState, notice: NoticeState, { count, left, closedAt }: Part): void {
  const chosen = left > 0 ? count : Math.max(count, acceptedCount(notice));
  if (count > 0) {
    close(turn, notice, {
      status: count >= notice.count ? "accepted" : "part_accepted",
      count,
      why: "accepted",
      closedAt,
    });
    hold(turn, lot, notice, count);
  } else close(turn, notice, { status: "lapsed", count: 0, why: left > 0 ? "not_served" : "nothing_left", closedAt });
  if (chosen < notice.count)
    letPass(turn, lot, notice, notice.count - chosen, count > 0 || left === 0 ? "refused" : "lapsed", closedAt);
}

function forfeit(turn: Turn, lot: LotState, notice: NoticeState, closedAt: Instant): void {
  close(turn, notice, { status: "forfeited", count: 0, why: "not_covered_together", closedAt });
  clear(turn, lot, rightOf(turn.state, notice), { reason: "forfeited", count: notice.count, notice, closedAt });
}

function endRound(turn: Turn, notice: NoticeState, closedAt: Instant): void {
  const count = acceptedCount(notice);
  if (count > 0) close(turn, notice, { status: "accepted", count, why: "accepted", closedAt });
  else
    close(turn, notice, {
      status: endOf(notice.answer),
      count,
      why: notice.answer === undefined ? "no_answer" : "refused",
      closedAt,
    });
}

interface Close {
  readonly status: NoticeState["status"];
  readonly count: number;
  readonly why: string;
  readonly closedAt: Instant;
}

export function close(turn: Turn, notice: NoticeState, ending: Close): void {
  if (!isLive(notice)) return;
  const { status, count, why, closedAt } = ending;
  const { id, request } = notice;
  turn.emit({ type: "noticeClosed", at: turn.at, notice: id, request, status, count, why, closedAt });
}

/** The clearance of what a holder let pass. An exclusivity lets go only as its release rule says. */
export function letPass(
  turn: Turn,
  lot: LotState,
  notice: NoticeState,
  count: number,
  end: "refused" | "lapsed",
  closedAt: Instant,
): void {
  // What is left over was let pass before it was offered once more.
  if (notice.kind === "stranded") return;
  const right = rightOf(turn.state, notice);
  if (right.clause.kind === "exclusivity" && !mayRelease(turn, notice, right)) return;
  clear(turn, lot, right, { reason: passReason(turn, right, end, closedAt), count, notice, closedAt });
}

function passReason(turn: Turn, right: LiveRight, end: "refused" | "lapsed", closedAt: Instant): ClearanceReason {
  if (right.clause.kind !== "exclusivity") return end;
  return endedBy(turn.state, right, closedAt) === undefined ? "released" : end;
}
