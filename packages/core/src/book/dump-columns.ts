import type { CalendarPoints, CapacityLedger, DumpedBlock, Pairs } from "../capacity/index.ts";
import { type AgreementId, canonicalText, DAY_MS, type Instant, type RequestId } from "../kernel/index.ts";
import type { Ages } from "./ages.ts";
import type { PastRequest } from "./past.ts";
import type { Table } from "./table.ts";

/**
 * What there is most of in a state, column by column: a hundred thousand commands of a day, what they were awarded, the days of a
 * thousand blocks. Long columns of plain texts and numbers are read several times quicker than as many small lists.
 */

/** Instants as the first and the steps from each to the next. */
type Steps = readonly number[];

export interface KeyColumns {
  readonly keys: readonly string[];
  /** All that the values begin with, up to their last blank: senders with kinds of commands. */
  readonly heads: readonly string[];
  /** For each key, the place of its beginning among those; -1 where the key has no value. */
  readonly head: readonly number[];
  /** For each key, the rest of its value. */
  readonly rest: readonly string[];
  readonly at: Steps;
}

export function keyColumns(ages: Ages, values: Table<string, string>): KeyColumns {
  const entries = ages.entries();
  const heads = new Map<string, number>();
  const head: number[] = [];
  const rest: string[] = [];
  for (const [key] of entries) {
    const value = values.get(key);
    const cut = (value?.lastIndexOf(" ") ?? -1) + 1;
    const beginning = value?.slice(0, cut);
    if (beginning !== undefined && !heads.has(beginning)) heads.set(beginning, heads.size);
    head.push(beginning === undefined ? -1 : (heads.get(beginning) as number));
    rest.push(value?.slice(cut) ?? "");
  }
  return {
    keys: entries.map(([key]) => key),
    heads: [...heads.keys()],
    head,
    rest,
    at: stepsOf(entries.map(([, at]) => at)),
  };
}

export function restoreKeys(
  { keys, heads, head, rest, at }: KeyColumns,
  ages: Ages,
  values: Table<string, string>,
): void {
  let now = 0;
  for (const [index, key] of keys.entries()) {
    now += at[index] as number;
    ages.add(key, now as Instant);
    const beginning = heads[head[index] as number];
    if (beginning !== undefined) values.set(key, beginning + (rest[index] as string));
  }
}

export interface ClosedColumns {
  readonly requests: readonly RequestId[];
  /** Places of those that are forgotten already, and stand there once more. */
  readonly gone: readonly number[];
  readonly at: Steps;
}

export function closedColumns(ages: Ages<RequestId>, closed: Table<RequestId, true>): ClosedColumns {
  const entries = ages.entries();
  return {
    requests: entries.map(([request]) => request),
    gone: entries.flatMap(([request], index) => (closed.has(request) ? [] : [index])),
    at: stepsOf(entries.map(([, at]) => at)),
  };
}

export function restoreClosed(
  { requests, gone, at }: ClosedColumns,
  ages: Ages<RequestId>,
  closed: Table<RequestId, true>,
): void {
  const forgotten = new Set(gone);
  let now = 0;
  for (const [index, request] of requests.entries()) {
    now += at[index] as number;
    ages.add(request, now as Instant);
    if (!forgotten.has(index)) closed.set(request, true);
  }
}

export interface PastColumns {
  readonly requests: readonly RequestId[];
  readonly submittedAt: Steps;
  readonly until: Steps;
  /** All lists of agreements that there are, and for each request the place of its own. */
  readonly lists: readonly (readonly AgreementId[])[];
  readonly list: readonly number[];
}

export function pastColumns(past: readonly PastRequest[]): PastColumns {
  const lists = new Map<string, number>();
  const distinct: (readonly AgreementId[])[] = [];
  const list = past.map(({ agreements }) => {
    const name = agreements.join(" ");
    const known = lists.get(name) ?? distinct.push(agreements) - 1;
    lists.set(name, known);
    return known;
  });
  return {
    requests: past.map(({ request }) => request),
    submittedAt: stepsOf(past.map(({ submittedAt }) => submittedAt)),
    until: stepsOf(past.map(({ until }) => until)),
    lists: distinct,
    list,
  };
}

export function pastFrom({ requests, submittedAt, until, lists, list }: PastColumns): PastRequest[] {
  let submitted = 0;
  let ends = 0;
  return requests.map((request, index) => {
    submitted += submittedAt[index] as number;
    ends += until[index] as number;
    return {
      request,
      submittedAt: submitted as Instant,
      agreements: lists[list[index] as number] as readonly AgreementId[],
      until: ends as Instant,
    };
  });
}

/** A block with the points of its quantity and of what is held of it. */
export type BlockColumns = readonly [block: unknown, quantity: Points, held: Points];

/** The unit of the steps, the first instant and its level, then steps and levels in turn. */
type Points = readonly number[];

/** As JSON text: one for one state. */
export function blockColumns(capacity: CapacityLedger): string {
  const columns = capacity.dump().map(([block, { quantity, held }]) => {
    return `[${canonicalText(block)},${JSON.stringify(packPoints(quantity))},${JSON.stringify(packPoints(held))}]`;
  });
  return `[${columns.join(",")}]`;
}

export const blocksFrom = (columns: readonly BlockColumns[]): readonly DumpedBlock[] =>
  columns.map(([block, quantity, held]) => {
    const points: CalendarPoints = { quantity: pointsFrom(quantity), held: pointsFrom(held) };
    return [block as DumpedBlock[0], points];
  });

function packPoints(pairs: Pairs): Points {
  const [first] = pairs;
  if (first === undefined) return [];
  // Most of what is held is held for whole days.
  const unit = pairs.every(([at]) => (at - first[0]) % DAY_MS === 0) ? DAY_MS : 1;
  const packed = [unit, ...first];
  let before = first[0];
  for (const [at, level] of pairs.slice(1)) {
    packed.push((at - before) / unit, level);
    before = at;
  }
  return packed;
}

function pointsFrom([unit = 1, ...packed]: Points): Pairs {
  const pairs: [number, number][] = [];
  let at = 0;
  for (let index = 0; index < packed.length; index += 2) {
    at += (packed[index] as number) * (index === 0 ? 1 : unit);
    pairs.push([at, packed[index + 1] as number]);
  }
  return pairs;
}

function stepsOf(instants: readonly number[]): Steps {
  let before = 0;
  return instants.map((at) => {
    const step = at - before;
    before = at;
    return step;
  });
}
