import type { PlainPrice, PriceForm } from "../agreements/price-book.ts";
import {
  acceleratorSeconds,
  contains,
  formatInstant,
  type Instant,
  intersection,
  type TimeWindow,
  windowSeconds,
} from "../kernel/index.ts";
import { entryAt, type PlacedEntry } from "./entries.ts";
import { civilStarts } from "./periods.ts";
import type { CommittedPrice, PriceProblem, PriceQuery } from "./priced.ts";
import type { VolumeForm } from "./volume.ts";

/** A part of the use that one entry prices, during a stretch in which its price does not change but by volume. */
export interface Stretch extends TimeWindow {
  readonly held: bigint;
  readonly placed: PlacedEntry;
  readonly passedOver: readonly PlacedEntry[];
}

/** A part of the use at the price that a commitment fixes. */
export interface CommittedStretch extends TimeWindow {
  readonly held: bigint;
  readonly price: CommittedPrice;
}

export interface Stretches {
  readonly committed: readonly CommittedStretch[];
  readonly open: readonly Stretch[];
}

export function entryName({ book, entry }: PlacedEntry): string {
  return `${book.agreement}/${book.clause.id}/${entry.id}`;
}

/** Cuts a use wherever its price may change, and finds what prices each piece; a piece without a price is a problem. */
export function stretchesOf(query: PriceQuery, fitting: readonly PlacedEntry[], problems: PriceProblem[]): Stretches {
  const { window, count } = query;
  const prices = (query.committed ?? []).map((price) => ({ price, left: secondsLeft(price) }));
  const edges = edgesOf(query, fitting);
  const committed: CommittedStretch[] = [];
  const open: Stretch[] = [];
  for (const [index, to] of edges.slice(1).entries()) {
    const span = { from: edges[index] ?? window.from, to };
    let held: bigint = acceleratorSeconds(count, windowSeconds(span));
    for (const one of prices) {
      const taken = contains(one.price, span.from) ? least(one.left ?? held, held) : 0n;
      if (taken === 0n) continue;
      committed.push({ ...span, held: taken, price: one.price });
      if (one.left !== undefined) one.left -= taken;
      held -= taken;
    }
    if (held > 0n) open.push(...stretchOf(span, held, fitting, problems));
  }
  return { committed, open };
}

/** Whole accelerator-seconds that what is left pays for; undefined without bound, at a price of zero. */
function secondsLeft({ left, rate }: CommittedPrice): bigint | undefined {
  if (typeof left === "bigint") return left;
  return rate.microsPerHour > 0n ? (left.micros * 3600n) / rate.microsPerHour : undefined;
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function stretchOf(
  span: TimeWindow,
  held: bigint,
  fitting: readonly PlacedEntry[],
  problems: PriceProblem[],
): Stretch[] {
  const choice = entryAt(fitting, span.from);
  if (choice === undefined) {
    addGap(problems, span, "no entry of the price book is for this use");
    return [];
  }
  if ("chosen" in choice) return [{ ...span, held, placed: choice.chosen, passedOver: choice.passedOver }];
  const entries = choice.conflict.map(entryName);
  const detail = `${entries.join(" and ")} apply at once, and no order is declared among them.`;
  problems.push({ code: "price_conflict", detail, entries, ...span });
  return [];
}

/** Gaps that touch are one. */
export function addGap(problems: PriceProblem[], span: TimeWindow, why: string, entries: readonly string[] = []): void {
  const last = problems.at(-1);
  const joins = last?.code === "price_not_stated" && last.to === span.from && last.entries.join() === entries.join();
  const from = joins ? last.from : span.from;
  if (joins) problems.pop();
  const detail = `Between ${formatInstant(from)} and ${formatInstant(span.to)} ${why}.`;
  problems.push({ code: "price_not_stated", detail, entries, from, to: span.to });
}

/** Every instant of the window at which a price may change, its ends first and last. */
function edgesOf({ window, committed = [] }: PriceQuery, fitting: readonly PlacedEntry[]): Instant[] {
  const edges = new Set<Instant>([window.from, window.to]);
  const add = (at: Instant): void => {
    if (window.from < at && at < window.to) edges.add(at);
  };
  for (const { from, to } of committed) for (const at of [from, to]) add(at);
  for (const { entry } of fitting) {
    const valid = intersection(window, { from: entry.from ?? window.from, to: entry.to ?? window.to });
    if (valid === undefined) continue;
    for (const at of [valid.from, valid.to, ...changesOf(entry.price, valid)]) add(at);
  }
  return [...edges].sort((a, b) => a - b);
}

/** Where a price may change inside a window: steps, periods of volume, resets of an index. */
function changesOf(price: PriceForm, window: TimeWindow): Instant[] {
  const resets = plainPricesOf(price).flatMap((plain) =>
    plain.form === "index" ? civilStarts(plain.reset, plain.zone, window) : [],
  );
  if (price.form === "steps") return [...resets, ...price.steps.map(({ from }) => from)];
  return price.form === "volume" ? [...resets, ...periodEdges(price, window)] : resets;
}

function periodEdges({ period }: VolumeForm, window: TimeWindow): readonly Instant[] {
  if (period.unit === "order") return [];
  return period.unit === "span" ? [period.from, period.to] : civilStarts(period.unit, period.zone, window);
}

function plainPricesOf(price: PriceForm): readonly PlainPrice[] {
  if (price.form === "steps") return price.steps.map((step) => step.price);
  return price.form === "volume" ? price.tiers.map((tier) => tier.price) : [price];
}
