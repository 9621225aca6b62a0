/** What stands over the page: the palette, the sheet of keys, or nothing. */
export type Shown = "palette" | "sheet" | undefined;

/** What was typed for the palette before it had a field. */
export interface Early {
  readonly text: string;
  /** Enter was pressed: what is found by the text is meant. */
  readonly isMeant: boolean;
}

const NOTHING: Early = { text: "", isMeant: false };

/** What a key press tells of itself, as the browser has it. */
export interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly isComposing: boolean;
}

/**
 * What of the quick things is open. Who asks for the palette goes on typing at once, and its parts may still be on their way: from then
 * until its field has the focus all that is typed is kept for it, and does nothing on the page behind it.
 */
export class Opening {
  private shownNow: Shown;
  private early: Early | undefined;
  private readonly listeners = new Set<() => void>();

  readonly shown = (): Shown => this.shownNow;

  /** What waits for the field, as it stands; undefined where nothing has to wait. */
  readonly waiting = (): Early | undefined => this.early;

  readonly subscribe = (changed: () => void): (() => void) => {
    this.listeners.add(changed);
    return () => void this.listeners.delete(changed);
  };

  show(shown: Shown): void {
    this.early = shown === "palette" ? NOTHING : undefined;
    this.shownNow = shown;
    this.tell();
  }

  /** The field is there and has the focus: from now on keys are its own. @returns what came before it */
  arrived(): Early {
    const early = this.early ?? NOTHING;
    this.early = undefined;
    return early;
  }

  /** @returns whether the key was for the palette, so that it is for nothing else */
  take(key: Key): boolean {
    if ((key.metaKey || key.ctrlKey) && !key.altKey && key.key.toLowerCase() === "k") {
      this.show(this.shownNow === "palette" ? undefined : "palette");
      return true;
    }
    if (this.early === undefined || key.isComposing) return false;
    if (key.key === "Escape") {
      this.show(undefined);
      return true;
    }
    const early = withKey(this.early, key);
    if (early === undefined) return false;
    this.early = early;
    this.tell();
    return true;
  }

  private tell(): void {
    for (const changed of this.listeners) changed();
  }
}

function withKey({ text }: Early, key: Key): Early | undefined {
  // Letters that are written with AltGr come with both of its keys held.
  if (key.metaKey || key.ctrlKey !== key.altKey) return undefined;
  if (key.key === "Enter") return { text, isMeant: true };
  if (key.key === "Backspace") return { text: text.slice(0, -1), isMeant: false };
  // Every key that is no letter has a name of several.
  return [...new Intl.Segmenter().segment(key.key)].length === 1 ? { text: text + key.key, isMeant: false } : undefined;
}
