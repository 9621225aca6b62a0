import type { AgreementId, PartyId, RequestId } from "../kernel/index.ts";
import type { LiveRight } from "../rights/live.ts";
import { advance } from "./advance.ts";
import { clear } from "./clearances.ts";
import { close } from "./end-notices.ts";
import { isEligible } from "./eligible.ts";
import { holderNow, isLive, rightOf } from "./lookup.ts";
import type { Turn } from "./turn.ts";

/** A holder that may no longer supply: its notices are suspended, its awards wait for a person (domain row V14). */
export function applyEligibility(turn: Turn, party: PartyId): void {
  const { state } = turn;
  if (isEligible(state, party, turn.clock)) return;
  const touched = suspendNotices(turn, party, "holder_not_eligible", () => true);
  for (const request of inOrder(turn)) {
    for (const award of request.awards) {
      const theirs = award.lines.some((line) => line.provider === party);
      if (!theirs || request.heldAwards.includes(award.id) || request.confirmedAwards.includes(award.id)) continue;
      turn.emit({
        type: "awardHeldForDecision",
        at: turn.at,
        award: award.id,
        request: request.request.id,
        why: "provider_not_eligible",
      });
    }
  }
  for (const id of touched) advance(turn, id);
}

/** A holder in default may not use the rights that its clauses suspend for that; what is open is suspended like what is due later. */
export function applyDefault(turn: Turn, party: PartyId, agreement: AgreementId): void {
  if (!turn.state.defaults.has(`${party} ${agreement}`)) return;
  const touched = suspendNotices(
    turn,
    party,
    "holder_in_default",
    ({ ref, clause }) => ref.agreement === agreement && clause.suspendOnDefault,
  );
  for (const id of touched) advance(turn, id);
}

/** Consents are never dropped because their holder is away: silence blocks (step 5). What was accepted stands. */
function suspendNotices(
  turn: Turn,
  party: PartyId,
  why: string,
  isSuspended: (right: LiveRight) => boolean,
): Set<RequestId> {
  const { state } = turn;
  const touched = new Set<RequestId>();
  for (const notice of state.notices.sortedValues()) {
    if (!isLive(notice) || notice.answer?.verdict === "binding") continue;
    const right = rightOf(state, notice);
    if (right.clause.kind === "consent" || holderNow(state, right) !== party || !isSuspended(right)) continue;
    const lot = state.requests.get(notice.request)?.lots.find((item) => item.lot.id === notice.lot);
    close(turn, notice, { status: "suspended", count: 0, why, closedAt: turn.clock });
    if (lot !== undefined) clear(turn, lot, right, { reason: "suspended", why, count: notice.count, notice });
    touched.add(notice.request);
  }
  return touched;
}

/** Open requests in the order in which they were submitted. */
export function inOrder(turn: Turn): ReturnType<Turn["state"]["requests"]["sortedValues"]> {
  return turn.state.requests.sortedValues().sort((a, b) => a.order - b.order);
}
