import { findClause } from "../agreements/timeline.ts";
import { isRight, type RightClause } from "../agreements/clause.ts";
import type { PartyId } from "../kernel/index.ts";
import type { RightRef } from "../rights/assessment.ts";
import type { Collector, Place } from "./collector.ts";

/** What runs under agreements: open notices, tails, awards to be signed, waivers. */
export function addRunning(into: Collector): void {
  const { world } = into;
  for (const notice of world.notices) {
    const found = placeOf(into, notice.right);
    if (found === undefined || notice.respondBy === undefined) continue;
    into.add(found, notice.id, {
      what: {
        kind: "answer",
        request: notice.request,
        notice: notice.kind,
        count: notice.count,
        silence: found.right.silence,
      },
      form: "by",
      at: notice.respondBy,
      actor: notice.holder,
      recipient: world.keeper,
    });
  }
  for (const clearance of world.clearances) {
    const found = placeOf(into, clearance.right);
    if (found === undefined || clearance.validUntil === undefined) continue;
    into.add(found, clearance.id, {
      what: { kind: "tail", request: clearance.request, count: clearance.count },
      form: "ends",
      at: clearance.validUntil,
      actor: world.keeper,
    });
  }
  for (const { right, request, provider, count, signBy } of world.signatures) {
    const found = placeOf(into, right);
    if (found === undefined) continue;
    const what = { kind: "signing", request, count } as const;
    into.add(found, `${request} ${provider}`, { what, form: "by", at: signBy, actor: provider });
  }
  addWaivers(into);
}

/** When a holder is to be asked again. */
function addWaivers(into: Collector): void {
  for (const { id, right, to } of into.world.waivers) {
    if (to === undefined) continue;
    const found = placeOf(into, { ...right, version: undefined });
    if (found === undefined) continue;
    const actor: PartyId = found.right.holder;
    into.add(found, id, { what: { kind: "waiver", waiver: id }, form: "ends", at: to, actor });
  }
}

type Ref = Pick<RightRef, "agreement" | "clause"> & { readonly version: number | undefined };

/** Where a right stands: in the version named, or in the newest that has it. */
function placeOf(into: Collector, ref: Ref): (Place & { readonly right: RightClause }) | undefined {
  const agreement = into.world.agreements.find(({ id }) => id === ref.agreement);
  for (const version of agreement?.versions.toReversed() ?? []) {
    if (ref.version !== undefined && version.version !== ref.version) continue;
    const clause = findClause(version, ref.clause);
    if (agreement !== undefined && clause !== undefined && isRight(clause))
      return { agreement, version, clause, right: clause };
  }
  return undefined;
}
