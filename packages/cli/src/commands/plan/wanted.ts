import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { Currency } from "@offtake/core/kernel";
import { readText } from "../../documents/files.ts";
import { kindOf } from "../../documents/kinds.ts";
import { EXIT } from "../../terminal/exit-codes.ts";
import { done, failed, type Failure, type Outcome } from "../../terminal/failures.ts";

/** What a person typed of the request, in place of writing it into one line. */
export interface TypedParts {
  readonly from?: string;
  readonly for?: string;
  readonly to?: string;
  readonly region?: readonly string[];
  readonly purpose?: string;
  readonly maxPrice?: string;
  readonly block?: string;
}

export interface Wanted {
  readonly book: string;
  readonly requests: readonly string[];
}

const usage = (message: string): Failure => ({ code: "usage", message, exit: EXIT.usage });

/**
 * Which of what was typed is the book, and which are requests. `--book` says it; without it, a folder or a book file among the
 * words is the book, and without that it is where the command stands.
 */
export function wantedOf(
  words: readonly string[],
  { book, request }: { readonly book?: string; readonly request: readonly string[] },
  cwd: string,
): Outcome<Wanted> {
  if (book !== undefined) {
    const other = words.find((word) => isBook(word, cwd));
    if (other !== undefined) return failed(usage(`${other} is a book too, beside --book ${book}: name one of the two`));
    return done({ book, requests: [...words, ...request] });
  }
  const place = words.findIndex((word) => isBook(word, cwd));
  const found = words[place];
  if (found !== undefined)
    return done({ book: found, requests: [...words.filter((_, index) => index !== place), ...request] });
  // A path that is not there was meant as the book, where the request is named apart from it.
  const [first] = words;
  if (first !== undefined && words.length === 1 && request.length > 0) return done({ book: first, requests: request });
  return done({ book: ".", requests: [...words, ...request] });
}

function isBook(word: string, cwd: string): boolean {
  const path = resolve(cwd, word);
  if (word.trim() === "" || !existsSync(path)) return false;
  if (statSync(path).isDirectory()) return true;
  const file = readText(word, cwd);
  const kind = file.ok ? kindOf(file.value) : undefined;
  return kind !== undefined && kind !== "request";
}

const PARTS = ["from", "for", "to", "region", "purpose", "maxPrice", "block"] as const;
const FLAGS: Readonly<Record<(typeof PARTS)[number], string>> = {
  from: "--from",
  for: "--for",
  to: "--to",
  region: "--region",
  purpose: "--purpose",
  maxPrice: "--max-price",
  block: "--block",
};

/** The one-line form with the parts that options say; undefined where none does. What is said twice is refused. */
export function withParts(typed: string, parts: TypedParts, currency: Currency): Outcome<string> {
  const said = PARTS.filter((name) => parts[name] !== undefined && parts[name].length > 0);
  const [first] = said;
  if (first === undefined) return done(typed);
  const [supply = "", ...rest] = typed.trim().split(/\s+/);
  if (!supply.includes(":"))
    return failed(usage(`${FLAGS[first]} is for a request in one line, such as H100:1024; ${typed} is not`));
  const twice = [
    ...(parts.region !== undefined && parts.region.length > 0 && supply.includes("@") ? ["--region"] : []),
    ...(parts.block !== undefined && supply.includes("/") ? ["--block"] : []),
    ...(parts.from !== undefined && rest.some((part) => /^\d.*(\.\.|\+)/.test(part)) ? ["--from"] : []),
    ...(parts.maxPrice !== undefined && rest.some((part) => part.startsWith("<=")) ? ["--max-price"] : []),
  ];
  if (twice.length > 0) return failed(usage(`${typed} says already what ${twice.join(" and ")} says`));
  const span = spanOf(parts);
  if (!span.ok) return span;
  const block = parts.block === undefined ? "" : `/${parts.block}`;
  const region = (parts.region ?? []).map(regionText).join(",");
  const place = supply.indexOf("@");
  const [named, regions] =
    place < 0 ? [supply, region === "" ? "" : `@${region}`] : [supply.slice(0, place), supply.slice(place)];
  const price = parts.maxPrice === undefined ? [] : [`<=${priceText(parts.maxPrice, currency)}`];
  const words = [
    `${named}${block}${regions}`,
    ...span.value,
    ...(parts.purpose === undefined ? [] : [parts.purpose]),
    ...price,
  ];
  return done([...words, ...rest].join(" "));
}

/** `us` is a country and no region: every region that begins with it is meant. */
export function regionText(region: string): string {
  return /^[a-z]{2,4}$/i.test(region) ? `${region}-*` : region;
}

/** "2.60" is in the currency of the book, by accelerator-hour; "$2.60" is in US dollars. */
export function priceText(price: string, currency: Currency): string {
  const [, sign = "", amount] = /^(\$?)(\d+(?:\.\d+)?)$/.exec(price.trim()) ?? [];
  return amount === undefined ? price.trim() : `${amount} ${sign === "" ? currency : "USD"}/h`;
}

function spanOf({ from, to, for: length }: TypedParts): Outcome<readonly string[]> {
  if (from === undefined) {
    return to === undefined && length === undefined
      ? done([])
      : failed(usage("--for and --to say when it ends: --from says when it begins"));
  }
  for (const [flag, day] of [
    ["--from", from],
    ["--to", to],
  ] as const)
    if (day !== undefined && !/^\d/.test(day.trim()))
      return failed(usage(`${flag} takes a day or an instant, such as 2027-03-01, not ${day.slice(0, 40)}`));
  if (to !== undefined && length !== undefined) return failed(usage("--for and --to both say when it ends: name one"));
  if (to !== undefined) return done([`${from}..${to}`]);
  if (length === undefined) return failed(usage("--from says when it begins: --for or --to says when it ends"));
  const match = /^(\d{1,5})\s*(d|days?|w|weeks?|h|hours?)$/i.exec(length.trim());
  if (match === null) return failed(usage(`--for ${length} is no length, such as 180d, 26w or 72h`));
  const [, n = "", unit = ""] = match;
  const letter = unit.charAt(0).toLowerCase();
  return done([letter === "w" ? `${from}+${Number(n) * 7}d` : `${from}+${n}${letter}`]);
}

const DAY_MS = 86_400_000;

/** "14d", "2w" or "36h" as milliseconds. */
export function leadOf(typed: string | undefined): Outcome<number | undefined> {
  if (typed === undefined) return done(undefined);
  const match = /^(\d{1,4})\s*(d|days?|w|weeks?|h|hours?)$/i.exec(typed.trim());
  if (match === null) return failed(usage(`--lead ${typed} is no length, such as 14d, 2w or 36h`));
  const [, n = "", unit = ""] = match;
  const each = { d: DAY_MS, w: 7 * DAY_MS, h: DAY_MS / 24 }[unit.charAt(0).toLowerCase()] ?? DAY_MS;
  return done(Number(n) * each);
}
