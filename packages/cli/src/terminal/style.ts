import type { Io } from "./io.ts";

/** Families of states (never by colour alone: a glyph and a word go with it). */
export interface Style {
  readonly strong: (text: string) => string;
  readonly quiet: (text: string) => string;
  readonly good: (text: string) => string;
  readonly waiting: (text: string) => string;
  readonly attention: (text: string) => string;
  readonly bad: (text: string) => string;
}

const plain = (text: string): string => text;

const wrap = (code: string, end: string) => (text: string) => `\u001b[${code}m${text}\u001b[${end}m`;

const PLAIN: Style = { strong: plain, quiet: plain, good: plain, waiting: plain, attention: plain, bad: plain };
const COLOURED: Style = {
  strong: wrap("1", "22"),
  quiet: wrap("2", "22"),
  good: wrap("32", "39"),
  waiting: wrap("34", "39"),
  attention: wrap("33", "39"),
  bad: wrap("31", "39"),
};

/** NO_COLOR (any value that is not empty) wins, then CLICOLOR_FORCE, then whether a person reads it. */
export function styleOf(io: Io): Style {
  const { NO_COLOR, CLICOLOR_FORCE, TERM } = io.env;
  if (NO_COLOR !== undefined && NO_COLOR !== "") return PLAIN;
  if (CLICOLOR_FORCE !== undefined && CLICOLOR_FORCE !== "" && CLICOLOR_FORCE !== "0") return COLOURED;
  return io.outIsTerminal && TERM !== "dumb" ? COLOURED : PLAIN;
}
