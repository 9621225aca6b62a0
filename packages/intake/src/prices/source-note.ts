import { dirname, join } from "node:path";
import { civilToEpochDay, epochDayToCivil } from "@offtake/core/kernel";
import type { Intake } from "../files/problem.ts";
import { accept, refuse } from "../files/problem.ts";
import { readText } from "../files/text.ts";

/** What a list does not say about itself. */
export interface ListSource {
  /** Where the list comes from, in words or as an address. */
  readonly origin: string;
  /** ISO date; absent where nobody says. */
  readonly asOf?: string;
  /** Dates of parts of a list: start of the region's name to ISO date. The longest start wins. */
  readonly asOfByRegionPrefix?: Readonly<Record<string, string>>;
}

/** Date of a price in `region`, by the note. */
export function dateOf(source: ListSource, region: string): string | undefined {
  const [best] = Object.entries(source.asOfByRegionPrefix ?? {})
    .filter(([prefix]) => region.startsWith(prefix))
    .sort(([a], [b]) => b.length - a.length);
  return best?.[1] ?? source.asOf;
}

/**
 * Reads `source.json` beside a list. Without one, the list's own path is its origin and it has no date; with one that cannot be
 * understood, the list is refused, since a wrong date is worse than none.
 */
export async function readSourceNote(path: string, file: string): Promise<Intake<ListSource>> {
  const note = join(dirname(path), "source.json");
  const text = await readText(note);
  if (!text.ok) return text.problem.code === "file_not_found" ? accept({ origin: path }) : text;
  const parsed = parseNote(text.value.text, file);
  return (
    parsed ??
    refuse("bad_source_note", note, `it must say {"origin": "...", "files": {"${file}": {"asOf": "2026-01-31"}}}`)
  );
}

function parseNote(text: string, file: string): Intake<ListSource> | undefined {
  const note = asRecord(parseJson(text));
  const origin = note?.["origin"];
  if (typeof origin !== "string" || origin === "") return undefined;
  const entry = asRecord(asRecord(note?.["files"])?.[file] ?? {});
  if (entry === undefined) return undefined;
  const { asOf, asOfByRegionPrefix = {} } = entry;
  const prefixes = asRecord(asOfByRegionPrefix);
  if (prefixes === undefined || !Object.values(prefixes).every(isDate)) return undefined;
  if (asOf !== undefined && !isDate(asOf)) return undefined;
  return accept({
    origin,
    asOfByRegionPrefix: prefixes as Record<string, string>,
    ...(asOf === undefined ? {} : { asOf }),
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function asRecord(value: unknown): Record<string, unknown> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

function isDate(value: unknown): value is string {
  const match = typeof value === "string" ? /^(\d{4})-(\d\d)-(\d\d)$/.exec(value) : null;
  if (match === null) return false;
  const [year = 0, month = 0, day = 0] = match.slice(1).map(Number);
  const back = epochDayToCivil(civilToEpochDay(year, month, day));
  return month >= 1 && month <= 12 && back.month === month && back.day === day;
}
