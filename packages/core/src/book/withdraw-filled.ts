import type { RequestId } from "../kernel/index.ts";
import { close } from "./end-notices.ts";
import { coveredCount } from "./clearances.ts";
import { freeCount, isAboutOffer, isLive, isMain, isTaken, noticesOf, rightOf } from "./lookup.ts";
import { noticed } from "./noticed.ts";
import { sendNotice } from "./notify.ts";
import type { LotState } from "./request-state.ts";
import type { Turn } from "./turn.ts";

/**
 * An award of what a right does not reach takes it out of the notices that are open over the same lot (G14): a notice of all of it
 * is taken back, one of more than is left gives way to one of what is left.
 */
export function withdrawFilled(turn: Turn, id: RequestId): void {
  for (const lot of turn.state.requests.get(id)?.lots ?? []) {
    if (lot.phase === "stages") withdrawIn(turn, lot);
  }
}

function withdrawIn(turn: Turn, lot: LotState): void {
  for (const notice of noticesOf(turn.state, lot)) {
    if (!isLive(notice) || isTaken(notice) || isAboutOffer(notice) || !isMain(notice)) continue;
    const right = rightOf(turn.state, notice);
    const left = freeCount(turn.state, lot) - coveredCount(turn.state, lot, right, turn.at);
    if (left >= notice.count) continue;
    const gone = left <= 0;
    close(turn, notice, {
      status: gone ? "withdrawn" : "superseded",
      count: 0,
      why: "awarded_elsewhere",
      closedAt: turn.clock,
    });
    if (gone) continue;
    const { terms, termsText } = noticed(turn.state, lot, right, left);
    sendNotice(turn, {
      kind: notice.kind,
      right,
      lot,
      count: terms.count,
      terms,
      termsText,
      contingent: notice.contingent,
    });
  }
}
