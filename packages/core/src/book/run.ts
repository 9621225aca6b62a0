import { unreachable } from "../kernel/index.ts";
import { submitRequest, reviseRequest, withdrawRequest, owned } from "./admit.ts";
import { advance } from "./advance.ts";
import { answerNotice, decideOffer, ratifyAnswer, waiveLateness } from "./answers.ts";
import { assignAgreement, recordAgreement, recordControlChange, terminateAgreement } from "./agreements.ts";
import { decideAward, reportDefault } from "./after-award.ts";
import type { Command, Rejection } from "./commands.ts";
import { awardHeld } from "./conclude.ts";
import { proposeAward } from "./direct.ts";
import type { BookEvent } from "./events.ts";
import { recordFact } from "./facts.ts";
import { extendBid, openTender, placeBid, withdrawBid } from "./market.ts";
import { confirmDelivery } from "./delivery.ts";
import { measuredUntil } from "./measured.ts";
import { recordOutage } from "./outage.ts";
import { recordPurposeUse } from "./purpose-use.ts";
import { openCount } from "./request-state.ts";
import { bindLate } from "./stages.ts";
import type { BookState } from "./state.ts";
import { applyEligibility, dropOffer, passTime, stillMatters } from "./time.ts";
import { Rejected, reject, Turn } from "./turn.ts";

/**
 * What a command leads to. `events` are what time alone brought about, and, where the command was not rejected, what it did.
 * A rejected command itself leaves nothing.
 */
export interface Decision {
  readonly events: readonly BookEvent[];
  readonly rejection?: Rejection;
  /** The key was seen before: the command had its effect then. */
  readonly repeated?: true;
}

const NO_EVENTS: readonly BookEvent[] = [];

/**
 * Decides a command and leaves the state as it was: byte for byte, whatever was tried on the way. `run` is for callers that
 * keep the result.
 */
export function decide(state: BookState, command: Command): Decision {
  const mark = state.checkpoint();
  try {
    return run(state, command);
  } finally {
    state.rollback(mark);
  }
}

/** Decides a command and folds what follows into the state that the caller owns. */
export function run(state: BookState, command: Command): Decision {
  const known = state.keys.get(command.key);
  if (known !== undefined) return repeat(known, command);
  if (command.at < state.now) return refuse("time_runs_backwards", "The stamp of a command is never before the last event.");
  if (!state.journal.recording) {
    state.timers.compact((due) => stillMatters(state, due));
    state.compactKeys();
  }
  const turn = new Turn(state, command);
  const before = settleTime(turn);
  if (before !== undefined) return before;
  const kept = turn.events.length;
  const mark = state.checkpoint();
  try {
    perform(turn, command);
    // What it made due in the past (a tail that is over, a term that has ended) is due now.
    passTime(turn, turn.receivedAt);
    remember(state, command);
    state.commit();
    return { events: turn.events };
  } catch (error) {
    state.rollback(mark);
    if (!(error instanceof Rejected)) throw error;
    turn.events.length = kept;
    return { events: turn.events, rejection: error.rejection };
  }
}

/** An outage is recorded before what fell due in it is settled; every other command comes after (G5). */
function settleTime(turn: Turn): Decision | undefined {
  const { command, state } = turn;
  if (command.type === "recordOutage") return undefined;
  const next = state.timers.peek();
  if (next === undefined || next.at > turn.receivedAt) return undefined;
  const mark = state.checkpoint();
  try {
    passTime(turn, turn.receivedAt);
    state.commit();
    return undefined;
  } catch (error) {
    state.rollback(mark);
    if (!(error instanceof Rejected)) throw error;
    return { events: NO_EVENTS, rejection: error.rejection };
  }
}

function refuse(code: Rejection["code"], detail: string): Decision {
  return { events: NO_EVENTS, rejection: { code, detail } };
}

function repeat(known: string, command: Command): Decision {
  if (known !== fingerprint(command)) return refuse("retry_differs", "This key was used for another command.");
  return { events: NO_EVENTS, repeated: true };
}

/** What of a command is recorded beside its events. */
export type CommandStamp = Pick<Command, "key" | "actor" | "type" | "at">;

/** Notes that a command took effect, so that a retry is told. */
export function remember(state: BookState, command: CommandStamp): void {
  state.rememberKey(command.key, fingerprint(command), command.at);
}

function fingerprint(command: CommandStamp): string {
  return `${command.actor} ${command.type}`;
}

function perform(turn: Turn, command: Command): void {
  switch (command.type) {
    case "passTime":
      return;
    case "recordAgreement":
      for (const request of recordAgreement(turn, command)) advance(turn, request);
      return;
    case "terminateAgreement":
      terminateAgreement(turn, command);
      return advanceAll(turn);
    case "assignAgreement":
      return assignAgreement(turn, command);
    case "recordControlChange":
      recordControlChange(turn, command);
      return advanceAll(turn);
    case "submitRequest":
      submitRequest(turn, command.request);
      return advance(turn, command.request.id);
    case "reviseRequest":
      reviseRequest(turn, command.request);
      return advance(turn, command.request.id);
    case "withdrawRequest":
      return withdrawRequest(turn, command.request);
    case "closeRequest":
      return closeRequest(turn, command);
    case "giveApproval":
    case "denyApproval":
      return approve(turn, command);
    case "confirmDelivery":
      return advance(turn, confirmDelivery(turn, command));
    case "answerNotice":
      return advance(turn, answerNotice(turn, command).request);
    case "ratifyAnswer":
      return advance(turn, ratifyAnswer(turn, command).request);
    case "decideOffer":
      return advance(turn, decideOffer(turn, command).request);
    case "waiveLateness": {
      const notice = waiveLateness(turn, command);
      bindLate(turn, notice.request, notice.id);
      return advance(turn, notice.request);
    }
    case "openTender": {
      const request = owned(turn, command.request);
      const lots = request.lots.filter((lot) => openCount(lot) > 0 && lot.phase !== "barred" && lot.phase !== "held" && (command.lots?.includes(lot.lot.id) ?? true));
      if (lots.length === 0) reject("over_awarded", "Nothing of this request is left to open to the market.");
      openTender(turn, request, lots);
      return advance(turn, command.request);
    }
    case "placeBid":
      return advance(turn, placeBid(turn, command));
    case "withdrawBid": {
      const request = withdrawBid(turn, command.bid);
      return dropOffer(turn, request, command.bid);
    }
    case "extendBid":
      return advance(turn, extendBid(turn, command.bid, command.validUntil));
    case "proposeAward":
      if (command.lines.length === 0) awardHeld(turn, owned(turn, command.request));
      else proposeAward(turn, command);
      return advance(turn, command.request);
    case "decideAward":
      return decideAward(turn, command);
    case "reportDefault":
      return advance(turn, reportDefault(turn, command));
    case "recordPurposeUse":
      return recordPurposeUse(turn, command);
    case "recordOutage":
      recordOutage(turn, command.window);
      return passTime(turn, turn.at);
    case "recordEligibility":
      recordFact(turn, command);
      return applyEligibility(turn, command.party);
    case "openBook":
    case "recordParty":
    case "recordDefault":
    case "recordCalendar":
    case "recordExchangeRate":
    case "recordPolicy":
    case "recordBlock":
    case "withdrawBlock":
    case "listOffer":
    case "withdrawOffer":
    case "giveStandingAnswer":
    case "revokeStandingAnswer":
    case "consentResale":
    case "changeAgreementStatus":
    case "decideConflict":
    case "grantWaiver":
    case "revokeWaiver":
      return recordFact(turn, command);
    default:
      return unreachable(command);
  }
}

function advanceAll(turn: Turn): void {
  const open = turn.state.requests.sortedValues().sort((a, b) => a.order - b.order);
  for (const request of open) advance(turn, request.request.id);
}

function closeRequest(turn: Turn, command: Extract<Command, { type: "closeRequest" }>): void {
  const request = owned(turn, command.request);
  const bound = request.lots.some((lot) => lot.holds.length > 0);
  if (bound) reject("acceptance_stands", "A holder has accepted: what it took is awarded or proposed first.");
  const measured = measuredUntil(turn.state, request);
  if (measured !== undefined && measured > turn.at) reject("acceptance_stands", "What was awarded is free of a right by its purpose, and its use is still measured.");
  const asked = request.lots.filter((lot) => lot.why !== "superseded").reduce((sum, lot) => sum + lot.lot.count, 0);
  const awarded = request.lots.reduce((sum, lot) => sum + lot.awarded, 0);
  const outcome = awarded >= asked ? "awarded_full" : awarded > 0 ? "awarded_part" : "unfilled";
  turn.emit({ type: "requestClosed", at: turn.at, request: command.request, outcome, awarded, asked, why: "closed_by_buyer" });
}

function approve(turn: Turn, command: Extract<Command, { type: "giveApproval" | "denyApproval" }>): void {
  const request = owned(turn, command.request);
  const known = request.request.approvals.includes(command.approval) || command.approval === turn.state.policy?.relatedPartyApproval;
  if (!known) reject("approval_unknown", `This request needs no approval "${command.approval}".`);
  const { approval, by } = command;
  if (command.type === "giveApproval") {
    turn.emit({ type: "approvalGiven", at: turn.at, request: command.request, approval, by });
    return advance(turn, command.request);
  }
  const accepted = request.awards.length > 0 || request.lots.some((lot) => lot.holds.length > 0);
  if (accepted) reject("approval_after_acceptance", "A holder has accepted: the approval can no longer be denied.");
  turn.emit({ type: "approvalDenied", at: turn.at, request: command.request, approval, by });
  advance(turn, command.request);
}
