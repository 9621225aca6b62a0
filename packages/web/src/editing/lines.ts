/** A place in a text, as problems name it: both counted from 1. */
export interface Place {
  readonly line: number;
  readonly column?: number;
}

/** Where a place is, counted in characters from 0; the end of the text for a place behind it. */
export function offsetOf(text: string, { line, column = 1 }: Place): number {
  let at = 0;
  for (let here = 1; here < line; here += 1) {
    const end = text.indexOf("\n", at);
    if (end < 0) return text.length;
    at = end + 1;
  }
  const end = text.indexOf("\n", at);
  return Math.min(at + Math.max(0, column - 1), end < 0 ? text.length : end);
}

/** The whole line that a place is in, as a stretch of characters: what is marked for whoever goes there. */
export function lineAround(text: string, place: Place): readonly [number, number] {
  const start = offsetOf(text, { line: place.line });
  const end = text.indexOf("\n", start);
  return [start, end < 0 ? text.length : end];
}
