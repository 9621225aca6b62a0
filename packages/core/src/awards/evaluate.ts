import { divFloor, divHalfAway, type Failure, failure, type Money, type PartyId, success } from "../kernel/index.ts";
import { amountsOf } from "./account.ts";
import { constrained, gapsOf } from "./constraints.ts";
import type { EvaluationInput, EvaluationResult } from "./evaluation.ts";
import { type Market, ratioOf } from "./option.ts";
import { evaluatePlain } from "./plain.ts";
import { amountOf } from "./program.ts";
import { chosenParts, consideredLines, effectsOf, valueOf } from "./report.ts";
import { marketOf, marketWithout, type Solution, solve } from "./solve.ts";
import { bidsOf, settleTies } from "./ties.ts";

/**
 * The feasible combination that fills most and, of those, costs least: incremental effective cost is price x quantity less
 * shortfall avoided, plus declared switching, set-up and delay cost (domain model step 14). Quantity is accelerator-time asked for;
 * unfilled quantity is worse than any price within the cap. At equal cost less contingent quantity wins, then sharing in blocks
 * among bids of one price, then receipt order, then provider id. Refused when a rate is missing without which nothing can be
 * compared; a bid whose own currency has no rate is only left out.
 *
 * @source Rules AWD1 to AWD25 in ./SPEC.md
 */
export function evaluate(
  input: EvaluationInput,
): { readonly ok: true; readonly value: EvaluationResult } | Failure<"rate_missing"> {
  const plain = evaluatePlain(input);
  return plain === undefined ? evaluateInFull(input) : success(plain);
}

/** As `evaluate`, without the short way for plain bids. */
export function evaluateInFull(input: EvaluationInput): ReturnType<typeof evaluate> {
  for (const amount of amountsOf(input, input.commitments ?? [])) {
    if (amount === undefined || amount.currency === input.currency) continue;
    if (ratioOf(input, amount.currency) === undefined) {
      return failure(
        "rate_missing",
        `No rate from ${amount.currency} to ${input.currency} is recorded for the common close.`,
      );
    }
  }
  const solution = solve(marketOf(input));
  const { steps, ties } = settleTies(solution);
  const settled: Solution = { ...solution, steps };
  const chosen = chosenParts(settled, steps);
  const { binding, whyUnfilled } = constrained(solution, input.withBinding !== false);
  const runnerUp = input.withRunnerUp === false ? undefined : runnerUpOf(solution.market, chosen[0]?.provider);
  const bound = boundMoney(solution);
  return success({
    chosen,
    value: valueOf(solution.market, chosen, missedMicros(settled)),
    ...(runnerUp !== undefined && { runnerUp }),
    unfilled: gapsOf(settled).flatMap((count, lot) => {
      const id = input.lots[lot]?.lot.id;
      return count > 0 && id !== undefined ? [{ lot: id, count, why: whyUnfilled[lot] ?? "no_bids" }] : [];
    }),
    binding,
    considered: consideredLines(solution, steps),
    tied: ties.flatMap((tie) => {
      const lot = input.lots[tie.lotIndex]?.lot.id;
      return lot === undefined ? [] : [{ lot, bids: bidsOf(tie) }];
    }),
    effects: effectsOf(settled, steps),
    nodes: solution.nodes,
    exact: solution.exact,
    ...(bound !== undefined && { bound }),
  });
}

/** The best combination without one provider; undefined where that fills nothing. */
function runnerUpOf(market: Market, without: PartyId | undefined): EvaluationResult["runnerUp"] {
  if (without === undefined) return undefined;
  const solution = solve(marketWithout(market, without));
  const parts = chosenParts(solution, solution.steps);
  const [first] = parts;
  if (first === undefined) return undefined;
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  return { value: valueOf(solution.market, parts, missedMicros(solution)), provider: first.provider, count };
}

/** What it costs that minimum shares are missed which the buyer has decided to miss. */
function missedMicros({ searched, steps }: Solution): bigint {
  if (searched === undefined) return 0n;
  const { program } = searched;
  const taken = program.items.map(({ option }) => steps[option.index] as number);
  let sum = 0n;
  for (const term of program.terms) if (term.lump !== undefined && amountOf(term, taken) > term.limit) sum += term.lump;
  return divHalfAway(sum, program.account.scale);
}

/** Rounded down, so that it stays a bound. */
function boundMoney({ market, searched }: Solution): Money | undefined {
  if (searched?.bound === undefined) return undefined;
  return { micros: divFloor(searched.bound, searched.program.account.scale), currency: market.input.currency };
}
