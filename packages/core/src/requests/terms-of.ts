import { compareText, type Rate, type TimeWindow } from "../kernel/index.ts";
import type { RequestLine } from "./request.ts";
import type { StatedTerms, Terms } from "./terms.ts";

/** What makes a lot's terms differ from its line's: its part of the count and its purposes. */
export interface TermsPart {
  readonly count: number;
  /** None: the line names none. Several: the line names them and not how they share. */
  readonly purposes: readonly string[];
  /** The price in place of the line's cap: that of a sale. */
  readonly price?: Rate;
  readonly window?: TimeWindow;
}

/**
 * The material fields of a part of a line, frozen once (domain rule G10). Regions, other accelerators and several purposes
 * are sets: they come in the order of their names, so that listing them otherwise changes nothing.
 */
export function termsOf(line: RequestLine, part: TermsPart): Terms {
  const first = line.accelerators[0] as RequestLine["accelerators"][number];
  const price = part.price ?? line.cap;
  // One literal with absent fields added after: this is on the path of every request.
  const terms: { -readonly [Field in keyof Terms]: Terms[Field] } = {
    acceleratorType: first.acceleratorType,
    count: part.count,
    blockSize: line.blockSize,
    gangMin: line.gangMin,
    divisible: line.divisible,
    regions: inOrder(line.regions),
    window: part.window ?? line.window,
    stated: line.stated,
  };
  if (line.accelerators.length > 1) {
    terms.alternatives = line.accelerators.slice(1).sort((a, b) => compareText(a.acceleratorType, b.acceleratorType));
  }
  if (part.purposes.length === 1) terms.purpose = part.purposes[0] as string;
  else if (part.purposes.length > 1) terms.purposes = inOrder(part.purposes);
  if (line.channel !== undefined) terms.channel = line.channel;
  if (line.product !== undefined) terms.product = line.product;
  if (line.sourceClass !== undefined) terms.sourceClass = line.sourceClass;
  if (price !== undefined) terms.price = price;
  if (line.latestStart !== undefined) terms.latestStart = line.latestStart;
  return terms;
}

/** The same terms for another count. Field by field: this too is on the path of every request. */
export function copyOfTerms(from: Terms, count = from.count): { -readonly [Field in keyof Terms]: Terms[Field] } {
  const terms: { -readonly [Field in keyof Terms]: Terms[Field] } = {
    acceleratorType: from.acceleratorType,
    count,
    blockSize: from.blockSize,
    gangMin: from.gangMin,
    divisible: from.divisible,
    regions: from.regions,
    window: from.window,
    stated: from.stated,
  };
  if (from.alternatives !== undefined) terms.alternatives = from.alternatives;
  if (from.purpose !== undefined) terms.purpose = from.purpose;
  if (from.purposes !== undefined) terms.purposes = from.purposes;
  if (from.channel !== undefined) terms.channel = from.channel;
  if (from.product !== undefined) terms.product = from.product;
  if (from.sourceClass !== undefined) terms.sourceClass = from.sourceClass;
  if (from.price !== undefined) terms.price = from.price;
  if (from.latestStart !== undefined) terms.latestStart = from.latestStart;
  return terms;
}

/** Stated terms, with those that another statement adds or changes. */
export function withStated(asked: StatedTerms, more: StatedTerms): StatedTerms {
  for (const name in more) if (Object.hasOwn(more, name)) return { ...asked, ...more };
  return asked;
}

function inOrder(items: readonly string[]): readonly string[] {
  return items.length === 1 ? items : [...items].sort(compareText);
}
