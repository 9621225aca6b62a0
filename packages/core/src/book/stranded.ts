import { strandedStep } from "../notices/stranded.ts";
import { isLive, noticesOf, rightOf } from "./lookup.ts";
import { policyOf } from "./market.ts";
import { sendNotice } from "./notify.ts";
import { type LotState, openCount } from "./request-state.ts";
import { conclude, isAnswered } from "./stages.ts";
import type { Turn } from "./turn.ts";

/**
 * Step 12: what is left is too small to be of use to anybody else. It is offered once more to the holders that took a part;
 * then the lot ends with what it has. True when something was done, or is being waited for by way of a notice.
 */
export function settleStranded(turn: Turn, lot: LotState, smallestSupply = 0): boolean {
  const running = noticesOf(turn.state, lot).filter((notice) => notice.kind === "stranded" && isLive(notice));
  if (running.length > 0) return closeStranded(turn, lot, running);
  const takers = noticesOf(turn.state, lot).filter((notice) => notice.status === "accepted" || notice.status === "part_accepted");
  const asked = takers.filter((notice) => rightOf(turn.state, notice).clause.stranded.offer);
  const left = openCount(lot);
  const remainder = { left, gangMin: lot.lot.terms.gangMin, sourceMins: smallestSupply === 0 ? [] : [smallestSupply], policyMin: policyOf(turn.state).minimumUsable };
  const next = strandedStep(remainder, asked.length, lot.strandedOffered);
  if (next === "usable") return false;
  if (next === "end") {
    turn.emit({ type: "lotDropped", at: turn.at, lot: lot.lot.id, request: lot.lot.request, why: "below_minimum_usable" });
    return true;
  }
  for (const notice of asked) {
    const right = rightOf(turn.state, notice);
    sendNotice(turn, { kind: "stranded", right, lot, count: left, terms: { ...notice.terms, count: left }, termsText: `${notice.termsText} stranded ${left}` });
  }
  return true;
}

/** True also while answers are awaited: the caller must not go on to the market. */
function closeStranded(turn: Turn, lot: LotState, running: ReturnType<typeof noticesOf>): boolean {
  const ready = running.filter((notice) => isAnswered(turn, notice));
  let left = openCount(lot);
  for (const notice of ready) {
    const count = notice.answer?.verdict === "binding" ? Math.min(left, notice.answer.answer.count ?? notice.count) : 0;
    const closedAt = notice.answer?.receivedAt ?? notice.respondBy ?? turn.clock;
    conclude(turn, lot, notice, count, closedAt, false, true);
    left -= count;
  }
  return ready.length > 0;
}

/** Answers to a stranded remainder are still awaited. */
export function awaitsStranded(turn: Turn, lot: LotState): boolean {
  return noticesOf(turn.state, lot).some((notice) => notice.kind === "stranded" && isLive(notice));
}
