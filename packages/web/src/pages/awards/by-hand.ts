import type { Schemas } from "@offtake/client";
import { countText } from "../../amounts/counts.ts";
import { rateText } from "../../amounts/money.ts";
import type { Part, Scenario } from "./choices.ts";

type RequestTold = Schemas["Request"];

/** One line of one opened bid, as somebody may take of it. */
export interface Takeable {
  /** Bid and line in one text. */
  readonly key: string;
  readonly bid: string;
  /** From 1, as the API counts. */
  readonly line: number;
  readonly provider: string;
  readonly lot: string;
  readonly min: number;
  readonly max: number;
  readonly multiple: number;
  readonly price: string;
}

/** How many of which bid somebody would take; 0 is none of it. */
export type Counts = Readonly<Record<string, number>>;

export const keyOf = (bid: string, line: number): string => `${bid}:${line}`;

/** What can be taken: the opened bids of the last comparison, in the order of their prices' bids. */
export function takeableOf({ view }: RequestTold): readonly Takeable[] {
  const compared = new Set(view.evaluations.at(-1)?.considered.map(({ bid }) => bid));
  const seen = new Set<string>();
  return view.tenders
    .flatMap(({ opened }) => opened)
    .filter(({ id }) => (compared.size === 0 || compared.has(id)) && !seen.has(id) && seen.add(id))
    .flatMap(({ id, bidder, lines }) =>
      lines.map(({ lot, countMin, countMax, multiple, tiers }, index) => ({
        key: keyOf(id, index + 1),
        bid: id,
        line: index + 1,
        provider: bidder,
        lot,
        min: countMin,
        max: countMax,
        multiple,
        price: tiers.map(({ rate }) => rateText(rate)).join(", "),
      })),
    );
}

export const countsOf = (parts: Scenario["parts"]): Counts =>
  Object.fromEntries(parts.map(({ bid, line, count }) => [keyOf(bid, line), count]));

/** The choice as the API takes it: bids of which nothing is taken are left out. */
export function partsOf(takeable: readonly Takeable[], counts: Counts): readonly Part[] {
  return takeable.flatMap(({ key, bid, line }) => {
    const count = counts[key] ?? 0;
    return count > 0 ? [{ bid, line, count }] : [];
  });
}

/** What is wrong with a count, before the broker is asked; it decides all the same. */
export function problemOf({ min, max, multiple }: Takeable, count: number): string | undefined {
  if (count === 0) return undefined;
  if (count < min) return `At least ${countText(min)}, or none.`;
  if (count > max) return `At most ${countText(max)}.`;
  return count % multiple === 0 ? undefined : `A multiple of ${countText(multiple)}.`;
}
