import { believe, type Currency, type Instant, type TimeWindow } from "../kernel/index.ts";
import type { Quote, Quoted } from "./priced.ts";

/**
 * A straight part of a cost: `base + each x count` from this count on, as far as the next part. In micro-units times 3,600, so that it
 * is whole: a rate by the hour for whole seconds.
 */
export interface CostPart {
  readonly from: number;
  readonly base: bigint;
  readonly each: bigint;
}

/** What a count costs in one stretch of time. */
export interface WindowCost extends TimeWindow {
  readonly parts: readonly CostPart[];
}

/** What each count of a step costs, stretch by stretch; the parts of all stretches begin at the same counts. */
export interface CostByCount {
  readonly currency: Currency;
  readonly windows: readonly WindowCost[];
}

/**
 * What a price book asks for each of some counts, in order and one step apart, as straight parts. Exact for each of them: the parts
 * are joined from the quotes of all, not guessed from some. The first quote that is refused is the answer.
 */
export function costByCount(
  counts: readonly number[],
  quoteOf: (count: number) => Quoted,
): { readonly ok: true; readonly value: CostByCount } | Extract<Quoted, { ok: false }> {
  const quotes: Quote[] = [];
  for (const count of counts) {
    const found = quoteOf(count);
    if (!found.ok) return found;
    quotes.push(found.value);
  }
  const [first] = quotes;
  believe(first !== undefined, "something is to be priced");
  const windows = windowsOf(first);
  const values = quotes.map((quote) => windows.map((window) => scaledIn(quote, window)));
  const parts = joined(counts, values);
  return {
    ok: true,
    value: {
      currency: first.cost.currency,
      windows: windows.map((window, place) => ({ ...window, parts: parts.map((part) => part[place] as CostPart) })),
    },
  };
}

function windowsOf({ rows }: Quote): TimeWindow[] {
  const found = new Map<Instant, TimeWindow>();
  for (const { from, to } of rows) found.set(from, { from, to });
  return [...found.values()];
}

function scaledIn({ rows }: Quote, { from }: TimeWindow): bigint {
  let sum = 0n;
  for (const row of rows) if (row.from === from) sum += row.rate.microsPerHour * row.held;
  return sum;
}

/** As few parts as hold every value: a part goes on as long as every stretch goes on straight. */
function joined(counts: readonly number[], values: readonly (readonly bigint[])[]): CostPart[][] {
  const parts: CostPart[][] = [];
  for (let start = 0; start < counts.length; ) {
    const each = slopesAt(counts, values, start);
    let end = start;
    while (each !== undefined && isStraight(slopesAt(counts, values, end), each)) end += 1;
    const from = counts[start] as number;
    parts.push(
      (values[start] as readonly bigint[]).map((value, place) => {
        const slope = each?.[place] ?? 0n;
        return { from, base: value - slope * BigInt(from), each: slope };
      }),
    );
    start = end + 1;
  }
  return parts;
}

/** By stretch what one more costs from this place to the next; undefined at the last, and where that is not whole. */
function slopesAt(
  counts: readonly number[],
  values: readonly (readonly bigint[])[],
  place: number,
): readonly bigint[] | undefined {
  const [here, next] = [values[place], values[place + 1]];
  if (here === undefined || next === undefined) return undefined;
  const step = BigInt((counts[place + 1] as number) - (counts[place] as number));
  const rises = next.map((value, stretch) => value - (here[stretch] as bigint));
  return rises.every((rise) => rise % step === 0n) ? rises.map((rise) => rise / step) : undefined;
}

function isStraight(slopes: readonly bigint[] | undefined, each: readonly bigint[]): boolean {
  return slopes !== undefined && slopes.every((slope, place) => slope === each[place]);
}

/** The cost of a count in one stretch, times 3,600; undefined below the first part. */
export function costIn({ parts }: WindowCost, count: number): bigint | undefined {
  const part = parts.findLast(({ from }) => from <= count);
  return part === undefined ? undefined : part.base + part.each * BigInt(count);
}

/** The cost of a count over all stretches, times 3,600; undefined below what is priced. */
export function costOfCount({ windows }: CostByCount, count: number): bigint | undefined {
  let sum = 0n;
  for (const window of windows) {
    const cost = costIn(window, count);
    if (cost === undefined) return undefined;
    sum += cost;
  }
  return sum;
}
