import {
  acceleratorSeconds,
  addRational,
  type AgreementId,
  type ClauseId,
  type Currency,
  divHalfAway,
  divRational,
  type Failure,
  failure,
  type Money,
  mulRational,
  type PartyId,
  type Rate,
  type Rational,
  rational,
  subRational,
  success,
  type TimeWindow,
  windowSeconds,
} from "../kernel/index.ts";
import { type CompiledScope, compileScope, evaluateScope, type Facts, type Fractions } from "../scope/index.ts";
import { type Commitment, type CommitmentPeriod, drawOrder, isCounted, isScenario, measureOf } from "./commitment.ts";
import { type Account, type CommittedUse, type Draw, drawOn, WHOLE } from "./draw.ts";
import { committedIn, expectedIn, expectedShortfall, missingIn } from "./shortfall.ts";

/** A part of what would be awarded, at one price throughout. */
export interface EffectiveUse {
  readonly provider: PartyId;
  readonly window: TimeWindow;
  readonly count: number;
  /** What all of it costs, in micro-units, exact. */
  readonly exact: Rational;
  readonly currency: Currency;
  /** For the scopes of commitments: what is not known does not count. Without facts all of it counts. */
  readonly facts?: Facts;
}

/** What an award does to one period of a commitment. Quantities in the unit of the period: micro-units or accelerator-seconds. */
export interface PeriodEffect {
  readonly period: CommitmentPeriod;
  readonly committed: bigint;
  /** Drawn to date and expected besides. */
  readonly expected: bigint;
  readonly drawn: bigint;
  readonly missingBefore: bigint;
  readonly missingAfter: bigint;
  /** Cost of what is missing, without and with the award; undefined for a volume without a price. */
  readonly shortfallBefore: Money | undefined;
  readonly shortfallAfter: Money | undefined;
  /** In the currency of the award. */
  readonly avoided: Money;
}

export interface CommitmentOutcome {
  readonly commitment: Commitment;
  readonly measure: "money" | "accelerator-seconds";
  /** False for one that is not in force yet: shown, and not in the effective cost (domain row K7). */
  readonly counted: boolean;
  readonly periods: readonly PeriodEffect[];
}

export interface EffectiveCost {
  readonly cost: Money;
  /** Expected shortfall that falls away. */
  readonly avoided: Money;
  /** Cost less shortfall avoided: the incremental effective cost of domain model step 14. */
  readonly effective: Money;
  readonly exact: { readonly cost: Rational; readonly avoided: Rational; readonly effective: Rational };
  readonly acceleratorSeconds: bigint;
  /** Effective cost of an accelerator-hour, over all of them, in micro-units, exact. */
  readonly average: Rational;
  /** Every commitment towards a provider of the award, in draw order, with all its periods. */
  readonly outcomes: readonly CommitmentOutcome[];
}

/** Units of the wanted currency for one of another, as recorded; undefined where no rate is. */
export type RatioOf = (currency: Currency) => Rational | undefined;

/**
 * What an award costs after commitments: its cost less the expected shortfall that it makes fall away, with what it draws in every
 * period of every commitment (stacking: rule CMT6). A commitment counts what its own beneficiary supplies. Commitments that are not
 * in force are shown for what they would draw on top. Refused where an amount is in a currency without a recorded rate.
 *
 * @source Rules CMT14 to CMT17 in ./SPEC.md
 */
export function effectiveCost(
  commitments: readonly Commitment[],
  uses: readonly EffectiveUse[],
  currency: Currency,
  ratioOf: RatioOf = () => undefined,
): { readonly ok: true; readonly value: EffectiveCost } | Failure<"rate_missing"> {
  const providers = new Set(uses.map(({ provider }) => provider));
  const own = drawOrder(
    commitments.filter(({ clause }) => providers.has(clause.beneficiary) && measureOf(clause.type) !== undefined),
  );
  const ratios = ratiosOf(own, uses, currency, ratioOf);
  if (!("get" in ratios)) return ratios;
  const account = accountOf(own, uses, currency, ratios);
  const committed = uses.map((use) => committedUse(use, account, ratios));
  const inForce = own.filter(({ clause }) => isCounted(clause));
  const draws = drawOn(inForce, committed, account);
  const outcomes = own.flatMap((commitment): CommitmentOutcome[] => {
    const counted = isCounted(commitment.clause);
    if (!counted && !isScenario(commitment.clause)) return [];
    const all = counted ? draws : drawOn([...inForce, commitment], committed, account);
    return [outcomeOf(commitment, counted, all, account)];
  });
  const avoided = draws.reduce((sum, draw) => sum + draw.avoided, 0n);
  return success(totals(uses, ratios, rational(avoided, account.scale), currency, outcomes));
}

function totals(
  uses: readonly EffectiveUse[],
  ratios: Ratios,
  avoided: Rational,
  currency: Currency,
  outcomes: readonly CommitmentOutcome[],
): EffectiveCost {
  const cost = uses.reduce((sum, use) => addRational(sum, converted(use, ratios)), rational(0n));
  const effective = subRational(cost, avoided);
  const held = uses.reduce((sum, { count, window }) => sum + acceleratorSeconds(count, windowSeconds(window)), 0n);
  const shown = ({ num, den }: Rational): Money => ({ micros: divHalfAway(num, den), currency });
  const [costs, avoids] = [shown(cost), shown(avoided)];
  return {
    cost: costs,
    avoided: avoids,
    // The parts that are shown add up.
    effective: { micros: costs.micros - avoids.micros, currency },
    exact: { cost, avoided, effective },
    acceleratorSeconds: held,
    average: held === 0n ? rational(0n) : divRational(effective, rational(held, 3600n)),
    outcomes,
  };
}

type Ratios = ReadonlyMap<Currency, Rational>;

function ratiosOf(
  commitments: readonly Commitment[],
  uses: readonly EffectiveUse[],
  currency: Currency,
  ratioOf: RatioOf,
): Ratios | Failure<"rate_missing"> {
  const ratios = new Map<Currency, Rational>([[currency, rational(1n)]]);
  const amounts = commitments.flatMap(({ clause }) => [
    clause.price?.currency,
    ...clause.schedule.map(({ amount }) => amount?.currency),
  ]);
  for (const other of [...uses.map((use) => use.currency), ...amounts]) {
    if (other === undefined || ratios.has(other)) continue;
    const ratio = ratioOf(other);
    if (ratio === undefined) return failure("rate_missing", `No rate from ${other} to ${currency} is recorded.`);
    ratios.set(other, ratio);
  }
  return ratios;
}

const converted = ({ exact, currency }: EffectiveUse, ratios: Ratios): Rational =>
  mulRational(exact, ratios.get(currency) as Rational);

/** So fine that the cost of a second of every use is whole. */
function accountOf(
  commitments: readonly Commitment[],
  uses: readonly EffectiveUse[],
  currency: Currency,
  ratios: Ratios,
): Account {
  let scale = 36_000_000n;
  for (const ratio of ratios.values()) scale = lcm(scale, 36_000_000n * ratio.den);
  for (const use of uses) {
    scale = lcm(scale, converted(use, ratios).den * BigInt(windowSeconds(use.window)));
    for (const commitment of commitments) {
      const counted = countedOf(commitment, use);
      if (counted !== undefined) scale = lcm(scale, 36_000_000n * counted.cost.den * counted.usage.den);
    }
  }
  return { currency, scale, ratioOf: (other) => ratios.get(other) as Rational };
}

function lcm(a: bigint, b: bigint): bigint {
  // A fraction in lowest terms has divided both by what they share.
  return a * rational(b, a).num;
}

function committedUse(use: EffectiveUse, account: Account, ratios: Ratios): CommittedUse {
  const { num, den } = converted(use, ratios);
  const perSecond = (num * account.scale) / (den * BigInt(windowSeconds(use.window)));
  return { window: use.window, count: use.count, perSecond, counted: (commitment) => countedOf(commitment, use) };
}

const scopes = new WeakMap<Commitment["clause"], CompiledScope>();

/** Which part of a use a commitment counts; undefined where it is another's, or outside of its scope. */
export function countedOf(
  { clause }: Commitment,
  { provider, facts }: Pick<EffectiveUse, "provider" | "facts">,
): Fractions | undefined {
  if (clause.beneficiary !== provider) return undefined;
  if (facts === undefined) return WHOLE;
  const scope = scopes.get(clause) ?? compileScope(clause.scope);
  scopes.set(clause, scope);
  const inside = evaluateScope(scope, facts, "known");
  return inside.applies ? inside.fractions : undefined;
}

function outcomeOf(
  commitment: Commitment,
  counted: boolean,
  draws: readonly Draw[],
  account: Account,
): CommitmentOutcome {
  const { clause } = commitment;
  const measure = measureOf(clause.type) ?? "money";
  const periods = clause.schedule.flatMap((period): PeriodEffect[] => {
    const committed = committedIn(clause, period);
    if (committed === undefined) return [];
    const draw = draws.find((one) => one.commitment === commitment && one.period === period);
    const drawn = draw === undefined ? 0n : drawnIn(draw, measure, account);
    return [
      {
        period,
        committed,
        expected: expectedIn(clause, period),
        drawn,
        missingBefore: missingIn(clause, period),
        missingAfter: missingIn(clause, period, drawn),
        shortfallBefore: expectedShortfall(clause, period),
        shortfallAfter: expectedShortfall(clause, period, drawn),
        avoided: { micros: divHalfAway(draw?.avoided ?? 0n, account.scale), currency: account.currency },
      },
    ];
  });
  return { commitment, measure, counted, periods };
}

/** In the unit of the period; money in its own currency, half away from zero. */
function drawnIn({ drawn, period }: Draw, measure: "money" | "accelerator-seconds", account: Account): bigint {
  if (measure !== "money" || period.amount === undefined) return drawn;
  const { num, den } = account.ratioOf(period.amount.currency);
  return divHalfAway(drawn * den, account.scale * num);
}

/** A row of a quote, as far as this area asks. */
interface Row extends TimeWindow {
  readonly kind: "use" | "reprice";
  readonly held: bigint;
  readonly exact: Rational;
  readonly cost: Money;
}

/** The rows of a quote as uses: those of one time together, what is repriced with the stretch that causes it. */
export function usesOfRows(rows: readonly Row[], provider: PartyId, facts?: Facts): EffectiveUse[] {
  const spans = new Map<string, { window: TimeWindow; held: bigint; exact: Rational; currency: Currency }>();
  for (const { from, to, kind, held, exact, cost } of rows) {
    const key = `${from} ${to}`;
    const before = spans.get(key) ?? { window: { from, to }, held: 0n, exact: rational(0n), currency: cost.currency };
    const more = kind === "use" ? held : 0n;
    spans.set(key, { ...before, held: before.held + more, exact: addRational(before.exact, exact) });
  }
  return [...spans.values()].map(({ window, held, exact, currency }) => {
    const count = Number(held / BigInt(windowSeconds(window)));
    return { provider, window, count, exact, currency, ...(facts === undefined ? {} : { facts }) };
  });
}

/** What the last `step` accelerators of `count` cost, by the accelerator-hour: micro-units, exact. For 0 < step <= count. */
export function marginalPrice(
  costAt: (count: number) => Pick<EffectiveCost, "exact" | "acceleratorSeconds">,
  count: number,
  step: number,
): Rational {
  const all = costAt(count);
  const less = step === count ? { exact: { effective: rational(0n) }, acceleratorSeconds: 0n } : costAt(count - step);
  const seconds = all.acceleratorSeconds - less.acceleratorSeconds;
  return divRational(subRational(all.exact.effective, less.exact.effective), rational(seconds, 3600n));
}

/** The prices that commitments in force fix, in draw order, with what of each is left (rule G26). Amount and price of one currency. */
export function committedPrices(commitments: readonly Commitment[]): readonly (TimeWindow & {
  readonly agreement: AgreementId;
  readonly clause: ClauseId;
  readonly rate: Rate;
  readonly left: Money | bigint;
})[] {
  return drawOrder(commitments.filter(({ clause }) => isCounted(clause))).flatMap(({ agreement, clause }) => {
    const { price: rate, id } = clause;
    const measure = measureOf(clause.type);
    if (rate === undefined || measure === undefined) return [];
    return clause.schedule.flatMap((period) => {
      const missing = missingIn(clause, period);
      if (missing <= 0n || (measure === "money" && period.amount?.currency !== rate.currency)) return [];
      const left = measure === "money" ? { micros: missing, currency: rate.currency } : missing;
      return [{ agreement, clause: id, from: period.from, to: period.to, rate, left }];
    });
  });
}
