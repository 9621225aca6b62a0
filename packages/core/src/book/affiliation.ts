import { CONTROL_ABOVE_BP } from "../agreements/affiliates.ts";
import type { Assessment, Verdict } from "../rights/assessment.ts";
import type { LotState } from "./request-state.ts";
import type { BookState } from "./state.ts";

/** Verdicts on rights that do not look at the lot at all: their agreements say nothing about who is whose affiliate here. */
const BESIDE: ReadonlySet<Verdict> = new Set(["other_side", "grantor_not_buyer", "out_of_scope", "not_live", "ended"]);

const thresholds = new WeakMap<readonly Assessment[], { readonly state: BookState; readonly bp: number }>();

/**
 * The smallest ownership, in hundredths of a per cent, from which a party counts as an affiliate on this lot: of the agreements
 * whose rights look at it, carved out or not. Control alone where there is none.
 */
export function thresholdOf(state: BookState, lot: LotState): number {
  const known = thresholds.get(lot.assessments);
  if (known?.state === state) return known.bp;
  let bp = CONTROL_ABOVE_BP + 1;
  for (const { right, verdict } of lot.assessments) {
    if (BESIDE.has(verdict)) continue;
    const version = state.agreements.get(right.agreement)?.versions.find((item) => item.version === right.version);
    if (version !== undefined) bp = Math.min(bp, version.affiliateBp);
  }
  thresholds.set(lot.assessments, { state, bp });
  return bp;
}
