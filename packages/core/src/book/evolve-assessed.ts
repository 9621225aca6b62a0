import { isRight } from "../agreements/clause.ts";
import { findClause, standsFor } from "../agreements/timeline.ts";
import { believe, type LotId, type RequestId } from "../kernel/index.ts";
import type { Assessment } from "../rights/assessment.ts";
import { byRank, type LiveRight, orderStages, type Stage, stageKindOf } from "../rights/live.ts";
import { changeLot } from "./copy-on-change.ts";
import type { BookState } from "./state.ts";

interface Plan {
  readonly stages: readonly Stage[];
  readonly matches: readonly LiveRight[];
}

/** The same list of assessments, found again for a like request, gives the same plan. */
const plans = new WeakMap<
  readonly Assessment[],
  { readonly epoch: number; readonly state: BookState; readonly plan: Plan }
>();

/** Puts the stages and match rights of a lot in place, as they follow from what was found of each right. */
export function assessed(state: BookState, request: RequestId, id: LotId, assessments: readonly Assessment[]): void {
  let known = plans.get(assessments);
  if (known === undefined || known.state !== state || known.epoch !== state.epoch) {
    known = { epoch: state.epoch, state, plan: planOf(state, request, id, assessments) };
    plans.set(assessments, known);
  }
  const { stages, matches } = known.plan;
  changeLot(state, request, id, (lot) => {
    lot.phase = "stages";
    lot.assessments = assessments;
    lot.stages = stages;
    lot.matches = matches;
    lot.stageIndex = 0;
    lot.stageOpen = false;
  });
}

function planOf(state: BookState, request: RequestId, id: LotId, assessments: readonly Assessment[]): Plan {
  const lot = state.requests.get(request)?.lots.find((item) => item.lot.id === id);
  const all = (lot?.lot.alternatives ?? []).map((_, index) => index);
  const live: LiveRight[] = [];
  for (const assessment of assessments) {
    if (assessment.verdict === "applies") live.push(liveOf(state, assessment, all));
  }
  return {
    stages: orderStages(live),
    matches: live.filter((right) => stageKindOf(right.clause) === "match").sort(byRank),
  };
}

function liveOf(state: BookState, assessment: Assessment, all: readonly number[]): LiveRight {
  const agreement = state.agreements.get(assessment.right.agreement);
  const version = agreement?.versions.find((item) => item.version === assessment.right.version);
  const clause = version === undefined ? undefined : findClause(version, assessment.right.clause);
  believe(
    agreement !== undefined && version !== undefined && clause !== undefined && isRight(clause),
    "an assessed right is on record",
  );
  const holder = standsFor(agreement, clause.holder);
  const base = { ref: assessment.right, clause, version, holder, alternatives: assessment.alternatives ?? all };
  return assessment.limit === undefined ? base : { ...base, limit: assessment.limit };
}
