import type { Schemas } from "@offtake/client";
import { parseMicros } from "@offtake/core/kernel";
import { countText } from "../../amounts/counts.ts";

/** One step of a bid: from so many on, at this price. Amounts stay texts. */
export interface TierFields {
  readonly from: number;
  readonly price: string;
}

export interface BidFields {
  readonly count: number;
  readonly min: number;
  readonly tiers: readonly TierFields[];
  /** Days after the close for which the bid stands. */
  readonly validDays: number;
}

export interface BidRules {
  readonly upTo: number;
  readonly block: number;
  readonly currency: string;
  readonly closesAt: string;
}

/** What is wrong with a bid, and where. Only what cannot be read: whether a price is good enough nobody tells a bidder. */
export function bidProblems(
  { count, min, tiers, validDays }: BidFields,
  { upTo, block }: BidRules,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (count < 1 || count > upTo) found.set("count", `From 1 to ${countText(upTo)}.`);
  else if (count % block !== 0) found.set("count", `A multiple of ${countText(block)}.`);
  if (min < 1 || min > count) found.set("min", `From 1 to ${countText(count)}.`);
  tiers.forEach(({ from, price }, index) => {
    const micros = parseMicros(price);
    if (micros === undefined || micros <= 0n) found.set(`price ${index}`, "A price like 2.31.");
    const before = tiers[index - 1];
    if (before !== undefined && from <= before.from) found.set(`from ${index}`, `More than ${countText(before.from)}.`);
  });
  if (validDays < 1 || validDays > 365) found.set("validDays", "From 1 to 365 days.");
  return found;
}

const DAY_MS = 86_400_000;

export function bidBody(
  { count, min, tiers, validDays }: BidFields,
  { currency, closesAt }: BidRules,
  line: number,
): Schemas["BidBody"] {
  const [first] = tiers;
  const validUntil = new Date(Date.parse(closesAt) + validDays * DAY_MS).toISOString().replace(/\.\d+Z$/, "Z");
  const rate = (price: string): string => `${price} ${currency}/h`;
  return {
    line,
    count,
    min,
    ...(tiers.length > 1
      ? { tiers: tiers.map(({ from, price }) => ({ from, price: rate(price) })) }
      : { price: rate(first?.price ?? "") }),
    validUntil,
  };
}
