import type { AwardLine } from "../awards/award.ts";
import { unreachable } from "../kernel/index.ts";
import { changeLots, changeRequest } from "./copy-on-change.ts";
import { drawCalled, undraw } from "./evolve-drawn.ts";
import type { AwardEvent } from "./events.ts";
import { reopenMarket } from "./market-changes.ts";
import { occupy } from "./occupy.ts";
import type { Hold } from "./request-state.ts";
import type { BookState } from "./state.ts";

export function evolveAward(state: BookState, event: AwardEvent): void {
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
