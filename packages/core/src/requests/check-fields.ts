import { INSTANT_MAX, type Money, parseCurrency, type Problem, type Rate } from "../kernel/index.ts";

/** Stable words for what is wrong with a request; all of them are rejection codes of the book. */
export type RequestProblemCode = "malformed" | "invalid_window" | "invalid_count" | "currency_mismatch";
export type RequestProblem = Problem<RequestProblemCode>;

/** Bounds at the door: lines of one request, accelerators of one line, names in one list. */
export const LINES_MAX = 1_000;
export const COUNT_MAX = 1_000_000_000;
export const NAMES_MAX = 200;

export function problem(code: RequestProblemCode, detail: string): RequestProblem {
  return { code, detail };
}

export function isInstant(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) <= INSTANT_MAX;
}

/** A whole number from 1 to COUNT_MAX. */
export function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= COUNT_MAX;
}

/** Zero or more, in a currency. */
export function isAmount(amount: Money): boolean {
  return amount.micros >= 0n && parseCurrency(amount.currency) !== undefined;
}

export function isPrice(rate: Rate): boolean {
  return rate.microsPerHour > 0n && parseCurrency(rate.currency) !== undefined;
}

/** At most NAMES_MAX texts, none empty, none twice. */
export function isNameList(names: readonly string[]): boolean {
  if (names.length === 0) return true;
  if (names.length === 1) return names[0] !== "";
  return names.length <= NAMES_MAX && !names.includes("") && new Set(names).size === names.length;
}
