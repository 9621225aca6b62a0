import { PARAMETERS } from "@offtake/core/agreements";
import { FIRST_WORDS, type Word, WORDS } from "@offtake/core/explanation";

/** The word of the glossary that explains a column of a table, by its title; columns without one explain themselves. */
export const COLUMN_WORDS: Readonly<Record<string, string>> = {
  AGREEMENT: "agreement",
  PROVIDER: "provider",
  RIGHT: "right",
  COMMITMENT: "commitment",
  "RESTS ON": "reading",
  SOURCE: "offer",
  LIST: "list price",
  OWN: "own price",
  EFFECTIVE: "effective price",
  "EFFECTIVE COST": "incremental effective cost",
};

/** A word, one of its forms, or the title of a column; upper and lower case count as the same. */
export function wordOf(text: string): Word | undefined {
  const wanted = text.trim().toLowerCase();
  const column = COLUMN_WORDS[text.trim().toUpperCase()];
  return (
    WORDS.find((one) => one.word === wanted || one.forms.includes(wanted)) ?? WORDS.find((one) => one.word === column)
  );
}

/** What is published for whoever shows tooltips: the glossary, the columns, and what agreements may leave open. */
export function tooltips(): unknown {
  return {
    words: WORDS.map(({ word, meaning, identifier, forms, avoid, explained }) => ({
      word,
      meaning,
      identifier,
      forms,
      avoid,
      explained,
      first: FIRST_WORDS.some((one) => one.word === word),
    })),
    columns: COLUMN_WORDS,
    parameters: PARAMETERS.map(({ name, kinds, term, asks, taken, takenFor, otherwise, weight }) => ({
      name,
      kinds,
      term,
      asks,
      taken,
      takenFor,
      otherwise,
      weight,
    })),
  };
}
