import type { MatchBasis } from "../agreements/clause.ts";
import { compareRational, type Instant, type Rate, type Rational, type TimeWindow } from "../kernel/index.ts";
import type { StatedTerms } from "../requests/terms.ts";
import { type LevelisedTerms, levelisedPrice, monthlyHours } from "./levelised.ts";

/** One side of a match: the third party's offer, or the holder's answer to it. */
export interface MatchSide {
  readonly price: Rate;
  readonly count: number;
  readonly window: TimeWindow;
  readonly stated: StatedTerms;
  /** Smallest quantity the offer would be taken for; a condition that a match must meet (rule G18). */
  readonly countMin?: number;
}

export interface MatchComparison {
  readonly matches: boolean;
  /** Terms in which the answer falls short: `currency`, `price`, `count`, `start`, `end`, `term`, or the name of a stated term. */
  readonly worse: readonly string[];
  /** Micro-units per accelerator-hour, exact; on the levelised basis only. */
  readonly levelisedOffer?: Rational;
  readonly levelisedAnswer?: Rational;
}

/** Names of stated terms in which `answer` is worse than `offer` for who granted the right. */
export type StatedComparator = (offer: StatedTerms, answer: StatedTerms) => readonly string[];

/**
 * Whether an answer equals a third party's offer. On `pareto` every material term must be at least as good for the party whose
 * freedom the right limits: price not worse, start not later, end not earlier, and for a buyer not a longer term either, which
 * would favour the supplier (rule G16). On `levelised` one exact price replaces price and start, the term keeps its length, and
 * every other term stays pareto (rule G19). `requestedStart` is that of the request.
 */
export function compareMatch(
  basis: MatchBasis,
  burdens: "demand" | "capacity",
  requestedStart: Instant,
  offer: MatchSide,
  answer: MatchSide,
  worseStated: StatedComparator,
): MatchComparison {
  const rest = [
    ...(answer.count < (offer.countMin ?? 0) ? ["count"] : []),
    ...(basis.mode === "levelised" ? worseLength(offer, answer) : worseWindow(burdens, offer, answer)),
    ...worseStated(offer.stated, answer.stated),
  ];
  if (offer.price.currency !== answer.price.currency) return { matches: false, worse: ["currency", ...rest] };
  if (basis.mode === "pareto") {
    const dearer = answer.price.microsPerHour - offer.price.microsPerHour;
    const worse = (burdens === "demand" ? dearer > 0n : dearer < 0n) ? ["price", ...rest] : rest;
    return { matches: worse.length === 0, worse };
  }
  const levelisedOffer = levelisedPrice(offer.price, termsOf(basis, requestedStart, offer));
  const levelisedAnswer = levelisedPrice(answer.price, termsOf(basis, requestedStart, answer));
  const dearer = compareRational(levelisedAnswer, levelisedOffer);
  const worse = (burdens === "demand" ? dearer > 0 : dearer < 0) ? ["price", ...rest] : rest;
  return { matches: worse.length === 0, worse, levelisedOffer, levelisedAnswer };
}

/** The levelised terms of one side, for `levelisedPrice` and `breakEvenPrice`. */
export function termsOf(
  basis: MatchBasis & { readonly mode: "levelised" },
  requestedStart: Instant,
  side: MatchSide,
): LevelisedTerms {
  const { monthlyRate, delayCost } = basis;
  return {
    hours: monthlyHours(side.window),
    requestedStart,
    offeredStart: side.window.from,
    monthlyRate,
    delayCost,
  };
}

const length = (window: TimeWindow): number => window.to - window.from;

function worseWindow(burdens: "demand" | "capacity", offer: MatchSide, answer: MatchSide): string[] {
  return [
    ...(answer.window.from > offer.window.from ? ["start"] : []),
    ...(answer.window.to < offer.window.to ? ["end"] : []),
    ...(burdens === "demand" && length(answer.window) > length(offer.window) ? ["term"] : []),
  ];
}

function worseLength(offer: MatchSide, answer: MatchSide): string[] {
  return length(answer.window) === length(offer.window) ? [] : ["term"];
}
