import type { ProposedLine } from "../awards/award.ts";
import type { RequestId } from "../kernel/index.ts";
import { close } from "./end-notices.ts";
import { stageKindOf } from "../rights/live.ts";
import { isLive, rightOf } from "./lookup.ts";
import type { RequestState } from "./request-state.ts";
import type { NoticeState } from "./state.ts";
import type { Turn } from "./turn.ts";

/**
 * Puts forward what is to be awarded in place of what was before; notices about offers that are no longer part of it are taken back. A
 * re-offer of a buyer that has changed its mind stays with its holder until it is answered: the next is held against that answer.
 */
export function propose(
  turn: Turn,
  id: RequestId,
  lines: readonly ProposedLine[],
  by: NonNullable<RequestState["proposal"]>["by"],
): void {
  turn.emit({ type: "awardProposed", at: turn.at, request: id, lines, by });
  const request = turn.state.requests.get(id);
  for (const lot of request?.lots ?? []) {
    for (const noticeId of lot.notices) {
      const notice = turn.state.notices.get(noticeId);
      if (notice === undefined || !isStale(notice, lines)) continue;
      if (by === "buyer" && lines.length > 0 && stageKindOf(rightOf(turn.state, notice).clause) !== "match") continue;
      close(turn, notice, { status: "withdrawn", count: 0, why: "offer_gone", closedAt: turn.clock });
    }
  }
}

/** Without a proposal there is nothing that holders could be asked about. */
export function dropProposal(turn: Turn, request: RequestState): void {
  if (request.proposal !== undefined) propose(turn, request.request.id, [], request.proposal.by);
}

/** An acceptance that binds stands, whatever becomes of the offer (G20). */
function isStale(notice: NoticeState, lines: readonly ProposedLine[]): boolean {
  const third = notice.thirdParty;
  if (third === undefined || !isLive(notice) || notice.answer?.verdict === "binding") return false;
  const line = lines.find((item) => item.offer === third.bid && item.line.lot === notice.lot)?.line;
  if (line === undefined) return true;
  const moved = line.price.microsPerHour !== third.price.microsPerHour || line.price.currency !== third.price.currency;
  return moved || line.count < notice.count;
}
