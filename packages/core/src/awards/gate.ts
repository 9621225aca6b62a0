import type { RightClause } from "../agreements/clause.ts";
import type { Instant, PartyId } from "../kernel/index.ts";
import type { Clearance } from "../notices/notice.ts";
import { coverOf, priceToleranceOf } from "../notices/tolerance.ts";
import { minimumPart } from "../requests/blocks.ts";
import {
  compareTerms,
  type FinalTerms,
  reofferChanges,
  type TermChange,
  type TermComparison,
} from "../requests/compare.ts";
import type { Terms } from "../requests/terms.ts";
import { termsText } from "../requests/terms-text.ts";

/** The part that is about to be awarded to somebody else than the holder. Prices in the currency of the notice. */
export interface GatePart extends FinalTerms {
  /** Who would supply, or on the capacity side buy. */
  readonly provider: PartyId;
  /** Whose offer it is in truth, where the provider only fronts for it (domain rule G21); the provider when absent. */
  readonly thirdParty?: PartyId;
}

export interface GateContext {
  readonly side: "demand" | "capacity";
  /** What all clearances of the right cover together; that of this one when absent. */
  readonly coveredCount?: number;
  /** What has been awarded under them already. */
  readonly usedCount?: number;
  /** A holder that was asked to offer first named no terms: there is no offer of its own that must be beaten. */
  readonly noOffer?: boolean;
}

/** Why a clearance does not cover a part at all, so that a notice of its own is needed. */
export type VoidCode =
  | "other_third_party"
  | "waiver_provider"
  | "waiver_count"
  | "waiver_price"
  | "not_better_than_offer"
  | "before_first_ship";

export type GateVerdict =
  | { readonly verdict: "ok"; readonly optionsNotCleared: readonly string[] }
  /** The holder is asked again, on the changed terms; without rounds left, the request must be submitted anew (G17). */
  | { readonly verdict: "reoffer"; readonly changes: readonly TermChange[]; readonly roundsLeft: boolean }
  | { readonly verdict: "void"; readonly code: VoidCode }
  /** So many accelerators more than the clearances cover: they need a notice. */
  | { readonly verdict: "uncovered"; readonly count: number }
  | { readonly verdict: "outside_tail" };

const NOTHING: readonly never[] = [];
const OK: GateVerdict = { verdict: "ok", optionsNotCleared: NOTHING };
const OUTSIDE_TAIL: GateVerdict = { verdict: "outside_tail" };

/**
 * The material-change gate (step 16 of the algorithm): whether what is about to be awarded is still what a clearance cleared.
 * Checked in this order: the tail (its end is outside; G4), the launch of a
 * product that ships first elsewhere, the limits of a specific waiver, the third party of a match, the
 * quantity, and last the terms. A clearance without terms covers any terms; one after the last round lets its tolerance pass,
 * and beyond that the request must be submitted anew (G17).
 *
 * A first offer is different: its clearance rests on the holder's own last offer, and what is awarded must be strictly better
 * than that for who declined it, in one term at least and worse in none (domain row T12). Where the holder offered nothing, what
 * it was told counts, as for a first refusal.
 */
export function gate(
  clearance: Clearance,
  right: RightClause,
  part: GatePart,
  at: Instant,
  context: GateContext,
): GateVerdict {
  if (clearance.validUntil !== undefined && at >= clearance.validUntil) return OUTSIDE_TAIL;
  const { startsFrom } = clearance;
  if (startsFrom !== undefined && part.window.from < startsFrom) return voided("before_first_ship");
  const limited = clearance.limits === undefined ? undefined : outsideLimits(clearance.limits, part);
  if (limited !== undefined) return voided(limited);
  const { thirdParty } = clearance;
  if (thirdParty !== undefined && thirdParty !== (part.thirdParty ?? part.provider)) return voided("other_third_party");
  const covered = coverOf(context.coveredCount ?? clearance.count, right);
  const wanted = (context.usedCount ?? 0) + part.count;
  if (wanted > covered) return { verdict: "uncovered", count: wanted - covered };
  return clearance.terms === undefined ? OK : gateTerms(clearance, clearance.terms, right, part, context);
}

function voided(code: VoidCode): GateVerdict {
  return { verdict: "void", code };
}

/** A specific waiver holds for what it says and nothing else (domain row T14); its limits are inclusive. */
function outsideLimits(limits: NonNullable<Clearance["limits"]>, part: GatePart): VoidCode | undefined {
  const { provider, countMax, priceMaxMicros } = limits;
  if (provider !== undefined && provider !== part.provider) return "waiver_provider";
  if (countMax !== undefined && part.count > countMax) return "waiver_count";
  if (priceMaxMicros === undefined || part.price === undefined) return undefined;
  return part.price.microsPerHour > priceMaxMicros ? "waiver_price" : undefined;
}

function gateTerms(
  clearance: Clearance,
  noticed: Terms,
  right: RightClause,
  part: GatePart,
  context: GateContext,
): GateVerdict {
  const isFirstOffer = right.kind === "first-offer" && context.noOffer !== true;
  if (!isFirstOffer && context.side === "demand" && isNoBetter(noticed, part, right)) return OK;
  // The quantity has been counted against the cover: a part of it is no change of terms.
  const { price, window, stated } = part;
  const { count } = noticed;
  const final = price === undefined ? { count, window, stated } : { count, window, stated, price };
  const compared = compareTerms(noticed, final, {
    side: context.side,
    priceToleranceBp: isFirstOffer ? 0 : priceToleranceOf(clearance, right),
    countToleranceBp: 0,
  });
  if (compared.same && !isFirstOffer) return OK;
  const changes = isFirstOffer ? compared.better : reofferChanges(compared, right.reoffer.on);
  if (changes.length > 0) {
    return { verdict: "reoffer", changes, roundsLeft: !clearance.finalRound };
  }
  if (isFirstOffer && compared.worse.length === 0) return voided("not_better_than_offer");
  return cleared(compared);
}

/** Nothing but the price has moved, and that to where the third party does not gain: the common case, without a list of changes. */
function isNoBetter(noticed: Terms, { price, window, stated }: GatePart, right: RightClause): boolean {
  const before = noticed.price;
  if (before === undefined || price === undefined || before.currency !== price.currency) return false;
  if (window.from !== noticed.window.from || window.to !== noticed.window.to) return false;
  // What is left out of the final terms is as it was noticed.
  if (stated !== noticed.stated && Object.keys(stated).length > 0) return false;
  if (before.microsPerHour === price.microsPerHour) return true;
  return price.microsPerHour < before.microsPerHour && right.reoffer.on === "supplier-favourable";
}

function cleared({ optionsNotCleared }: TermComparison): GateVerdict {
  return optionsNotCleared.length === 0 ? OK : { verdict: "ok", optionsNotCleared };
}

/**
 * How many accelerators of a revised request a clearance still covers; 0: the holder must be asked about all of it (domain
 * rules G10, G11; rows T7, T8).
 *
 * Nothing material changed, or only what the third party does not gain by: it goes on for what it covers. Fewer accelerators
 * are covered if the holder could have taken that many before. More are covered up to what was cleared, and the growth is
 * noticed by itself, unless the smallest part of use is more than the growth: then all of it is noticed. Another accelerator,
 * region, purpose, channel, source class, gang or block is another request.
 */
export function afterRevision(clearance: Clearance, right: RightClause, before: Terms, after: Terms): number {
  const goesOn = Math.min(clearance.count, after.count);
  if (termsText(before) === termsText(after)) return goesOn;
  if (!isCleared(right, before, after, priceToleranceOf(clearance, right))) return 0;
  if (after.count < before.count) return couldHaveTaken(right, before, after.count) ? goesOn : 0;
  const growth = after.count - coverOf(clearance.count, right);
  if (growth <= 0) return after.count;
  return after.count > before.count && minimumPart(after) > growth ? 0 : clearance.count;
}

/**
 * Whether a revised request is one that its holder was asked about, only less of it than it could have taken then: it is asked
 * again about the smaller part, as a re-offer (domain rule G11, row T7).
 */
export function isLessThanCouldBeTaken(right: RightClause, before: Terms, after: Terms): boolean {
  return after.count < before.count && isCleared(right, before, after) && !couldHaveTaken(right, before, after.count);
}

/** Count aside, the same thing on terms that the third party does not gain by, save what is let pass of the price (G17). */
function isCleared(right: RightClause, before: Terms, after: Terms, priceToleranceBp = 0): boolean {
  if (!isSameThing(before, after)) return false;
  const compared = compareTerms(
    before,
    { ...finalOf(after), count: before.count },
    { side: right.burdens, priceToleranceBp, countToleranceBp: 0 },
  );
  return reofferChanges(compared, right.reoffer.on).length === 0 && !startsLater(before, after, right);
}

function finalOf({ price, count, window, stated }: Terms): FinalTerms {
  return price === undefined ? { count, window, stated } : { price, count, window, stated };
}

/** Beside count, price, window and stated terms nothing may differ, and no cap or term be taken away. */
export function isSameThing(before: Terms, after: Terms): boolean {
  const { count, window, stated } = before;
  const { price: _, latestStart: __, ...rest } = after;
  const { price: ___, latestStart: ____, ...earlier } = before;
  if (before.price !== undefined && after.price === undefined) return false;
  if (Object.keys(before.stated).some((name) => !Object.hasOwn(after.stated, name))) return false;
  return termsText(earlier) === termsText({ ...rest, count, window, stated });
}

/** A latest start that moves later lets the third party start later than the holder was told. */
function startsLater(before: Terms, after: Terms, right: RightClause): boolean {
  const latestBefore = before.latestStart ?? before.window.from;
  const latestAfter = after.latestStart ?? after.window.from;
  return right.reoffer.on === "any"
    ? latestBefore !== latestAfter
    : right.burdens === "demand" && latestAfter > latestBefore;
}

/** Whether the right and the terms of then let the holder take just so many. */
function couldHaveTaken({ partial }: RightClause, before: Terms, count: number): boolean {
  if (partial.mode === "none" || count < minimumPart(before) || count % before.blockSize !== 0) return false;
  return count % partial.of === 0 && count >= (partial.min ?? 0);
}
