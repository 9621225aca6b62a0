import { unreachable } from "../kernel/index.ts";
import { submitRequest, withdrawRequest } from "./admit.ts";
import { advance } from "./advance.ts";
import { answerNotice, decideOffer, ratifyAnswer, waiveLateness } from "./answers.ts";
import { assignAgreement, recordAgreement, recordControlChange, terminateAgreement } from "./agreements.ts";
import { decideAward, reportDefault } from "./after-award.ts";
import type { Command, Rejection } from "./commands.ts";
import { decideApproval } from "./approvals.ts";
import { takeBids } from "./choose-bids.ts";
import { close } from "./end-notices.ts";
import { awardHeld, outcomeOf } from "./conclude.ts";
import { isTaken, noticesOf } from "./lookup.ts";
import { owned } from "./owned.ts";
import { proposeAward } from "./propose-award.ts";
import { isSameCommand, remember } from "./retries.ts";
import { reviseRequest } from "./revise.ts";
import type { BookEvent } from "./events.ts";
import { recordFact } from "./facts.ts";
import { extendBid, placeBid, withdrawBid } from "./bids.ts";
import { reopenTender } from "./open-tender.ts";
import { confirmDelivery } from "./delivery.ts";
import { measuredUntil } from "./measured.ts";
import { recordOutage } from "./outage.ts";
import { recordPurposeUse } from "./purpose-use.ts";
import { giveRenewalNotice } from "./renewals.ts";
import { toldCounts } from "./request-state.ts";
import type { BookState } from "./state.ts";
import { applyDefault, applyEligibility, inOrder } from "./suspend.ts";
import { dropOffer, passTime, stillMatters } from "./time.ts";
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
  if (command.at < state.now)
    return refuse("time_runs_backwards", "The stamp of a command is never before the last event.");
  if (!state.journal.recording) tidy(state);
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

/**
 * Drops what no decision will read again, if there is much of it. Changes nothing that can be seen, and is not undone: to be called
 * while no checkpoint is open. `run` does it by itself between commands; whoever keeps a checkpoint open over many calls it between them.
 */
export function tidy(state: BookState): void {
  state.timers.compact((due) => stillMatters(state, due));
  state.compactKeys();
}

/** An outage is recorded before what fell due in it is settled; every other command comes after (G5). */
function settleTime(turn: Turn): Decision | undefined {
  const { command, state } = turn;
  if (command.type === "recordOutage") return undefined;
  if (!state.timers.isDue(turn.receivedAt)) return undefined;
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
  if (!isSameCommand(known, command)) return refuse("retry_differs", "This key was used for another command.");
  return { events: NO_EVENTS, repeated: true };
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
    case "giveRenewalNotice":
      giveRenewalNotice(turn, command);
      return advanceAll(turn);
    case "assignAgreement":
      return assignAgreement(turn, command);
    case "recordControlChange":
      recordControlChange(turn, command);
      return advanceAll(turn);
    case "submitRequest":
      submitRequest(turn, command.request, command.askedBy);
      return advance(turn, command.request.id);
    case "reviseRequest":
      reviseRequest(turn, command.request, command.askedBy);
      return advance(turn, command.request.id);
    case "withdrawRequest":
      return withdrawRequest(turn, command.request);
    case "closeRequest":
      return closeRequest(turn, command);
    case "giveApproval":
    case "denyApproval":
      decideApproval(turn, command);
      return advance(turn, command.request);
    case "confirmDelivery":
      return advance(turn, confirmDelivery(turn, command));
    case "answerNotice":
      for (const request of answerNotice(turn, command)) advance(turn, request);
      return;
    case "ratifyAnswer":
      return advance(turn, ratifyAnswer(turn, command).request);
    case "decideOffer":
      return advance(turn, decideOffer(turn, command).request);
    case "waiveLateness":
      return advance(turn, waiveLateness(turn, command).request);
    case "openTender":
      reopenTender(turn, command);
      return advance(turn, command.request);
    case "placeBid":
      return advance(turn, placeBid(turn, command));
    case "withdrawBid": {
      const request = withdrawBid(turn, command.bid);
      return dropOffer(turn, request, command.bid);
    }
    case "extendBid":
      return advance(turn, extendBid(turn, command.bid, command.validUntil));
    case "proposeAward":
      if (command.parts !== undefined) takeBids(turn, command.request, command.parts);
      else if (command.lines.length === 0) awardHeld(turn, owned(turn, command.request));
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
    case "recordDefault":
      recordFact(turn, command);
      return applyDefault(turn, command.party, command.agreement);
    case "openBook":
    case "recordParty":
    case "recordCalendar":
    case "recordExchangeRate":
    case "recordIndexValue":
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
  for (const request of inOrder(turn)) advance(turn, request.request.id);
}

function closeRequest(turn: Turn, command: Extract<Command, { type: "closeRequest" }>): void {
  const request = owned(turn, command.request);
  const notices = request.lots.flatMap((lot) => noticesOf(turn.state, lot));
  const bound = request.lots.some((lot) => lot.holds.length > 0) || notices.some(isTaken);
  if (bound) reject("acceptance_stands", "A holder has accepted: what it took is awarded or proposed first.");
  const measured = measuredUntil(turn.state, request);
  if (measured !== undefined && measured > turn.at)
    reject("acceptance_stands", "What was awarded is free of a right by its purpose, and its use is still measured.");
  for (const notice of notices)
    close(turn, notice, { status: "withdrawn", count: 0, why: "closed_by_buyer", closedAt: turn.at });
  turn.emit({
    type: "requestClosed",
    at: turn.at,
    request: command.request,
    outcome: outcomeOf(request),
    ...toldCounts(request),
    why: "closed_by_buyer",
  });
}
