import type { Instant } from "../kernel/index.ts";
import type { Stage } from "../rights/live.ts";
import { type LotState, openCount } from "./request-state.ts";
import type { Turn } from "./turn.ts";

/** Puts on record that a stage is over, if the lot is still in it; the next one is opened after it. */
export function finishStage(turn: Turn, lot: LotState, stage: Stage, closedAt: Instant, taken: number): boolean {
  const current = turn.state.requests.get(lot.lot.request)?.lots.find((item) => item.lot.id === lot.lot.id);
  if (current === undefined || current.phase !== "stages") return true;
  turn.emit({
    type: "stageClosed",
    at: turn.at,
    request: lot.lot.request,
    lot: lot.lot.id,
    closedAt,
    taken,
    left: openCount(current),
    stage: `${stage.kind} ${stage.rights.map((right) => `${right.ref.agreement}#${right.ref.clause}`).join(" ")}`,
  });
  return true;
}
