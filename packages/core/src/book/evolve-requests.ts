import { findClause, standsFor } from "../agreements/timeline.ts";
import { isRight } from "../agreements/clause.ts";
import type { AwardLine } from "../awards/award.ts";
import {
  believe,
  type BlockId,
  type Instant,
  type LotId,
  type RequestId,
  type TimeWindow,
  unreachable,
} from "../kernel/index.ts";
import type { ComputeRequest } from "../requests/request.ts";
import type { Lot } from "../requests/lot.ts";
import type { Assessment } from "../rights/assessment.ts";
import { byRank, type LiveRight, orderStages, type Stage, stageKindOf } from "../rights/live.ts";
import { copyLot, copyMarket, copyRequest, type Draft } from "./draft.ts";
import { drawCalled, undraw } from "./evolve-drawn.ts";
import type { AwardEvent, RequestEvent } from "./events.ts";
import { keepLaunch } from "./launches.ts";
import { pastOf } from "./past.ts";
import { remind } from "./remind.ts";
import type { Hold, LotState, MarketState, RequestState } from "./request-state.ts";
import type { BookState } from "./state.ts";

/** Puts a copy of a request in its place, for the caller to change at once. */
export function changeRequest(state: BookState, id: RequestId): Draft<RequestState> {
  const before = state.requests.get(id);
  believe(before !== undefined, `request ${id} is open`);
  const draft = copyRequest(before);
  state.requests.replace(id, before, draft as RequestState);
  return draft;
}

/** Changes a copy of one of its lots; the others stay what they are. */
export function changeLot(state: BookState, id: RequestId, lot: LotId, change: (lot: Draft<LotState>) => void): void {
  const request = changeRequest(state, id);
  const { lots } = request;
  const [only] = lots;
  if (only === undefined) return;
  if (lots.length === 1) {
    if (only.lot.id === lot) request.lots = [changedLot(only, change)];
    return;
  }
  request.lots = lots.map((item) => (item.lot.id === lot ? changedLot(item, change) : item));
}

function changeLots(state: BookState, id: RequestId, change: (lot: Draft<LotState>) => void): void {
  const request = changeRequest(state, id);
  request.lots = request.lots.map((item) => changedLot(item, change));
}

function changedLot(lot: LotState, change: (lot: Draft<LotState>) => void): LotState {
  const draft = copyLot(lot);
  change(draft);
  return draft as LotState;
}

export function evolveRequest(state: BookState, event: RequestEvent | AwardEvent): void {
  switch (event.type) {
    case "requestSubmitted":
      state.requests.set(
        event.request.id,
        copyRequest({
          request: event.request,
          order: state.submitted,
          submittedAt: event.at,
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
      changeRequest(state, event.request.id).request = event.request;
      return;
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
      return evolveAward(state, event);
  }
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

function evolveAward(state: BookState, event: AwardEvent): void {
  switch (event.type) {
    case "awardProposed": {
      const request = changeRequest(state, event.request);
      request.rested = undefined;
      request.proposal = event.lines.length === 0 ? undefined : { lines: event.lines, by: event.by };
      return;
    }
    case "awardBlocked":
      return;
    case "awardIssued":
      return issue(state, event);
    case "awardHeldForDecision": {
      const request = changeRequest(state, event.request);
      request.heldAwards = [...request.heldAwards, event.award];
      return;
    }
    case "awardConfirmed": {
      const request = changeRequest(state, event.request);
      request.confirmedAwards = [...request.confirmedAwards, event.award];
      request.heldAwards = request.heldAwards.filter((item) => item !== event.award);
      return;
    }
    case "awardDefaulted":
      return defaulted(state, event);
    default:
      return unreachable(event);
  }
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

interface Plan {
  readonly stages: readonly Stage[];
  readonly matches: readonly LiveRight[];
}

/** The same list of assessments, found again for a like request, gives the same plan. */
const plans = new WeakMap<
  readonly Assessment[],
  { readonly epoch: number; readonly state: BookState; readonly plan: Plan }
>();

function assessed(state: BookState, request: RequestId, id: LotId, assessments: readonly Assessment[]): void {
  let known = plans.get(assessments);
  if (known === undefined || known.state !== state || known.epoch !== state.epoch) {
    known = { epoch: state.epoch, state, plan: planOf(state, request, id, assessments) };
    plans.set(assessments, known);
  }
  const { stages, matches } = known.plan;
  changeLot(state, request, id, (lot) => {
    lot.phase = "stages";
    lot.assessments = assessments;
    lot.stages = stages;
    lot.matches = matches;
    lot.stageIndex = 0;
    lot.stageOpen = false;
  });
}

function planOf(state: BookState, request: RequestId, id: LotId, assessments: readonly Assessment[]): Plan {
  const lot = state.requests.get(request)?.lots.find((item) => item.lot.id === id);
  const all = (lot?.lot.alternatives ?? []).map((_, index) => index);
  const live: LiveRight[] = [];
  for (const assessment of assessments) {
    if (assessment.verdict === "applies") live.push(liveOf(state, assessment, all));
  }
  return {
    stages: orderStages(live),
    matches: live.filter((right) => stageKindOf(right.clause) === "match").sort(byRank),
  };
}

function liveOf(state: BookState, assessment: Assessment, all: readonly number[]): LiveRight {
  const agreement = state.agreements.get(assessment.right.agreement);
  const version = agreement?.versions.find((item) => item.version === assessment.right.version);
  const clause = version === undefined ? undefined : findClause(version, assessment.right.clause);
  believe(
    agreement !== undefined && version !== undefined && clause !== undefined && isRight(clause),
    "an assessed right is on record",
  );
  const holder = standsFor(agreement, clause.holder);
  const base = { ref: assessment.right, clause, version, holder, alternatives: assessment.alternatives ?? all };
  return assessment.limit === undefined ? base : { ...base, limit: assessment.limit };
}

/** Turns holds and a proposal into an award; takes the capacity that no hold has taken yet. */
function issue(state: BookState, event: Extract<AwardEvent, { type: "awardIssued" }>): void {
  const { award } = event;
  state.awards.add(award.id, award.request);
  const request = changeRequest(state, award.request);
  request.proposal = undefined;
  request.awards = [...request.awards, award];
  changeLots(state, award.request, (lot) => {
    for (const line of award.lines) {
      if (line.lot !== lot.lot.id) continue;
      lot.awarded += line.count;
      if (lot.holds.some((hold) => coversHold(line, hold)))
        lot.holds = lot.holds.filter((hold) => !coversHold(line, hold));
    }
  });
  for (const line of award.lines) {
    if (line.notice === undefined) occupy(state, line.blocks, line.window, 1);
    if (line.signBy !== undefined)
      state.timers.push({ at: (line.signBy + 1) as typeof line.signBy, kind: "signing", id: award.id });
  }
  if (award.conditionalUntil !== undefined)
    state.timers.push({ at: award.conditionalUntil, kind: "contingency", id: award.id });
  drawCalled(state, award);
}

function coversHold(line: AwardLine, hold: Hold): boolean {
  return line.notice !== undefined && line.notice === hold.notice;
}

/** Takes (sign 1) or gives back (sign -1) capacity of root blocks. */
export function occupy(
  state: BookState,
  blocks: readonly { readonly block: BlockId; readonly count: number }[],
  window: TimeWindow,
  sign: 1 | -1,
): void {
  for (const { block, count } of blocks) state.occupy({ block, window, count, sign });
}

/** What failed is free again: its lots are asked from the first stage on, as far as they were not cleared, then put out. */
function defaulted(state: BookState, event: Extract<AwardEvent, { type: "awardDefaulted" }>): void {
  const award = state.requests.get(event.request)?.awards.find((item) => item.id === event.award);
  if (award === undefined) return;
  const failed = award.lines.filter((line) => line.provider === event.provider);
  const lines = award.lines.filter((line) => line.provider !== event.provider);
  for (const line of failed) occupy(state, line.blocks, line.window, -1);
  const request = changeRequest(state, event.request);
  request.rested = undefined;
  request.awards = request.awards.flatMap((item) =>
    item.id !== award.id ? [item] : lines.length === 0 ? [] : [{ ...item, lines }],
  );
  if (lines.length === 0) {
    state.awards.delete(award.id);
    request.heldAwards = request.heldAwards.filter((id) => id !== award.id);
    request.confirmedAwards = request.confirmedAwards.filter((id) => id !== award.id);
  }
  const { market } = request;
  changeLots(state, event.request, (lot) => {
    const lost = failed.filter((line) => line.lot === lot.lot.id).reduce((sum, line) => sum + line.count, 0);
    if (lost === 0) return;
    const isOut = market?.tender.lots.some((item) => item.lot === lot.lot.id) === true;
    lot.awarded -= lost;
    lot.phase = isOut && lot.stages.length === 0 ? "market" : "stages";
    lot.stageIndex = 0;
    lot.stageOpen = false;
    lot.extraRounds = [];
    if (!lot.failed.includes(event.provider)) lot.failed = [...lot.failed, event.provider];
  });
  reopenMarket(state, event.request);
  undraw(state, event.award, event.provider);
}

/** A lot has come back to the market: the bids that are open are compared again. */
export function reopenMarket(state: BookState, id: RequestId): void {
  const request = changeRequest(state, id);
  if (request.market === undefined || request.market.reopened) return;
  const market = copyMarket(request.market);
  market.reopened = true;
  request.market = market;
}

/** The tender and the bids of a market that is over can no longer be named. */
export function forgetMarket(state: BookState, { tender, bids }: MarketState): void {
  state.tenders.delete(tender.id);
  if (state.sealed.size > 0) state.sealed.delete(tender.id);
  if (state.bids.size === 0) return;
  for (const bid of bids) state.bids.delete(bid.id);
}

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
