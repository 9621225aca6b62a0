import { commitmentsOf, countedBy, type Supplied } from "../book/commitments.ts";
import { frozenRatio } from "../book/rates.ts";
import type { BookState } from "../book/state.ts";
import {
  type Account,
  type Commitment,
  committedIn,
  type CommittedUse,
  drawOn,
  expectedIn,
  expectedShortfall,
  isCounted,
  isScenario,
  measureOf,
} from "../commitments/index.ts";
import {
  type AgreementId,
  type ClauseId,
  type Currency,
  divHalfAway,
  type Instant,
  type Money,
  type PartyId,
  type Rational,
  type TimeWindow,
} from "../kernel/index.ts";
import type { ZoneId } from "../calendar/index.ts";
import type { Fractions } from "../scope/index.ts";
import type { ComputeRequest } from "../requests/request.ts";
import type { Lot } from "../requests/lot.ts";

/** A part that would be bought: what it costs in an hour, and from whom. */
export interface PlannedUse extends Supplied {
  readonly lot: Lot;
  readonly count: number;
  readonly window: TimeWindow;
  /** All of it for one hour, in millionths of the currency. */
  readonly hourlyMicros: bigint;
  readonly currency: Currency;
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
  const missing = [
    ...uses.map((use) => use.currency),
    ...commitments.flatMap(({ clause }) => [
      ...(clause.price === undefined ? [] : [clause.price.currency]),
      ...clause.schedule.flatMap(({ amount }) => (amount === undefined ? [] : [amount.currency])),
    ]),
  ].find((one) => ratioOf(reckoning, one) === undefined);
  if (missing !== undefined) return { rateMissing: missing };
  const account = accountOf(reckoning, uses);
  const toMoney = (scaled: bigint): Money => ({ micros: divHalfAway(scaled, account.scale), currency });
  const effects = [
    ...effectsOf(
      reckoning,
      commitments.filter(({ clause }) => isCounted(clause)),
      uses,
      account,
      true,
    ),
    ...effectsOf(
      reckoning,
      commitments.filter(({ clause }) => isScenario(clause)),
      uses,
      account,
      false,
    ),
  ];
  const cost = toMoney(uses.reduce((sum, use) => sum + costScaled(account, use), 0n));
  const avoided = {
    micros: effects.reduce((sum, effect) => sum + (effect.counted ? effect.avoided.micros : 0n), 0n),
    currency,
  };
  const switching = switchingOf(reckoning, uses);
  const effective = { micros: cost.micros - avoided.micros + switching.micros, currency };
  return { cost, avoided, switching, effective, commitments: effects };
}

function ratioOf({ state, currency, at }: Reckoning, from: Currency): Rational | undefined {
  return from === currency ? { num: 1n, den: 1n } : frozenRatio(state, from, at);
}

/** Which part of it counts: only what is bought of the one to whom it was promised, and what its scope reaches. */
function countedPart(commitment: Commitment, use: PlannedUse): Fractions | undefined {
  return commitment.clause.beneficiary === use.provider ? countedBy({ lot: use.lot }, commitment, use) : undefined;
}

/** So fine that every cost and every shortfall that falls away is a whole number: nothing is rounded before it is shown. */
function accountOf(reckoning: Reckoning, uses: readonly PlannedUse[]): Account {
  const ratio = (from: Currency): Rational => ratioOf(reckoning, from) ?? { num: 1n, den: 1n };
  let scale = 36_000_000n;
  const currencies = new Set([
    ...uses.map((use) => use.currency),
    ...reckoning.commitments.flatMap(({ clause }) => [
      ...(clause.price === undefined ? [] : [clause.price.currency]),
      ...clause.schedule.flatMap(({ amount }) => (amount === undefined ? [] : [amount.currency])),
    ]),
  ]);
  for (const currency of currencies) scale *= ratio(currency).den;
  for (const commitment of reckoning.commitments) {
    for (const use of uses) {
      const part = countedPart(commitment, use);
      if (part !== undefined) scale *= part.cost.den * part.usage.den;
    }
  }
  return { currency: reckoning.currency, scale, ratioOf: ratio };
}

function perSecond({ hourlyMicros, currency }: PlannedUse, account: Account): bigint {
  const { num, den } = currency === account.currency ? { num: 1n, den: 1n } : account.ratioOf(currency);
  return (hourlyMicros * account.scale * num) / den / 3600n;
}

const secondsOf = ({ from, to }: TimeWindow): bigint => BigInt((to - from) / 1000);

function costScaled(account: Account, use: PlannedUse): bigint {
  return perSecond(use, account) * secondsOf(use.window);
}

function effectsOf(
  { currency, state }: Reckoning,
  commitments: readonly Commitment[],
  uses: readonly PlannedUse[],
  account: Account,
  counted: boolean,
): CommitmentEffect[] {
  const committed = uses.map((use): CommittedUse => {
    const { window, count } = use;
    return { window, count, perSecond: perSecond(use, account), counted: (one) => countedPart(one, use) };
  });
  const draws = drawOn(commitments, committed, account);
  return commitments.map((commitment) => {
    const { agreement, clause } = commitment;
    const own = draws.filter((draw) => draw.commitment === commitment);
    const avoided = own.reduce((sum, draw) => sum + draw.avoided, 0n);
    return {
      agreement,
      clause: clause.id,
      type: clause.type,
      beneficiary: clause.beneficiary,
      zone: (state.agreements.get(agreement)?.versions.at(-1)?.zone ?? state.header?.zone) as ZoneId,
      counted,
      periods: clause.schedule.map((period) =>
        periodEffect(commitment, period, own.find((draw) => draw.period === period)?.drawn ?? 0n, account),
      ),
      avoided: { micros: divHalfAway(avoided, account.scale), currency },
    };
  });
}

/** `drawn` is in the account's scaled micro-units for money, in accelerator-seconds for a volume. */
function periodEffect(
  { clause }: Commitment,
  period: Commitment["clause"]["schedule"][number],
  drawn: bigint,
  account: Account,
): CommitmentPeriodEffect {
  const { from, to } = period;
  const committed = committedIn(clause, period);
  const expected = expectedIn(clause, period);
  const isMoney = measureOf(clause.type) === "money";
  const own = isMoney ? inOwnCurrency(drawn, period.amount?.currency, account) : drawn;
  const before = expectedShortfall(clause, period);
  const after = expectedShortfall(clause, period, own);
  const shortfalls = {
    ...(before === undefined ? {} : { shortfallBefore: before }),
    ...(after === undefined ? {} : { shortfallAfter: after }),
  };
  const currency = period.amount?.currency;
  if (!isMoney || currency === undefined) {
    return {
      from,
      to,
      ...(committed === undefined ? {} : { committedSeconds: committed }),
      expectedSeconds: expected,
      drawsSeconds: own,
      ...shortfalls,
    };
  }
  return {
    from,
    to,
    ...(committed === undefined ? {} : { committed: { micros: committed, currency } }),
    expected: { micros: expected, currency },
    draws: { micros: own, currency },
    ...shortfalls,
  };
}

function inOwnCurrency(scaled: bigint, currency: Currency | undefined, account: Account): bigint {
  if (currency === undefined || currency === account.currency) return divHalfAway(scaled, account.scale);
  const { num, den } = account.ratioOf(currency);
  return divHalfAway(scaled * den, account.scale * num);
}

/** What was declared as the cost of moving to a provider, once for each that supplies anything. */
function switchingOf(reckoning: Reckoning, uses: readonly PlannedUse[]): Money {
  const { request, currency } = reckoning;
  let micros = 0n;
  for (const [index, line] of request.lines.entries()) {
    for (const { provider, cost } of line.switchingCosts) {
      const ratio = ratioOf(reckoning, cost.currency);
      const moves = uses.some((use) => use.provider === provider && use.lot.lineIndex === index);
      if (moves && ratio !== undefined) micros += divHalfAway(cost.micros * ratio.num, ratio.den);
    }
  }
  return { micros, currency };
}
