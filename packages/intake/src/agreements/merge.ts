import type { Edit, Plain } from "@offtake/wire/writing";
import type { Path } from "@offtake/wire/source";

/** A value that the list changed and somebody has written over by hand. */
export interface Overwritten {
  readonly path: string;
  readonly byHand: string;
  readonly byList: string;
}

export interface Merge {
  readonly edits: readonly Edit[];
  /** What changes, as paths for people. */
  readonly changed: readonly string[];
  /** Values that stay as somebody wrote them. */
  readonly overwritten: readonly Overwritten[];
}

type Group = Readonly<Record<string, unknown>>;

/**
 * What is to change in a document so that it says what the list says now. `before` is what the list said at the last import: what
 * it has not changed since stays as it is written, also where somebody wrote something else by hand; what both have changed stays
 * by hand and is told, unless the list is to win.
 */
export function merge(before: Group | undefined, written: Group, now: Group, at: Path, listWins: boolean): Merge {
  const merger = new Merger(listWins);
  merger.group(before ?? {}, written, now, at);
  const { edits, removals, changed, overwritten } = merger;
  return { edits: [...edits, ...removals.toReversed()], changed, overwritten };
}

/**
 * What a list says now, with everything in it that a row would say of the document as it is written anyhow left as it is written:
 * a row knows less of an agreement than a document does, and what it repeats changes nothing. `row`: the document as a row.
 */
export function asWritten(row: Group, written: Group, now: Group): Group {
  return Object.fromEntries(
    Object.entries(now).flatMap(([key, said]) => {
      const [known, own] = [row[key], written[key]];
      if (alike(known, said)) return own === undefined ? [] : [[key, own]];
      if (isKeyed(said) && isKeyed(own)) return [[key, listAsWritten(isKeyed(known) ? known : [], own, said)]];
      if (isGroup(said) && isGroup(own)) return [[key, asWritten(isGroup(known) ? known : {}, own, said)]];
      return [[key, said]];
    }),
  );
}

function listAsWritten(row: readonly Group[], written: readonly Group[], now: readonly Group[]): Group[] {
  return now.flatMap((said) => {
    const of = (list: readonly Group[]): Group | undefined => list.find((item) => item["id"] === said["id"]);
    const [known, own] = [of(row), of(written)];
    if (known !== undefined && alike(known, said)) return own === undefined ? [] : [own];
    return [own === undefined ? said : asWritten(known ?? {}, own, said)];
  });
}

const isGroup = (value: unknown): value is Group =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isKeyed = (value: unknown): value is readonly Group[] =>
  Array.isArray(value) && value.length > 0 && value.every((item) => isGroup(item) && typeof item["id"] === "string");
const alike = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);

function canonical(value: unknown): string {
  if (Array.isArray(value)) return value.length === 1 ? canonical(value[0]) : `[${value.map(canonical).join(",")}]`;
  if (!isGroup(value)) return JSON.stringify(value) ?? "nothing";
  const keys = Object.keys(value).filter((key) => value[key] !== undefined);
  return `{${keys
    .sort()
    .map((key) => `${key}:${canonical(value[key])}`)
    .join(",")}}`;
}

class Merger {
  readonly edits: Edit[] = [];
  readonly removals: Edit[] = [];
  readonly changed: string[] = [];
  readonly overwritten: Overwritten[] = [];
  private readonly listWins: boolean;

  constructor(listWins: boolean) {
    this.listWins = listWins;
  }

  group(before: Group, written: Group, now: Group, at: Path): void {
    for (const key of new Set([...Object.keys(before), ...Object.keys(now)]))
      this.value(before[key], written[key], now[key], [...at, key]);
  }

  private value(before: unknown, written: unknown, now: unknown, at: Path): void {
    if (alike(before, now) || alike(written, now)) return;
    if (isKeyed(written) && (isKeyed(now) || now === undefined))
      return this.keyed(isKeyed(before) ? before : [], written, now ?? [], at);
    if (isGroup(written) && isGroup(now)) return this.group(isGroup(before) ? before : {}, written, now, at);
    if (alike(before, written)) this.put(at, now);
    else this.clash(at, written, now);
  }

  /** Clauses, by their ids. */
  private keyed(before: readonly Group[], written: readonly Group[], now: readonly Group[], at: Path): void {
    const of = (list: readonly Group[], id: unknown): Group | undefined => list.find((item) => item["id"] === id);
    let length = written.length;
    for (const id of new Set([...before, ...now].map((item) => item["id"]))) {
      const [old, own, next] = [of(before, id), of(written, id), of(now, id)];
      const index = written.findIndex((item) => item["id"] === id);
      const name = `${at.join(".")}.${String(id)}`;
      if (own === undefined) {
        if (next === undefined || alike(old, next)) continue;
        if (old !== undefined && !this.listWins)
          this.overwritten.push({ path: name, byHand: "taken away", byList: shortly(next) });
        else this.add([...at, length++], next, name);
      } else if (next === undefined) {
        if (alike(old, own) || this.listWins) this.remove([...at, index], name);
        else this.overwritten.push({ path: name, byHand: shortly(own), byList: "taken away" });
      } else this.group(old ?? {}, own, next, [...at, index]);
    }
  }

  private add(path: Path, value: unknown, name: string): void {
    this.edits.push({ path, value: value as Plain });
    this.changed.push(name);
  }

  private remove(path: Path, name: string): void {
    this.removals.push({ path, value: undefined });
    this.changed.push(name);
  }

  private put(path: Path, value: unknown): void {
    if (value === undefined) this.removals.push({ path, value: undefined });
    else this.edits.push({ path, value: value as Plain });
    this.changed.push(path.join("."));
  }

  private clash(path: Path, written: unknown, now: unknown): void {
    if (this.listWins) this.put(path, now);
    else this.overwritten.push({ path: path.join("."), byHand: shortly(written), byList: shortly(now) });
  }
}

function shortly(value: unknown): string {
  const text = value === undefined ? "nothing" : typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}...` : text;
}
