import { commitmentsOf, type Supplied } from "../book/commitments.ts";
import { frozenRatio } from "../book/rates.ts";
import type { BookState } from "../book/state.ts";
import type { ZoneId } from "../calendar/index.ts";
import {
  type Commitment,
  type CommitmentOutcome,
  effectiveCost as costAfterCommitments,
  type EffectiveUse,
  isCounted,
  isScenario,
  measureOf,
  type PeriodEffect,
} from "../commitments/index.ts";
import {
  type AgreementId,
  type ClauseId,
  type Currency,
  divHalfAway,
  type Instant,
  type Money,
  type PartyId,
  type Rate,
  type Rational,
  rational,
  type TimeWindow,
  windowSeconds,
} from "../kernel/index.ts";
import { fitsRegion, lotFacts } from "../requests/facts.ts";
import type { Lot } from "../requests/lot.ts";
import type { ComputeRequest } from "../requests/request.ts";
import type { Facts } from "../scope/index.ts";

/** A part that would be bought, of which line. */
export interface PlannedUse extends EffectiveUse {
  readonly lineIndex: number;
}

/** So many at one price throughout. */
export function useAt(
  lot: Lot,
  supplied: SuppliedKind & { readonly count: number; readonly window: TimeWindow },
  rate: Rate,
): PlannedUse {
  const { provider, count, window } = supplied;
  const seconds = BigInt(count) * BigInt(windowSeconds(window));
  return {
    lineIndex: lot.lineIndex,
    provider,
    window,
    count,
    exact: rational(rate.microsPerHour * seconds, 3600n),
    currency: rate.currency,
    facts: factsOf(lot, supplied),
  };
}

/** Who supplies, and which of the accelerators that would do. */
export interface SuppliedKind extends Supplied {
  readonly acceleratorType: string;
}

/** What is known of a part that somebody supplies: what commitments and price books hold their scopes against. */
export function factsOf(lot: Lot, { provider, host, region, acceleratorType }: SuppliedKind): Facts {
  const ofKind = lot.alternatives.filter((item) => item.acceleratorType === acceleratorType);
  const alternative =
    ofKind.find((item) => region === undefined || fitsRegion(item, region)) ?? ofKind[0] ?? lot.alternatives[0];
  if (alternative === undefined) throw new Error("Broken belief: a lot has an alternative");
  return lotFacts(lot, alternative, {
    ServiceProviderName: provider,
    HostProviderName: host ?? provider,
    ...(region === undefined ? {} : { RegionId: region }),
  });
}

/** What one period of a commitment holds before and after a purchase. */
export interface CommitmentPeriodEffect extends TimeWindow {
  /** What the period must reach. */
  readonly committed?: Money;
  readonly committedSeconds?: bigint;
  /** Drawn to date and expected besides. */
  readonly expected?: Money;
  readonly expectedSeconds?: bigint;
  /** What the purchase draws. */
  readonly draws?: Money;
  readonly drawsSeconds?: bigint;
  readonly shortfallBefore?: Money;
  readonly shortfallAfter?: Money;
}

/** What a purchase does to one commitment. */
export interface CommitmentEffect {
  readonly agreement: AgreementId;
  readonly clause: ClauseId;
  readonly type: Commitment["clause"]["type"];
  readonly beneficiary: PartyId;
  /** The zone of its agreement, in which its periods begin and end. */
  readonly zone: ZoneId;
  /** In force: it weighs in the cost. Otherwise it is only shown (domain row K7). */
  readonly counted: boolean;
  readonly periods: readonly CommitmentPeriodEffect[];
  /** Expected shortfall that falls away, in the reporting currency. */
  readonly avoided: Money;
}

/** What a purchase costs once the commitments are looked at, in the reporting currency (domain row K1). */
export interface EffectiveCost {
  readonly cost: Money;
  readonly avoided: Money;
  readonly switching: Money;
  /** cost - avoided + switching. */
  readonly effective: Money;
  readonly commitments: readonly CommitmentEffect[];
}

/** What is reckoned with for one request: its commitments, and what one currency is in another. */
export interface Reckoning {
  readonly state: BookState;
  readonly request: ComputeRequest;
  readonly at: Instant;
  readonly currency: Currency;
  readonly commitments: readonly Commitment[];
}

export function reckoningOf(state: BookState, request: ComputeRequest, at: Instant, lots: readonly Lot[]): Reckoning {
  const currency = state.header?.currency as Currency;
  const all = commitmentsOf(
    { state, at },
    { request },
    lots.map((lot) => ({ lot })),
  );
  return {
    state,
    request,
    at,
    currency,
    commitments: all.filter(({ clause }) => measureOf(clause.type) !== undefined),
  };
}

/**
 * Effective cost of what would be bought together. The name of the currency without a rate, where one is missing: nothing is
 * guessed.
 *
 * @source Rules PLN8 and PLN9 in ./SPEC.md
 */
export function effectiveCost(
  reckoning: Reckoning,
  uses: readonly PlannedUse[],
): EffectiveCost | { readonly rateMissing: Currency } {
  const { commitments, currency } = reckoning;
  const ratio = (from: Currency): Rational | undefined => ratioOf(reckoning, from);
  const amounts = commitments.flatMap(({ clause }) => [
    clause.price?.currency,
    ...clause.schedule.map((period) => period.amount?.currency),
  ]);
  const missing = [...uses.map((use) => use.currency), ...amounts].find(
    (one) => one !== undefined && ratio(one) === undefined,
  );
  if (missing !== undefined) return { rateMissing: missing };
  const found = costAfterCommitments(commitments, uses, currency, ratio);
  if (!found.ok) return { rateMissing: currency };
  const { cost, avoided, outcomes } = found.value;
  const switching = switchingOf(reckoning, uses);
  return {
    cost,
    avoided,
    switching,
    effective: { micros: cost.micros - avoided.micros + switching.micros, currency },
    commitments: commitments
      .filter(({ clause }) => isCounted(clause) || isScenario(clause))
      .map((commitment) =>
        effectOf(
          reckoning,
          commitment,
          outcomes.find((one) => one.commitment === commitment),
        ),
      ),
  };
}

function ratioOf({ state, currency, at }: Reckoning, from: Currency): Rational | undefined {
  return from === currency ? rational(1n) : frozenRatio(state, from, at);
}

/** Of a commitment towards somebody else, of whom nothing is bought, what it stands at. */
function effectOf(
  { currency, state }: Reckoning,
  commitment: Commitment,
  outcome: CommitmentOutcome | undefined,
): CommitmentEffect {
  const { agreement, clause } = commitment;
  const zone = (state.agreements.get(agreement)?.versions.at(-1)?.zone ?? state.header?.zone) as ZoneId;
  const head = {
    agreement,
    clause: clause.id,
    type: clause.type,
    beneficiary: clause.beneficiary,
    zone,
    counted: isCounted(clause),
  };
  const periods = (outcome ?? standing(commitment, currency)).periods;
  return {
    ...head,
    periods: periods.map((period) => periodOf(clause, period)),
    avoided: { micros: periods.reduce((sum, { avoided }) => sum + avoided.micros, 0n), currency },
  };
}

/** A commitment of which nothing is drawn. */
function standing(commitment: Commitment, currency: Currency): Pick<CommitmentOutcome, "periods"> {
  const nothing: EffectiveUse = {
    provider: commitment.clause.beneficiary,
    window: { from: 0 as Instant, to: 1000 as Instant },
    count: 1,
    exact: rational(0n),
    currency,
  };
  const found = costAfterCommitments([commitment], [nothing], currency, () => rational(1n));
  return { periods: found.ok ? (found.value.outcomes[0]?.periods ?? []) : [] };
}

function periodOf(clause: Commitment["clause"], effect: PeriodEffect): CommitmentPeriodEffect {
  const { period, committed, expected, drawn, shortfallBefore, shortfallAfter } = effect;
  const { from, to, amount } = period;
  const shortfalls = {
    ...(shortfallBefore === undefined ? {} : { shortfallBefore }),
    ...(shortfallAfter === undefined ? {} : { shortfallAfter }),
  };
  if (measureOf(clause.type) !== "money" || amount === undefined)
    return { from, to, committedSeconds: committed, expectedSeconds: expected, drawsSeconds: drawn, ...shortfalls };
  const money = (micros: bigint): Money => ({ micros, currency: amount.currency });
  return { from, to, committed: money(committed), expected: money(expected), draws: money(drawn), ...shortfalls };
}

/** What was declared as the cost of moving to a provider, once for each that supplies anything. */
function switchingOf(reckoning: Reckoning, uses: readonly PlannedUse[]): Money {
  const { request, currency } = reckoning;
  let micros = 0n;
  for (const [index, line] of request.lines.entries()) {
    for (const { provider, cost } of line.switchingCosts) {
      const ratio = ratioOf(reckoning, cost.currency);
      const moves = uses.some((use) => use.provider === provider && use.lineIndex === index);
      if (moves && ratio !== undefined) micros += divHalfAway(cost.micros * ratio.num, ratio.den);
    }
  }
  return { micros, currency };
}
