import { isLessThanCouldBeTaken } from "../awards/gate.ts";
import { tailEnd } from "../calendar/index.ts";
import { nextRound } from "../notices/tolerance.ts";
import type { LiveRight } from "../rights/live.ts";
import { noticesOf, sameRight } from "./lookup.ts";
import type { LotState } from "./request-state.ts";
import type { NoticeState } from "./state.ts";
import type { Turn } from "./turn.ts";

const DECLINED: ReadonlySet<NoticeState["status"]> = new Set(["refused", "lapsed"]);

/**
 * The round in which a holder is asked about less than it has refused, where it could not have taken so little (G11, row T7).
 * Undefined where it was not asked about the lot's former shape, has taken part of it, where that notice was still open (row T5),
 * its tail is over, or the clause has no rounds left: then the request counts as submitted anew (G17).
 */
export function reductionRound(
  turn: Turn,
  lot: LotState,
  right: LiveRight,
): { readonly round: number; readonly finalRound: boolean } | undefined {
  const former = formerOf(turn, lot);
  const notices =
    former === undefined ? [] : noticesOf(turn.state, former).filter((notice) => sameRight(notice.right, right.ref));
  const last = notices.at(-1);
  if (former === undefined || last?.closedAt === undefined || !DECLINED.has(last.status)) return undefined;
  if (turn.at >= tailEnd(last.closedAt, right.clause.tail.days, right.version.zone)) return undefined;
  if (!isLessThanCouldBeTaken(right.clause, former.lot.terms, lot.lot.terms)) return undefined;
  return nextRound(right.clause, Math.max(...notices.map((notice) => notice.round)));
}

/** The same part of the request as it was before its last revision. */
function formerOf(turn: Turn, lot: LotState): LotState | undefined {
  const lots = turn.state.requests.get(lot.lot.request)?.lots ?? [];
  return lots.findLast(
    (item) => item.why === "superseded" && item.lot.lineIndex === lot.lot.lineIndex && item.lot.label === lot.lot.label,
  );
}
