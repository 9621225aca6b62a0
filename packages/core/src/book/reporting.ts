import type { Instant, Money, PartyId } from "../kernel/index.ts";
import { convert } from "../prices/index.ts";
import { fixingAgreement, ratesBetween } from "./rates.ts";
import type { Turn } from "./turn.ts";

/**
 * An amount owed to a provider in the book's reporting currency, by the rate recorded for an instant (G27); one that an agreement with
 * the provider fixes wins. Left out where no rate is: prices without one are turned away at the door, and an award does not wait for
 * a report.
 */
export function reported(
  turn: Turn,
  amount: Money | undefined,
  provider: PartyId,
  at: Instant = turn.at,
): Money | undefined {
  const { header } = turn.state;
  if (amount === undefined || header === undefined) return undefined;
  if (amount.currency === header.currency) return amount;
  const rates = ratesBetween(turn.state, amount.currency, header.currency);
  const agreement = fixingAgreement(turn.state, rates, at, provider);
  const converted = convert(amount, header.currency, rates, at, agreement);
  return converted.ok ? converted.value.money : undefined;
}
