/** Languages that letters are written in. */
export const LETTER_LANGUAGES = ["en"] as const;
export type LetterLanguage = (typeof LETTER_LANGUAGES)[number];

/** Somebody at a place, as it stands on an envelope. */
export interface Addressee {
  /** "General Counsel", or a person. */
  readonly name: string;
  /** Company, street, city and country: the lines under the name. */
  readonly lines: readonly string[];
  readonly email?: string;
}

/**
 * What the notice clause of an agreement asks of a notice to one party. Names and addresses are kept beside the log, where they can be
 * erased; the log knows the party alone.
 */
export interface NoticeForm {
  readonly addressee: Addressee;
  /** To whom a copy goes; a copy alone is no notice. */
  readonly copies: readonly Addressee[];
  readonly language: LetterLanguage;
  /** In the words of the clause: "registered post with proof of delivery". */
  readonly method?: string;
  /** Where the agreement says so: "section 14.2 (Notices)". */
  readonly clause?: string;
}
