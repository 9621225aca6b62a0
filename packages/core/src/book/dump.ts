import { believe, type Instant } from "../kernel/index.ts";
import type { PastRequest } from "./past.ts";
import { BookState } from "./state.ts";
import { stillMatters } from "./time.ts";
import type { Due } from "./timers.ts";

/**
 * The form of a dumped state. To be raised with every change of what a state is made of: a dump of another form is not read, and the
 * state is folded from the log instead.
 */
export const STATE_FORM = 1;

/** What is not in the canonical text, but is decided by: in which order keys are forgotten, what falls due, when past requests go. */
interface Beside {
  readonly keys: readonly (readonly [key: string, at: number])[];
  readonly closed: readonly (readonly [key: string, at: number])[];
  readonly timers: readonly Due[];
  readonly sweptAt: number;
}

/**
 * The state as two texts, from which `load` makes one that goes on deciding as this one does. Only between commands.
 *
 * @returns the canonical text, and what is kept beside it
 */
export function dump(state: BookState): { readonly canonical: string; readonly beside: string } {
  believe(!state.journal.recording, "a state is dumped while no checkpoint is open");
  const beside: Beside = {
    keys: state.keyAges.entries(),
    closed: state.closedAges.entries(),
    timers: state.timers.entries().filter((due) => stillMatters(state, due)),
    sweptAt: state.past.sweptAt,
  };
  return { canonical: state.canonical(), beside: JSON.stringify(beside) };
}

/** Makes a state from what `dump` gave, of this form. Throws for anything else: whoever keeps dumps keeps a hash with them. */
export function load(canonical: string, beside: string): BookState {
  const { header, policy, now, submitted, answers, capacity, outages, past, ...tables } = JSON.parse(
    canonical,
  ) as Loaded;
  const { keys, closed, timers, sweptAt } = JSON.parse(beside) as Beside;
  const state = new BookState();
  if (header !== null) state.header = revived(header) as BookState["header"];
  if (policy !== null) state.policy = revived(policy) as BookState["policy"];
  if (now !== null) state.now = now;
  state.submitted = submitted;
  state.answers = answers;
  state.outages = outages;
  state.capacity.restore(capacity);
  state.past.restore(past, sweptAt);
  for (const [name, table] of Object.entries(state.tables())) {
    for (const [key, value] of tables[name] ?? []) table.set(key, revived(value));
  }
  for (const [key, at] of keys) state.keyAges.add(key, at as Instant);
  for (const [key, at] of closed)
    state.closedAges.add(key as Parameters<typeof state.closedAges.add>[0], at as Instant);
  for (const due of timers) state.timers.push(due);
  // What is derived from facts is not that of a state without any.
  state.raise("epoch");
  state.raise("factEpoch");
  return state;
}

type Loaded = {
  readonly header: unknown;
  readonly policy: unknown;
  readonly now: Instant | null;
  readonly submitted: number;
  readonly answers: number;
  readonly capacity: string;
  readonly outages: BookState["outages"];
  readonly past: readonly PastRequest[];
} & { readonly [table: string]: readonly (readonly [key: string, value: unknown])[] };

/** Undoes what canonical text does to values: big numbers, and keys that begin like the mark of one. In place. */
function revived(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) value[index] = revived(value[index]);
    return value;
  }
  const source = value as Record<string, unknown>;
  if (typeof source["$bigint"] === "string") return BigInt(source["$bigint"]);
  for (const key of Object.keys(source)) {
    const inner = revived(source[key]);
    if (!key.startsWith("$")) source[key] = inner;
    else {
      delete source[key];
      source[key.slice(1)] = inner;
    }
  }
  return source;
}
