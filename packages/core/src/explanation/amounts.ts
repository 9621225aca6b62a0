import { formatMicros, type Money, type Rate } from "../kernel/index.ts";

/** "8,970,240": with thousands separators, never abbreviated. */
export function countText(count: number | bigint): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** "$3.00 per accelerator-hour", "2.40 EUR per accelerator-hour": exact, with two decimals or as many as it has. */
export function rateText({ microsPerHour, currency }: Rate): string {
  return `${amount(microsPerHour, currency)} per accelerator-hour`;
}

/** "$21,894,019.20": exact to the millionth where it has such. */
export function moneyText({ micros, currency }: Money): string {
  return amount(micros, currency);
}

function amount(micros: bigint, currency: string): string {
  const [whole = "0", fraction] = formatMicros(micros < 0n ? -micros : micros).split(".");
  const grouped = fraction === undefined ? countText(BigInt(whole)) : `${countText(BigInt(whole))}.${fraction}`;
  const sign = micros < 0n ? "-" : "";
  return currency === "USD" ? `${sign}$${grouped}` : `${sign}${grouped} ${currency}`;
}

/** Hundredths of a per cent as "12.5 %". */
export function shareText(bp: number): string {
  return `${formatMicros(BigInt(bp) * 10_000n, 0)} %`;
}
