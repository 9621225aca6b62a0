import type { Instant, Money } from "../kernel/index.ts";
import { convert } from "../prices/index.ts";
import { ratesBetween } from "./rates.ts";
import type { Turn } from "./turn.ts";

/**
 * An amount in the book's reporting currency, by the rate recorded for an instant (G27). Left out where no rate is: prices without one
 * are turned away at the door, and an award does not wait for a report.
 */
export function reported(turn: Turn, amount: Money | undefined, at: Instant = turn.at): Money | undefined {
  const { header } = turn.state;
  if (amount === undefined || header === undefined) return undefined;
  if (amount.currency === header.currency) return amount;
  const converted = convert(amount, header.currency, ratesBetween(turn.state, amount.currency, header.currency), at);
  return converted.ok ? converted.value.money : undefined;
}
