import { believe, canonicalText, type Instant } from "../kernel/index.ts";
import {
  type BlockColumns,
  blockColumns,
  blocksFrom,
  type ClosedColumns,
  closedColumns,
  type KeyColumns,
  keyColumns,
  type PastColumns,
  pastColumns,
  pastFrom,
  restoreClosed,
  restoreKeys,
} from "./dump-columns.ts";
import { revived } from "./revived.ts";
import { BookState } from "./state.ts";
import { stillMatters } from "./time.ts";
import type { Due } from "./timers.ts";

/**
 * The form of a dumped state. To be raised with every change of what a state is made of: a dump of another form is not read, and the
 * state is folded from the log instead.
 */
export const STATE_FORM = 4;

/** What is no part of what a log folds into, and is decided by: what falls due. */
interface Beside {
  readonly timers: readonly Due[];
}

/** Kept as columns: there is an entry for every command of a day. */
const IN_COLUMNS: ReadonlySet<string> = new Set(["keys", "closed"]);

/**
 * The state as two texts, from which `load` makes one that goes on deciding as this one does. Only between commands.
 *
 * @returns a text that is the same for the same state however it came about, and what is kept beside it
 */
export function dump(state: BookState): { readonly canonical: string; readonly beside: string } {
  believe(!state.journal.recording, "a state is dumped while no checkpoint is open");
  const tables = Object.entries(state.tables()).filter(([name]) => !IN_COLUMNS.has(name));
  const small = canonicalText({
    header: state.header,
    policy: state.policy,
    now: Number.isFinite(state.now) ? state.now : null,
    submitted: state.submitted,
    answers: state.answers,
    outages: state.outages,
    sweptAt: state.past.sweptAt,
    tables: Object.fromEntries(tables.map(([name, table]) => [name, table.sorted()])),
  });
  const columns = {
    keys: keyColumns(state.keyAges, state.keys),
    closed: closedColumns(state.closedAges, state.closed),
    past: pastColumns(state.past.all()),
  };
  const canonical = `[${small},${JSON.stringify(columns)},${blockColumns(state.capacity)}]`;
  const beside: Beside = { timers: state.timers.entries().filter((due) => stillMatters(state, due)) };
  return { canonical, beside: JSON.stringify(beside) };
}

/** Makes a state from what `dump` gave, of this form; what there is most of stays text until somebody looks at it. Throws for anything else: whoever keeps dumps keeps a hash with them. */
export function load(canonical: string, beside: string): BookState {
  const [small, columns, capacity] = JSON.parse(canonical) as Loaded;
  const { timers } = JSON.parse(beside) as Beside;
  const { header, policy, now, submitted, answers, outages, sweptAt, tables } = small;
  const state = new BookState();
  if (header !== null) state.header = revived(header) as BookState["header"];
  if (policy !== null) state.policy = revived(policy) as BookState["policy"];
  if (now !== null) state.now = now;
  state.submitted = submitted;
  state.answers = answers;
  state.outages = outages;
  state.capacity.restore(blocksFrom(capacity));
  state.past.restore(pastFrom(columns.past), sweptAt);
  for (const [name, table] of Object.entries(state.tables())) {
    for (const [key, value] of tables[name] ?? []) table.set(key, revived(value));
  }
  restoreKeys(columns.keys, state.keyAges, state.keys);
  restoreClosed(columns.closed, state.closedAges, state.closed);
  for (const due of timers) state.timers.push(due);
  // What is derived from facts is not that of a state without any.
  state.raise("epoch");
  state.raise("factEpoch");
  return state;
}

type Loaded = readonly [
  small: {
    readonly header: unknown;
    readonly policy: unknown;
    readonly now: Instant | null;
    readonly submitted: number;
    readonly answers: number;
    readonly outages: BookState["outages"];
    readonly sweptAt: number;
    readonly tables: { readonly [table: string]: readonly (readonly [key: string, value: unknown])[] };
  },
  columns: { readonly keys: KeyColumns; readonly closed: ClosedColumns; readonly past: PastColumns },
  capacity: readonly BlockColumns[],
];
