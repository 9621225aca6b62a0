import type { RequestId } from "../kernel/index.ts";
import { attachRights, entitlementOf } from "./attach.ts";
import { concludeRequest } from "./conclude.ts";
import { noticesOf } from "./lookup.ts";
import { openTender } from "./market.ts";
import { proposeEntitlements, proposeSale } from "./direct.ts";
import { stepProposal } from "./proposal.ts";
import { type LotState, openCount, type RequestState } from "./request-state.ts";
import { stepStage } from "./stages.ts";
import { awaitsStranded, settleStranded } from "./stranded.ts";
import type { Turn } from "./turn.ts";

/** A bound on the steps of one command: reaching it means a rule that feeds itself. */
const STEPS_MAX = 10_000;

/** Takes a request as far as it goes without an answer, an approval or the passing of time. */
export function advance(turn: Turn, id: RequestId): void {
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const request = turn.state.requests.get(id);
    if (request === undefined || !stepRequest(turn, request)) return;
  }
  throw new Error("Broken belief: a request comes to rest");
}

function stepRequest(turn: Turn, request: RequestState): boolean {
  for (const lot of request.lots) {
    if (lot.phase === "forming") {
      attachRights(turn, lot);
      return true;
    }
  }
  if (awaitsApproval(turn, request)) return false;
  for (const lot of request.lots) {
    if (lot.phase === "stages" && stepStage(turn, lot)) return true;
  }
  if (request.lots.some((lot) => lot.phase === "stages" && lot.stageIndex < lot.stages.length && !isFreed(turn, lot))) return false;
  if (request.proposal !== undefined) return stepProposal(turn, request);
  return stepMarket(turn, request);
}

/** A lot whose last holder is being asked, but of which nothing is left. */
function isFreed(turn: Turn, lot: LotState): boolean {
  return openCount(lot) === 0 && noticesOf(turn.state, lot).every((notice) => notice.closedAt !== undefined);
}

/** A notice can be accepted, so what an acceptance would need is approved before it goes out (domain row N19). */
function awaitsApproval(turn: Turn, request: RequestState): boolean {
  const missing = request.request.approvals.filter((name) => !request.approvalsGiven.includes(name));
  if (missing.length === 0) return false;
  if (missing.some((name) => request.approvalsDenied.includes(name))) {
    for (const lot of request.lots) {
      if (lot.phase === "stages") turn.emit({ type: "lotDropped", at: turn.at, lot: lot.lot.id, request: request.request.id, why: "approval_denied" });
    }
    concludeRequest(turn, request.request.id);
    return true;
  }
  if (request.approvalAwaited === undefined) {
    turn.emit({ type: "approvalAwaited", at: turn.at, request: request.request.id, approvals: missing, before: "notice" });
  }
  return true;
}

function stepMarket(turn: Turn, request: RequestState): boolean {
  const { market } = request;
  if (market !== undefined && !market.opened && request.lots.some((lot) => lot.phase === "market" && openCount(lot) > 0)) return false;
  const open = request.lots.filter((lot) => lot.phase === "stages" && openCount(lot) > 0);
  if (open.length > 0) {
    if (open.some((lot) => settleStranded(turn, lot))) return true;
    if (open.some((lot) => awaitsStranded(turn, lot))) return false;
    if (request.request.sale !== undefined) return proposeSale(turn, request, open);
    const called = open.filter((lot) => entitlementOf(turn.state, request.request, lot.lot.lineIndex) !== undefined);
    if (called.length > 0) return proposeEntitlements(turn, request, called);
    openTender(turn, request, open);
    return true;
  }
  return concludeRequest(turn, request.request.id);
}

