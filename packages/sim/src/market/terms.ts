import type { WindowSpec } from "@offtake/core/agreements";
import type { ZoneId } from "@offtake/core/calendar";
import {
  type AcceleratorType,
  type CalendarId,
  type Currency,
  HOUR_MS,
  type Random,
  type Rate,
  rational,
} from "@offtake/core/kernel";
import type { StatedTerms } from "@offtake/core/requests";

export const USD = "USD" as Currency;
export const ZONES = ["America/Los_Angeles", "Europe/London", "Asia/Tokyo", "UTC"] as string[] as ZoneId[];
export const ACCELERATORS = ["h100", "gb200"] as string[] as AcceleratorType[];
export const REGIONS = ["us-central", "us-east", "eu-west"] as const;
export const PURPOSES = ["training", "inference", "research"] as const;

/** Dollars per accelerator-hour, from 1.50 to 3.50 in steps of ten cents, so that ties happen. */
export function drawPrice(random: Random, currency: Currency = USD): Rate {
  return { microsPerHour: BigInt(random.between(15, 35)) * 100_000n, currency };
}

/** A period as clauses and policies state it: up to `most` days, business days, or a day's worth of hours each. */
export function drawSpan(random: Random, most: number): WindowSpec {
  const unit = random.pick(["business-days", "business-days", "hours", "days"] as const);
  if (unit === "hours") return { n: random.between(1, most * 24), unit };
  const spec: WindowSpec = { n: random.between(1, most), unit };
  if (unit === "days" || random.chance(2, 3)) return spec;
  return {
    ...spec,
    zone: random.pick(ZONES),
    calendars: random.pick([["us-federal"], ["uk-england-wales"], ["japan", "target"]]) as CalendarId[],
    join: random.pick(["all", "any"]),
    closeMs: random.between(15, 20) * HOUR_MS,
  };
}

/** Now and then a term beside price and quantity. */
export function drawStated(random: Random): StatedTerms {
  if (random.chance(2, 3)) return {};
  const terms: Record<string, StatedTerms[string]> = {};
  if (random.chance(1, 2)) terms["prepayment"] = rational(BigInt(random.pick([0, 10, 20])));
  if (random.chance(1, 3)) terms["slaUptime"] = rational(BigInt(random.pick([990, 995, 999])), 10n);
  if (random.chance(1, 6)) terms["optionCount"] = rational(BigInt(random.pick([64, 256])));
  if (random.chance(1, 8)) terms["cooling"] = random.pick(["air", "liquid"]);
  return terms;
}
