import type { Command } from "./commands.ts";
import { close } from "./end-notices.ts";
import { concludeRequest } from "./conclude.ts";
import { isLive, isTaken, noticesOf } from "./lookup.ts";
import { owned } from "./owned.ts";
import type { RequestState } from "./request-state.ts";
import { reject, type Turn } from "./turn.ts";

/** A notice can be accepted, so what an acceptance would need is approved before it goes out (domain row N19). */
export function awaitsApproval(turn: Turn, request: RequestState): "given" | "waits" | "changed" {
  if (request.request.approvals.length === 0) return "given";
  const missing = request.request.approvals.filter((name) => !request.approvalsGiven.includes(name));
  if (missing.length === 0) return "given";
  if (missing.some((name) => request.approvalsDenied.includes(name))) {
    for (const lot of request.lots) {
      if (lot.phase !== "barred" && lot.phase !== "held")
        turn.emit({
          type: "lotDropped",
          at: turn.at,
          lot: lot.lot.id,
          request: request.request.id,
          why: "approval_denied",
        });
    }
    concludeRequest(turn, request.request.id);
    return "waits";
  }
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

/** Somebody gives or denies an approval. After an acceptance it can no longer be denied. */
export function decideApproval(turn: Turn, command: Extract<Command, { type: "giveApproval" | "denyApproval" }>): void {
  const request = owned(turn, command.request);
  const { approval, by } = command;
  const known = request.request.approvals.includes(approval) || approval === turn.state.policy?.relatedPartyApproval;
  if (!known) reject("approval_unknown", `This request needs no approval "${approval}".`);
  if (command.type === "giveApproval") {
    turn.emit({ type: "approvalGiven", at: turn.at, request: command.request, approval, by });
    return;
  }
  const notices = request.lots.flatMap((lot) => noticesOf(turn.state, lot));
  const accepted =
    request.awards.length > 0 || request.lots.some((lot) => lot.holds.length > 0) || notices.some(isTaken);
  if (accepted) reject("approval_after_acceptance", "A holder has accepted: the approval can no longer be denied.");
  turn.emit({ type: "approvalDenied", at: turn.at, request: command.request, approval, by });
  if (!request.request.approvals.includes(approval)) return;
  for (const notice of notices) {
    if (isLive(notice))
      close(turn, notice, { status: "withdrawn", count: 0, why: "approval_denied", closedAt: turn.at });
  }
}
