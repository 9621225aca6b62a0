import { isRight } from "../agreements/clause.ts";
import { findClause } from "../agreements/timeline.ts";
import type { PartyId } from "../kernel/index.ts";
import type { LotState } from "./request-state.ts";
import type { BookState } from "./state.ts";

/**
 * Who may supply what a request asks for as own build: those it names, and where a carve-out for own build has cleared it, of those only
 * the ones that the carve-out names. What they resell is no own build (G21). Undefined where anybody may.
 */
export function buildersOf(state: BookState, lot: LotState): readonly PartyId[] | undefined {
  if (lot.lot.terms.sourceClass?.startsWith("own_build") !== true) return undefined;
  let builders = lot.lot.sources ?? state.policy?.ownBuild ?? [];
  for (const { verdict, right, facts } of lot.assessments) {
    if (verdict !== "carved_out") continue;
    const version = state.agreements.get(right.agreement)?.versions.find((item) => item.version === right.version);
    const clause = version === undefined ? undefined : findClause(version, right.clause);
    if (clause === undefined || !isRight(clause)) continue;
    const named = clause.carveOuts.find((item) => item.id === facts[0])?.ownBuild;
    if (named !== undefined)
      builders = builders.length === 0 ? named : builders.filter((party) => named.includes(party));
  }
  return builders.length === 0 ? undefined : builders;
}
