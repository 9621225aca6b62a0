import type { Command } from "./commands.ts";
import { closeAnswered } from "./offer-answers.ts";
import { concludeRequest } from "./conclude.ts";
import { close } from "./end-notices.ts";
import { isLive, isTaken, noticesOf, someNotice } from "./lookup.ts";
import { owned } from "./owned.ts";
import { isOpen, type RequestState } from "./request-state.ts";
import { objectedIn } from "./restate.ts";
import { stepStage } from "./stages.ts";
import { reject, type Turn, within } from "./turn.ts";

/**
 * A notice can be accepted, so what an acceptance would need is approved before it goes out (domain row N19). What went out before the request
 * was revised, and stayed, runs to its end meanwhile: its terms were approved.
 */
export function awaitsApproval(turn: Turn, request: RequestState): "given" | "waits" | "changed" {
  if (request.request.approvals.length === 0) return "given";
  const missing = request.request.approvals.filter((name) => !request.approvalsGiven.includes(name));
  if (missing.length === 0) return "given";
  if (stepNoticed(turn, request)) return "changed";
  if (missing.some((name) => request.approvalsDenied.includes(name))) return endDenied(turn, request);
  if (request.approvalAwaited === undefined) {
    turn.emit({
      type: "approvalAwaited",
      at: turn.at,
      request: request.request.id,
      approvals: missing,
      before: "notice",
    });
  }
  return "waits";
}

/** What holders have accepted is awarded, and nothing more. */
function endDenied(turn: Turn, request: RequestState): "waits" | "changed" {
  const { id } = request.request;
  let isBound = false;
  for (const lot of request.lots) {
    if (someNotice(turn.state, lot, isTaken)) isBound = true;
    else if (isOpen(lot) && lot.phase !== "held")
      turn.emit({ type: "lotDropped", at: turn.at, lot: lot.lot.id, request: id, why: "approval_denied" });
  }
  return !isBound && concludeRequest(turn, id) ? "changed" : "waits";
}

/** Takes one step in a stage that was opened while everything was approved, on terms that are asked still. */
function stepNoticed(turn: Turn, request: RequestState): boolean {
  if (closeAnswered(turn, request)) return true;
  return request.lots.some((lot) => {
    const stage = lot.stages[lot.stageIndex];
    if (lot.phase !== "stages" || !lot.stageOpen || stage === undefined) return false;
    return objectedIn(turn.state, lot, stage).length === 0 && within(lot.lot.id, () => stepStage(turn, lot));
  });
}

/** What was approved or denied was not this: whoever approves decides again. */
export function voidApprovals(turn: Turn, { request, approvalsGiven, approvalsDenied }: RequestState): void {
  const approvals = [...new Set([...approvalsGiven, ...approvalsDenied])];
  if (approvals.length === 0) return;
  turn.emit({ type: "approvalsVoided", at: turn.at, request: request.id, approvals, why: "request_revised" });
}

/** Somebody gives or denies an approval. Once given, it can no longer be denied after an acceptance. */
export function decideApproval(turn: Turn, command: Extract<Command, { type: "giveApproval" | "denyApproval" }>): void {
  const request = owned(turn, command.request);
  const { approval, by, askedAt } = command;
  const known = request.request.approvals.includes(approval) || approval === turn.state.policy?.relatedPartyApproval;
  if (!known) reject("approval_unknown", `This request needs no approval "${approval}".`);
  if (askedAt !== undefined && askedAt !== request.askedAt)
    reject("approval_outdated", "The request has been revised since: what it asks now is another decision.");
  if (by === request.askedBy) reject("own_proposal", "Whoever asks for something does not approve it.");
  if (command.type === "giveApproval") {
    turn.emit({ type: "approvalGiven", at: turn.at, request: command.request, approval, by });
    return;
  }
  const notices = request.lots.flatMap((lot) => noticesOf(turn.state, lot));
  const accepted =
    request.awards.length > 0 || request.lots.some((lot) => lot.holds.length > 0) || notices.some(isTaken);
  if (accepted && request.approvalsGiven.includes(approval))
    reject("approval_after_acceptance", "A holder has accepted: the approval can no longer be denied.");
  turn.emit({ type: "approvalDenied", at: turn.at, request: command.request, approval, by });
  if (!request.request.approvals.includes(approval)) return;
  for (const notice of notices) {
    if (isLive(notice) && !isTaken(notice))
      close(turn, notice, { status: "withdrawn", count: 0, why: "approval_denied", closedAt: turn.at });
  }
}
