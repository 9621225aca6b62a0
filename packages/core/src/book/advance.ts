import type { RequestId } from "../kernel/index.ts";
import { awaitsApproval } from "./approvals.ts";
import { attachRights } from "./attach.ts";
import { concludeRequest } from "./conclude.ts";
import { proposeEntitlements } from "./entitlement.ts";
import { evaluateMarket, isInMarket } from "./evaluate-market.ts";
import { holdForGap } from "./gaps.ts";
import { freeCount } from "./lookup.ts";
import { openTender } from "./open-tender.ts";
import { stepProposal } from "./proposal.ts";
import { isOpen, type RequestState } from "./request-state.ts";
import { proposeSale } from "./sale.ts";
import { stagesAreOver, stepStage } from "./stages.ts";
import { awaitsStranded, closeStranded, offerStranded } from "./stranded.ts";
import { type Turn, within } from "./turn.ts";

/** A bound on the steps of one command: reaching it means a rule that feeds itself. */
const STEPS_MAX = 10_000;

/** Takes a request as far as it goes without an answer, an approval or the passing of time. */
export function advance(turn: Turn, id: RequestId): void {
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const request = turn.state.requests.get(id);
    if (request === undefined || !holdForGap(turn, request, stepRequest)) return;
  }
  throw new Error("Broken belief: a request comes to rest");
}

function stepRequest(turn: Turn, request: RequestState): boolean {
  for (const { phase } of request.lots) {
    if (phase !== "forming") continue;
    attachRights(turn, request);
    return true;
  }
  const approval = awaitsApproval(turn, request);
  if (approval !== "given") return approval === "changed";
  for (const lot of request.lots) {
    if (lot.phase === "stages" && !stagesAreOver(lot) && within(lot.lot.id, () => stepStage(turn, lot))) return true;
  }
  if (stepProposal(turn, request)) return true;
  if (request.lots.some((lot) => lot.phase === "stages" && !stagesAreOver(lot))) return false;
  return request.proposal === undefined && stepMarket(turn, request);
}

/** What holders have left: too little to be of use goes back to them, the rest goes to whom it is sold, called from, or put out to. */
function stepMarket(turn: Turn, request: RequestState): boolean {
  const { market } = request;
  if (request.request.release !== undefined) return concludeRequest(turn, request.request.id);
  if (request.lots.some((lot) => closeStranded(turn, lot))) return true;
  if (request.lots.some((lot) => awaitsStranded(turn, lot))) return false;
  if (market !== undefined && !market.opened && request.lots.some((lot) => isInMarket(request, lot))) return false;
  const ready = request.lots.filter((lot) => lot.phase === "stages" && isOpen(lot) && freeCount(turn.state, lot) > 0);
  if (ready.some((lot) => offerStranded(turn, request, lot))) return true;
  if (request.request.sale !== undefined)
    return proposeSale(turn, request, ready) || concludeRequest(turn, request.request.id);
  if (ready.length > 0 && proposeEntitlements(turn, request, ready)) return true;
  if (market?.reopened === true && evaluateMarket(turn, request.request.id)) return true;
  if (ready.length > 0) {
    openTender(turn, request, ready);
    return true;
  }
  if (request.lots.some((lot) => lot.phase === "market" && offerStranded(turn, request, lot))) return true;
  return concludeRequest(turn, request.request.id);
}
