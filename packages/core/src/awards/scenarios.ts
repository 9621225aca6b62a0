import { isCounted } from "../commitments/index.ts";
import { compareText, type Failure, type LotId, type PartyId, success } from "../kernel/index.ts";
import type { Bid } from "../tenders/bid.ts";
import { evaluate } from "./evaluate.ts";
import type { ChosenPart, EvaluationInput, EvaluationResult, SettledPart } from "./evaluation.ts";
import { type BidPart, evaluateParts, partsOf } from "./parts.ts";

/**
 * Ways to choose between the same bids. `cheapest`: the least incremental effective cost, as the broker itself would choose.
 * `fewest-providers`: as much, from as few as can supply it. `commitment-first`: first those to whom something is promised.
 */
export const SCENARIO_KINDS = ["cheapest", "fewest-providers", "commitment-first"] as const;
export type ScenarioKind = (typeof SCENARIO_KINDS)[number];

export interface Scenario {
  readonly kind: ScenarioKind;
  readonly parts: readonly BidPart[];
  readonly result: EvaluationResult;
  /** In the order of their ids. */
  readonly providers: readonly PartyId[];
  /** False where the search met its limit: there may be one that is better by its own measure. */
  readonly exact: boolean;
}

/** Sets of providers that are tried: with more bidders than that allows, the fewest are not proved to be the fewest. */
const SETS_MAX = 400;

/**
 * The same bids chosen from in several ways, each checked and priced by the same rules; a way that comes to nothing else than an earlier one
 * is told all the same.
 *
 * @source Rules AWD28 and AWD29 in ./SPEC.md
 */
export function scenariosOf(
  input: EvaluationInput,
): { readonly ok: true; readonly value: readonly Scenario[] } | Failure<"rate_missing"> {
  const best = evaluate(input);
  if (!best.ok) return best;
  const cheapest = scenario("cheapest", best.value, best.value.exact);
  return success([cheapest, fewest(input, cheapest), committedFirst(input, cheapest)]);
}

function scenario(kind: ScenarioKind, result: EvaluationResult, exact: boolean): Scenario {
  const providers = [...new Set(result.chosen.map(({ provider }) => provider))].sort(compareText);
  return { kind, parts: partsOf(result.chosen), result, providers, exact };
}

const unfilledIn = ({ unfilled }: EvaluationResult): number => unfilled.reduce((sum, { count }) => sum + count, 0);

function fewest(input: EvaluationInput, cheapest: Scenario): Scenario {
  const bidders = [...new Set(input.bids.map(({ bidder }) => bidder))].sort(compareText);
  let tried = 0;
  for (let size = 1; size < cheapest.providers.length; size += 1) {
    let found: EvaluationResult | undefined;
    for (const set of setsOf(bidders, size)) {
      if (tried >= SETS_MAX) return { ...cheapest, kind: "fewest-providers", exact: false };
      tried += 1;
      const among = evaluateAmong(input, ({ bidder }) => set.includes(bidder));
      if (among === undefined || unfilledIn(among) > unfilledIn(cheapest.result)) continue;
      if (found === undefined || among.value.micros < found.value.micros) found = among;
    }
    if (found !== undefined) return scenario("fewest-providers", found, found.exact);
  }
  return { ...cheapest, kind: "fewest-providers" };
}

function evaluateAmong(input: EvaluationInput, isIn: (bid: Bid) => boolean): EvaluationResult | undefined {
  const bids = input.bids.filter(isIn);
  const evaluated = evaluate({ ...input, bids, withRunnerUp: false, withBinding: false });
  return evaluated.ok ? evaluated.value : undefined;
}

/** All sets of so many, in order. */
function* setsOf(all: readonly PartyId[], size: number, from = 0): Generator<readonly PartyId[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let index = from; index + size <= all.length; index += 1) {
    for (const rest of setsOf(all, size - 1, index + 1)) yield [all[index] as PartyId, ...rest];
  }
}

/** First as much as those supply to whom something is promised that counts it; then the rest from everybody. */
function committedFirst(input: EvaluationInput, cheapest: Scenario): Scenario {
  const counting = (input.commitments ?? []).filter(({ clause }) => isCounted(clause));
  const serves = (bid: Bid): boolean =>
    counting.some(
      (commitment) =>
        commitment.clause.beneficiary === bid.bidder &&
        bid.lines.some((line) => input.counted === undefined || input.counted(commitment, bid, line) !== undefined),
    );
  const first = input.bids.some(serves) ? evaluateAmong(input, serves) : undefined;
  const same: Scenario = { ...cheapest, kind: "commitment-first" };
  if (first === undefined || first.chosen.length === 0) return same;
  const rest = evaluateAmong(behind(input, first.chosen), ({ id }) => !first.chosen.some(({ bid }) => bid === id));
  const parts = partsOf([...first.chosen, ...(rest?.chosen ?? [])]);
  const whole = evaluateParts(input, parts);
  // What fits in two steps may break a limit of the whole: then the choice of the broker is the one that keeps it.
  if (!whole.ok || whole.value.problems.length > 0) return { ...same, exact: false };
  return scenario("commitment-first", whole.value.result, first.exact && (rest?.exact ?? true));
}

/** What is left to choose once some parts are settled. */
function behind(input: EvaluationInput, chosen: readonly ChosenPart[]): EvaluationInput {
  const taken = (lot: LotId): number => chosen.reduce((sum, part) => (part.lot === lot ? sum + part.count : sum), 0);
  const settled = chosen.flatMap((part): SettledPart[] => {
    const lot = input.lots.find(({ lot: one }) => one.id === part.lot);
    const window = lot?.lot.window;
    if (window === undefined) return [];
    const hours = BigInt(window.to - window.from);
    // Only that it counts towards caps matters here: what it costs is reckoned over all parts at the end.
    const microsPerHour = hours === 0n ? 0n : (part.cost.micros * 3_600_000n) / hours;
    return [
      { provider: part.provider, count: part.count, window, hourly: { microsPerHour, currency: part.cost.currency } },
    ];
  });
  return {
    ...input,
    lots: input.lots.map((one) => ({ ...one, count: one.count - taken(one.lot.id) })).filter(({ count }) => count > 0),
    settled: [...(input.settled ?? []), ...settled],
  };
}
