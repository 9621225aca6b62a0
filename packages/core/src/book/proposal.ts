import type { ProposedLine } from "../awards/award.ts";
import type { LiveRight } from "../rights/live.ts";
import { attachAtAward } from "./attach-at-award.ts";
import { placeLines } from "./award-blocks.ts";
import { blockAward } from "./block-award.ts";
import { dropLine } from "./drop-line.ts";
import { evaluateMarket } from "./evaluate-market.ts";
import { type Candidate, type Step, stepGate } from "./gate-line.ts";
import { issueAward } from "./issue.ts";
import { freeCount } from "./lookup.ts";
import { withCount } from "./lines.ts";
import { stepMatches } from "./match.ts";
import { missesShare } from "./minimum-share.ts";
import { closeAnswered } from "./offer-answers.ts";
import { propose } from "./propose.ts";
import { relatedPartyApproval } from "./related-party.ts";
import type { LotState, RequestState } from "./request-state.ts";
import { type Turn, within } from "./turn.ts";

/**
 * Takes one step with what is proposed: the gate and the match rights by rank, then what only an award is held against, then
 * approvals, then the award. False when there is only to wait.
 */
export function stepProposal(turn: Turn, from: RequestState): boolean {
  const { proposal } = from;
  if (closeAnswered(turn, from)) return true;
  if (proposal === undefined) return false;
  if (trim(turn, from, proposal.lines)) return true;
  const request = stepLines(turn, from, proposal.lines);
  if (request === "moved" || request === "waits") return request === "moved";
  const attached = attachAtAward(turn, request);
  if (attached !== "clear") return attached === "moved";
  if (missesShare(turn, request)) return false;
  const approval = relatedPartyApproval(turn, request, proposal.lines);
  if (approval !== "given") return approval === "denied";
  const placement = placeLines(turn.state, request, proposal.lines);
  if ("taken" in placement) dropTaken(turn, request, placement.taken);
  else issueAward(turn, request, proposal.lines, placement.placed);
  return true;
}

/**
 * Takes every line as far as it goes while the proposal stands: a notice that its holder has answered in advance is dealt with on the
 * way. Where one of several has moved, all lines are looked at again from the first; a line alone has nothing to look back at.
 *
 * @returns the request as it is now where every line is clear
 */
function stepLines(turn: Turn, from: RequestState, lines: readonly ProposedLine[]): RequestState | "waits" | "moved" {
  let request = from;
  let result: Step = "clear";
  for (const line of lines) {
    const step = stepLine(turn, request, line);
    if (step === "moved") {
      const answered = afterAnswer(turn, from);
      if (answered === undefined) return "moved";
      request = answered;
      // Its next look at this line finds it cleared; a line that goes on moving is left to the next step.
      const again = stepLine(turn, request, line);
      if (again === "moved") return again;
      if (again === "waits" || lines.length > 1) result = "moved";
    } else if (step === "waits" && result === "clear") result = "waits";
  }
  return result === "clear" ? request : result;
}

/** The request once a notice that was answered in advance is dealt with; undefined where it waits, or the proposal is another by now. */
function afterAnswer(turn: Turn, { request: { id }, proposal, lots }: RequestState): RequestState | undefined {
  const sent = turn.state.requests.get(id);
  if (sent === undefined || !closeAnswered(turn, sent)) return undefined;
  const now = turn.state.requests.get(id);
  return now?.proposal === proposal && now?.lots.length === lots.length ? now : undefined;
}

/** Somebody else has the machines by now: the bid falls away and the rest is compared again; a line of the buyer's own just goes. */
function dropTaken(turn: Turn, request: RequestState, line: ProposedLine): void {
  const lot = request.lots.find((item) => item.lot.id === line.line.lot);
  if (lot !== undefined && request.proposal?.by !== "evaluation")
    blockAward(turn, { request, lot, line }, undefined, "no_capacity");
  dropLine(turn, { request, line }, "block_taken");
}

/**
 * The gate comes before the match rights: a match binds at receipt, so nobody is asked to match what a right of an earlier
 * stage would still have to be asked about.
 */
function stepLine(turn: Turn, request: RequestState, line: ProposedLine): Step {
  const lot = request.lots.find((item) => item.lot.id === line.line.lot);
  if (lot === undefined) return "clear";
  return within(lot.lot.id, () => stepCandidate(turn, { request, lot, line }));
}

function stepCandidate(turn: Turn, candidate: Candidate): Step {
  const { lot } = candidate;
  const before: LiveRight[] = [];
  for (const stage of lot.stages) {
    for (const right of stage.rights) {
      const step = stepGate(turn, candidate, right, before);
      if (step !== "clear") return step;
      before.push(right);
    }
  }
  return stepMatches(turn, candidate);
}

/** What holders have taken since is no longer to be awarded: bids are compared anew, a buyer's own lines give way. */
function trim(turn: Turn, request: RequestState, lines: readonly ProposedLine[]): boolean {
  if (request.lots.length === 1 && fitsIn(turn, request.lots[0] as LotState, lines)) return false;
  const left = new Map<string, number>();
  let tooMuch = false;
  const kept = lines.flatMap((item) => {
    const { lot: id, count } = item.line;
    const lot = request.lots.find((one) => one.lot.id === id);
    const free = left.get(id) ?? (lot === undefined ? 0 : freeCount(turn.state, lot));
    left.set(id, free - Math.min(free, count));
    if (count <= free) return [item];
    tooMuch = true;
    return free < Math.max(item.countMin, 1) ? [] : [withCount(item, free)];
  });
  if (!tooMuch) return false;
  if (request.proposal?.by === "evaluation") evaluateMarket(turn, request.request.id);
  else propose(turn, request.request.id, kept, request.proposal?.by ?? "buyer");
  return true;
}

function fitsIn(turn: Turn, lot: LotState, lines: readonly ProposedLine[]): boolean {
  let count = 0;
  for (const { line } of lines) {
    if (line.lot !== lot.lot.id) return false;
    count += line.count;
  }
  return count <= freeCount(turn.state, lot);
}
