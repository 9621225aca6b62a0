import { type Cell, cellText } from "./cells.ts";
import { folded, isNothing, NOTHING, read, type Reading, refuse, shown } from "./reading.ts";

/** Units of windows and of notice periods, by the words people use, folded. */
const UNITS: readonly (readonly [words: RegExp, unit: string, times: number])[] = [
  [
    /^(?:bd|bds|bus days?|business days?|working days?|wd|arbeitstage?n?|at|bankarbeitstage?n?|geschaftstage?n?|bankgeschaftstage?n?|jours? ouvres?|jo|jours? de bourse)$/,
    "business days",
    1,
  ],
  [/^(?:h|hr|hrs|hours?|std|stunden?|heures?)$/, "hours", 1],
  [/^(?:d|days?|calendar days?|cd|tage?n?|kalendertage?n?|kt|t|jours?|jours? calendaires?|j)$/, "days", 1],
  [/^(?:w|wk|wks|weeks?|wochen?|woche|semaines?|sem)$/, "days", 7],
  [/^(?:m|mo|mos|months?|monate?n?|mon|mois)$/, "months", 1],
  [/^(?:quarters?|quartale?n?|trimestres?)$/, "months", 3],
  [/^(?:y|yr|yrs|years?|jahre?n?|j|ans?|annees?)$/, "years", 1],
];

/** Words that contracts and laws read in two ways: with Saturdays or without. */
const TWO_WAYS = /^(?:werktage?n?|wt|jours? ouvrables?)$/;

const NUMBER_WORDS: ReadonlyMap<string, number> = new Map(
  "one two three four five six seven eight nine ten eleven twelve"
    .split(" ")
    .flatMap((word, index) => [[word, index + 1] as const])
    .concat(
      "ein zwei drei vier funf sechs sieben acht neun zehn elf zwolf"
        .split(" ")
        .map((word, index) => [word, index + 1] as const),
    )
    .concat([
      ["eine", 1],
      ["un", 1],
      ["une", 1],
      ["deux", 2],
      ["trois", 3],
      ["quatre", 4],
      ["cinq", 5],
      ["six", 6],
      ["dix", 10],
      ["thirty", 30],
      ["sixty", 60],
      ["ninety", 90],
      ["fifteen", 15],
      ["twenty", 20],
    ]),
);

export interface LengthSettings {
  /** Unit that header or mapping state. */
  readonly unit: string | undefined;
  /** A window of answer has no months; a notice period has. */
  readonly months: boolean;
}

/** Reads a length of time as `60 days`, `5 business days`, `72 hours`, and where they count `3 months`. */
export function readLength(cell: Cell, settings: LengthSettings): Reading {
  const text = cell.kind === "number" ? String(cell.value) : cellText(cell);
  if (text === "" || isNothing(text)) return NOTHING;
  const iso = /^P(?:(\d{1,4})([DWMY])|T(\d{1,4})H)$/.exec(text);
  if (iso !== null) return united(Number(iso[1] ?? iso[3]), (iso[2] ?? "h").toLowerCase(), text, settings);
  const words = folded(text.replace(/\((?:\d+|[a-z]+)\)/gi, " "));
  const match = /^(\d{1,5}|[a-z]+) ?(.*)$/.exec(words);
  const n = Number(match?.[1] ?? Number.NaN);
  const count = Number.isNaN(n) ? NUMBER_WORDS.get(match?.[1] ?? "") : n;
  if (match === null || count === undefined || count < 1 || count > 36_500)
    return refuse("bad_length", `${shown(text)} is no length of time`, {
      expected: "60 days, 5 business days or 72 hours",
    });
  return united(count, match[2] ?? "", text, settings);
}

function united(count: number, written: string, text: string, settings: LengthSettings): Reading {
  const own = written.replace(/^(?:full|clear|prior|volle?n?) /, "");
  const said = own === "" ? folded(settings.unit ?? "") : own;
  if (said === "")
    return refuse("wrong_unit", `${shown(text)} does not say of what`, {
      expected: "a length with its unit",
      didYouMean: [`${count} days`, `${count} business days`],
    });
  if (TWO_WAYS.test(said))
    return refuse("ambiguous_unit", `${shown(said)} count Saturdays in some contracts and laws, and not in others`, {
      expected: "business days, or days",
      didYouMean: [`${count} business days`],
    });
  const unit = UNITS.find(([words]) => words.test(said));
  if (unit === undefined)
    return refuse("bad_length", `${shown(text)} is no length of time`, {
      expected: "60 days, 5 business days or 72 hours",
    });
  const [, name, times] = unit;
  if ((name === "months" || name === "years") && !settings.months)
    return refuse("wrong_unit", `${shown(text)}: an answer is due in days, business days or hours`, {
      expected: "days, business days or hours",
    });
  if (name === "hours" && settings.months)
    return refuse("wrong_unit", `${shown(text)}: a notice period runs in days, business days, months or years`, {
      expected: "days or months",
    });
  const bank = said.startsWith("bank") ? "bank days are read as business days" : undefined;
  const week = times === 7 ? "a week is read as 7 days" : undefined;
  return read(lengthText(count * times, name), bank, week);
}

const lengthText = (n: number, unit: string): string => `${n} ${n === 1 ? unit.replace(/s$/, "") : unit}`;
