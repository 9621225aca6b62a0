import { parseCurrency, parseMicros } from "@offtake/core/kernel";
import { type Cell, cellText, plainNumber } from "./cells.ts";
import { type DecimalMark, NUMBER, readNumber, scaleOf, shifted } from "./numbers.ts";
import { folded, isNothing, keep, NOTHING, read, type Reading, refuse, shown } from "./reading.ts";

export const HOURS = "accelerator-hours";

/** An amount with what it is counted in, where the cell says so, and over what it is owed. */
export interface Amount {
  readonly digits: string;
  readonly currency?: string;
  readonly period?: Period;
  /** Whether a slash and an hour follow: then it is a price. */
  readonly perHour?: true;
}

export type Period = "total" | "year" | "quarter" | "month";

export interface AmountSettings {
  readonly mark: DecimalMark | undefined;
  /** Currency and scale that header or mapping state, such as `Mio EUR`. */
  readonly unit: string | undefined;
  /** What the mapping says of signs. */
  readonly signs: Readonly<Record<string, string>>;
}

/** Signs that one currency has to itself, and the dollar, which is read as that of the United States and told. */
const SIGNS: Readonly<Record<string, string>> = {
  "€": "EUR",
  "£": "GBP",
  US$: "USD",
  C$: "CAD",
  CA$: "CAD",
  A$: "AUD",
  AU$: "AUD",
  HK$: "HKD",
  S$: "SGD",
  "₩": "KRW",
  "₹": "INR",
  "₪": "ILS",
};

const NAMES: ReadonlyMap<string, string> = new Map(
  "euro EUR euros EUR dollar USD dollars USD usdollar USD pfund GBP sterling GBP franken CHF sfr CHF yen JPY"
    .split(" ")
    .reduce<[string, string][]>(
      (pairs, word, index, all) => (index % 2 === 0 ? [...pairs, [word, all[index + 1] ?? ""]] : pairs),
      [],
    ),
);

const CEILING =
  /^(?:up to|max(?:imum|imal)?\.?|bis(?: zu)?|jusqu['’]?\s?[aà]|at most|höchstens|<=?|≤|not more than)\s*/i;
const ABOUT =
  /^(?:~|≈|ca\.?|circa|approx(?:\.|imately)?|about|around|etwa|rund|ungefähr|environ|>=?|≥|over|more than|über|mehr als|plus de|at least|mindestens|au moins|min\.?)\s*/i;

const PERIODS: readonly (readonly [words: RegExp, period: Period])[] = [
  [
    /(?:^|[\s/])(?:p\.?\s?a\.?|per annum|per year|a year|each year|yearly|annual(?:ly)?|\/?yr?|\/?year|pro jahr|jährlich|im jahr|jahr|par an|annuel(?:le)?|an)\s*$/i,
    "year",
  ],
  [
    /(?:^|[\s/])(?:per quarter|quarterly|each quarter|a quarter|\/?quarter|pro quartal|vierteljährlich|quartal|par trimestre|trimestriel(?:le)?|trimestre)\s*$/i,
    "quarter",
  ],
  [
    /(?:^|[\s/])(?:p\.?\s?m\.?|per month|monthly|each month|a month|\/?month|\/?mo|pro monat|monatlich|mtl\.?|monat|par mois|mensuel(?:le)?|mois)\s*$/i,
    "month",
  ],
  [
    /(?:^|\s)(?:in total|total|overall|over the term|term|whole term|insgesamt|gesamt|gesamtlaufzeit|laufzeit|au total|durée)\s*$/i,
    "total",
  ],
];

/** The period that a word or the end of a text names, and the text before it. */
export function takePeriod(text: string): { readonly period?: Period; readonly rest: string } {
  for (const [words, period] of PERIODS) {
    const match = words.exec(text);
    if (match !== null) return { period, rest: text.slice(0, match.index).replace(/[\s/,]+$/, "") };
  }
  return { rest: text };
}

/** Reads an amount as people write it; a ceiling or an estimate is no amount and is kept as text. */
export function readAmount(cell: Cell, settings: AmountSettings): Reading<Amount> {
  if (cell.kind === "number") return ofNumber(cell.value, settings);
  const text = cellText(cell);
  if (text === "" || isNothing(text)) return NOTHING;
  if (CEILING.test(text)) return keep(`${shown(text)} is a ceiling and no promise`);
  if (ABOUT.test(text)) return keep(`${shown(text)} is a bound or an estimate, and no amount`);
  return readAmountText(text, settings);
}

function ofNumber(value: number, settings: AmountSettings): Reading<Amount> {
  if (value < 0) return refuse("below_zero", `${value} is below zero`);
  return finished(plainNumber(value), settings.unit ?? "", settings, undefined, undefined);
}

function readAmountText(text: string, settings: AmountSettings): Reading<Amount> {
  if (/\(\s*\d[\d.,'’ ]*\)/.test(text) || /^[-−–]\s*\d|[-−–]\s*$/.test(text))
    return refuse("below_zero", `${shown(text)} is below zero`);
  const perHour =
    /\s*(?:\/|per|pro|par|je)\s*(?:(?:gpu|acc(?:elerator)?|accelerator|karte|chip)[\s-]*)?(?:h|hr|hrs|hours?|std\.?|stunden?|heures?)\.?\s*$/i.exec(
      text,
    );
  const priceless = perHour === null ? text : text.slice(0, perHour.index);
  const { period, rest } = perHour === null ? takePeriod(priceless) : { rest: priceless };
  const match = NUMBER.exec(rest);
  if (match === null)
    return refuse("bad_amount", `${shown(text)} is no amount`, { expected: "an amount such as 4500000 EUR" });
  const written = match[0].replace(/[.,'’\s]+$/, "");
  const before = rest.slice(0, match.index);
  const after = rest.slice(match.index + written.length);
  if (/\d/.test(after)) return refuse("bad_amount", `${shown(text)} has two numbers`, { expected: "one amount" });
  const number = readNumber(written, settings.mark);
  if (number.kind === "none")
    return refuse("bad_amount", `${shown(written)} is no number`, { expected: "a number such as 4500000" });
  if (number.kind === "ambiguous")
    return refuse("ambiguous_number", `${shown(written)} is ${number.grouped} or ${number.decimal}`, {
      expected: "a number without grouping, or `decimals` in the mapping",
      didYouMean: [number.grouped, number.decimal],
    });
  const said = `${before} ${after}`.trim();
  return finished(number.digits, said, settings, period, perHour === null ? undefined : true);
}

/** Puts number, scale and currency together; what the cell does not say, the column's unit does. */
function finished(
  digits: string,
  said: string,
  settings: AmountSettings,
  period: Period | undefined,
  perHour: true | undefined,
): Reading<Amount> {
  const own = unitsOf(said, settings);
  if (own.unknown !== undefined)
    return refuse("unknown_currency", `${shown(own.unknown)} is neither a currency nor a scale`, {
      expected: "a currency code such as EUR",
    });
  const column = said === (settings.unit ?? "") ? own : unitsOf(settings.unit ?? "", settings);
  const powers = own.powers ?? (own.currency === undefined ? column.powers : undefined) ?? 0;
  const currency = own.currency ?? column.currency;
  const scaled = shifted(digits, powers);
  const micros = parseMicros(scaled);
  if (micros === undefined) return refuse("bad_amount", `${shown(scaled)} has more than six decimals`);
  if (micros >= 10n ** 21n) return refuse("bad_amount", `${shown(scaled)} is larger than any agreement`);
  const value: Amount = {
    digits: scaled,
    ...(currency === undefined ? {} : { currency }),
    ...(period === undefined ? {} : { period }),
    ...(perHour === undefined ? {} : { perHour }),
  };
  return read(value, own.why ?? column.why);
}

interface Units {
  readonly powers?: number;
  readonly currency?: string;
  readonly why?: string;
  readonly unknown?: string;
}

/** Codes that are in use; any three letters could be one, and most are a word. */
const CODES: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

function currencyOf(word: string): string | undefined {
  const code = word.toUpperCase();
  return word.length === 3 && CODES.has(code) ? parseCurrency(code) : undefined;
}

/** Currency and scale in the words around a number: `EUR Mio`, `$ bn`, `k€`, `accelerator-hours`. */
function unitsOf(text: string, { signs }: AmountSettings): Units {
  let units: { -readonly [Key in keyof Units]: Units[Key] } = {};
  let rest = text.replace(/\bd['’](?=\p{L})/giu, " ").replace(/\bT(?=€)/g, "Tsd ");
  const hours =
    /(m|k|mio\.?)?\s*(?:gpu|acc(?:elerator)?|accelerator)[\s-]*(?:h|hours?|hrs|stunden|std\.?)\b|heures?[\s-]*gpu/i.exec(
      rest,
    );
  if (hours !== null) {
    units = { currency: HOURS, ...(hours[1] === undefined ? {} : { powers: scaleOf(hours[1]) ?? 0 }) };
    rest = rest.replace(hours[0], " ");
  }
  const all = { ...SIGNS, ...signs };
  for (const sign of Object.keys(all).sort((a, b) => b.length - a.length)) {
    if (!rest.includes(sign)) continue;
    units.currency = all[sign] as string;
    rest = rest.replace(sign, " ");
  }
  if (rest.includes("$")) {
    units = { ...units, currency: "USD", why: "$ is read as USD" };
    rest = rest.replace("$", " ");
  }
  for (const word of rest.split(/[\s.,;:()[\]]+/).filter((one) => one !== "")) {
    const joint = /^(t|k|m)(eur|usd|chf|gbp)$/i.exec(word);
    const powers = scaleOf(joint?.[1]?.toLowerCase() === "t" ? "tsd" : (joint?.[1] ?? word));
    const code = currencyOf(joint?.[2] ?? word) ?? NAMES.get(folded(word));
    if (powers !== undefined && units.powers === undefined) units.powers = powers;
    if (code !== undefined && (powers === undefined || joint !== null)) units.currency ??= code;
    if (powers === undefined && code === undefined && !/^(?:in|of|von|de|d['’]?|a|us|worth)$/i.test(word))
      units.unknown ??= word;
  }
  return units;
}

/** The currency of a cell of its own, or accelerator-hours. */
export function readCurrency(cell: Cell, signs: Readonly<Record<string, string>>): Reading {
  const text = cellText(cell);
  if (text === "" || isNothing(text)) return NOTHING;
  const { currency, why, unknown, powers } = unitsOf(text, { mark: undefined, unit: undefined, signs });
  if (currency === undefined || unknown !== undefined || powers !== undefined)
    return refuse("unknown_currency", `${shown(text)} is no currency`, { expected: "a currency code such as EUR" });
  return read(currency, why);
}
