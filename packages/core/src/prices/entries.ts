import type { PriceBookClause, PriceEntry } from "../agreements/price-book.ts";
import { type AgreementId, contains, DAY_MS, type Instant, type TimeWindow } from "../kernel/index.ts";
import { type CompiledScope, compileScope, evaluateScope, type Facts } from "../scope/index.ts";

/** A price book and the agreement it stands in. */
export interface PriceBook {
  readonly agreement: AgreementId;
  readonly clause: PriceBookClause;
}

/** One entry with where it stands. */
export interface PlacedEntry {
  readonly book: PriceBook;
  readonly entry: PriceEntry;
}

const scopes = new WeakMap<PriceEntry, CompiledScope>();

function scopeOf(entry: PriceEntry): CompiledScope {
  const scope = scopes.get(entry) ?? compileScope(entry.scope);
  scopes.set(entry, scope);
  return scope;
}

/**
 * The entries that could price a use: their scope is known to hold it (an undeclared fact is no ground for a price), and its length
 * is within their terms.
 */
export function fittingEntries(books: readonly PriceBook[], facts: Facts, window: TimeWindow): PlacedEntry[] {
  return books.flatMap((book) =>
    book.clause.entries
      .filter((entry) => fitsTerm(entry, window) && evaluateScope(scopeOf(entry), facts, "known").applies)
      .map((entry) => ({ book, entry })),
  );
}

function fitsTerm({ termDaysMin, termDaysBelow }: PriceEntry, { from, to }: TimeWindow): boolean {
  const length = to - from;
  return length >= (termDaysMin ?? 0) * DAY_MS && (termDaysBelow === undefined || length < termDaysBelow * DAY_MS);
}

export type EntryChoice =
  | { readonly chosen: PlacedEntry; readonly passedOver: readonly PlacedEntry[] }
  | { readonly conflict: readonly PlacedEntry[] };

/**
 * Which of the fitting entries prices an instant: the only one valid then, or of several the one with the lowest declared order.
 * Several of which one has no order, or two share the lowest, are a conflict. Undefined where none is valid.
 */
export function entryAt(fitting: readonly PlacedEntry[], at: Instant): EntryChoice | undefined {
  const valid = fitting.filter(({ entry }) => isValidAt(entry, at));
  const [only] = valid;
  if (only === undefined) return undefined;
  if (valid.length === 1) return { chosen: only, passedOver: [] };
  const ranked = valid.toSorted((a, b) => (a.entry.order ?? 0) - (b.entry.order ?? 0));
  const [first, second] = ranked;
  const isUndecided =
    valid.some(({ entry }) => entry.order === undefined) || first?.entry.order === second?.entry.order;
  if (first === undefined || isUndecided) return { conflict: valid };
  return { chosen: first, passedOver: ranked.slice(1) };
}

function isValidAt({ from, to }: PriceEntry, at: Instant): boolean {
  const starts = (from ?? -Infinity) as Instant;
  return contains({ from: starts, to: (to ?? Infinity) as Instant }, at);
}
