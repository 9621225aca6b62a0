import { folded } from "./reading.ts";

/** Which mark stands before the decimals. */
export type DecimalMark = "point" | "comma";

/** Grouped or decimal number, apostrophes and blanks between groups included. */
export const NUMBER = /\d[\d.,'’ ]*/;

export type NumberReading =
  | { readonly kind: "number"; readonly digits: string }
  | { readonly kind: "ambiguous"; readonly grouped: string; readonly decimal: string }
  | { readonly kind: "none" };

/**
 * The plain decimal of a number as people group it. One mark before exactly three digits could be either; then the column decides.
 */
export function readNumber(written: string, mark: DecimalMark | undefined): NumberReading {
  const text = written.replace(/(?<=\d)['’ ](?=\d{3}(?!\d))/g, "").trim();
  if (/^\d+$/.test(text)) return number(text);
  const points = text.split(".").length - 1;
  const commas = text.split(",").length - 1;
  if (!/^\d[\d.,]*\d$/.test(text)) return { kind: "none" };
  if (points > 0 && commas > 0) return both(text, points, commas);
  const [separator, times] = points > 0 ? ([".", points] as const) : ([",", commas] as const);
  const isGrouped = new RegExp(`^\\d{1,3}(?:\\${separator}\\d{3})+$`).test(text);
  if (times > 1) return isGrouped ? number(text.replaceAll(separator, "")) : { kind: "none" };
  const decimal = text.replace(separator, ".");
  if (!isGrouped || text.startsWith("0")) return number(decimal);
  const own: DecimalMark = separator === "." ? "point" : "comma";
  if (mark !== undefined) return number(mark === own ? decimal : text.replace(separator, ""));
  return { kind: "ambiguous", grouped: text.replace(separator, ""), decimal };
}

function both(text: string, points: number, commas: number): NumberReading {
  const decimalMark = text.lastIndexOf(".") > text.lastIndexOf(",") ? "." : ",";
  if ((decimalMark === "." ? points : commas) > 1) return { kind: "none" };
  const [whole = "", part = ""] = text.split(decimalMark);
  const group = decimalMark === "." ? "," : ".";
  const isGrouped = new RegExp(`^\\d{1,3}(?:\\${group}\\d{3})+$`).test(whole);
  return isGrouped ? number(`${whole.replaceAll(group, "")}.${part}`) : { kind: "none" };
}

function number(digits: string): NumberReading {
  const [whole = "", part = ""] = digits.split(".");
  const plain = whole.replace(/^0+(?=\d)/, "");
  const decimals = part.replace(/0+$/, "");
  return { kind: "number", digits: decimals === "" ? plain : `${plain}.${decimals}` };
}

/** Moves the decimal point to the right: exact, whatever the number. */
export function shifted(digits: string, powers: number): string {
  const [whole = "", part = ""] = digits.split(".");
  const padded = part.padEnd(powers, "0");
  const rest = padded.slice(powers);
  const moved = (whole + padded.slice(0, powers)).replace(/^0+(?=\d)/, "");
  return rest === "" ? moved : `${moved}.${rest}`;
}

const SCALES: readonly (readonly [words: RegExp, powers: number])[] = [
  [/^(?:k|tsd|tausend|thousand|thsd|mille|t(?=eur|chf|usd|gbp|€))$/, 3],
  [/^(?:m|mm|mn|mio|mill|million|millions|millionen|mln)$/, 6],
  [/^(?:b|bn|bil|bln|mrd|md|mds|milliarde|milliarden|milliard|milliards|billion|billions)$/, 9],
  [/^(?:tn|trn|trillion|trillions|billionen|bio)$/, 12],
];

/** The power of ten that a word stands for. */
export function scaleOf(word: string): number | undefined {
  const plain = folded(word);
  return SCALES.find(([words]) => words.test(plain))?.[1];
}

/** What the numbers of a column that can be read in one way only say of the others. */
export function markOf(texts: Iterable<string>): DecimalMark | undefined {
  const said = new Set<DecimalMark>();
  for (const text of texts) {
    const match = NUMBER.exec(text);
    const digits = match?.[0].replace(/[.,\s]+$/, "").replace(/['’ ]/g, "") ?? "";
    const [points, commas] = [digits.split(".").length - 1, digits.split(",").length - 1];
    if (points > 0 && commas > 0) said.add(digits.lastIndexOf(".") > digits.lastIndexOf(",") ? "point" : "comma");
    else if (points > 1) said.add("comma");
    else if (commas > 1) said.add("point");
    else if (points === 1 && !/\.\d{3}$/.test(digits)) said.add("point");
    else if (commas === 1 && !/,\d{3}$/.test(digits)) said.add("comma");
  }
  const [only] = said;
  return said.size === 1 ? only : undefined;
}
