import type { PlainPrice, PriceForm, VolumeTier } from "../agreements/price-book.ts";
import { contains, divHalfAway, type Instant, type Rate, type TimeWindow } from "../kernel/index.ts";
import { civilPeriodOf } from "./periods.ts";

export type VolumeForm = Extract<PriceForm, { form: "volume" }>;

/** So many accelerator-seconds in one tier. */
export interface TierPart {
  readonly tier: VolumeTier;
  readonly held: bigint;
}

/** The period in which the volume of an instant counts; undefined outside a stated span. `use` is what is priced. */
export function volumePeriodOf({ period }: VolumeForm, at: Instant, use: TimeWindow): TimeWindow | undefined {
  switch (period.unit) {
    case "order":
      return use;
    case "span":
      return contains(period, at) ? { from: period.from, to: period.to } : undefined;
    default:
      return civilPeriodOf(period.unit, period.zone, at);
  }
}

/** What was taken before in a period, in the unit of the tiers. */
export function takenIn({ taken }: VolumeForm, period: TimeWindow): bigint {
  let sum = 0n;
  for (const item of taken) if (contains(period, item.from)) sum += item.volume;
  return sum;
}

/** The tier that a volume has reached. */
export function volumeTierOf(tiers: readonly VolumeTier[], volume: bigint): VolumeTier {
  let reached = tiers[0];
  for (const tier of tiers) if (tier.from <= volume) reached = tier;
  if (reached === undefined) throw new Error("Broken belief: a volume price has tiers");
  return reached;
}

/** Volume of so many accelerator-seconds at a rate, in the unit of the tiers. */
export function volumeOf({ measure }: VolumeForm, held: bigint, rate: Rate): bigint {
  return measure === "money" ? divHalfAway(rate.microsPerHour * held, 3600n) : held;
}

/**
 * The parts in which a use falls into marginal tiers, counted on from `before`, and the volume afterwards. Of tiers by money a tier
 * prices as many whole accelerator-seconds, rounded down, as what is left of it pays for at its own price; the next tier the rest.
 */
export function marginalParts(
  form: VolumeForm,
  before: bigint,
  held: bigint,
  rateOf: (price: PlainPrice) => Rate,
): { readonly parts: readonly TierPart[]; readonly after: bigint } {
  const parts: TierPart[] = [];
  let [volume, left] = [before, held];
  for (let index = form.tiers.indexOf(volumeTierOf(form.tiers, before)); left > 0n; index += 1) {
    const tier = form.tiers[index] as VolumeTier;
    const next = form.tiers[index + 1];
    const taken = next === undefined ? left : least(left, fitting(form, next.from - volume, rateOf(tier.price)));
    if (taken > 0n) parts.push({ tier, held: taken });
    volume += volumeOf(form, taken, rateOf(tier.price));
    if (next !== undefined && taken < left && volume < next.from) volume = next.from;
    left -= taken;
  }
  return { parts, after: volume };
}

/** Whole accelerator-seconds that a volume holds. */
function fitting({ measure }: VolumeForm, volume: bigint, rate: Rate): bigint {
  if (volume <= 0n) return 0n;
  if (measure !== "money") return volume;
  return rate.microsPerHour <= 0n ? 0n : (volume * 3600n) / rate.microsPerHour;
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
