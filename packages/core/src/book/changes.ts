import { believe, canonicalText, type Instant, type RequestId } from "../kernel/index.ts";
import { ADDED } from "./ages.ts";
import type { Undoable } from "./journal.ts";
import type { AddedPast } from "./past.ts";
import { revived } from "./revived.ts";
import type { BookState, Field, Occupied } from "./state.ts";
import type { Table } from "./table.ts";
import { stillMatters } from "./time.ts";
import { type Due, PUSHED } from "./timers.ts";

/** What a batch changed. A value of null in a table: the key is not there any more. */
interface Changes {
  readonly fields: { readonly [Name in Exclude<Field, Raised>]?: unknown };
  readonly raised: readonly Raised[];
  readonly tables: { readonly [table: string]: readonly (readonly [key: string, value: unknown])[] };
  readonly keys: readonly (readonly [key: string, what: string, at: number])[];
  readonly closed: readonly (readonly [request: string, at: number])[];
  readonly past: readonly AddedPast[];
  readonly held: readonly Occupied[];
  /** Up to when all that was due has been dealt with; null where nothing was. */
  readonly dueTo: number | null;
  readonly due: readonly Due[];
}

type Raised = "epoch" | "factEpoch";
const RAISED: ReadonlySet<unknown> = new Set<Raised>(["epoch", "factEpoch"]);
/** Known by how old they are. */
const AGED: ReadonlySet<string> = new Set(["keys", "closed"]);

/**
 * What has been changed since a checkpoint, as one text: `applyChanges` brings another state there that was where this one was at the
 * checkpoint, without reading an event. What opened and closed in between leaves nothing but its keys. Before the checkpoint is closed.
 *
 * @returns undefined where something was changed that is seldom and has no short form: then the records are to be folded
 */
export function changesSince(state: BookState, mark: number): string | undefined {
  const names = new Map<Undoable, string>(Object.entries(state.tables()).map(([name, table]) => [table, name]));
  const before = new Map<Undoable, Map<string, unknown>>();
  const fields = new Set<Field>();
  const pushed = new Set<Due>();
  const past: AddedPast[] = [];
  const held: Occupied[] = [];
  let [keys, closed] = [0, 0];
  let dueTo: number | null = null;
  for (const [target, key, was] of state.journal.since(mark)) {
    if (names.has(target)) {
      const known = before.get(target) ?? new Map<string, unknown>();
      before.set(target, known);
      if (!known.has(key as string)) known.set(key as string, was);
    } else if (target === state.fields) fields.add(key as Field);
    else if (target === state.held) held.push(key as Occupied);
    else if (target === state.past) past.push(key as AddedPast);
    else if (target === state.keyAges) keys += key === ADDED ? 1 : 0;
    else if (target === state.closedAges) closed += key === ADDED ? 1 : 0;
    else if (target === state.timers) {
      if (was === PUSHED) pushed.add(key as Due);
      else {
        pushed.delete(key as Due);
        dueTo = Math.max(dueTo ?? -Infinity, (key as Due).at);
      }
    } else return undefined;
  }
  const added = state.keyAges.newest(keys).map(([key, at]) => [key, state.keys.get(key), at] as const);
  const left = state.closedAges.newest(closed);
  // So long a batch that what came in it is forgotten by its end.
  if (added.some(([, what]) => what === undefined) || left.some(([id]) => !state.closed.has(id))) return undefined;
  const changes: Changes = {
    fields: Object.fromEntries([...fields].filter((name) => !RAISED.has(name)).map((name) => [name, state[name]])),
    raised: [...fields].filter((name): name is Raised => RAISED.has(name)),
    tables: changedTables(names, before),
    keys: added as Changes["keys"],
    closed: left,
    past,
    held,
    dueTo,
    due: [...pushed].filter((due) => stillMatters(state, due)),
  };
  return canonicalText(changes);
}

function changedTables(
  names: ReadonlyMap<Undoable, string>,
  before: ReadonlyMap<Undoable, ReadonlyMap<string, unknown>>,
): Changes["tables"] {
  const tables: [string, [string, unknown][]][] = [];
  for (const [target, keys] of before) {
    const name = names.get(target) as string;
    if (AGED.has(name)) continue;
    const table = target as Table<string, unknown>;
    const changed = [...keys]
      .filter(([key, was]) => table.get(key) !== was)
      .map(([key]): [string, unknown] => [key, table.get(key) ?? null]);
    if (changed.length > 0) tables.push([name, changed]);
  }
  return Object.fromEntries(tables);
}

/** Does what `changesSince` gave, of a state that was where this one is. Throws for any other text: whoever keeps them keeps a hash. */
export function applyChanges(state: BookState, text: string): void {
  believe(!state.journal.recording, "changes are applied while no checkpoint is open");
  const changes = JSON.parse(text) as Changes;
  const fields = revived(changes.fields) as { readonly [Name in Field]?: unknown };
  for (const [name, value] of Object.entries(fields)) state.assign(name as "now", value as Instant);
  for (const name of changes.raised) state.raise(name);
  const tables = state.tables();
  for (const [name, entries] of Object.entries(changes.tables)) {
    const table = tables[name];
    believe(table !== undefined, `there is a table ${name}`);
    for (const [key, value] of entries) {
      if (value === null) table.delete(key);
      else table.set(key, revived(value));
    }
  }
  for (const occupied of changes.held) state.occupy(occupied);
  for (const { entry, now } of changes.past) state.past.add(entry, now);
  for (const [key, what, at] of changes.keys) state.rememberKey(key, what, at as Instant);
  for (const [request, at] of changes.closed) state.rememberClosed(request as RequestId, at as Instant);
  if (changes.dueTo !== null) while (state.timers.isDue(changes.dueTo as Instant)) state.timers.pop();
  for (const due of changes.due) state.timers.push(due);
}

/**
 * Whether two texts of `changesSince` of the same records say the same. How far what was due has been dealt with is left out: it also depends on what
 * each state had tidied away of what did not matter any more.
 */
export function sayTheSame(one: string, other: string): boolean {
  if (one === other) return true;
  const [mine, theirs] = [one, other].map((text) => canonicalText({ ...(JSON.parse(text) as Changes), dueTo: null }));
  return mine === theirs;
}
