import { isRight } from "../agreements/clause.ts";
import { findClause } from "../agreements/timeline.ts";
import { monthOf, type ZoneId } from "../calendar/index.ts";
import type { Instant } from "../kernel/index.ts";
import type { Scope } from "../scope/index.ts";
import type { RightRef } from "../rights/assessment.ts";
import type { LotState, RequestState } from "./request-state.ts";
import type { BookState } from "./state.ts";

/** A carve-out that a lot rests on and that is measured afterwards: use for other purposes beyond it brings the right back. */
export interface MeasuredShare {
  readonly right: RightRef;
  readonly carveOut: Scope;
  readonly toleranceBp: number;
  readonly zone: ZoneId;
}

const NONE: readonly MeasuredShare[] = [];

/** What of a lot is measured month by month (domain row A6); nothing of most. */
export function measuredShares(state: BookState, lot: LotState): readonly MeasuredShare[] {
  let found = NONE;
  for (const assessment of lot.assessments) {
    if (assessment.verdict !== "carved_out") continue;
    const agreement = state.agreements.get(assessment.right.agreement);
    const version = agreement?.versions.find((item) => item.version === assessment.right.version);
    const clause = version === undefined ? undefined : findClause(version, assessment.right.clause);
    if (version === undefined || clause === undefined || !isRight(clause)) continue;
    const carve = clause.carveOuts.find((item) => item.id === assessment.facts[0]);
    if (carve?.share === undefined) continue;
    found = [
      ...found,
      { right: assessment.right, carveOut: carve.scope, toleranceBp: carve.share.toleranceBp, zone: version.zone },
    ];
  }
  return found;
}

/**
 * Until when the use of what a request was awarded may still be reported: its last month is, in the month after it. Undefined
 * where nothing of it is measured. Till then the request does not leave, however completely it is awarded.
 */
export function measuredUntil(state: BookState, request: RequestState): Instant | undefined {
  let until: Instant | undefined;
  for (const lot of request.lots) {
    if (lot.awarded === 0) continue;
    for (const { zone } of measuredShares(state, lot)) {
      const last = monthOf(zone, (lot.lot.window.to - 1) as Instant);
      const end = monthOf(zone, last.to).to;
      if (until === undefined || end > until) until = end;
    }
  }
  return until;
}
