import {
  type AcceleratorSeconds,
  type Currency,
  type Money,
  money,
  parseCurrency,
  parseMicros,
  parseRational,
  type Rate,
  type Rational,
  rational,
} from "@offtake/core/kernel";
import { complain, type Reading, type ScalarValue, shown, written } from "./written.ts";

/** Whole units of a currency that an amount may have: the plans here reach hundreds of billions. */
const WHOLE_DIGITS_MAX = 15;

function readCurrency(text: string): Reading<Currency> {
  const currency = parseCurrency(text);
  if (currency !== undefined) return { value: currency };
  const upper = parseCurrency(text.toUpperCase());
  if (upper !== undefined) return complain("wrong_unit", `${shown(text)} is no currency`, { didYouMean: [upper] });
  return complain("wrong_unit", `${shown(text)} is no currency`);
}

const SYMBOLS: Readonly<Record<string, string>> = { $: "USD", "€": "EUR", "£": "GBP", "¥": "JPY" };

/** An amount and what stands behind it, or why it cannot be told apart. `example` completes the hint. */
function splitAmount(value: ScalarValue, suffix: string): Reading<{ micros: bigint; unit: string }> {
  const text = String(value).trim();
  const symbol = /^([$€£¥])\s*([\d.,_]+)/.exec(text);
  if (symbol !== null) {
    const [, sign = "", digits = ""] = symbol;
    const better = `${digits.replace(/[,_]/g, "")} ${SYMBOLS[sign]}${suffix}`;
    return complain("wrong_unit", `${shown(text)}: a sign is not a currency`, { didYouMean: [better] });
  }
  const match = /^(-?[\d.,_]+)\s*(.*)$/.exec(text);
  if (match === null) return complain("malformed", `${shown(text)} is not an amount`);
  const [, digits = "", unit = ""] = match;
  if (unit === "")
    return complain("wrong_unit", `${shown(text)} has no currency`, { didYouMean: [`${digits} USD${suffix}`] });
  if (/[,_]/.test(digits)) {
    const better = `${digits.replace(/[,_]/g, "")} ${unit}`;
    return complain("malformed", `${shown(text)}: digits are not grouped`, { didYouMean: [better] });
  }
  const micros = parseMicros(digits);
  if (micros === undefined) return complain("malformed", `${shown(digits)} is not a decimal with at most six decimals`);
  if (micros < 0n) return complain("out_of_range", `${shown(text)} is below zero`);
  if (micros >= 10n ** BigInt(WHOLE_DIGITS_MAX + 6)) return complain("out_of_range", `${shown(text)} is too large`);
  return { value: { micros, unit } };
}

function readMoney(value: ScalarValue): Reading<Money> {
  const amount = splitAmount(value, "");
  if ("complaint" in amount) return amount;
  if (/^[A-Za-z]{3}\s*\//.test(amount.value.unit)) {
    return complain("wrong_unit", `${shown(value)} is a price for an hour, not an amount`);
  }
  const currency = readCurrency(amount.value.unit);
  return "complaint" in currency ? currency : { value: money(amount.value.micros, currency.value) };
}

function readRate(value: ScalarValue): Reading<Rate> {
  const amount = splitAmount(value, "/h");
  if ("complaint" in amount) return amount;
  const [code = "", per] = amount.value.unit.split("/").map((part) => part.trim());
  const currency = readCurrency(code);
  if ("complaint" in currency) return currency;
  if (per !== "h") {
    const text = String(value).trim();
    const better = `${text.split(/\s|\//)[0]} ${code}/h`;
    return complain("wrong_unit", `${shown(text)} does not say for one accelerator and hour`, { didYouMean: [better] });
  }
  return { value: { microsPerHour: amount.value.micros, currency: currency.value } };
}

/** `3.00 USD`: an amount, up to six decimals, with its ISO 4217 currency. */
export const moneyText = written<Money>({
  id: "Money",
  description: "An amount with its ISO 4217 currency, up to six decimals, digits not grouped.",
  expected: "an amount with its currency, such as 250000000 USD",
  examples: ["250000000 USD", "19.99 EUR"],
  pattern: "^\\d{1,15}(\\.\\d{1,6})? [A-Z]{3}$",
  read: readMoney,
});

/** `2.60 USD/h`: for one accelerator during one hour. */
export const rateText = written<Rate>({
  id: "Rate",
  description: "A price for one accelerator during one hour.",
  expected: "a price for one accelerator and hour, such as 2.60 USD/h",
  examples: ["2.60 USD/h"],
  pattern: "^\\d{1,15}(\\.\\d{1,6})? [A-Z]{3}/h$",
  read: readRate,
});

/** A price, or the agreement whose price book says it. */
export type Asked =
  | { readonly kind: "rate"; readonly rate: Rate }
  | { readonly kind: "agreement"; readonly agreement: string };

function readAsked(value: ScalarValue): Reading<Asked> {
  const text = String(value).trim();
  const match = /^by agreement +([a-z0-9][a-z0-9._-]{0,63})$/.exec(text);
  if (match?.[1] !== undefined) return { value: { kind: "agreement", agreement: match[1] } };
  if (/^by\b/.test(text)) return complain("malformed", `${shown(text)} names no agreement`);
  const rate = readRate(value);
  return "complaint" in rate ? rate : { value: { kind: "rate", rate: rate.value } };
}

/** `2.60 USD/h`, or `by agreement lab-alfa`. */
export const askedText = written<Asked>({
  id: "AskedPrice",
  description: "A price for one accelerator during one hour, or the agreement whose price book says it.",
  expected: "a price such as 2.60 USD/h, or by agreement and its name",
  examples: ["2.60 USD/h", "by agreement lab-alfa"],
  pattern: "^(\\d{1,15}(\\.\\d{1,6})? [A-Z]{3}/h|by agreement [a-z0-9][a-z0-9._-]*)$",
  read: readAsked,
});

export const currencyText = written<Currency>({
  id: "Currency",
  description: "An ISO 4217 currency code.",
  expected: "a currency code, such as USD",
  examples: ["USD"],
  pattern: "^[A-Z]{3}$",
  read: (value) => readCurrency(String(value)),
});

/** Hours of use, whole in seconds. Undefined for what is not written as such a quantity. */
function readHours(value: ScalarValue): Reading<AcceleratorSeconds> {
  const match = /^(\S+) (accelerator-hours?|acc-h)$/.exec(String(value).trim());
  if (match === null) return complain("wrong_unit", `${shown(value)} has no unit of use`);
  const hours = parseRational(match[1] ?? "");
  if (hours === undefined) return complain("malformed", `${shown(match[1] ?? "")} is not a decimal number`);
  const seconds = rational(hours.num * 3600n, hours.den);
  if (seconds.num < 0n) return complain("out_of_range", `${shown(value)} is below zero`);
  if (seconds.den !== 1n) return complain("malformed", `${shown(value)} is not a whole number of seconds`);
  return { value: seconds.num as AcceleratorSeconds };
}

export const hoursText = written<AcceleratorSeconds>({
  id: "AcceleratorHours",
  description: "An amount of use: how many accelerators for how many hours, multiplied. Whole in seconds.",
  expected: "accelerator-hours, such as 730000 accelerator-hours",
  examples: ["730000 accelerator-hours"],
  pattern: "^\\d{1,18}(\\.\\d{1,12})? (accelerator-hours?|acc-h)$",
  read: readHours,
});

export type Quantity =
  | { readonly kind: "money"; readonly money: Money }
  | { readonly kind: "use"; readonly acceleratorSeconds: AcceleratorSeconds };

function readQuantity(value: ScalarValue): Reading<Quantity> {
  if (/acc/.test(String(value))) {
    const hours = readHours(value);
    return "complaint" in hours ? hours : { value: { kind: "use", acceleratorSeconds: hours.value } };
  }
  const amount = readMoney(value);
  return "complaint" in amount ? amount : { value: { kind: "money", money: amount.value } };
}

export const quantityText = written<Quantity>({
  id: "Quantity",
  description: "What a commitment counts: money, or accelerator-hours.",
  expected: "an amount with its currency, or accelerator-hours",
  examples: ["250000000 USD", "730000 accelerator-hours"],
  read: readQuantity,
});

function readPercent(value: ScalarValue): Reading<Rational> {
  if (value === 0) return { value: rational(0n) };
  const match = /^(-?[\d.]+) ?%$/.exec(String(value).trim());
  if (match === null) {
    const isNumber = typeof value === "number" || /^[\d.]+$/.test(String(value));
    return complain(
      "wrong_unit",
      `${shown(value)} has no per cent sign`,
      isNumber ? { didYouMean: [`${value}%`] } : {},
    );
  }
  const percent = parseRational(match[1] ?? "");
  if (percent === undefined) return complain("malformed", `${shown(value)} is not a percentage`);
  if (percent.num < 0n) return complain("out_of_range", `${shown(value)} is below zero`);
  return { value: rational(percent.num, percent.den * 100n) };
}

/** Hundredths of a per cent, whole, up to `bpMax`. */
function readBasisPoints(value: ScalarValue, bpMax: number): Reading<number> {
  const percent = readPercent(value);
  if ("complaint" in percent) return percent;
  const points = rational(percent.value.num * 10_000n, percent.value.den);
  if (points.den !== 1n) return complain("malformed", `${shown(value)} has more than two decimals`);
  if (points.num > BigInt(bpMax)) return complain("out_of_range", `${shown(value)} is more than ${bpMax / 100}%`);
  return { value: Number(points.num) };
}

/** A part of a whole, 0% to 100%, as hundredths of a per cent. */
export const shareText = written<number>({
  id: "Share",
  description: "A part of a whole: 0% to 100%, up to two decimals.",
  expected: "a percentage from 0% to 100%, such as 40%",
  examples: ["40%", "0.5%"],
  pattern: "^\\d{1,3}(\\.\\d{1,2})? ?%$",
  jsonType: ["string", "integer"],
  read: (value) => readBasisPoints(value, 10_000),
});

/** A tolerance, which may exceed the whole. */
export const toleranceText = written<number>({
  id: "Tolerance",
  description: "A percentage, up to two decimals; it may be more than 100%.",
  expected: "a percentage, such as 10%",
  examples: ["10%", 0],
  pattern: "^\\d{1,6}(\\.\\d{1,2})? ?%$",
  jsonType: ["string", "integer"],
  read: (value) => readBasisPoints(value, 100_000_000),
});

/** An exact fraction written as a percentage. */
export const percentText = written<Rational>({
  id: "Percent",
  description: "A percentage, exact.",
  expected: "a percentage, such as 1%",
  examples: ["1%", "0.75%"],
  pattern: "^\\d{1,18}(\\.\\d{1,12})? ?%$",
  jsonType: ["string", "integer"],
  read: readPercent,
});

export const decimalText = written<Rational>({
  id: "Decimal",
  description: "A number above zero, exact.",
  expected: "a decimal number above zero, such as 1.09",
  examples: [1.09, 2],
  jsonType: ["number", "string"],
  read: (value) => {
    const number = parseRational(String(value));
    if (number === undefined) return complain("malformed", `${shown(value)} is not a plain decimal number`);
    return number.num > 0n ? { value: number } : complain("out_of_range", `${shown(value)} is not above zero`);
  },
});
