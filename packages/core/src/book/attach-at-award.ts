import { isRight, type RightClause } from "../agreements/clause.ts";
import { findClause } from "../agreements/timeline.ts";
import type { Assessment } from "../rights/assessment.ts";
import { assessLot } from "./assess-lot.ts";
import type { Step } from "./gate-line.ts";
import { listsOf } from "./lists.ts";
import { isLive, noticesOf } from "./lookup.ts";
import type { LotState, RequestState } from "./request-state.ts";
import type { BookState } from "./state.ts";
import type { Turn } from "./turn.ts";

/**
 * Rights that attach at award are those in force when it is about to be issued: one that began since the request was made weighs on
 * it too, and is asked about first (step 4). Who is being asked about a lot already answers first.
 */
export function attachAtAward(turn: Turn, request: RequestState): Step {
  if (!listsOf(turn.state).attachesAtAward) return "clear";
  let step: Step = "clear";
  for (const lot of request.lots) {
    if (request.proposal?.lines.some(({ line }) => line.lot === lot.lot.id) !== true) continue;
    const added = newSince(turn, request, lot);
    if (added.length === 0) continue;
    if (noticesOf(turn.state, lot).some(isLive)) {
      if (step === "clear") step = "waits";
      continue;
    }
    step = "moved";
    const kept = lot.assessments.filter((item) => !added.some((other) => sameClause(item, other)));
    turn.emit({
      type: "rightsAssessed",
      at: turn.at,
      lot: lot.lot.id,
      request: request.request.id,
      assessments: [...kept, ...added],
    });
  }
  return step;
}

/** A right that another agreement restates is the one that was found before. */
function newSince(turn: Turn, { request }: RequestState, lot: LotState): readonly Assessment[] {
  const known = lot.assessments.filter((item) => item.verdict === "applies");
  const lineages = new Set(known.map((item) => clauseOf(turn.state, item)?.lineageId));
  return assessLot(turn, request, lot.lot).assessments.filter((item) => {
    if (item.verdict !== "applies" || known.some((other) => sameClause(other, item))) return false;
    const clause = clauseOf(turn.state, item);
    return clause?.attachBy === "award" && !lineages.has(clause.lineageId);
  });
}

function clauseOf(state: BookState, { right }: Assessment): RightClause | undefined {
  const version = state.agreements.get(right.agreement)?.versions.find((item) => item.version === right.version);
  const clause = version === undefined ? undefined : findClause(version, right.clause);
  return clause !== undefined && isRight(clause) ? clause : undefined;
}

function sameClause(a: Assessment, b: Assessment): boolean {
  return a.right.agreement === b.right.agreement && a.right.clause === b.right.clause;
}
