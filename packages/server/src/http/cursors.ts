import { problem } from "./problems.ts";

/** Cursors are not to be read; they hold nothing that the page did not. */
const encodeCursor = (text: string): string =>
  btoa(String.fromCharCode(...new TextEncoder().encode(text)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

/** Which list a cursor is of: whose it is, what it is a list of, and everything that narrows it. */
export function listedBy(owner: string, { pathname, searchParams }: URL): string {
  const narrowed = new URLSearchParams(searchParams);
  for (const name of ["cursor", "limit", "counts"]) narrowed.delete(name);
  narrowed.sort();
  return `${owner} ${pathname}?${narrowed.toString()}`;
}

/**
 * Where a page ended, out of the cursor that was given out for it. One that was given out for another list, another party or other filters
 * would go on in the middle and leave out what lies before: it is none of this list.
 *
 * @throws HttpProblem `cursor_malformed`
 */
export function decodeCursor(text: string, list: string): string {
  const [, mark, place] = /^([0-9a-f]{8})(\P{Cc}+)$/u.exec(insideOf(text)) ?? [];
  if (place === undefined || mark !== markOf(list)) throw problem("cursor_malformed");
  return place;
}

/** Tells lists apart, and proves nothing: a cursor of one's own making leads nowhere but into one's own list (FNV-1a, 32 bits). */
function markOf(list: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(list)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, "0");
}

function insideOf(text: string): string {
  // Four letters hold three bytes: a single one over holds none.
  if (!/^[\w-]+$/.test(text) || text.length % 4 === 1) throw problem("cursor_malformed");
  const bytes = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const inside = new TextDecoder().decode(Uint8Array.from(bytes, (letter) => letter.charCodeAt(0)));
  // Bits of the last letter stand for nothing: of the texts that decode alike only one was ever given out.
  if (encodeCursor(inside) !== text) throw problem("cursor_malformed");
  return inside;
}

/** What a page answers with beside its data. */
export const nextCursorOf = (next: string | undefined, list: string): { readonly nextCursor: string | null } => ({
  nextCursor: next === undefined ? null : encodeCursor(`${markOf(list)}${next}`),
});
