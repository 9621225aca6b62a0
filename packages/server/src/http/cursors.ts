import { problem } from "./problems.ts";

/** Cursors are not to be read; they hold nothing that the page did not. */
export const encodeCursor = (text: string): string =>
  btoa(String.fromCharCode(...new TextEncoder().encode(text)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

/** @throws HttpProblem `cursor_malformed` */
export function decodeCursor(text: string): string {
  // Four letters hold three bytes: a single one over holds none.
  if (!/^[\w-]+$/.test(text) || text.length % 4 === 1) throw problem("cursor_malformed");
  const bytes = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const inside = new TextDecoder().decode(Uint8Array.from(bytes, (letter) => letter.charCodeAt(0)));
  // Bits of the last letter stand for nothing: of the texts that decode alike only one was ever given out.
  if (encodeCursor(inside) !== text) throw problem("cursor_malformed");
  return inside;
}

/** What a page answers with beside its data. */
export const nextCursorOf = (next: string | undefined): { readonly nextCursor: string | null } => ({
  nextCursor: next === undefined ? null : encodeCursor(next),
});
