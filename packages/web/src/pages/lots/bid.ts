import type { Schemas } from "@offtake/client";
import { parseMicros } from "@offtake/core/kernel";
import { acceleratorSecondsOf, countText } from "../../amounts/counts.ts";
import { costAt, type MoneyTold, sumOf } from "../../amounts/money.ts";
import type { Span } from "../../clock/spans.ts";

/** One step of a bid: from so many on, at this price. Amounts stay texts. */
export interface TierFields {
  readonly from: number;
  readonly price: string;
}

/** What is offered of one line of the invitation. */
export interface LineFields {
  readonly isOffered: boolean;
  readonly count: number;
  readonly min: number;
  readonly tiers: readonly TierFields[];
  /** Which of the accelerators that would do; empty: the first. */
  readonly accelerator: string;
  /** In a package at one price: what the line would cost by itself, by which that price may be divided. */
  readonly listPrice: string;
}

/** Each line by itself, all of them or none, or all of them or none at one price. */
export type BidWay = "each" | "together" | "one-price";

export interface BidFields {
  /** By the number of the line. */
  readonly lines: Readonly<Record<string, LineFields>>;
  readonly way: BidWay;
  /** Of all of it, where it has one price. */
  readonly packagePrice: string;
  /** Days after the close for which the bid stands. */
  readonly validDays: number;
}

export interface LineRules {
  readonly line: number;
  readonly upTo: number;
  readonly block: number;
  readonly span: Span;
  readonly accelerators: readonly string[];
}

export interface BidRules {
  readonly lines: readonly LineRules[];
  readonly currency: string;
  readonly closesAt: string;
}

export const startOfLine = ({ upTo, block }: LineRules): LineFields => ({
  isOffered: true,
  count: upTo,
  min: Math.min(block, upTo),
  tiers: [{ from: Math.min(block, upTo), price: "" }],
  accelerator: "",
  listPrice: "",
});

/** What is filled in for a line; a draft from before the line was there begins as a new one does. */
export const lineOf = ({ lines }: Pick<BidFields, "lines">, rules: LineRules): LineFields =>
  lines[rules.line] ?? startOfLine(rules);

/** The lines that are offered, with what is filled in for each. */
export function offeredOf(fields: BidFields, { lines }: BidRules) {
  return lines.map((rules) => ({ rules, fields: lineOf(fields, rules) })).filter((one) => one.fields.isOffered);
}

const isAmount = (text: string): boolean => (parseMicros(text) ?? 0n) > 0n;
const PRICE = "A price like 2.31.";

/**
 * What is wrong with a bid, and where: `2 count` is the count of line 2. Only what cannot be read: whether a price is good enough nobody tells
 * a bidder.
 */
export function bidProblems(fields: BidFields, rules: BidRules): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const offered = offeredOf(fields, rules);
  if (offered.length === 0) found.set("lines", "Offer one line at least.");
  for (const one of offered) {
    for (const [place, text] of lineProblems(one.fields, one.rules, fields.way === "one-price"))
      found.set(`${one.rules.line} ${place}`, text);
  }
  if (fields.way === "one-price" && !isAmount(fields.packagePrice)) found.set("packagePrice", "An amount like 250000.");
  if (fields.validDays < 1 || fields.validDays > 365) found.set("validDays", "From 1 to 365 days.");
  return found;
}

function lineProblems(
  { count, min, tiers, listPrice }: LineFields,
  { upTo, block }: LineRules,
  hasOnePrice: boolean,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (count < 1 || count > upTo) found.set("count", `From 1 to ${countText(upTo)}.`);
  else if (count % block !== 0) found.set("count", `A multiple of ${countText(block)}.`);
  if (min < 1 || min > count) found.set("min", `From 1 to ${countText(count)}.`);
  // A line of a package with one price may go without one of its own.
  const isFree = hasOnePrice && tiers.every(({ price }) => price.trim() === "");
  tiers.forEach(({ from, price }, index) => {
    if (!isFree && !isAmount(price)) found.set(`price ${index}`, PRICE);
    const before = tiers[index - 1];
    if (before !== undefined && from <= before.from) found.set(`from ${index}`, `More than ${countText(before.from)}.`);
    // Below its first step a bid says no price.
    if (index === 0 && tiers.length > 1 && from > min) found.set("from 0", `No more than ${countText(min)}.`);
  });
  if (hasOnePrice && listPrice.trim() !== "" && !isAmount(listPrice)) found.set("listPrice", "An amount like 100000.");
  return found;
}

/** What a line comes to at its largest, at the price of the step that is reached then; nothing while it has none. */
export function valueOfLine(
  { count, tiers }: LineFields,
  { span }: LineRules,
  currency: string,
): MoneyTold | undefined {
  const reached = tiers.length === 1 ? tiers[0] : tiers.findLast(({ from }) => from <= count);
  if (reached === undefined || !isAmount(reached.price)) return undefined;
  return costAt({ amount: reached.price, currency }, acceleratorSecondsOf(count, span));
}

/** What all of it comes to at its largest. */
export function valueOfBid(fields: BidFields, rules: BidRules): MoneyTold | undefined {
  const { currency } = rules;
  if (fields.way === "one-price")
    return isAmount(fields.packagePrice) ? { amount: fields.packagePrice, currency } : undefined;
  const values = offeredOf(fields, rules).map((one) => valueOfLine(one.fields, one.rules, currency));
  return values.includes(undefined) ? undefined : sumOf(values.flatMap((one) => one ?? []));
}

const DAY_MS = 86_400_000;

export function bidBody(fields: BidFields, rules: BidRules): Schemas["BidBody"] {
  const { currency, closesAt } = rules;
  const validUntil = new Date(Date.parse(closesAt) + fields.validDays * DAY_MS).toISOString().replace(/\.\d+Z$/, "Z");
  const offered = offeredOf(fields, rules);
  const parts = offered.map((one) => partOf(one.fields, one.rules, currency));
  const [only] = parts;
  const whole = packageOf(
    fields,
    offered.map((one) => one.fields),
    currency,
  );
  return {
    ...(parts.length === 1 && only !== undefined ? only : { lines: parts }),
    ...(whole === undefined ? {} : { package: whole }),
    validUntil,
  };
}

type Part = NonNullable<Schemas["BidBody"]["lines"]>[number];

function partOf({ count, min, tiers, accelerator }: LineFields, { line }: LineRules, currency: string): Part {
  const rate = (price: string): string => `${price.trim()} ${currency}/h`;
  const [first] = tiers;
  const isPriced = tiers.some(({ price }) => price.trim() !== "");
  return {
    line,
    count,
    min,
    ...(!isPriced
      ? {}
      : tiers.length > 1
        ? { tiers: tiers.map(({ from, price }) => ({ from, price: rate(price) })) }
        : { price: rate(first?.price ?? "") }),
    ...(accelerator === "" ? {} : { accelerator }),
  };
}

function packageOf(
  { way, packagePrice }: BidFields,
  lines: readonly LineFields[],
  currency: string,
): Schemas["BidBody"]["package"] {
  if (way === "each") return undefined;
  if (way === "together") return {};
  const money = (text: string): string => `${text.trim()} ${currency}`;
  const listed = lines.map(({ listPrice }) => (listPrice.trim() === "" ? "none" : money(listPrice)));
  return {
    price: money(packagePrice),
    ...(listed.every((one) => one === "none") ? {} : { listPrices: listed }),
  };
}
