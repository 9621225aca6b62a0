import type { Instant } from "../kernel/index.ts";
import type { Stage } from "../rights/live.ts";
import { clear } from "./clearances.ts";
import { close } from "./end-notices.ts";
import { rightOf } from "./lookup.ts";
import type { LotState } from "./request-state.ts";
import { finishStage } from "./finish-stage.ts";
import type { NoticeState } from "./state.ts";
import type { Turn } from "./turn.ts";

/** A consent is a yes or a no to the whole act; here silence blocks, unless the clause deems consent (domain row A16). */
export function closeConsents(
  turn: Turn,
  lot: LotState,
  stage: Stage,
  notices: readonly NoticeState[],
  closedAt: Instant,
): boolean {
  let missing: string | undefined;
  for (const notice of notices) {
    const right = rightOf(turn.state, notice);
    const silent = notice.answer === undefined;
    if (notice.answer?.verdict === "binding" || (silent && right.clause.silence === "consents")) {
      close(turn, notice, { status: "consented", count: notice.count, why: "consented", closedAt });
      clear(turn, lot, right, { reason: "consented", count: notice.count, notice, closedAt });
      continue;
    }
    close(turn, notice, {
      status: silent ? "lapsed" : "refused",
      count: 0,
      why: silent ? "no_answer_is_not_allowed" : "refused",
      closedAt,
    });
    missing ??= silent ? "no_answer_is_not_allowed" : "consent_refused";
  }
  if (missing !== undefined)
    turn.emit({ type: "lotDropped", at: turn.at, lot: lot.lot.id, request: lot.lot.request, why: missing });
  return finishStage(turn, lot, stage, closedAt, 0);
}
