import { isRight, type RightClause } from "../agreements/clause.ts";
import { findClause } from "../agreements/timeline.ts";
import type { ComputeRequest } from "../requests/request.ts";
import { type Assessment, overruled } from "../rights/assessment.ts";
import { stageKindOf } from "../rights/live.ts";
import { type Called, calledIn } from "./called.ts";
import { conflictKey } from "./evolve-agreements.ts";
import type { LotState } from "./request-state.ts";
import type { BookState } from "./state.ts";
import type { Turn } from "./turn.ts";

/**
 * An option that is exercised goes before exclusivities and refusal rights: it was granted before (step 7). Better options on the same
 * capacity are asked first. With an exclusivity it is a conflict, which a person decides (step 6).
 */
export function exercise(
  turn: Turn,
  request: ComputeRequest,
  lot: LotState,
  assessments: readonly Assessment[],
): readonly Assessment[] {
  const option = exercised(turn.state, request, lot);
  if (option === undefined) return assessments;
  const own = rightClause(turn.state, { ...option, version: option.version.version });
  return assessments.map((item) => {
    const clause = item.verdict === "applies" ? rightClause(turn.state, item.right) : undefined;
    if (clause === undefined) return item;
    const decided = clause.kind === "exclusivity" ? findConflict(turn, option, item) : undefined;
    if (decided === "open") return item;
    const yields =
      clause.kind === "exclusivity"
        ? decided === option.agreement
        : lot.lot.side === "capacity" && comesAfter(clause, own);
    return yields ? overruled(item, "yields", ["option_exercised"]) : item;
  });
}

function comesAfter(clause: RightClause, own: RightClause | undefined): boolean {
  const stage = stageKindOf(clause);
  return stage !== "consent" && (stage !== "option" || clause.rank >= (own?.rank ?? 0));
}

/** Exclusivities that an exercised option collides with, and nobody has decided between them. */
export function heldByOption(
  turn: Turn,
  request: ComputeRequest,
  lot: LotState,
  assessments: readonly Assessment[],
): readonly Assessment[] {
  const option = exercised(turn.state, request, lot);
  if (option === undefined) return [];
  return assessments.filter(
    (item) => item.verdict === "applies" && turn.state.conflicts.get(keyOf(option, item)) === "open",
  );
}

function exercised(state: BookState, request: ComputeRequest, lot: LotState): Called | undefined {
  const called =
    request.lines[lot.lot.lineIndex]?.under === undefined ? undefined : calledIn(state, request, lot.lot.lineIndex);
  return called?.kind === "option" ? called : undefined;
}

function rightClause(
  state: BookState,
  ref: { readonly agreement: string; readonly clause: string; readonly version: number },
): RightClause | undefined {
  const version = state.agreements.get(ref.agreement as never)?.versions.find((item) => item.version === ref.version);
  const clause = version === undefined ? undefined : findClause(version, ref.clause as never);
  return clause !== undefined && isRight(clause) ? clause : undefined;
}

function keyOf(option: Called, { right }: Assessment): string {
  return conflictKey({
    agreement: option.agreement,
    clause: option.clause,
    withAgreement: right.agreement,
    withClause: right.clause,
  });
}

/** How the conflict was decided; `open` where it has not been, also where it is found only now. */
function findConflict(turn: Turn, option: Called, item: Assessment): string {
  const known = turn.state.conflicts.get(keyOf(option, item));
  if (known !== undefined) return known;
  const { agreement, clause } = option;
  turn.emit({
    type: "conflictFound",
    at: turn.at,
    agreement,
    clause,
    withAgreement: item.right.agreement,
    withClause: item.right.clause,
    kind: "exclusive_and_option",
    certain: true,
  });
  return "open";
}
