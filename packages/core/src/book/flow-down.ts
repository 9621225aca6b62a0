import { type FlowDown, flowDown, resaleBarred } from "../agreements/resale.ts";
import { isInForce, versionAt } from "../agreements/timeline.ts";
import type { AgreementVersion } from "../agreements/agreement.ts";
import type { PartyId } from "../kernel/index.ts";
import { lotFacts } from "../requests/facts.ts";
import type { LiveRight } from "../rights/live.ts";
import { compileScope, matchesScope } from "../scope/index.ts";
import { lotOf } from "./lookup.ts";
import type { BookState, NoticeState } from "./state.ts";

/**
 * Whether a holder may fulfil through a host: the clause allows it, the host is listed or consented to, and no upstream
 * agreement of the host in this book bars resale (domain rule 6 of pass-through).
 */
export function hostFlowDown(state: BookState, right: LiveRight, notice: NoticeState, by: PartyId, host: PartyId): FlowDown {
  if (host === by) return "ok";
  const { lot } = lotOf(state, notice.request, notice.lot);
  const first = lot.alternatives[0];
  const facts = first === undefined ? undefined : lotFacts(lot, first);
  const barred = resaleBarred(
    host,
    versionsInForce(state),
    (scope) => facts === undefined || matchesScope(compileScope(scope), facts, "burdened"),
    (provider) => state.consents.has(`${provider} ${host} ${by}`),
  );
  return flowDown(right.clause.passThrough, host, state.consents.has(`${right.clause.grantor} ${host} ${by}`), barred);
}

function versionsInForce(state: BookState): AgreementVersion[] {
  const found: AgreementVersion[] = [];
  for (const agreement of state.agreements.sortedValues()) {
    const version = isInForce(agreement) ? versionAt(agreement, state.now) : undefined;
    if (version !== undefined) found.push(version);
  }
  return found;
}
