import { isAffiliate } from "../agreements/affiliates.ts";
import type { ProposedLine } from "../awards/award.ts";
import { thresholdOf } from "./affiliation.ts";
import { dropLine } from "./drop-line.ts";
import { listsOf } from "./lists.ts";
import { policyOf } from "./policy.ts";
import type { RequestState } from "./request-state.ts";
import type { Turn } from "./turn.ts";

/**
 * An approval that only an award needs: what goes to an affiliate of the buyer, its own capacity or what it resells, is approved
 * by a second person (step 18, rows M8 and M17). Where that is denied, its lines go and the rest is compared again.
 */
export function relatedPartyApproval(
  turn: Turn,
  request: RequestState,
  lines: readonly ProposedLine[],
): "given" | "awaited" | "denied" {
  const name = policyOf(turn.state).relatedPartyApproval;
  if (request.request.sale !== undefined || request.approvalsGiven.includes(name)) return "given";
  const related = lines.filter((line) => isRelated(turn, request, line));
  const [first] = related;
  if (first === undefined) return "given";
  if (request.approvalsDenied.includes(name)) {
    dropLine(turn, { request, line: first }, "approval_denied");
    return "denied";
  }
  if (request.approvalAwaited !== "award") {
    turn.emit({
      type: "approvalAwaited",
      at: turn.at,
      request: request.request.id,
      approvals: [name],
      before: "award",
    });
  }
  return "awaited";
}

function isRelated(turn: Turn, request: RequestState, { bonaFide, line }: ProposedLine): boolean {
  if (!bonaFide) return true;
  // A call under a contract was approved when the contract was made.
  if (line.basis === "entitlement") return false;
  if (line.provider !== request.request.buyer && !listsOf(turn.state).owned) return false;
  const lot = request.lots.find((item) => item.lot.id === line.lot);
  return (
    lot !== undefined &&
    isAffiliate(line.provider, request.request.buyer, turn.state.parties, thresholdOf(turn.state, lot))
  );
}
