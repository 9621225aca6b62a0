import { compareText, type Rational, rational, type TimeWindow } from "../kernel/index.ts";
import type { StatedTerms, Terms } from "./terms.ts";

/**
 * One text for one set of terms: two terms have the same text exactly when they say the same, so the same text means that
 * nothing material changed (domain rule G10). Fields stand in a fixed order, absent ones are left out; instants are
 * milliseconds, prices millionths. Words of plain letters stand bare, all others in quotes, so no value can pass for a field.
 */
export function termsText(terms: Terms): string {
  let text = `accelerator=${word(terms.acceleratorType)}`;
  if (terms.alternatives !== undefined) text += `;or=${alternativesText(terms.alternatives)}`;
  text += `;count=${terms.count};block=${terms.blockSize};gang=${terms.gangMin};divisible=${terms.divisible ? "yes" : "no"}`;
  text += `;regions=${words(terms.regions)}${windowText(terms.window)}`;
  if (terms.purpose !== undefined) text += `;purpose=${word(terms.purpose)}`;
  if (terms.purposes !== undefined) text += `;purposes=${words(terms.purposes)}`;
  if (terms.channel !== undefined) text += `;channel=${word(terms.channel)}`;
  if (terms.product !== undefined) text += `;product=${word(terms.product)}`;
  if (terms.sourceClass !== undefined) text += `;source=${word(terms.sourceClass)}`;
  if (terms.price !== undefined) text += `;price=${terms.price.microsPerHour}/${word(terms.price.currency)}`;
  if (terms.latestStart !== undefined) text += `;latestStart=${terms.latestStart}`;
  return text + statedText(terms.stated);
}

const lastWindow: { of: TimeWindow | undefined; text: string } = { of: undefined, text: "" };

/** Instants take long to write, and the notices of a lot have its window: the last is kept. */
function windowText(window: TimeWindow): string {
  if (window !== lastWindow.of) {
    lastWindow.text = `;from=${window.from};to=${window.to}`;
    lastWindow.of = window;
  }
  return lastWindow.text;
}

function isEmpty(stated: StatedTerms): boolean {
  for (const name in stated) if (Object.hasOwn(stated, name)) return false;
  return true;
}

function statedText(stated: StatedTerms): string {
  if (isEmpty(stated)) return "";
  const names = Object.keys(stated);
  let text = "";
  for (const name of names.sort(compareText)) text += `;term ${word(name)}=${valueText(stated[name] ?? "")}`;
  return text;
}

/** A number as it stands or as a reduced fraction; a text always in quotes, so that it is no number. */
function valueText(value: Rational | string): string {
  return typeof value === "string" ? JSON.stringify(value) : fractionText(value);
}

function fractionText(value: Rational): string {
  const { num, den } = value.den === 1n ? value : rational(value.num, value.den);
  return den === 1n ? num.toString() : `${num}/${den}`;
}

function alternativesText(alternatives: NonNullable<Terms["alternatives"]>): string {
  const parts = alternatives.map((item) => `${word(item.acceleratorType)}*${fractionText(item.factor)}`);
  return parts.sort(compareText).join(",");
}

/** Alternatives are a set: their order says nothing. */
function words(items: readonly string[]): string {
  if (items.length === 1) return word(items[0] as string);
  return items.map(word).sort(compareText).join(",");
}

/** Letters, digits and `* - . _` stand bare. Quoted text begins with a quote, which is none of them. */
function word(text: string): string {
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    const isPlain =
      (unit >= 97 && unit <= 122) ||
      (unit >= 48 && unit <= 57) ||
      (unit >= 65 && unit <= 90) ||
      unit === 45 ||
      unit === 95 ||
      unit === 42 ||
      unit === 46;
    if (!isPlain) return JSON.stringify(text);
  }
  return text === "" ? '""' : text;
}
