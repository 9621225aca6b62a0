import { formatInstant, formatMicros, type Instant } from "@offtake/core/kernel";

/** Instants are whole milliseconds of this century; no count of accelerators that a document may state comes near them. */
const INSTANT_FROM = 100_000_000_000;

export function isInstantLike(value: unknown): value is Instant {
  return typeof value === "number" && Number.isInteger(value) && Math.abs(value) >= INSTANT_FROM;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** An amount of money, or a price by the hour. */
export interface Amount {
  readonly micros: bigint;
  readonly currency: string;
  readonly perHour: boolean;
}

/** What of a value is an amount; undefined where it is something else. */
export function amountOf(value: unknown): Amount | undefined {
  if (!isRecord(value) || typeof value["currency"] !== "string") return undefined;
  const { currency, micros, microsPerHour } = value;
  if (typeof microsPerHour === "bigint") return { micros: microsPerHour, currency, perHour: true };
  return typeof micros === "bigint" ? { micros, currency, perHour: false } : undefined;
}

/** "2652979.20 USD", "2.40 USD/h". */
export const amountText = ({ micros, currency, perHour }: Amount): string =>
  `${formatMicros(micros)} ${currency}${perHour ? "/h" : ""}`;

export function rationalOf(value: unknown): { readonly num: bigint; readonly den: bigint } | undefined {
  if (!isRecord(value) || typeof value["num"] !== "bigint" || typeof value["den"] !== "bigint") return undefined;
  return { num: value["num"], den: value["den"] };
}

/** "3", "3/2". */
export const rationalText = ({ num, den }: { readonly num: bigint; readonly den: bigint }): string =>
  den === 1n ? String(num) : `${num}/${den}`;

/** A value for JSON, its amounts, instants and fractions written as documents write them. */
export function documented(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(documented);
  if (isInstantLike(value)) return formatInstant(value);
  if (!isRecord(value)) return value;
  const amount = amountOf(value);
  if (amount !== undefined) return amountText(amount);
  const rational = rationalOf(value);
  if (rational !== undefined) return rationalText(rational);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, documented(item)]));
}
