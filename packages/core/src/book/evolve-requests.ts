import { canonicalText, type Instant, type LotId, type RequestId, unreachable } from "../kernel/index.ts";
import type { Lot } from "../requests/lot.ts";
import type { ComputeRequest } from "../requests/request.ts";
import { changeLot, changeLots, changeRequest } from "./copy-on-change.ts";
import { copyLot, copyRequest, type Draft } from "./draft.ts";
import { assessed } from "./evolve-assessed.ts";
import type { RequestEvent } from "./events.ts";
import { keepLaunch } from "./launches.ts";
import { forgetMarket } from "./market-changes.ts";
import { occupy } from "./occupy.ts";
import { pastOf } from "./past.ts";
import { remind } from "./remind.ts";
import type { LotState, RequestState } from "./request-state.ts";
import type { BookState } from "./state.ts";

export function evolveRequest(state: BookState, event: RequestEvent): void {
  switch (event.type) {
    case "requestSubmitted":
      state.requests.set(
        event.request.id,
        copyRequest({
          request: event.request,
          order: state.submitted,
          submittedAt: event.at,
          askedAt: event.at,
          ...(event.askedBy === undefined ? {} : { askedBy: event.askedBy }),
          lots: [],
          approvalsGiven: [],
          approvalsDenied: [],
          awards: [],
          confirmedAwards: [],
          heldAwards: [],
        }) as RequestState,
      );
      if (statesOptions(event.request)) state.statedOptions.set(event.request.id, true);
      return state.assign("submitted", state.submitted + 1);
    case "requestRevised":
      return revise(state, event);
    case "requestHeld":
      return endLot(state, event, "held");
    case "approvalGiven": {
      const request = changeRequest(state, event.request);
      request.approvalAwaited = undefined;
      request.approvalsGiven = [...request.approvalsGiven, event.approval];
      request.approvalsDenied = request.approvalsDenied.filter((name) => name !== event.approval);
      return;
    }
    case "approvalDenied": {
      const request = changeRequest(state, event.request);
      request.approvalsGiven = request.approvalsGiven.filter((name) => name !== event.approval);
      request.approvalsDenied = [...request.approvalsDenied, event.approval];
      return;
    }
    case "approvalsVoided": {
      const request = changeRequest(state, event.request);
      request.approvalsGiven = request.approvalsGiven.filter((name) => !event.approvals.includes(name));
      request.approvalsDenied = request.approvalsDenied.filter((name) => !event.approvals.includes(name));
      return;
    }
    case "approvalAwaited":
      changeRequest(state, event.request).approvalAwaited = event.before;
      return;
    case "lotFormed": {
      const request = changeRequest(state, event.lot.request);
      request.lots = [...request.lots, newLot(event.lot, event.replaces)];
      return;
    }
    case "lotRestated":
      return changeLot(state, event.lot.request, event.lot.id, (lot) => {
        lot.lot = event.lot;
      });
    case "lotDropped":
      return endLot(state, event, "barred");
    case "lotReassessed":
      return reassess(state, event);
    case "rightsAssessed":
      return assessed(state, event.request, event.lot, event.assessments);
    case "clearanceIssued":
      if (event.clearance.validUntil !== undefined) {
        state.timers.push({ at: event.clearance.validUntil, kind: "rest", id: event.clearance.request });
      }
      keepLaunch(state, event.clearance);
      return changeLot(state, event.clearance.request, event.clearance.lot, (lot) => {
        lot.clearances = [...lot.clearances, event.clearance];
      });
    case "clearanceVoided":
      return changeLots(state, event.request, (lot) => {
        lot.clearances = lot.clearances.filter((item) => item.id !== event.clearance);
      });
    case "deMinimisCounted": {
      const before = state.deMinimis.get(event.key) ?? [];
      const kept = before.filter((item) => event.earlier.includes(item.request));
      return state.deMinimis.set(event.key, [...kept, { at: event.at, count: event.count, request: event.request }]);
    }
    case "shareBreached": {
      const request = changeRequest(state, event.request);
      request.breachedMonths = [...(request.breachedMonths ?? []), event.month];
      return;
    }
    case "shareMeasured":
      return;
    case "requestRested":
      if (event.until !== undefined) state.timers.push({ at: event.until, kind: "rest", id: event.request });
      changeRequest(state, event.request).rested = {
        outcome: event.outcome,
        ...(event.until === undefined ? {} : { until: event.until }),
      };
      return;
    case "requestWithdrawn":
      return;
    case "requestClosed":
      return forgetRequest(state, event.request, event.at);
    default:
      return unreachable(event);
  }
}

function revise(state: BookState, event: Extract<RequestEvent, { type: "requestRevised" }>): void {
  const request = changeRequest(state, event.request.id);
  const sameNames = canonicalText(request.request.approvals) === canonicalText(event.request.approvals);
  request.request = event.request;
  // What it waits for is found out anew.
  if (event.askedAt !== undefined || !sameNames) request.approvalAwaited = undefined;
  if (event.askedAt === undefined) return;
  request.askedAt = event.askedAt;
  request.askedBy = event.askedBy;
}

/** What is missing in the keeper's papers; everything else waits for a person. */
const IN_PAPERS: ReadonlySet<string> = new Set(["calendar_missing", "calendar_year_unknown", "rate_missing"]);

function endLot(
  state: BookState,
  event: { readonly request: RequestId; readonly lot: LotId; readonly why: string },
  phase: "held" | "barred",
): void {
  changeLot(state, event.request, event.lot, (lot) => {
    if (phase === "held" && IN_PAPERS.has(event.why)) lot.heldIn = lot.phase;
    lot.phase = phase;
    lot.why = event.why;
  });
}

/** What waited for a paper goes on where it was, with all that fell due meanwhile; what waited for a person begins anew. */
function reassess(state: BookState, event: Extract<RequestEvent, { type: "lotReassessed" }>): void {
  const lot = state.requests.get(event.request)?.lots.find((item) => item.lot.id === event.lot);
  if (lot?.heldIn === undefined) return changeLot(state, event.request, event.lot, startAnew);
  changeLot(state, event.request, event.lot, (draft) => {
    draft.phase = lot.heldIn ?? "forming";
    draft.why = undefined;
    draft.heldIn = undefined;
  });
  remind(state, event.request);
}

function startAnew(lot: Draft<LotState>): void {
  lot.why = undefined;
  lot.phase = "forming";
  lot.assessments = [];
  lot.stages = [];
  lot.matches = [];
  lot.stageIndex = 0;
  lot.stageOpen = false;
  // What holders have let pass stands; why rights do not weigh on the lot is found out again.
  lot.clearances = lot.clearances.filter((item) => item.validUntil !== undefined);
}

/** Options for the buyer that the notice states are part of what is cleared (domain row A15). */
function statesOptions(request: ComputeRequest): boolean {
  for (const { stated } of request.lines)
    for (const name in stated) if (Object.hasOwn(stated, name) && name.startsWith("option")) return true;
  return false;
}

function newLot(lot: Lot, replaces: LotId | undefined): LotState {
  const made = copyLot({
    lot,
    phase: "forming",
    assessments: NONE,
    stages: NONE,
    stageIndex: 0,
    matches: NONE,
    notices: NONE,
    clearances: NONE,
    holds: NONE,
    awarded: 0,
    stageOpen: false,
    strandedOffered: false,
    extraRounds: NONE,
    failed: NONE,
  });
  made.replaces = replaces;
  return made as LotState;
}

const NONE: readonly never[] = [];

/** A closed request leaves the working state with all that hangs on it; the log keeps it, and of an award a line stays while it runs. */
function forgetRequest(state: BookState, id: RequestId, at: Instant): void {
  const request = state.requests.get(id);
  if (request === undefined) return;
  // Sent once more on the same day it is a retry; what came to nothing may be asked again under its id.
  if (request.awards.length > 0) state.rememberClosed(id, at);
  for (const lot of request.lots) {
    for (const hold of lot.holds) occupy(state, hold.blocks, hold.window, -1);
    for (const notice of lot.notices) state.notices.delete(notice);
  }
  if (request.market !== undefined) forgetMarket(state, request.market);
  for (const award of request.awards) state.awards.delete(award.id);
  const past = pastOf(request);
  if (past !== undefined) state.past.add(past, state.now);
  state.requests.delete(id);
}
