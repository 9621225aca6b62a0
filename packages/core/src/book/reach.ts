import type { LiveRight } from "../rights/live.ts";
import { isOwn } from "./burdened.ts";
import { drawnCount } from "./drawn.ts";
import { sameRight } from "./lookup.ts";
import type { LotState, RequestState } from "./request-state.ts";
import type { BookState } from "./state.ts";

/** How much of a lot a right reaches: of an option, what was left of it when the lot was formed. */
export function reachOf(lot: LotState, right: LiveRight): number {
  return right.clause.option === undefined
    ? lot.lot.count
    : Math.min(lot.lot.count, right.limit ?? right.clause.option.count);
}

/** What is left of an option by now: less what was drawn of it, and what its holder has taken in lots that are not awarded yet. */
export function leftOfOption(state: BookState, { clause, ref }: LiveRight): number {
  if (clause.option === undefined) return Infinity;
  let taken = drawnCount(state, ref);
  for (const { lots } of state.requests.sortedValues()) {
    for (const { holds } of lots) {
      for (const { notice, count } of holds) {
        const right = notice === undefined ? undefined : state.notices.get(notice)?.right;
        if (right !== undefined && sameRight(right, ref)) taken += count;
      }
    }
  }
  return Math.max(0, clause.option.count - taken);
}

/** What the holder of a right has of the lot by now: awarded, or held for it. */
export function takenByHolder(state: BookState, lot: LotState, right: LiveRight): number {
  let taken = awardedTo(state, lot, right);
  for (const hold of lot.holds) if (isOwn(state, hold.holder, right)) taken += hold.count;
  return taken;
}

function awardedTo(state: BookState, lot: LotState, right: LiveRight): number {
  const request: RequestState | undefined = state.requests.get(lot.lot.request);
  let count = 0;
  for (const award of request?.awards ?? []) {
    for (const line of award.lines)
      if (line.lot === lot.lot.id && isOwn(state, line.provider, right)) count += line.count;
  }
  return count;
}
