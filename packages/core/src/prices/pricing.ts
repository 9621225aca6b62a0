import type { PlainPrice, PriceForm } from "../agreements/price-book.ts";
import { divHalfAway, type Rate, rational, type TimeWindow } from "../kernel/index.ts";
import { plainRate, type PriceFacts, type RateBasis } from "./plain-price.ts";
import type { PriceProblem, PriceQuery, PriceReason, PriceRow } from "./priced.ts";
import { addGap, type CommittedStretch, entryName, type Stretch } from "./stretches.ts";
import { marginalParts, takenIn, type VolumeForm, volumeOf, volumePeriodOf, volumeTierOf } from "./volume.ts";

/** Prices stretches one after the other; volume is counted on over all that one entry prices in one period. */
export class Pricing {
  private readonly query: PriceQuery;
  private readonly facts: PriceFacts;
  private readonly problems: PriceProblem[];

  constructor(query: PriceQuery, facts: PriceFacts, problems: PriceProblem[]) {
    this.query = query;
    this.facts = facts;
    this.problems = problems;
  }

  rowsOf(stretches: readonly Stretch[]): PriceRow[] {
    const volumes = new Map<string, Stretch[]>();
    const rows: PriceRow[] = [];
    for (const stretch of stretches) {
      const { price } = stretch.placed.entry;
      if (price.form !== "volume") {
        rows.push(...this.plainRows(stretch, price));
        continue;
      }
      const period = volumePeriodOf(price, stretch.from, this.query.window);
      if (period === undefined) {
        addGap(this.problems, stretch, "the span over which volume is counted does not reach", [
          entryName(stretch.placed),
        ]);
        continue;
      }
      const key = `${entryName(stretch.placed)} ${period.from}`;
      const group = volumes.get(key);
      if (group === undefined) volumes.set(key, [stretch]);
      else group.push(stretch);
    }
    for (const group of volumes.values()) rows.push(...this.volumeRows(group));
    return rows.sort((a, b) => a.from - b.from);
  }

  private plainRows(stretch: Stretch, price: Exclude<PriceForm, VolumeForm>): PriceRow[] {
    if (price.form !== "steps") {
      const found = this.rateOf(stretch, price);
      return found === undefined ? [] : [rowOf(stretch, stretch.held, found, {})];
    }
    const step = price.steps.findLast(({ from }) => from <= stretch.from);
    if (step === undefined) {
      addGap(this.problems, stretch, "its first step has not begun", [entryName(stretch.placed)]);
      return [];
    }
    const found = this.rateOf(stretch, step.price);
    return found === undefined ? [] : [rowOf(stretch, stretch.held, found, { step: step.from })];
  }

  private volumeRows(group: readonly Stretch[]): PriceRow[] {
    const [first] = group as [Stretch];
    const form = first.placed.entry.price as VolumeForm;
    const period = volumePeriodOf(form, first.from, this.query.window) as TimeWindow;
    const before = takenIn(form, period);
    const rated = group.map((stretch) => ({ stretch, rates: this.tierRates(stretch, form) }));
    if (rated.some(({ rates }) => rates === undefined)) return [];
    const all = rated as readonly { stretch: Stretch; rates: TierRates }[];
    return form.mode === "marginal" ? marginalRows(form, before, all) : retroactiveRows(form, before, all);
  }

  /** The rate of each tier; undefined, and told, where one of them has none. */
  private tierRates(stretch: Stretch, form: VolumeForm): TierRates | undefined {
    const rates = new Map<PlainPrice, Rated>();
    for (const { price } of form.tiers) {
      const found = this.rateOf(stretch, price);
      if (found !== undefined) rates.set(price, found);
    }
    return rates.size === form.tiers.length ? rates : undefined;
  }

  private rateOf(stretch: Stretch, price: PlainPrice): Rated | undefined {
    const found = plainRate(price, stretch.from, this.query, this.facts);
    if ("rate" in found) return found;
    const { problem: code, detail } = found;
    const entries = [entryName(stretch.placed)];
    const isTold = this.problems.some((one) => one.code === code && one.detail === detail);
    if (!isTold) this.problems.push({ code, detail, entries, from: stretch.from, to: stretch.to });
    return undefined;
  }
}

interface Rated {
  readonly rate: Rate;
  readonly basis: RateBasis;
}

type TierRates = ReadonlyMap<PlainPrice, Rated>;

type Rateds = readonly { readonly stretch: Stretch; readonly rates: TierRates }[];

function marginalRows(form: VolumeForm, before: bigint, rated: Rateds): PriceRow[] {
  let volume = before;
  return rated.flatMap(({ stretch, rates }) => {
    const of = (price: PlainPrice): Rated => rates.get(price) as Rated;
    const { parts, after } = marginalParts(form, volume, stretch.held, (price) => of(price).rate);
    volume = after;
    return parts.map(({ tier, held }) => rowOf(stretch, held, of(tier.price), tierReason(form, tier.from)));
  });
}

/** The tier that all of the period reaches; what reaches it is counted at the first tier's price where tiers are of money. */
function retroactiveRows(form: VolumeForm, before: bigint, rated: Rateds): PriceRow[] {
  let volume = before;
  const first = form.tiers[0] as VolumeForm["tiers"][number];
  for (const { stretch, rates } of rated)
    volume += volumeOf(form, stretch.held, (rates.get(first.price) as Rated).rate);
  const tier = volumeTierOf(form.tiers, volume);
  const old = volumeTierOf(form.tiers, before);
  const [start] = rated;
  const rows = rated.map(({ stretch, rates }) =>
    rowOf(stretch, stretch.held, rates.get(tier.price) as Rated, tierReason(form, tier.from)),
  );
  if (start === undefined || old === tier || before === 0n) return rows;
  return [repriced(form, start, before, old.price, tier), ...rows];
}

/** What was taken before falls under the tier that this use reaches: a row of its own, at the difference. */
function repriced(
  form: VolumeForm,
  { stretch, rates }: Rateds[number],
  before: bigint,
  old: PlainPrice,
  tier: VolumeForm["tiers"][number],
): PriceRow {
  const first = (rates.get((form.tiers[0] as typeof tier).price) as Rated).rate;
  const held = form.measure === "money" ? secondsOf(before, first) : before;
  const { rate, basis } = rates.get(tier.price) as Rated;
  const difference = rate.microsPerHour - (rates.get(old) as Rated).rate.microsPerHour;
  const found = { rate: { microsPerHour: difference, currency: rate.currency }, basis };
  return { ...rowOf(stretch, held, found, tierReason(form, tier.from)), kind: "reprice" };
}

function tierReason({ mode, measure }: VolumeForm, from: bigint): Pick<PriceReason, "tier"> {
  return { tier: { from, mode, measure } };
}

/** What was paid at a rate, as accelerator-seconds. */
function secondsOf(micros: bigint, rate: Rate): bigint {
  return rate.microsPerHour > 0n ? divHalfAway(micros * 3600n, rate.microsPerHour) : 0n;
}

export function committedRow({ from, to, held, price }: CommittedStretch): PriceRow {
  const { agreement, clause, rate } = price;
  const reason = { agreement, clause, form: "committed", basis: { form: "fixed" }, passedOver: [] } as const;
  return { from, to, kind: "use", ...ratedOnce(held, rate), reason };
}

function rowOf(
  { from, to, placed, passedOver }: Stretch,
  held: bigint,
  { rate, basis }: Rated,
  more: Pick<PriceReason, "tier" | "step">,
): PriceRow {
  const { book, entry } = placed;
  const { agreement, clause } = book;
  const behind = passedOver.map(entryName);
  const reason = { agreement, clause: clause.id, entry: entry.id, form: entry.price.form, basis, passedOver: behind };
  return { from, to, kind: "use", ...ratedOnce(held, rate), reason: { ...reason, ...more } };
}

function ratedOnce(held: bigint, rate: Rate): Pick<PriceRow, "held" | "rate" | "cost" | "exact"> {
  const scaled = rate.microsPerHour * held;
  const cost = { micros: divHalfAway(scaled, 3600n), currency: rate.currency };
  return { held, rate, cost, exact: rational(scaled, 3600n) };
}
