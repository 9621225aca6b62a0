import type { FeedObject } from "@offtake/store/feeds";
import type { AnyCall } from "./call.ts";
import { decodeCursor } from "./cursors.ts";
import { problem } from "./problems.ts";
import { QUEUED, type Queued, waitingOf } from "./waiting.ts";

/** Where a page of the queue ended. What falls due comes first, the nearest on top; then what has no date, the last changed on top. */
interface Place {
  readonly isDated: boolean;
  /** A deadline, or a place in the party's own feed. */
  readonly key: number;
  readonly kind: Queued;
  readonly id: string;
}

const CURSOR = /^([du])(\d{1,16})\.([a-z]{1,40})\.(.{1,256})$/su;
/** Before and behind every id. */
const [LOWEST, HIGHEST] = [" ", "~"];

function placeOf(object: FeedObject): Place {
  const { deadline, version, kind, id } = object;
  return { isDated: deadline !== undefined, key: deadline ?? version, kind: kind as Queued, id };
}

/** In the order of the queue. Things of several kinds may have the same date: kinds have an order of their own. */
function inOrder(a: Place, b: Place): number {
  if (a.isDated !== b.isDated) return a.isDated ? -1 : 1;
  const order =
    a.key - b.key || QUEUED.indexOf(a.kind) - QUEUED.indexOf(b.kind) || (a.id < b.id ? -1 : Number(a.id > b.id));
  return a.isDated ? order : -order;
}

function readPlace(cursor: string, list: string): Place {
  const [, letter, key, kind, id] = CURSOR.exec(decodeCursor(cursor, list)) ?? [];
  const known = QUEUED.find((one) => one === kind);
  // Written as it was given out: without zeros before it, and exact.
  if (key === undefined || id === undefined || known === undefined || String(Number(key)) !== key)
    throw problem("cursor_malformed");
  return { isDated: letter === "d", key: Number(key), kind: known, id };
}

/** Where the list of one kind goes on behind a place of the queue. */
function behind({ isDated, key, kind, id }: Place, of: Queued): string {
  const order = QUEUED.indexOf(of) - QUEUED.indexOf(kind);
  // Of what has the same key, the kinds before this one are through, and those behind it have not begun.
  const isThrough = isDated ? order < 0 : order > 0;
  const edge = order === 0 ? id : isThrough === isDated ? HIGHEST : LOWEST;
  return `${isDated ? "n0d0" : "n1u1"}${key}.${edge}`;
}

/** What waits of several kinds, as one list. Each kind is read in that order, so that what falls due first is found however much waits. */
export async function queuePage(
  { services, book, principal, listed }: Pick<AnyCall, "services" | "book" | "principal" | "listed">,
  kinds: readonly Queued[],
  limit: number,
  cursor: string | undefined,
): Promise<{ readonly objects: readonly FeedObject[]; readonly next?: string }> {
  const place = cursor === undefined ? undefined : readPlace(cursor, listed);
  const lists = kinds.map(async (kind) => {
    const [waiting, after] = [waitingOf(kind), place === undefined ? undefined : behind(place, kind)];
    const asked = { kind, status: waiting, waiting, order: "next", limit } as const;
    return services.telling.store.listObjects(book, principal.party, {
      ...asked,
      ...(after === undefined ? {} : { after }),
    });
  });
  const pages = await Promise.all(lists);
  const found = pages
    .flatMap(({ objects }) => objects)
    .map((object) => ({ object, place: placeOf(object) }))
    .sort((a, b) => inOrder(a.place, b.place));
  const objects = found.slice(0, limit).map(({ object }) => object);
  const last = found[limit - 1]?.place;
  if (last === undefined || (found.length === limit && pages.every(({ next }) => next === undefined)))
    return { objects };
  return { objects, next: `${last.isDated ? "d" : "u"}${last.key}.${last.kind}.${last.id}` };
}
