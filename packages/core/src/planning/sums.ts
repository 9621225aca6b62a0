import { compareText, type Currency, type Money } from "../kernel/index.ts";

/** Amounts summed, each currency by itself, in the order of their codes. Sums of nothing are left out, sums of 0 are not. */
export function sumByCurrency(amounts: readonly Money[]): Money[] {
  const sums = new Map<Currency, bigint>();
  for (const { micros, currency } of amounts) sums.set(currency, (sums.get(currency) ?? 0n) + micros);
  return [...sums]
    .map(([currency, micros]) => ({ micros, currency }))
    .sort((a, b) => compareText(a.currency, b.currency));
}
