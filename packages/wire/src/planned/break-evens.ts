import { civilAt, dayText, type ZoneId } from "@offtake/core/calendar";
import { clauseText, countText, moneyText, rateText } from "@offtake/core/explanation";
import { divHalfAway, type Instant, type Rate } from "@offtake/core/kernel";
import type { BreakEven, Plan } from "@offtake/core/planning";

/** "Fri 1 Jan 2027": the day of an instant on the calendar of a zone. */
export const dayAt = (zone: ZoneId, at: Instant): string => dayText(civilAt(zone, at).epochDay);

/** A price that was worked out, to four digits after the point: for showing. */
export function roundRate(rate: Rate | undefined): string {
  if (rate === undefined) return shortRate(rate);
  return shortRate({ ...rate, microsPerHour: divHalfAway(rate.microsPerHour, 100n) * 100n });
}

/** "$2.40": by accelerator-hour, as the head of the column says. */
export function shortRate(rate: Rate | undefined): string {
  return rate === undefined ? "–" : rateText(rate).replace(" per accelerator-hour", "");
}

/** "Pine Compute stays the cheapest up to $2.61 per accelerator-hour (now $2.40); from $2.61 on Harbor Cloud is". */
export function breakEvenText(plan: Plan, one: BreakEven): string {
  const { lines } = plan.request;
  const line = lines[one.lineIndex];
  if (lines.length === 1 || line === undefined) return flipText(plan, one);
  const kinds = line.accelerators.map(({ acceleratorType }) => acceleratorType).join(" or ");
  return `line ${one.lineIndex + 1}, ${countText(line.count)} ${kinds}: ${flipText(plan, one)}`;
}

function flipText(plan: Plan, one: BreakEven): string {
  const name = (id: string): string => plan.sources.find(({ quote }) => quote.id === id)?.providerName ?? id;
  const [chosen, other] = [name(one.chosen), name(one.other)];
  if (one.price !== undefined) {
    const { now, flipsAt } = one.price;
    return one.what === "price-of-chosen"
      ? `price of ${chosen}: at ${rateText(flipsAt)} (now ${shortRate(now)}) ${other} is cheaper`
      : `price of ${other}: at ${rateText(flipsAt)} (now ${shortRate(now)}) it is cheaper than ${chosen}`;
  }
  if (one.quantity !== undefined) {
    const { now, flipsAt } = one.quantity;
    return `quantity: at ${countText(flipsAt)} ${one.direction === "up" ? "and more" : "and fewer"} (now ${countText(now)}) ${other} is cheaper, if it has so many`;
  }
  if (one.baseline === undefined) return "";
  const { now, flipsAt, from, to } = one.baseline;
  const period = `${dayAt(plan.zone, from)} to ${dayAt(plan.zone, (to - 1) as typeof to)}`;
  return `other spend under ${clauseText(one.baseline)}, ${period}: at ${moneyText(flipsAt)} ${one.direction === "up" ? "or more" : "or less"} (now ${moneyText(now)}) ${other} is cheaper than ${chosen}`;
}
