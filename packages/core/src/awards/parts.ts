import type { BidId } from "../kernel/index.ts";
import type { Bid, BidLine } from "../tenders/bid.ts";
import { evaluate } from "./evaluate.ts";
import type { ChosenPart, EvaluationInput, EvaluationResult } from "./evaluation.ts";

/** So many of one line of a bid, in the unit in which the line offers them. */
export interface BidPart {
  readonly bid: BidId;
  /** Which line of the bid, from 0. */
  readonly line: number;
  readonly count: number;
}

/** A part that cannot be taken as it was named, and why; stable codes, those of a comparison among them. */
export interface PartProblem extends BidPart {
  readonly why: string;
}

/** What parts that somebody has chosen come to, and which of them cannot be taken so. */
export interface PartsResult {
  readonly result: EvaluationResult;
  readonly problems: readonly PartProblem[];
}

/**
 * Checks and prices a choice that somebody else has made: just these parts, all of each or none. The same rules decide as where the best is
 * looked for.
 *
 * @source Rules AWD26 and AWD27 in ./SPEC.md
 */
export function evaluateParts(
  input: EvaluationInput,
  parts: readonly BidPart[],
): { readonly ok: true; readonly value: PartsResult } | Extract<ReturnType<typeof evaluate>, { ok: false }> {
  const misnamed = parts.flatMap((part, index) => misnaming(input, parts, part, index));
  const named = parts.filter((part) => !misnamed.some(({ bid, line }) => bid === part.bid && line === part.line));
  const evaluated = evaluate({
    ...input,
    bids: pinned(input.bids, named),
    excluded: (bid, line) => (line.countMax < line.countMin ? NOT_CHOSEN : input.excluded?.(bid, line)),
    withRunnerUp: false,
    withBinding: false,
  });
  if (!evaluated.ok) return evaluated;
  const { chosen, considered } = evaluated.value;
  const refused = named.flatMap((part): PartProblem[] => {
    if (chosen.some((one) => isPart(one, part))) return [];
    const { why = "no_bids" } = considered.find((one) => isPart(one, part)) ?? {};
    return [{ ...part, why: why === "beaten" ? "over_asked" : why }];
  });
  return { ok: true, value: { result: evaluated.value, problems: [...misnamed, ...refused] } };
}

const NOT_CHOSEN = "not_chosen";

const isPart = (one: { readonly bid: BidId; readonly line: number }, part: BidPart): boolean =>
  one.bid === part.bid && one.line === part.line;

function misnaming({ bids }: EvaluationInput, parts: readonly BidPart[], part: BidPart, index: number): PartProblem[] {
  const bid = bids.find(({ id }) => id === part.bid);
  const line = bid?.lines[part.line];
  const not = (why: string): PartProblem[] => [{ ...part, why }];
  if (bid === undefined) return not("unknown_bid");
  if (line === undefined) return not("unknown_line");
  if (parts.findIndex((other) => isPart(other, part)) !== index) return not("named_twice");
  if (!Number.isSafeInteger(part.count) || part.count < line.countMin || part.count > line.countMax)
    return not("outside_bid");
  return part.count % line.multiple === 0 ? [] : not("block_size");
}

/** The bids with the lines that were chosen, each to be taken as a whole, and no others. */
function pinned(bids: readonly Bid[], parts: readonly BidPart[]): readonly Bid[] {
  return bids.flatMap((bid) => {
    const own = parts.filter((part) => part.bid === bid.id);
    if (own.length === 0) return [];
    const lines = bid.lines.map((line, index): BidLine => {
      const part = own.find((one) => one.line === index);
      return part === undefined
        ? { ...line, countMin: 1, countMax: 0 }
        : { ...line, countMin: part.count, countMax: part.count };
    });
    return [{ ...bid, lines }];
  });
}

/** What was chosen, as parts of bids. */
export const partsOf = (chosen: readonly ChosenPart[]): BidPart[] =>
  chosen.map(({ bid, line, offered }) => ({ bid, line, count: offered }));
