import type { CapacityLedger, DumpedBlock, Pairs } from "../capacity/index.ts";
import { type AgreementId, canonicalText, DAY_MS, type Instant, type RequestId } from "../kernel/index.ts";
import type { Ages, DormantAges } from "./ages.ts";
import type { DormantPast, PastRequest } from "./past.ts";
import type { Table } from "./table.ts";

/**
 * What there is most of in a state, column by column: a hundred thousand commands of a day, what they were awarded, the days of a
 * thousand blocks. Long columns of plain texts and numbers are read several times quicker than as many small lists.
 */

/** Instants as steps, each followed by how often it is taken. */
type Steps = readonly number[];

export interface KeyColumns {
  readonly keys: Texts;
  /** All that the values begin with, up to their last blank: senders with kinds of commands. */
  readonly heads: readonly string[];
  /** For each key, the place of its beginning among those; -1 where the key has no value. */
  readonly head: readonly number[];
  /** For each key, the rest of its value. */
  readonly rest: Texts;
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
    keys: textsOf(entries.map(([key]) => key)),
    heads: [...heads.keys()],
    head,
    rest: textsOf(rest),
    at: stepsOf(entries.map(([, at]) => at)),
  };
}

export function restoreKeys(
  { keys, heads, head, rest, at }: KeyColumns,
  ages: Ages,
  values: Table<string, string>,
): void {
  const names = once(() => textsFrom(keys));
  ages.restore(dormantAges(names, at));
  values.restore({
    mayHave: (key) => mayHave(keys, key),
    each: (take) => {
      const rests = textsFrom(rest);
      for (const [index, key] of names().entries()) {
        const beginning = heads[head[index] as number];
        if (beginning !== undefined) take(key, beginning + (rests[index] as string));
      }
    },
  });
}

export interface ClosedColumns {
  readonly requests: Texts;
  /** Places of those that are forgotten already, and stand there once more. */
  readonly gone: readonly number[];
  readonly at: Steps;
}

export function closedColumns(ages: Ages<RequestId>, closed: Table<RequestId, true>): ClosedColumns {
  const entries = ages.entries();
  return {
    requests: textsOf(entries.map(([request]) => request)),
    gone: entries.flatMap(([request], index) => (closed.has(request) ? [] : [index])),
    at: stepsOf(entries.map(([, at]) => at)),
  };
}

export function restoreClosed(
  { requests, gone, at }: ClosedColumns,
  ages: Ages<RequestId>,
  closed: Table<RequestId, true>,
): void {
  const all = once(() => textsFrom(requests) as readonly RequestId[]);
  ages.restore(dormantAges(all, at));
  closed.restore({
    mayHave: (request) => mayHave(requests, request),
    each: (take) => {
      const forgotten = new Set(gone);
      for (const [index, request] of all().entries()) if (!forgotten.has(index)) take(request, true);
    },
  });
}

const dormantAges = <Key extends string>(
  keys: () => readonly Key[],
  at: Steps,
): DormantAges<Key, number | undefined> => ({
  oldest: at[0],
  keys,
  times: () => instantsOf(at),
});

export interface PastColumns {
  readonly requests: Texts;
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
    requests: textsOf(past.map(({ request }) => request)),
    submittedAt: stepsOf(past.map(({ submittedAt }) => submittedAt)),
    until: stepsOf(past.map(({ until }) => until)),
    lists: distinct,
    list,
  };
}

export const pastFrom = (columns: PastColumns): DormantPast => ({
  count: columns.list.length,
  all: () => pastRequests(columns),
});

function pastRequests({ requests, submittedAt, until, lists, list }: PastColumns): PastRequest[] {
  const submitted = instantsOf(submittedAt);
  const ends = instantsOf(until);
  return textsFrom(requests).map((request, index) => ({
    request: request as RequestId,
    submittedAt: submitted[index] as Instant,
    agreements: lists[list[index] as number] as readonly AgreementId[],
    until: ends[index] as Instant,
  }));
}

/** A block with the points of its quantity and of what is held of it. */
export type BlockColumns = readonly [block: unknown, quantity: Points, held: string];

/** The unit of the steps, the first instant and its level, then steps and levels in turn. */
type Points = readonly number[];

/** As JSON text: one for one state. */
export function blockColumns(capacity: CapacityLedger): string {
  const columns = capacity.dump().map(([block, { quantity, held }]) => {
    return `[${canonicalText(block)},${JSON.stringify(packPoints(quantity))},"${packPoints(held).join(" ")}"]`;
  });
  return `[${columns.join(",")}]`;
}

export const blocksFrom = (columns: readonly BlockColumns[]): readonly DumpedBlock[] =>
  columns.map(([block, quantity, held]) => {
    return [block as DumpedBlock[0], { quantity: pointsFrom(quantity), held: () => heldFrom(held) }];
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

/** What is held is most of it: a text that is read when somebody looks at the block. */
const heldFrom = (text: string): Pairs => pointsFrom(text === "" ? [] : text.split(" ").map(Number));

function pointsFrom([unit = 1, ...packed]: Points): Pairs {
  const pairs: [number, number][] = [];
  let at = 0;
  for (let index = 0; index < packed.length; index += 2) {
    at += (packed[index] as number) * (index === 0 ? 1 : unit);
    pairs.push([at, packed[index + 1] as number]);
  }
  return pairs;
}

/** The first and the steps from each to the next, each with how often it follows: most of a batch have one stamp. */
function stepsOf(instants: readonly number[]): Steps {
  const steps: number[] = [];
  let before = 0;
  for (const at of instants) {
    const step = at - before;
    if (steps.length > 0 && steps.at(-2) === step) steps[steps.length - 1] = (steps.at(-1) as number) + 1;
    else steps.push(step, 1);
    before = at;
  }
  return steps;
}

function instantsOf(steps: Steps): Instant[] {
  const instants: Instant[] = [];
  let at = 0;
  for (let index = 0; index < steps.length; index += 2) {
    for (let left = steps[index + 1] as number; left > 0; left -= 1) {
      at += steps[index] as number;
      instants.push(at as Instant);
    }
  }
  return instants;
}

/** Texts as one, with a character between them that none of them has; a list where they have them all. */
type Texts = readonly [between: string, all: string] | readonly string[][];

const BETWEEN = [" ", "|", "~", "^", ";"];

function textsOf(texts: readonly string[]): Texts {
  const all = texts.join("");
  const between = BETWEEN.find((character) => !all.includes(character));
  return texts.length === 0 || between === undefined ? [[...texts]] : [between, texts.join(between)];
}

function textsFrom([first, all]: Texts): readonly string[] {
  return typeof first === "string" ? (all as string).split(first) : (first ?? []);
}

/** False only where the text is not among them: all of them are gone through, and none is taken out. */
function mayHave([first, all]: Texts, text: string): boolean {
  if (typeof first !== "string") return first?.includes(text) ?? false;
  if (text.includes(first)) return false;
  const joined = all as string;
  return joined.startsWith(text) || joined.includes(first + text);
}

/** Made when it is first asked for. */
function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
