import { isRight } from "../agreements/clause.ts";
import { findClause } from "../agreements/timeline.ts";
import type { Assessment } from "../rights/assessment.ts";
import { assessLot } from "./assess-lot.ts";
import { listsOf } from "./lists.ts";
import type { LotState, RequestState } from "./request-state.ts";
import type { BookState } from "./state.ts";
import type { Turn } from "./turn.ts";

/**
 * Rights that attach at award are those in force when it is about to be issued: one that began since the request was made weighs on
 * it too, and is asked about first (step 4). True: there is one.
 */
export function attachAtAward(turn: Turn, request: RequestState): boolean {
  if (!listsOf(turn.state).attachesAtAward) return false;
  let found = false;
  for (const lot of request.lots) {
    if (request.proposal?.lines.some(({ line }) => line.lot === lot.lot.id) !== true) continue;
    const added = newSince(turn, request, lot);
    if (added.length === 0) continue;
    found = true;
    const kept = lot.assessments.filter((item) => !added.some((other) => sameClause(item, other)));
    turn.emit({
      type: "rightsAssessed",
      at: turn.at,
      lot: lot.lot.id,
      request: request.request.id,
      assessments: [...kept, ...added],
    });
  }
  return found;
}

function newSince(turn: Turn, { request }: RequestState, lot: LotState): readonly Assessment[] {
  return assessLot(turn, request, lot.lot).assessments.filter(
    (item) =>
      item.verdict === "applies" &&
      attachesAtAward(turn.state, item) &&
      !lot.assessments.some((known) => sameClause(known, item) && known.verdict === "applies"),
  );
}

function attachesAtAward(state: BookState, { right }: Assessment): boolean {
  const version = state.agreements.get(right.agreement)?.versions.find((item) => item.version === right.version);
  const clause = version === undefined ? undefined : findClause(version, right.clause);
  return clause !== undefined && isRight(clause) && clause.attachBy === "award";
}

function sameClause(a: Assessment, b: Assessment): boolean {
  return a.right.agreement === b.right.agreement && a.right.clause === b.right.clause;
}
