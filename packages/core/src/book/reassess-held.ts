import { advance } from "./advance.ts";
import type { LotState } from "./request-state.ts";
import { inOrder } from "./suspend.ts";
import type { Turn } from "./turn.ts";

/** What kept lots of open requests held is out of the way: their rights are found out again, and the requests go on. */
export function reassessHeld(
  turn: Turn,
  isFreed: (lot: LotState) => boolean,
  why: string,
  before: (lot: LotState) => void = () => {},
): void {
  for (const request of inOrder(turn)) {
    const freed = request.lots.filter(isFreed);
    for (const lot of freed)
      turn.emit({ type: "lotReassessed", at: turn.at, lot: lot.lot.id, request: request.request.id, why });
    for (const lot of freed) before(lot);
    if (freed.length > 0) advance(turn, request.request.id);
  }
}
