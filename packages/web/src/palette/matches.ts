/** Something that the palette can do or open. */
export interface Entry {
  readonly id: string;
  readonly group: "Go to" | "Open" | "Do" | "Run";
  readonly label: string;
  /** Beside it: a state, a party. */
  readonly detail?: string;
  /** Other words by which it is found. */
  readonly words?: string;
  /** About one object of many: shown only where something was typed. */
  readonly isObject?: boolean;
  /** The keys that do the same. */
  readonly keys?: string;
}

const MOST = 40;

/**
 * The entries that have every word of what was typed, those that begin with it first. An id is found by any part of it. Nothing typed:
 * what one can do and where one can go, and no objects.
 */
export function matching<Found extends Entry>(entries: readonly Found[], typed: string): readonly Found[] {
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0)
    return entries.filter(({ group, isObject = false }) => group !== "Open" && !isObject).slice(0, MOST);
  return entries
    .map((entry, index) => ({ entry, index, rank: rankOf(entry, words) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank || a.index - b.index)
    .slice(0, MOST)
    .map(({ entry }) => entry);
}

function rankOf({ label, detail = "", words: more = "" }: Entry, words: readonly string[]): number {
  const text = `${label} ${detail} ${more}`.toLowerCase();
  if (!words.every((word) => text.includes(word))) return 0;
  const first = words[0] ?? "";
  if (label.toLowerCase().startsWith(first)) return 3;
  return new RegExp(`\\b${first.replaceAll(/[^\w]/g, "\\$&")}`).test(text) ? 2 : 1;
}
