import type { EvaluationInput } from "../awards/evaluation.ts";
import { type BidPart, evaluateParts, type PartsResult } from "../awards/parts.ts";
import { type Scenario, scenariosOf } from "../awards/scenarios.ts";
import type { Instant, RequestId } from "../kernel/index.ts";
import { isInMarket } from "./evaluate-market.ts";
import type { Rejection } from "./commands.ts";
import { marketInput } from "./market-input.ts";
import { owned } from "./owned.ts";
import { propose } from "./propose.ts";
import { proposedLines } from "./proposed-line.ts";
import type { LotState, RequestState } from "./request-state.ts";
import type { BookState } from "./state.ts";
import { reject, Rejected, Turn } from "./turn.ts";

/**
 * The buyer takes parts of opened bids as they were made: priced by their bids, and checked by the rules by which the broker chooses.
 *
 * @source Rule BOK110 in ./SPEC.md
 */
export function takeBids(turn: Turn, id: RequestId, parts: readonly BidPart[]): void {
  const request = owned(turn, id);
  if (request.market?.opened !== true) return reject("not_opened", "The bids of this request are not open.");
  if (parts.length === 0) return reject("malformed", "Say which part of which bid.");
  const evaluated = evaluateParts(inputOf(turn, request), parts);
  if (!evaluated.ok) return reject("rate_missing", evaluated.problem.detail);
  const { problems, result } = evaluated.value;
  if (problems.length > 0) {
    const told = problems.map(({ bid, line, count, why }) => `${count} of bid ${bid}, line ${line + 1}: ${why}`);
    return reject("not_takable", `Not as it was chosen: ${told.join("; ")}.`);
  }
  propose(turn, id, proposedLines(turn, request, result.chosen), "buyer");
}

/** The lots of a request that are open to the market, with the bids, as a comparison takes them. */
function inputOf(turn: Turn, request: RequestState): EvaluationInput {
  const lots = openLots(request);
  if (request.market === undefined || lots.length === 0)
    return reject("over_awarded", "Nothing of this request is left in the market.");
  return marketInput(turn, request, request.market, lots);
}

const openLots = (request: RequestState): readonly LotState[] => request.lots.filter((lot) => isInMarket(request, lot));

/** Ways to award what is in the market, and, where somebody names parts, what these come to. */
export interface AwardChoices {
  readonly scenarios: readonly Scenario[];
  readonly manual?: PartsResult;
}

export type ChoicesResult =
  | { readonly ok: true; readonly value: AwardChoices }
  | { readonly ok: false; readonly rejection: Rejection };

/**
 * The opened bids of a request chosen from in several ways. None where they are sealed, or where nothing is left to choose. The state stays as
 * it was, byte for byte.
 *
 * @param parts of bids, as somebody would have them; priced and checked beside the others
 * @source Rule BOK111 in ./SPEC.md
 */
export function awardChoices(state: BookState, id: RequestId, at: Instant, parts?: readonly BidPart[]): ChoicesResult {
  const mark = state.checkpoint();
  try {
    const keeper = state.header?.keeper;
    const request = state.requests.get(id);
    if (keeper === undefined || request === undefined) return { ok: true, value: { scenarios: [] } };
    if (request.market?.opened !== true || openLots(request).length === 0)
      return { ok: true, value: { scenarios: [] } };
    const turn = new Turn(state, { type: "passTime", at, actor: keeper, key: "choices", nonce: "choices" });
    const input = inputOf(turn, request);
    const scenarios = scenariosOf(input);
    if (!scenarios.ok) return { ok: false, rejection: { code: "rate_missing", detail: scenarios.problem.detail } };
    const manual = parts === undefined ? undefined : evaluateParts(input, parts);
    return {
      ok: true,
      value: { scenarios: scenarios.value, ...(manual?.ok === true ? { manual: manual.value } : {}) },
    };
  } catch (error) {
    if (!(error instanceof Rejected)) throw error;
    return { ok: false, rejection: error.rejection };
  } finally {
    state.rollback(mark);
  }
}
