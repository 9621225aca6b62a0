/** What the keyboard does on every page, in the order in which it is shown. */
export const KEYS: readonly { readonly keys: string; readonly does: string; readonly where: string }[] = [
  { keys: "⌘ K / Ctrl K", does: "search or run anything", where: "everywhere" },
  { keys: "?", does: "this sheet", where: "everywhere" },
  { keys: "t", does: "light or dark", where: "everywhere" },
  { keys: "g q", does: "go to the queue", where: "everywhere" },
  { keys: "g r", does: "go to requests", where: "everywhere" },
  { keys: "g o", does: "go to offers", where: "everywhere" },
  { keys: "g a", does: "go to agreements", where: "everywhere" },
  { keys: "g w", does: "go to awards", where: "everywhere" },
  { keys: "g e", does: "go to evidence", where: "everywhere" },
  { keys: "j k / ↓ ↑", does: "next, previous row", where: "lists" },
  { keys: "Enter", does: "open the row", where: "lists" },
  { keys: ".", does: "what can be done with the row", where: "lists" },
  { keys: "e", does: "explain the row", where: "lists" },
  { keys: "x", does: "select the row", where: "lists" },
  { keys: "⇧ ↓ / ⇧ ↑", does: "select rows from here on", where: "lists" },
  { keys: "Home End", does: "first, last row", where: "lists" },
  { keys: "e", does: "explain it", where: "a request" },
  { keys: "[ ]", does: "the request before, after it", where: "a request" },
  { keys: "Esc", does: "let go of what is selected; close", where: "lists, dialogs" },
];

const STORED = "offtake.single-keys";

/** Keys of one letter can be switched off: speech input would set them off by chance (WCAG 2.1.4). */
export const areSingleKeysOn = (): boolean => localStorage.getItem(STORED) !== "off";

export function setSingleKeys(on: boolean): void {
  if (on) localStorage.removeItem(STORED);
  else localStorage.setItem(STORED, "off");
}

/** Whether somebody is writing, so that letters are letters. */
export function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest("input, textarea, select, [contenteditable], [role=menu], [role=listbox], [role=dialog]") !== null
  );
}
