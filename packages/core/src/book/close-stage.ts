import type { Stage } from "../rights/live.ts";
import { closeConsents } from "./consents.ts";
import { closingInstant, deemAcceptances, endNotices } from "./end-notices.ts";
import { isReleased } from "./exclusivity.ts";
import { closeFirstShip } from "./first-ship.ts";
import { finishStage } from "./finish-stage.ts";
import type { LotState } from "./request-state.ts";
import { askFurther, shareOut } from "./share-out.ts";
import type { NoticeState } from "./state.ts";
import type { Turn } from "./turn.ts";

/** Ends a stage whose holders have answered: shares out, holds what was taken, clears what was let pass (step 11). */
export function closeStage(turn: Turn, lot: LotState, stage: Stage, running: readonly NoticeState[]): boolean {
  const notices = deemAcceptances(turn, running);
  const closedAt = closingInstant(turn, notices);
  if (stage.kind === "consent") return closeConsents(turn, lot, stage, notices, closedAt);
  if (stage.kind === "first-ship") return closeFirstShip(turn, lot, stage, notices, closedAt);
  const shared = shareOut(turn, lot, notices);
  if (askFurther(turn, lot, notices, shared)) return true;
  endNotices(turn, lot, notices, shared, closedAt);
  if (stage.kind === "exclusivity" && !isReleased(turn, lot, notices)) return true;
  let taken = 0;
  for (const count of shared.allocations.values()) taken += count;
  return finishStage(turn, lot, stage, closedAt, taken);
}
