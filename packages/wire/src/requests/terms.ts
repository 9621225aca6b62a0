import { NONE_WORD, type StatedTerms, TERM_DIRECTIONS, type TermDirection } from "@offtake/core/requests";
import { parseMicros, parseRational, type Rational, rational } from "@offtake/core/kernel";
import { nearNames } from "../problems/index.ts";
import type { ReadingContext } from "../shape/index.ts";
import type { Path } from "../source/index.ts";

type Written = Readonly<Record<string, string | number>>;

/** How a value in each unit is written; the core takes the number alone. */
const UNITS: Readonly<Record<TermDirection["unit"], { readonly pattern: RegExp; readonly expected: string }>> = {
  percent: { pattern: /^([\d.]+) ?%$/, expected: "a percentage, such as 20%, or none" },
  "percent a day": {
    pattern: /^([\d.]+) ?%(?: a day)?$/,
    expected: "a percentage for a day, such as 0.5% a day, or none",
  },
  "percent a year": {
    pattern: /^([\d.]+) ?%(?: a year)?$/,
    expected: "a percentage for a year, such as 3% a year, or none",
  },
  days: { pattern: /^([\d.]+)(?: days?)?$/, expected: "days, such as 30 days, or none" },
  months: { pattern: /^([\d.]+)(?: months?)?$/, expected: "months, such as 24 months, or none" },
  currency: { pattern: /^([\d.]+) [A-Z]{3}$/, expected: "an amount with its currency, such as 1000000 USD, or none" },
  accelerators: { pattern: /^(\d+)(?: accelerators?)?$/, expected: "a number of accelerators, such as 1024, or none" },
};

/** Reads stated terms into exact numbers, in the unit that the core gives each name; other names keep numbers and texts. */
export function readTerms(document: Written | undefined, path: Path, context: ReadingContext): StatedTerms {
  const stated: Record<string, Rational | string> = {};
  for (const [name, value] of Object.entries(document ?? {})) {
    const at = [...path, name];
    const direction = TERM_DIRECTIONS.get(name);
    stated[name] =
      direction === undefined ? readOther(name, value, path, context) : readKnown(direction, value, at, context);
  }
  return stated;
}

function readKnown(
  direction: TermDirection,
  value: string | number,
  path: Path,
  context: ReadingContext,
): Rational | string {
  const text = String(value).trim();
  if (text === NONE_WORD) return NONE_WORD;
  const { pattern, expected } = UNITS[direction.unit];
  const number = pattern.exec(text)?.[1];
  const exact =
    number === undefined ? undefined : direction.unit === "currency" ? wholeAmount(number) : parseRational(number);
  if (exact !== undefined) return exact;
  context.report.add(path, "wrong_unit", `\`${text.slice(0, 40)}\` is not in ${direction.unit}`, { expected });
  return NONE_WORD;
}

function wholeAmount(number: string): Rational | undefined {
  const micros = parseMicros(number);
  return micros === undefined ? undefined : rational(micros, 1_000_000n);
}

/** A name that nobody declared a direction for. One that is nearly declared is a typing mistake. */
function readOther(name: string, value: string | number, path: Path, context: ReadingContext): Rational | string {
  const [near] = nearNames(name, TERM_DIRECTIONS.keys());
  if (near !== undefined && Math.abs(near.length - name.length) <= 2) {
    context.report.addAtKey(path, name, "unknown_key", `there is no term \`${name}\``, {
      expected: "a term of the table, or a name unlike them",
      didYouMean: [near],
    });
  }
  const text = String(value).trim();
  return parseRational(text.replace(/ ?%$/, "")) ?? text;
}
