import {
  compareRational,
  type Instant,
  type Rate,
  type Rational,
  type TimeWindow,
  windowSeconds,
} from "../kernel/index.ts";
import { NONE_WORD, TERM_DIRECTIONS, type TermDirection } from "./directions.ts";
import type { StatedTerms, Terms } from "./terms.ts";

/** What is about to be agreed. A stated term left out is as noticed: whoever bids without a word takes what was asked. */
export interface FinalTerms {
  readonly price?: Rate;
  readonly count: number;
  readonly window: TimeWindow;
  readonly stated: StatedTerms;
}

/** A price, a number in the term's unit, a count, an instant, seconds, or a word. */
export type TermValue = Rate | Rational | number | string;

/** One term that moved. Absent values: it was not stated. */
export interface TermChange {
  /** `price`, `count`, `start`, `length`, or a stated term by name. */
  readonly term: string;
  readonly noticed?: TermValue;
  readonly final?: TermValue;
  readonly favours: "supplier" | "buyer" | "undeclared";
}

export interface TermComparison {
  /** Changes that the third party gains by, and those without a declared direction: what a right lies in wait for. */
  readonly better: readonly TermChange[];
  /** Changes that the third party loses by. */
  readonly worse: readonly TermChange[];
  /** Moves inside a tolerance, and starts up to the latest start that was noticed. */
  readonly tolerated: readonly TermChange[];
  /** Options for the buyer beyond what was noticed: they may be agreed, calling them later is new capacity. */
  readonly optionsNotCleared: readonly string[];
  /** Nothing moved at all. */
  readonly same: boolean;
}

export interface CompareOptions {
  /** `demand`: the third party supplies, and gains by what favours suppliers. `capacity`: it buys. */
  readonly side: "demand" | "capacity";
  /** How far the price may move, and the count grow, in hundredths of a per cent of what was noticed. */
  readonly priceToleranceBp: number;
  readonly countToleranceBp: number;
}

const NOTHING: readonly never[] = [];
const SAME: TermComparison = {
  better: NOTHING,
  worse: NOTHING,
  tolerated: NOTHING,
  optionsNotCleared: NOTHING,
  same: true,
};

/**
 * What moved between the noticed terms and the final ones, seen from the third party (domain rules G16, G17).
 *
 * The noticed price is a cap on the demand side: without one every price is below it. Prices in two currencies count as a
 * change without direction: convert first, by the recorded rate. More accelerators than noticed is a change for the third
 * party on either side, fewer never is.
 */
export function compareTerms(noticed: Terms, final: FinalTerms, options: CompareOptions): TermComparison {
  const found = new Changes(options.side);
  comparePrice(noticed.price, final.price, options.priceToleranceBp, found);
  compareCount(noticed.count, final.count, options.countToleranceBp, found);
  if (final.window !== noticed.window) compareWindow(noticed, final.window, options.side, found);
  if (final.stated !== noticed.stated) {
    for (const name of Object.keys(final.stated)) {
      compareStated(name, statedTerm(noticed.stated, name), final.stated[name], found);
    }
  }
  return found.result();
}

/** The changes that make a re-offer: those the third party gains by, or any (the clause's `reoffer.on`). */
export function reofferChanges(compared: TermComparison, on: "supplier-favourable" | "any"): readonly TermChange[] {
  if (on === "supplier-favourable" || compared.worse.length === 0) return compared.better;
  return [...compared.better, ...compared.worse];
}

/**
 * Names of the stated terms in which an answer is worse than an offer for the party whose freedom the right limits; a match
 * must have none. A term that the answer leaves out is as offered.
 */
export function worseStated(
  offer: StatedTerms,
  answer: StatedTerms,
  burdens: "demand" | "capacity",
): readonly string[] {
  const names = Object.keys(answer);
  if (names.length === 0 || offer === answer) return NOTHING;
  // The holder stands on the side of the third party: what they gain by, the grantor loses by.
  const found = new Changes(burdens);
  for (const name of names) compareStated(name, statedTerm(offer, name), answer[name], found);
  return found.result().better.map((change) => change.term);
}

class Changes {
  private better: TermChange[] | undefined;
  private worse: TermChange[] | undefined;
  private tolerated: TermChange[] | undefined;
  private options: string[] | undefined;

  private readonly side: "demand" | "capacity";

  constructor(side: "demand" | "capacity") {
    this.side = side;
  }

  add(change: TermChange, bearing: "by-favour" | "better" | "worse" | "tolerated" = "by-favour"): void {
    const gains = change.favours === "undeclared" || (change.favours === "supplier") === (this.side === "demand");
    const list = bearing === "by-favour" ? (gains ? "better" : "worse") : bearing;
    (this[list] ??= []).push(change);
  }

  addOption(name: string): void {
    (this.options ??= []).push(name);
  }

  result(): TermComparison {
    const { better, worse, tolerated, options } = this;
    if (better === undefined && worse === undefined && tolerated === undefined) return SAME;
    return {
      better: better ?? NOTHING,
      worse: worse ?? NOTHING,
      tolerated: tolerated ?? NOTHING,
      optionsNotCleared: options ?? NOTHING,
      same: false,
    };
  }
}

function comparePrice(noticed: Rate | undefined, final: Rate | undefined, toleranceBp: number, found: Changes): void {
  if (noticed === undefined || final === undefined || noticed === final) return;
  if (noticed.currency !== final.currency) {
    found.add({ term: "price", noticed, final, favours: "undeclared" });
    return;
  }
  const moved = final.microsPerHour - noticed.microsPerHour;
  if (moved === 0n) return;
  const favours = moved > 0n ? "supplier" : "buyer";
  const isTolerated = isWithin(moved, noticed.microsPerHour, toleranceBp);
  found.add({ term: "price", noticed, final, favours }, isTolerated ? "tolerated" : "by-favour");
}

/** Whether `abs(moved) / of` is at most the tolerance; exact. */
function isWithin(moved: bigint, of: bigint, toleranceBp: number): boolean {
  if (toleranceBp === 0) return false;
  return (moved < 0n ? -moved : moved) * 10_000n <= BigInt(toleranceBp) * of;
}

function compareCount(noticed: number, final: number, toleranceBp: number, found: Changes): void {
  if (final === noticed) return;
  const change = { term: "count", noticed, final, favours: final > noticed ? "supplier" : "buyer" } as const;
  if (final < noticed) found.add(change, "worse");
  else found.add(change, (final - noticed) * 10_000 <= toleranceBp * noticed ? "tolerated" : "better");
}

function compareWindow(noticed: Terms, final: TimeWindow, side: "demand" | "capacity", found: Changes): void {
  const { from } = noticed.window;
  if (final.from !== from) {
    const later = final.from > from;
    const latest: Instant = noticed.latestStart ?? from;
    const change = { term: "start", noticed: from, final: final.from, favours: later ? "supplier" : "buyer" } as const;
    found.add(change, later && side === "demand" && final.from <= latest ? "tolerated" : "by-favour");
  }
  const before = windowSeconds(noticed.window);
  const after = windowSeconds(final);
  if (after !== before) {
    found.add({ term: "length", noticed: before, final: after, favours: after > before ? "supplier" : "buyer" });
  }
}

type Stated = Rational | string | undefined;

function compareStated(name: string, noticed: Stated, final: Stated, found: Changes): void {
  if (final === undefined || isSame(noticed, final)) return;
  const change = { term: name, ...(noticed !== undefined && { noticed }), final };
  const direction = TERM_DIRECTIONS.get(name);
  const from = direction === undefined ? undefined : positionOf(direction, noticed);
  const to = direction === undefined ? undefined : positionOf(direction, final);
  if (direction === undefined || from === undefined || to === undefined) {
    found.add({ ...change, favours: "undeclared" });
    return;
  }
  const order = comparePositions(from, to);
  if (order === 0) return;
  const isUp = order < 0;
  found.add({ ...change, favours: isUp === (direction.supplierFavourable === "up") ? "supplier" : "buyer" });
  if (isUp && direction.buyerOption === true) found.addOption(name);
}

/** A term by name; names come from outside, and an object has more than its own. */
export function statedTerm(stated: StatedTerms, name: string): Stated {
  return Object.hasOwn(stated, name) ? stated[name] : undefined;
}

function isSame(a: Stated, b: Stated): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || typeof a === "string" || typeof b === "string") return false;
  return compareRational(a, b) === 0;
}

const ZERO: Rational = { num: 0n, den: 1n };

/** Where a value stands on its scale; undefined where it has no place on it: a word, or unstated and unknown. */
function positionOf(direction: TermDirection, value: Stated): Rational | "unlimited" | undefined {
  if (value !== undefined && typeof value !== "string") return value;
  if (value === undefined && direction.unstated === "unknown") return undefined;
  if (value !== undefined && value !== NONE_WORD) return undefined;
  return direction.none === "zero" ? ZERO : "unlimited";
}

function comparePositions(a: Rational | "unlimited", b: Rational | "unlimited"): number {
  if (a === "unlimited") return b === "unlimited" ? 0 : 1;
  return b === "unlimited" ? -1 : compareRational(a, b);
}
