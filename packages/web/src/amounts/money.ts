import { type Currency, divHalfAway, formatMicros, minorDigits, parseMicros } from "@offtake/core/kernel";
import { countText } from "./counts.ts";

/** An amount as told: decimal text and currency. */
export interface MoneyTold {
  readonly amount: string;
  readonly currency: string;
}

/** A price as told, for one accelerator during one hour. */
export interface RateTold extends MoneyTold {
  readonly per: "accelerator-hour";
}

/** Millionths of an amount as told. Every amount is counted in these: no number of this console is a float. */
export function microsOf({ amount }: MoneyTold): bigint {
  const micros = parseMicros(amount);
  if (micros === undefined) throw new Error(`Broken belief: ${amount} is an amount`);
  return micros;
}

/** "$21,894,019.20", "−18,360.00 EUR": exact, as the core writes it, but with a true minus. */
export function moneyText(money: MoneyTold): string {
  return withCurrency(microsOf(money), money.currency, (micros) =>
    decimals(micros, minorDigits(money.currency as Currency)),
  );
}

/** "$2.55/accelerator-h": with as many digits as were agreed, two at least. */
export function rateText(rate: MoneyTold): string {
  return `${withCurrency(microsOf(rate), rate.currency, (micros) => decimals(micros, 2))}/accelerator-h`;
}

/** "$31.4M" for cards, where the full amount is beside it or under the pointer; below a million it is whole anyway. */
export function shortMoneyText(money: MoneyTold): string {
  const micros = microsOf(money);
  const absolute = micros < 0n ? -micros : micros;
  const unit = UNITS.find(({ from }) => absolute >= from);
  if (unit === undefined) return moneyText(money);
  return withCurrency(micros, money.currency, (one) => `${tenths(one, unit.from)}${unit.letter}`);
}

const UNITS = [
  { from: 1_000_000_000_000_000n, letter: "B" },
  { from: 1_000_000_000_000n, letter: "M" },
] as const;

function tenths(micros: bigint, unit: bigint): string {
  const rounded = divHalfAway(micros * 10n, unit);
  return `${countText(rounded / 10n)}.${rounded % 10n}`;
}

function withCurrency(micros: bigint, currency: string, write: (absolute: bigint) => string): string {
  const text = write(micros < 0n ? -micros : micros);
  const sign = micros < 0n ? "−" : "";
  return currency === "USD" ? `${sign}$${text}` : `${sign}${text} ${currency}`;
}

function decimals(micros: bigint, digitsMin: number): string {
  const [whole = "0", fraction] = formatMicros(micros, digitsMin).split(".");
  return fraction === undefined ? countText(BigInt(whole)) : `${countText(BigInt(whole))}.${fraction}`;
}

/** The sum of amounts of one currency. Undefined for none, or for two currencies: they are never added. */
export function sumOf(amounts: readonly MoneyTold[]): MoneyTold | undefined {
  const [first] = amounts;
  if (first === undefined || amounts.some(({ currency }) => currency !== first.currency)) return undefined;
  const micros = amounts.reduce((sum, one) => sum + microsOf(one), 0n);
  return { amount: formatMicros(micros), currency: first.currency };
}

/** What so many accelerator-seconds cost at a price: rounded up, as the broker does, so that nobody is paid less than agreed. */
export function costAt(rate: MoneyTold, acceleratorSeconds: bigint): MoneyTold {
  const micros = (microsOf(rate) * acceleratorSeconds + 3_599n) / 3_600n;
  return { amount: formatMicros(micros), currency: rate.currency };
}

/** What one accelerator-hour costs on the whole, to a hundredth of a cent: half away from zero. Undefined for no hours. */
export function blendedRate(total: MoneyTold, acceleratorSeconds: bigint): RateTold | undefined {
  if (acceleratorSeconds <= 0n) return undefined;
  const hundredths = divHalfAway(microsOf(total) * 3_600n, acceleratorSeconds * 100n);
  return { amount: formatMicros(hundredths * 100n), currency: total.currency, per: "accelerator-hour" };
}
