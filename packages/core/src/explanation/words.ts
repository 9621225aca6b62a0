import { OTHER_WORDS, type Word } from "./glossary.ts";

/** A word and its meaning, as given to a reader. */
export interface ExplainedWord {
  readonly word: string;
  readonly meaning: string;
}

interface Form {
  readonly form: string;
  readonly word: Word;
}

/** Forms by their first token, longer ones first: where "soft hold" stands, "hold" does not. */
const FORMS: ReadonlyMap<string, readonly Form[]> = formsByToken();

function formsByToken(): Map<string, Form[]> {
  const forms = new Map<string, Form[]>();
  for (const word of OTHER_WORDS) {
    for (const form of [word.word, ...word.forms]) {
      const token = /^[a-z0-9-]+/.exec(form)?.[0] ?? form;
      forms.set(token, [...(forms.get(token) ?? []), { form, word }]);
    }
  }
  for (const list of forms.values()) list.sort((a, b) => b.form.length - a.form.length);
  return forms;
}

/** The words of the glossary that a text uses, in the order in which they first stand in it. Ids (`bid_7x`) are no words. */
export function wordsIn(text: string): readonly Word[] {
  const lower = text.toLowerCase();
  const found = new Set<Word>();
  let end = 0;
  for (const { 0: token, index } of lower.matchAll(/[a-z0-9_-]+/g)) {
    if (index < end) continue;
    const form = FORMS.get(token)?.find((one) => stands(lower, one.form, index));
    if (form === undefined) continue;
    found.add(form.word);
    end = index + form.form.length;
  }
  return [...found];
}

/** The form stands at that place and ends where a word ends. */
function stands(text: string, form: string, index: number): boolean {
  return text.startsWith(form, index) && !/[a-z0-9_-]/.test(text.charAt(index + form.length));
}

/** Gives each word once, where it first appears. One for each reading of an explanation. */
export class FirstAppearances {
  private readonly given = new Set<Word>();

  /** The words of a text that have not been given yet. */
  take(text: string): readonly ExplainedWord[] {
    const fresh = wordsIn(text).filter((word) => !this.given.has(word));
    for (const word of fresh) this.given.add(word);
    return fresh.map(({ word, meaning }) => ({ word, meaning }));
  }
}
