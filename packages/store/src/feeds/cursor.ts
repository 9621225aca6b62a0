import type { FeedObject } from "./entry.ts";
import { BadCursor, type ObjectOrder, type ObjectQuery } from "./store.ts";

/** Where a page ended: what it is ordered by, and the id that tells apart what is alike in it. */
export interface Place {
  readonly key: number;
  readonly id: string;
}

const LETTERS: Readonly<Record<ObjectOrder, string>> = { updated: "u", created: "c", deadline: "d", id: "i" };
const CURSOR = /^([ucdi])([01])(\d{1,16})\.(.{1,500})$/su;

export const orderOf = (query: ObjectQuery): ObjectOrder => query.order ?? "updated";

export function isDescending(query: ObjectQuery): boolean {
  const order = orderOf(query);
  return query.descending ?? (order === "updated" || order === "created");
}

/** What an object is ordered by; ids are ordered by themselves. */
export function keyOf(object: FeedObject, order: ObjectOrder): number {
  if (order === "updated") return object.version;
  if (order === "created") return object.created;
  return order === "deadline" ? (object.deadline ?? 0) : 0;
}

/** Made of the party's own positions, instants and ids only. */
export function cursorAfter(query: ObjectQuery, last: FeedObject): string {
  const order = orderOf(query);
  return `${LETTERS[order]}${isDescending(query) ? 1 : 0}${keyOf(last, order)}.${last.id}`;
}

/** @throws BadCursor where it is none of a list in this order */
export function placeOf(query: ObjectQuery): Place | undefined {
  if (query.after === undefined) return undefined;
  const [, letter, descending, key, id] = CURSOR.exec(query.after) ?? [];
  if (key === undefined || id === undefined) throw new BadCursor();
  if (letter !== LETTERS[orderOf(query)] || descending !== (isDescending(query) ? "1" : "0")) throw new BadCursor();
  const place = { key: Number(key), id };
  // Written as it was given out: without zeros before it, and exact.
  if (!Number.isSafeInteger(place.key) || String(place.key) !== key) throw new BadCursor();
  return place;
}

/** The page that the first `limit + 1` of a list make. */
export function pageOf(query: ObjectQuery, found: readonly FeedObject[]) {
  const objects = found.slice(0, query.limit);
  const last = objects.at(-1);
  return found.length > query.limit && last !== undefined ? { objects, next: cursorAfter(query, last) } : { objects };
}
