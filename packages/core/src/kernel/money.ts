import { type Brand, believe } from "./brand.ts";

/** ISO 4217 code, upper case. */
export type Currency = Brand<string, "Currency">;

/** A currency that is known when the code is written: `CurrencyOf<"EUR">`. */
export type CurrencyOf<Code extends string> = Currency & Code;

/**
 * An amount in millionths of its currency. Adding two currencies is a type error where the currencies are known to the compiler, and a
 * belief error where they come from data; never a sum.
 */
export interface Money<C extends Currency = Currency> {
  readonly micros: bigint;
  readonly currency: C;
}

/** Millionths of a currency for one accelerator during one hour. */
export interface Rate {
  readonly microsPerHour: bigint;
  readonly currency: Currency;
}

/** How many accelerators for how many seconds, multiplied: always whole. */
export type AcceleratorSeconds = Brand<bigint, "AcceleratorSeconds">;

/** Minor-unit digits of currencies that do not have two. Source: ISO 4217 table A.1. */
const MINOR_DIGITS: Readonly<Record<string, number>> = {
  BHD: 3,
  BIF: 0,
  CLF: 4,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PYG: 0,
  RWF: 0,
  TND: 3,
  UGX: 0,
  UYI: 0,
  UYW: 4,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
};

/** Three upper-case letters; whether a price list uses such a currency is not asked. Undefined for anything else. */
export function parseCurrency(text: string): Currency | undefined {
  return /^[A-Z]{3}$/.test(text) ? (text as Currency) : undefined;
}

/** How many decimals an amount of this currency is paid in. */
export function minorDigits(currency: Currency): number {
  return MINOR_DIGITS[currency] ?? 2;
}

export function money<C extends Currency>(micros: bigint, currency: C): Money<C> {
  return { micros, currency };
}

/**
 * Sum of two amounts of one currency: the first says which. Throws on two currencies that only the data knew: callers convert first, by
 * a recorded rate.
 */
export function addMoney<C extends Currency>(a: Money<C>, b: Money<NoInfer<C>>): Money<C> {
  if (a.currency !== b.currency) throw new Error(`Broken belief: ${a.currency} and ${b.currency} are never added`);
  return { micros: a.micros + b.micros, currency: a.currency };
}

/** Quotient rounded half away from zero. For divisor > 0. */
export function divHalfAway(dividend: bigint, divisor: bigint): bigint {
  believe(divisor > 0n, "an amount is divided by more than zero");
  const twice = 2n * (dividend < 0n ? -dividend : dividend);
  const rounded = (twice + divisor) / (2n * divisor);
  return dividend < 0n ? -rounded : rounded;
}

/** Quotient rounded towards minus infinity. For divisor > 0. */
export function divFloor(dividend: bigint, divisor: bigint): bigint {
  believe(divisor > 0n, "an amount is divided by more than zero");
  const quotient = dividend / divisor;
  return dividend % divisor < 0n ? quotient - 1n : quotient;
}

/** Quotient rounded towards plus infinity. For divisor > 0. */
export function divCeil(dividend: bigint, divisor: bigint): bigint {
  return -divFloor(-dividend, divisor);
}

/** What `held` costs at `rate`: rated once, half away from zero to the micro-unit (rule G25). */
export function costOf(rate: Rate, held: AcceleratorSeconds): Money {
  return { micros: divHalfAway(rate.microsPerHour * held, 3600n), currency: rate.currency };
}

/** Throws for a count or a length that is not whole. */
export function acceleratorSeconds(count: number, seconds: number): AcceleratorSeconds {
  return (BigInt(count) * BigInt(seconds)) as AcceleratorSeconds;
}

/** Reads a decimal number exactly into millionths: "2.6" is 2600000n. Undefined for more than six decimals, exponents, blanks. */
export function parseMicros(text: string): bigint | undefined {
  const match = /^(-?)(\d{1,18})(?:\.(\d{1,6}))?$/.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = "0", fraction = ""] = match;
  const micros = BigInt(whole) * 1_000_000n + BigInt(fraction.padEnd(6, "0"));
  return sign === "-" ? -micros : micros;
}

/** Exact decimal text of millionths with at least `digitsMin` decimals: 2600000n is "2.60". */
export function formatMicros(micros: bigint, digitsMin = 2): string {
  const sign = micros < 0n ? "-" : "";
  const absolute = micros < 0n ? -micros : micros;
  const fraction = String(absolute % 1_000_000n)
    .padStart(6, "0")
    .replace(/0+$/, "")
    .padEnd(digitsMin, "0");
  return `${sign}${absolute / 1_000_000n}${fraction === "" ? "" : `.${fraction}`}`;
}
