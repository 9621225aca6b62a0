/** An exact fraction, always reduced, denominator above zero. For what is compared exactly and rounded only to show. */
export interface Rational {
  readonly num: bigint;
  readonly den: bigint;
}

function gcd(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b < 0n ? -b : b;
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** Throws for a zero denominator: a broken belief of the caller. */
export function rational(num: bigint, den = 1n): Rational {
  if (den === 0n) throw new Error("Broken belief: a fraction has a denominator");
  const sign = den < 0n ? -1n : 1n;
  const divisor = gcd(num, den) || 1n;
  return { num: (sign * num) / divisor, den: (sign * den) / divisor };
}

export const addRational = (a: Rational, b: Rational): Rational =>
  rational(a.num * b.den + b.num * a.den, a.den * b.den);
export const subRational = (a: Rational, b: Rational): Rational =>
  rational(a.num * b.den - b.num * a.den, a.den * b.den);
export const mulRational = (a: Rational, b: Rational): Rational => rational(a.num * b.num, a.den * b.den);
export const divRational = (a: Rational, b: Rational): Rational => rational(a.num * b.den, a.den * b.num);

/** Below zero when a < b, zero when equal, above when a > b. */
export function compareRational(a: Rational, b: Rational): number {
  const left = a.num * b.den;
  const right = b.num * a.den;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Reads a decimal exactly: "0.01" is 1/100. Undefined when it is not a plain decimal of at most 18 + 12 digits. */
export function parseRational(text: string): Rational | undefined {
  const match = /^(-?)(\d{1,18})(?:\.(\d{1,12}))?$/.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = "0", fraction = ""] = match;
  const num = BigInt(whole + fraction);
  return rational(sign === "-" ? -num : num, 10n ** BigInt(fraction.length));
}

/** Decimal text rounded half away from zero to `digits` decimals: for showing only. */
export function formatRational(value: Rational, digits: number): string {
  const scale = 10n ** BigInt(digits);
  const absolute = value.num < 0n ? -value.num : value.num;
  const rounded = (2n * absolute * scale + value.den) / (2n * value.den);
  const whole = rounded / scale;
  const fraction = String(rounded % scale).padStart(digits, "0");
  return `${value.num < 0n && rounded !== 0n ? "-" : ""}${whole}${digits === 0 ? "" : `.${fraction}`}`;
}
