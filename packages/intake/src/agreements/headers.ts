import type { Field } from "@offtake/wire/mapping";
import { FIELD_NAMES, FIELDS } from "@offtake/wire/mapping";
import { HEADER_WORDS } from "./header-words.ts";
import { folded } from "./reading.ts";

/** How a header was recognised, surest first. */
export type Certainty = "named" | "known" | "part" | "near";

const BY_WORD: ReadonlyMap<string, Field> = new Map(
  FIELD_NAMES.toReversed().flatMap((field) => [...HEADER_WORDS[field].map((word) => [word, field] as const)]),
);

const BY_TITLE: ReadonlyMap<string, Field> = new Map(FIELD_NAMES.map((field) => [folded(FIELDS[field].title), field]));

/** Phrases that may stand inside a longer header, longest first; short words mean too much. */
const PHRASES = [...BY_WORD].filter(([word]) => word.length >= 4).sort(([a], [b]) => b.length - a.length);

/** A header without what stands in brackets or behind "in", and that part: it often names a unit. */
export function splitHeader(header: string): { readonly name: string; readonly unit?: string } {
  const bracket = /^(.*?)\s*[([]\s*([^)\]]+?)\s*[)\]]\s*$/.exec(header);
  const inside =
    bracket ??
    /^(.*?)[\s,]+(?:in|en)\s+((?:mio|mrd|tsd|k|m|bn|million|thousand|€|\$|eur|usd|gbp|chf|tage|days|jours|werktage|arbeitstage|business|prozent|%).*)$/i.exec(
      header,
    );
  if (inside === null) return { name: header };
  return { name: inside[1] ?? "", unit: inside[2] ?? "" };
}

/** The field that a header names, and how surely. */
export function fieldOf(header: string): { readonly field: Field; readonly certainty: Certainty } | undefined {
  const whole = folded(header);
  if (whole === "") return undefined;
  const titled = BY_TITLE.get(whole);
  if (titled !== undefined) return { field: titled, certainty: "named" };
  const name = folded(splitHeader(header).name);
  const known = BY_WORD.get(whole) ?? BY_WORD.get(name) ?? BY_TITLE.get(name);
  if (known !== undefined) return { field: known, certainty: "known" };
  const phrase = PHRASES.find(([word]) => ` ${name} `.includes(` ${word} `));
  if (phrase !== undefined) return { field: phrase[1], certainty: "part" };
  const near = name.length < 5 ? undefined : PHRASES.find(([word]) => isNear(name, word));
  return near === undefined ? undefined : { field: near[1], certainty: "near" };
}

/** One keystroke apart: a letter more, less, changed, or two that changed places. */
function isNear(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let from = 0;
  while (from < a.length && a[from] === b[from]) from += 1;
  const rest = (text: string, skip: number): string => text.slice(from + skip);
  if (rest(a, 1) === rest(b, 1) || rest(a, 1) === rest(b, 0) || rest(a, 0) === rest(b, 1)) return true;
  return a[from] === b[from + 1] && a[from + 1] === b[from] && rest(a, 2) === rest(b, 2);
}
