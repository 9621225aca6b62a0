import { formatInstant, type Instant, parseInstant, parseMicros, parseRational } from "@offtake/core/kernel";
import { type Amount, amountOf, amountText, isInstantLike, rationalOf, rationalText } from "@offtake/wire/documented";

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function clauseOf(value: unknown): string | undefined {
  if (!isRecord(value) || typeof value["agreement"] !== "string" || typeof value["clause"] !== "string")
    return undefined;
  return `${value["agreement"]}/${value["clause"]}`;
}

/** The value at a dotted path: keys of records, positions of lists, `length` of a list. */
export function valueAt(root: unknown, path: string): unknown {
  let value = root;
  for (const step of path.split(".")) {
    if (Array.isArray(value)) value = step === "length" ? value.length : (value[Number(step)] as unknown);
    else if (isRecord(value)) value = value[step];
    else return undefined;
  }
  return value;
}

/** Whether a value of an event is what a document writes for it: an instant as RFC 3339, a price as `2.60 USD/h`, and so on. */
export function isWritten(actual: unknown, written: string | number | boolean): boolean {
  if (actual === undefined) return written === "none";
  if (typeof actual === "boolean") return actual === written;
  if (typeof actual === "string") return actual === String(written);
  if (typeof actual === "number") {
    if (typeof written === "string") return parseInstant(written) === actual;
    return actual === written;
  }
  if (typeof actual === "bigint") return typeof written === "number" && BigInt(written) === actual;
  const amount = amountOf(actual);
  if (amount !== undefined) return typeof written === "string" && isAmountWritten(amount, written);
  const fraction = rationalOf(actual);
  if (fraction !== undefined) return isFractionWritten(fraction, String(written));
  const clause = clauseOf(actual);
  if (clause !== undefined) return clause === written || clause.endsWith(`/${String(written)}`);
  if (Array.isArray(actual))
    return (
      typeof written === "string" && actual.every((item) => typeof item === "string") && actual.join(", ") === written
    );
  return false;
}

function isAmountWritten(amount: Amount, written: string): boolean {
  const match = /^([\d.]+) ([A-Z]{3})(\/h)?$/.exec(written);
  if (match === null) return false;
  const [, digits = "", currency, per] = match;
  return (
    parseMicros(digits) === amount.micros && currency === amount.currency && (per !== undefined) === amount.perHour
  );
}

/** A number with the unit in which documents write a term: `20%`, `30 days`, `1000000 USD`. */
export function isFractionWritten(fraction: { readonly num: bigint; readonly den: bigint }, written: string): boolean {
  const digits = /^-?[\d.]+/.exec(written.trim())?.[0];
  const number = digits === undefined ? undefined : parseRational(digits);
  return number !== undefined && number.num === fraction.num && number.den === fraction.den;
}

/** How a document would write the value: what failures show. */
export function writtenAs(value: unknown): string {
  if (value === undefined) return "nothing";
  if (isInstantLike(value)) return formatInstant(value);
  if (typeof value === "string") return value === "" ? "an empty text" : value;
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint") return String(value);
  if (value === null) return "nothing";
  const amount = amountOf(value);
  if (amount !== undefined) return amountText(amount);
  const fraction = rationalOf(value);
  if (fraction !== undefined) return rationalText(fraction);
  if (Array.isArray(value)) return value.length === 0 ? "[]" : `[${value.map(writtenAs).join(", ")}]`;
  return writtenRecord(value as Record<string, unknown>);
}

function writtenRecord(value: Record<string, unknown>): string {
  const clause = clauseOf(value);
  if (clause !== undefined && Object.keys(value).length <= 3) return clause;
  if (value["kind"] === "money") return writtenAs(value["money"]);
  if (value["kind"] === "use" && typeof value["acceleratorSeconds"] === "bigint")
    return hours(value["acceleratorSeconds"]);
  const parts = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .map(([key, item]) => `${key}: ${writtenAs(item)}`);
  return parts.length === 0 ? "{}" : `{${parts.join(", ")}}`;
}

function hours(seconds: bigint): string {
  const whole = seconds / 3600n;
  const rest = seconds % 3600n;
  return rest === 0n ? `${whole} accelerator-hours` : `${seconds} accelerator-seconds`;
}

/**
 * Whether a text stands anywhere in a value: as a word of a text, as a number, as an amount of money however many zeros it is
 * written with, as an instant.
 */
export function says(value: unknown, text: string): boolean {
  const wanted = wantedOf(text);
  const rest: unknown[] = [value];
  while (rest.length > 0) {
    const next = rest.pop();
    if (saysItself(next, wanted)) return true;
    if (typeof next === "object" && next !== null)
      rest.push(...(next instanceof Map ? next.values() : Object.values(next)));
  }
  return false;
}

interface Wanted {
  readonly text: string;
  /** Letters and digits around the text would make it another word. */
  readonly word: RegExp;
  readonly number?: number;
  readonly amount?: { readonly micros: bigint; readonly currency?: string };
  readonly instant?: Instant;
}

function wantedOf(text: string): Wanted {
  const word = new RegExp(`(?<![\\p{L}\\p{N}])${escapeText(text)}(?![\\p{L}\\p{N}])`, "iu");
  const plain = text.replace(/^\$/, "").replaceAll(",", "");
  const amount = /^(\d+(?:\.\d{1,6})?)(?: ([A-Z]{3})(?:\/h)?)?$/.exec(plain);
  const micros = amount === null ? undefined : parseMicros(amount[1] ?? "");
  const instant = parseInstant(text);
  return {
    text,
    word,
    ...(/^\d+$/.test(plain) ? { number: Number(plain) } : {}),
    ...(micros === undefined
      ? {}
      : { amount: { micros, ...(amount?.[2] === undefined ? {} : { currency: amount[2] }) } }),
    ...(instant === undefined ? {} : { instant }),
  };
}

function escapeText(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function saysItself(value: unknown, wanted: Wanted): boolean {
  if (typeof value === "string") return wanted.word.test(value);
  if (typeof value === "number")
    return value === wanted.number || (wanted.instant !== undefined && value === wanted.instant);
  if (typeof value === "bigint") return wanted.number !== undefined && value === BigInt(wanted.number);
  const amount = amountOf(value);
  if (amount === undefined || wanted.amount === undefined) return false;
  const { micros, currency } = wanted.amount;
  return amount.micros === micros && (currency === undefined || currency === amount.currency);
}
