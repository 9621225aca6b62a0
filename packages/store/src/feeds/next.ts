import { cursorAfter, type PlainQuery } from "./cursor.ts";
import type { FeedObject } from "./entry.ts";
import { BadCursor, type ObjectPage, type ObjectQuery } from "./store.ts";

/** The rows of a list in an order of its own: at most as many as it asks for. */
export type ListRows = (query: PlainQuery) => Promise<readonly FeedObject[]>;

const CURSOR = /^n([012])(.{1,520})$/su;

/**
 * The parts of a list by what needs doing next, each in an order that an index gives: an order by all of them at once would look at every
 * object of the kind.
 */
function partsOf({
  order: _,
  waiting = [],
  after: _after,
  descending: _way,
  ...query
}: ObjectQuery): readonly PlainQuery[] {
  const { status } = query;
  const undated = { ...query, order: "updated", isUndated: true } as const;
  return [
    { ...query, order: "deadline" },
    { ...undated, status: status === undefined ? waiting : status.filter((one) => waiting.includes(one)) },
    status === undefined
      ? { ...undated, exceptStatus: waiting }
      : { ...undated, status: status.filter((one) => !waiting.includes(one)) },
  ];
}

/** A page by what needs doing next. @throws BadCursor */
export async function pageByNext(query: ObjectQuery, list: ListRows): Promise<ObjectPage> {
  const parts = partsOf(query);
  const place = placeIn(query);
  const found: { readonly part: number; readonly object: FeedObject }[] = [];
  for (const [part, plain] of parts.entries()) {
    if (part < place.part || plain.status?.length === 0) continue;
    const after = part === place.part ? place.after : undefined;
    // One more than the page holds tells whether there is another.
    const limit = query.limit + 1 - found.length;
    if (limit <= 0) break;
    const rows = await list({ ...plain, limit, ...(after === undefined ? {} : { after }) });
    found.push(...rows.map((object) => ({ part, object })));
  }
  const page = found.slice(0, query.limit);
  const objects = page.map(({ object }) => object);
  const last = page.at(-1);
  const plain = last === undefined ? undefined : parts[last.part];
  if (found.length <= query.limit || last === undefined || plain === undefined) return { objects };
  return { objects, next: `n${last.part}${cursorAfter(plain, last.object)}` };
}

function placeIn({ after }: ObjectQuery): { readonly part: number; readonly after?: string } {
  if (after === undefined) return { part: 0 };
  const [, part, place] = CURSOR.exec(after) ?? [];
  if (part === undefined || place === undefined) throw new BadCursor();
  return { part: Number(part), after: place };
}
