/** The five families of state. Colour says the family, a glyph and a word say it as well: none is told by colour alone. */
export type Family = "neutral" | "waiting" | "secured" | "attention" | "breach";

export const FAMILIES: readonly Family[] = ["neutral", "waiting", "secured", "attention", "breach"];

/** The sign of each family, a text so that it stays where colours are taken away. */
export const GLYPH: Readonly<Record<Family, string>> = {
  neutral: "○",
  waiting: "◔",
  secured: "●",
  attention: "▲",
  breach: "✕",
};

/** What each family means, for the legend. */
export const MEANING: Readonly<Record<Family, string>> = {
  neutral: "nothing to do",
  waiting: "a clock or another party is moving",
  secured: "capacity is ours",
  attention: "a person should look",
  breach: "something is wrong",
};

/** How a state is shown. A partial one is hatched. */
export interface StateShown {
  readonly family: Family;
  readonly word: string;
  readonly partial?: true;
}
