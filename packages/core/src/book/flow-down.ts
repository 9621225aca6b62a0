import { isInForce, versionAt } from "../agreements/timeline.ts";
import type { PartyId } from "../kernel/index.ts";
import { lotFacts } from "../requests/facts.ts";
import type { LiveRight } from "../rights/live.ts";
import { compileScope, type Facts, matchesScope } from "../scope/index.ts";
import { lotOf } from "./lookup.ts";
import type { BookState, NoticeState } from "./state.ts";

export type FlowDown = "ok" | "resale_barred" | "consent_needed" | "host_not_allowed";

/**
 * Whether a holder may fulfil through a host: the clause allows it, the host is listed or consented to, and no upstream
 * agreement of the host in this book bars resale (domain rule 6 of pass-through, row X1).
 */
export function flowDown(
  state: BookState,
  right: LiveRight,
  notice: NoticeState,
  by: PartyId,
  host: PartyId,
): FlowDown {
  const { passThrough, grantor } = right.clause;
  if (host === by) return "ok";
  if (!passThrough.allowed) return "host_not_allowed";
  const isListed = passThrough.hosts?.includes(host) ?? !passThrough.consent;
  if (!isListed && !passThrough.consent) return "host_not_allowed";
  if (!isListed && !state.consents.has(`${grantor} ${host} ${by}`)) return "consent_needed";
  const { lot } = lotOf(state, notice.request, notice.lot);
  const first = lot.alternatives[0];
  return first !== undefined && isResaleBarred(state, lotFacts(lot, first), host, by) ? "resale_barred" : "ok";
}

/** A contract by which the host itself gets its capacity bars reselling it, and its provider has not consented. */
function isResaleBarred(state: BookState, facts: Facts, host: PartyId, by: PartyId): boolean {
  for (const agreement of state.agreements.sortedValues()) {
    const version = isInForce(agreement) ? versionAt(agreement, state.now) : undefined;
    if (version?.buyer !== host || state.consents.has(`${version.provider} ${host} ${by}`)) continue;
    for (const clause of version.clauses) {
      if (clause.kind === "resale" && !clause.allowed && matchesScope(compileScope(clause.scope), facts, "burdened"))
        return true;
    }
  }
  return false;
}
