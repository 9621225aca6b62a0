import { overlaps } from "../kernel/index.ts";
import { type Assessment, overruled } from "../rights/assessment.ts";
import { sameRight } from "./lookup.ts";
import type { LotState, RequestState } from "./request-state.ts";

/** A right that reaches only so many accelerators of a request does not reach the lots behind those that use it up. */
export function exhaustCaps(
  request: RequestState,
  lot: LotState,
  assessments: readonly Assessment[],
  forming: ReadonlyMap<LotState, readonly Assessment[]>,
): readonly Assessment[] {
  if (!assessments.some((item) => item.limit !== undefined && item.verdict === "applies")) return assessments;
  return assessments.map((assessment) => {
    const { limit, verdict, right } = assessment;
    if (limit === undefined || verdict !== "applies") return assessment;
    let used = 0;
    for (const other of request.lots) {
      if (other === lot || other.why === "superseded" || !overlaps(other.lot.window, lot.lot.window)) continue;
      const reached = (forming.get(other) ?? other.assessments).some(
        (item) => item.verdict === "applies" && sameRight(item.right, right),
      );
      if (reached) used += other.lot.count;
    }
    return used >= limit ? overruled(assessment, "cap_exhausted", [`cap=${limit}`]) : assessment;
  });
}
