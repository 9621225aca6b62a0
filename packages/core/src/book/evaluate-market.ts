import { evaluate } from "../awards/evaluate.ts";
import type { EvaluationResult } from "../awards/evaluation.ts";
import type { RequestId } from "../kernel/index.ts";
import { commitmentsOf } from "./commitments.ts";
import type { Writable } from "./draft.ts";
import type { Evaluation } from "./events.ts";
import { RATE_GAP } from "./gaps.ts";
import { isLive, noticesOf } from "./lookup.ts";
import { marketInput } from "./market-input.ts";
import { policyOf } from "./policy.ts";
import { dropProposal, propose } from "./propose.ts";
import { proposedLines } from "./proposed-line.ts";
import { isOpen, type LotState, type RequestState } from "./request-state.ts";
import { missedShares, weighedShares } from "./shares.ts";
import type { Turn } from "./turn.ts";
import { keeperDeadline } from "./windows.ts";

/**
 * Compares the opened bids for what is still open, records the comparison, and proposes the best combination where the policy
 * awards by itself (step 14). Called again from the same sealed bids whenever a part is taken or a bid falls away. False: there was
 * nothing to compare.
 */
export function evaluateMarket(turn: Turn, id: RequestId): boolean {
  const request = turn.state.requests.get(id);
  if (request?.market?.opened !== true) return false;
  const compared = compare(turn, request);
  if (compared?.ok !== true) {
    dropCompared(turn, request);
    return compared !== undefined && holdForRate(turn, id);
  }
  const result = compared.value;
  turn.emit({ type: "evaluated", at: turn.at, request: id, evaluation: recordOf(turn, request, result) });
  const awards = !askImprovement(turn, request, result) && policyOf(turn.state).autoAward;
  const lines = awards ? proposedLines(turn, request, result.chosen) : [];
  if (lines.length === 0) dropCompared(turn, request);
  else propose(turn, id, lines, "evaluation");
  return true;
}

/** A comparison that finds nothing takes back what one has proposed; what the buyer means to sign itself stands. */
function dropCompared(turn: Turn, request: RequestState): void {
  if (request.proposal?.by !== "buyer") dropProposal(turn, request);
}

/** Without a rate nothing can be compared: what was put out waits until it is recorded, and the bids stay as they are (G27). */
function holdForRate(turn: Turn, id: RequestId): boolean {
  const request = turn.state.requests.get(id);
  for (const lot of request?.lots ?? []) {
    if (request !== undefined && isInMarket(request, lot) && !noticesOf(turn.state, lot).some(isLive))
      turn.emit({ type: "requestHeld", at: turn.at, request: id, lot: lot.lot.id, why: RATE_GAP, rights: [] });
  }
  return true;
}

/** Undefined where nothing is left to compare for. */
function compare(turn: Turn, request: RequestState): ReturnType<typeof evaluate> | undefined {
  const lots = request.lots.filter((lot) => isInMarket(request, lot));
  if (request.market === undefined || lots.length === 0) return undefined;
  return evaluate(marketInput(turn, request, request.market, lots));
}

/** A lot that was put out and of which something is left. */
export function isInMarket(request: RequestState, lot: LotState): boolean {
  if (!isOpen(lot) || (lot.phase !== "market" && lot.phase !== "stages")) return false;
  return request.market?.tender.lots.some((item) => item.lot === lot.lot.id) === true;
}

/** Tied bids are improved once, in one sealed round, before they are shared pro rata (domain row M13). */
function askImprovement(turn: Turn, request: RequestState, result: EvaluationResult): boolean {
  const { market } = request;
  const policy = policyOf(turn.state);
  if (market === undefined || policy.tie !== "improve" || market.improved || result.tied.length === 0) return false;
  const ids = new Set(result.tied.flatMap((item) => item.bids));
  const bidders = [...new Set(market.bids.filter((bid) => ids.has(bid.id)).map((bid) => bid.bidder))];
  if (bidders.length < 2) return false;
  const closesAt = keeperDeadline(turn.state, policy.improveWindow, turn.at);
  turn.emit({
    type: "improvementAsked",
    at: turn.at,
    request: request.request.id,
    tender: market.tender.id,
    bidders,
    closesAt,
  });
  return true;
}

function recordOf(turn: Turn, request: RequestState, result: EvaluationResult): Evaluation {
  const record: Writable<Evaluation> = {
    id: turn.ids.next("evl"),
    chosen: result.chosen.map(({ bid, provider, lot, count, cost, incremental }) => ({
      bid,
      provider,
      lot,
      count,
      cost,
      incremental,
    })),
    value: result.value,
    unfilled: result.unfilled,
    binding: result.binding,
    considered: result.considered,
    nodes: result.nodes,
  };
  if (result.runnerUp !== undefined) record.runnerUp = result.runnerUp;
  if (!result.exact && result.bound !== undefined) record.bound = result.bound;
  const missed = missedShares(
    request,
    weighedShares(request.request, commitmentsOf(turn, request, request.lots)),
    result.chosen,
  );
  if (missed.length > 0) record.missed = missed;
  if (result.effects.length > 0) {
    record.effects = result.effects.map((item) => ({
      agreement: item.commitment.agreement,
      clause: item.commitment.clause.id,
      avoided: item.avoided,
      counted: item.counted,
    }));
  }
  return record;
}
