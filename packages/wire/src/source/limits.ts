/** What one file may hold. Larger books are folders of files. */
export interface Limits {
  /** UTF-16 code units of the text. */
  readonly chars: number;
  /** Lists and maps inside each other. */
  readonly depth: number;
  /** Words and marks that the reader splits the text into: bounds the time that any text takes. */
  readonly tokens: number;
  /** Uses of an alias, and values in all that aliases repeat. */
  readonly aliases: number;
  readonly repeatedValues: number;
}

/** A megabyte of an ordinary book has about 300,000 tokens. */
export const LIMITS: Limits = {
  chars: 1_048_576,
  depth: 64,
  tokens: 400_000,
  aliases: 100,
  repeatedValues: 10_000,
};

/** One file as it was given: the name is what problems cite, and what references to other files count from. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
}

/**
 * Finds what a document refers to: one file, the files of a folder in a fixed order, or undefined where there is nothing.
 * `reference` is as written; `from` is the name of the file that it stands in.
 */
export type Resolver = (reference: string, from: string) => readonly SourceFile[] | undefined;
