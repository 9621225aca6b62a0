import { distance } from "fastest-levenshtein";

/** Longer names are cut before they are compared: their beginning decides, and no text makes the search slow. */
const NAME_CHARS_MAX = 64;

/**
 * The candidates that differ from `name` by a typing mistake: a third of its letters at most, three at most, case not counted;
 * or that it begins, or that begin it, from three letters up. Nearest first, at most three.
 */
export function nearNames(name: string, candidates: Iterable<string>): string[] {
  const wanted = name.slice(0, NAME_CHARS_MAX).toLowerCase();
  const distanceMax = Math.min(3, Math.max(1, Math.floor(wanted.length / 3)));
  const scored: { candidate: string; score: number }[] = [];
  for (const candidate of new Set(candidates)) {
    const other = candidate.slice(0, NAME_CHARS_MAX).toLowerCase();
    if (Math.abs(other.length - wanted.length) <= distanceMax) {
      const score = distance(wanted, other);
      if (score <= distanceMax) scored.push({ candidate, score });
    } else if (wanted.length >= 3 && other.length >= 3 && (other.startsWith(wanted) || wanted.startsWith(other))) {
      scored.push({ candidate, score: distanceMax + 1 });
    }
  }
  return scored
    .sort((a, b) => a.score - b.score || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}
