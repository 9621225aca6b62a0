import type { FeedObject } from "./entry.ts";
import { BadCursor, type ObjectOrder, type ObjectPage, type ObjectQuery } from "./store.ts";

/** Where a page ended: what it is ordered by, and the id that tells apart what is alike in it. */
export interface Place {
  readonly key: number;
  readonly id: string;
}

/** An order that goes by one thing; `next` is made of them. */
export type PlainOrder = Exclude<ObjectOrder, "next">;

/** A list in an order of its own. What asks for `next` is taken apart before. */
export interface PlainQuery extends Omit<ObjectQuery, "order" | "waiting"> {
  readonly order?: PlainOrder;
  /** Only what has no deadline. */
  readonly isUndated?: boolean;
  /** None of these states. */
  readonly exceptStatus?: readonly string[];
}

const LETTERS: Readonly<Record<PlainOrder, string>> = { updated: "u", created: "c", deadline: "d", id: "i" };
const CURSOR = /^([ucdi])([01])(\d{1,16})\.(.{1,500})$/su;

/** The same list in an order of its own; undefined where it is one by what needs doing next. */
export function plainOf({ order, waiting: _, ...query }: ObjectQuery): PlainQuery | undefined {
  if (order === "next") return undefined;
  return order === undefined ? query : { ...query, order };
}

export const orderOf = (query: PlainQuery): PlainOrder => query.order ?? "updated";

export function isDescending(query: PlainQuery): boolean {
  const order = orderOf(query);
  return query.descending ?? (order === "updated" || order === "created");
}

/** What an object is ordered by; ids are ordered by themselves. */
export function keyOf(object: FeedObject, order: PlainOrder): number {
  if (order === "updated") return object.version;
  if (order === "created") return object.created;
  return order === "deadline" ? (object.deadline ?? 0) : 0;
}

/** Made of the party's own positions, instants and ids only. */
export function cursorAfter(query: PlainQuery, last: FeedObject): string {
  const order = orderOf(query);
  return `${LETTERS[order]}${isDescending(query) ? 1 : 0}${keyOf(last, order)}.${last.id}`;
}

/** @throws BadCursor where it is none of a list in this order */
export function placeOf(query: PlainQuery): Place | undefined {
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
export function pageOf(query: PlainQuery, found: readonly FeedObject[]): ObjectPage {
  const objects = found.slice(0, query.limit);
  const last = objects.at(-1);
  return found.length > query.limit && last !== undefined ? { objects, next: cursorAfter(query, last) } : { objects };
}
