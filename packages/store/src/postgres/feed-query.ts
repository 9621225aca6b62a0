import type { PartyId } from "@offtake/core/kernel";
import { isDescending, orderOf, placeOf } from "../feeds/cursor.ts";
import type { ObjectOrder, ObjectQuery } from "../feeds/store.ts";
import type { BookName } from "../log/record.ts";
import { OBJECT_COLUMNS } from "./feed-rows.ts";

const KEYS: Readonly<Record<ObjectOrder, string | undefined>> = {
  updated: "o.version",
  created: "o.created",
  deadline: "o.deadline",
  id: undefined,
};

/**
 * The statement of a page, with one row more than it holds. Each status is looked for by itself and in order, so that an index gives the
 * page of each, however many objects there are of another.
 */
export function pageStatement(
  book: BookName,
  party: PartyId,
  query: ObjectQuery,
): { readonly text: string; readonly values: unknown[] } {
  const values: unknown[] = [book, party, query.kind];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const key = KEYS[orderOf(query)];
  const way = isDescending(query) ? "desc" : "asc";
  const order = [key, "o.id"].flatMap((column) => (column === undefined ? [] : [`${column} ${way}`])).join(", ");
  const where = ["o.book = $1", "o.party = $2", "o.kind = $3", ...filters(query, bind), ...after(query, key, bind)];
  const limit = bind(query.limit + 1);
  const page = (more: readonly string[]): string =>
    `(select ${OBJECT_COLUMNS} from feed_objects o where ${[...where, ...more].join(" and ")} order by ${order} limit ${limit})`;
  const { status } = query;
  const pages =
    status === undefined ? [page([])] : [...new Set(status)].map((one) => page([`o.status = ${bind(one)}`]));
  return { text: `select * from (${pages.join(" union all ")}) o order by ${order} limit ${limit}`, values };
}

function filters(query: ObjectQuery, bind: (value: unknown) => string): string[] {
  const { parent, agreement, dueFrom, dueBefore } = query;
  const found: string[] = [];
  if (parent !== undefined) found.push(`o.parent = ${bind(parent)}`);
  if (agreement !== undefined) found.push(`o.agreement = ${bind(agreement)}`);
  if (dueFrom !== undefined) found.push(`o.deadline >= ${bind(dueFrom)}`);
  if (dueBefore !== undefined) found.push(`o.deadline < ${bind(dueBefore)}`);
  if (orderOf(query) === "deadline") found.push("o.deadline is not null");
  return found;
}

function after(query: ObjectQuery, key: string | undefined, bind: (value: unknown) => string): string[] {
  const place = placeOf(query);
  if (place === undefined) return [];
  const than = isDescending(query) ? "<" : ">";
  if (key === undefined) return [`o.id ${than} ${bind(place.id)}`];
  return [`(${key}, o.id) ${than} (${bind(place.key)}::bigint, ${bind(place.id)})`];
}
