import type { Account, Commitment } from "../commitments/index.ts";
import { expecting, isCounted, measureOf, WHOLE } from "../commitments/index.ts";
import { divFloor, type PartyId } from "../kernel/index.ts";
import { knownRatio, scaledPerSecond, scaleOf } from "./account.ts";
import { buildProgram } from "./build-program.ts";
import type { Constraint, EvaluationInput } from "./evaluation.ts";
import { keepsJoint } from "./joint.ts";
import { optionsOf } from "./make-options.ts";
import { componentsOf, filledBy, optimise } from "./optimise.ts";
import type { Market } from "./option.ts";
import { byBeneficiary } from "./pools.ts";
import { moneyOf, type Program } from "./program.ts";
import type { Found } from "./search.ts";
import { outdoneOptions } from "./outdone.ts";
import { plainCosts, solveSeparable } from "./separable.ts";

/** About half a second for forty lines with commitments; what it does not reach is a case for a solver. */
const NODES_MAX = 500;

export interface Solution {
  readonly market: Market;
  /** Steps of each option. */
  readonly steps: readonly number[];
  /** Options that looked possible and that cap, blocks or a broken package took out, by index. */
  readonly dropped: ReadonlyMap<number, string>;
  /** Options whose blocks carry less than was wanted of them, by index. */
  readonly limited: readonly number[];
  readonly nodes: number;
  readonly exact: boolean;
  /** Where bids were compared alone: what an accelerator of each option costs over the window. */
  readonly costs?: readonly number[];
  /** Where the search was needed: the problem, the items that options are in it, and a bound in scaled micro-units. */
  readonly searched?: { readonly program: Program; readonly bound?: bigint };
}

export function marketOf(input: EvaluationInput): Market {
  const counted = (input.commitments ?? []).filter(
    ({ clause }) => isCounted(clause) && measureOf(clause.type) !== undefined,
  );
  const committed = counted.length === 0 ? NONE : byBeneficiary(settledFor(input, counted));
  return { input, options: optionsOf(input), committed, known: { counted: new Map() } };
}

const NONE: ReadonlyMap<PartyId, readonly Commitment[]> = new Map();

/** The same market without a constraint. */
export function relaxedMarket({ input, committed, known }: Market, relaxed: Constraint): Market {
  return { input, options: optionsOf(input, relaxed), relaxed, committed, known };
}

/** The same market without one provider. */
export function marketWithout(market: Market, provider: PartyId): Market {
  const options = market.options.map((option) =>
    option.bid.bidder === provider ? { ...option, why: "left_out" } : option,
  );
  return { ...market, options };
}

/** Commitments after the parts that are settled, each of them by its provider's own. */
export function settledFor(input: EvaluationInput, commitments: readonly Commitment[]): readonly Commitment[] {
  if (input.settled === undefined || input.settled.length === 0) return commitments;
  const scale = scaleOf(input, commitments);
  const account: Account = { currency: input.currency, scale, ratioOf: (currency) => knownRatio(input, currency) };
  return [...byBeneficiary(commitments)].flatMap(([provider, own]) => afterSettled(input, account, provider, own));
}

function afterSettled(
  input: EvaluationInput,
  account: Account,
  provider: PartyId,
  own: readonly Commitment[],
): readonly Commitment[] {
  const uses = (input.settled ?? []).flatMap(({ provider: its, window, count, hourly, counted = () => WHOLE }) => {
    if (its !== provider) return [];
    return [{ window, count, perSecond: scaledPerSecond(input, account, hourly), counted }];
  });
  return expecting(own, uses, account);
}

const NOTHING_DROPPED: ReadonlyMap<number, string> = new Map();

/** The best combination: by comparing alone where bids are independent, else by search. */
export function solve(market: Market): Solution {
  const separable = solveSeparable(market);
  if (separable !== undefined && keepsJoint(market, separable.steps)) {
    return { market, ...separable, dropped: NOTHING_DROPPED, nodes: 0, exact: true };
  }
  const outdone = outdoneOptions(market, plainCosts(market));
  const again = outdone.size === 0 ? undefined : solveSeparable(market, outdone);
  if (again !== undefined && keepsJoint(market, again.steps)) {
    return { market, ...again, dropped: NOTHING_DROPPED, nodes: 0, exact: true };
  }
  return solveBySearch(market);
}

/** By search, whether it is needed or not; groups of options that have nothing to do with each other one by one. */
export function solveBySearch(market: Market): Solution {
  const { program, partOf, dropped, limited } = buildProgram(market);
  const steps = market.options.map(() => 0);
  let [nodes, exact] = [0, true];
  let bound: bigint | undefined = 0n;
  for (const items of componentsOf(program)) {
    const part = partOf(items);
    const found = optimise(part, market.input.nodesMax ?? NODES_MAX);
    for (const [item, { option }] of part.items.entries()) steps[option.index] = found.steps[item] as number;
    const its = moneyBound(part, found);
    bound = bound === undefined || its === undefined ? undefined : bound + its;
    nodes += found.nodes;
    exact &&= found.exact;
  }
  const searched = exact || bound === undefined ? { program } : { program, bound };
  return { market, steps, dropped, limited, nodes, exact, searched };
}

/** What a bound on the score says of the money of combinations that fill as much; nothing while one might fill more. */
function moneyBound(program: Program, { bound: { num, den }, steps, exact }: Found): bigint | undefined {
  if (exact) return moneyOf(program, steps);
  const { fill, money } = program.weights;
  return den === 0n ? undefined : divFloor(num + fill * filledBy(program, steps) * den, den * money);
}
