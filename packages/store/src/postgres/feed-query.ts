import type { PartyId } from "@offtake/core/kernel";
import { isDescending, orderOf, placeOf, type PlainOrder, type PlainQuery } from "../feeds/cursor.ts";
import type { CountQuery } from "../feeds/store.ts";
import type { BookName } from "../log/record.ts";
import { OBJECT_COLUMNS } from "./feed-rows.ts";

const KEYS: Readonly<Record<PlainOrder, string | undefined>> = {
  updated: "o.version",
  created: "o.created",
  deadline: "o.deadline",
  id: undefined,
};

/** The statement of the first rows of a list from its place on. */
export function pageStatement(
  book: BookName,
  party: PartyId,
  query: PlainQuery,
): { readonly text: string; readonly values: unknown[] } {
  const values: unknown[] = [book, party, query.kind];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const key = KEYS[orderOf(query)];
  const way = isDescending(query) ? "desc" : "asc";
  const order = [key, "o.id"].flatMap((column) => (column === undefined ? [] : [`${column} ${way}`])).join(", ");
  const where = ["o.book = $1", "o.party = $2", "o.kind = $3", ...filters(query, bind), ...after(query, key, bind)];
  const status = query.status === undefined ? undefined : `${bind([...new Set(query.status)])}::text[]`;
  const limit = bind(query.limit);
  const page = (more: readonly string[]): string =>
    `select ${OBJECT_COLUMNS} from feed_objects o where ${[...where, ...more].join(" and ")} order by ${order} limit ${limit}`;
  const except = query.exceptStatus === undefined ? "true" : `status <> all(${bind([...query.exceptStatus])}::text[])`;
  if (!isByStatus(query)) return { text: page([status === undefined ? except : `o.status = any(${status})`]), values };
  const statuses = status === undefined ? EVERY_STATUS : `select unnest(${status}) as status`;
  const text = `with recursive s as (${statuses})
    select o.* from (select status from s where ${except}) s cross join lateral (${page(["o.status = s.status"])}) o order by ${order} limit ${limit}`;
  return { text, values };
}

/** How many there are of each status: an index holds all that is looked at, unless it is of one thing only. */
export function countStatement(
  book: BookName,
  party: PartyId,
  query: CountQuery,
): { readonly text: string; readonly values: unknown[] } {
  const values: unknown[] = [book, party, query.kind];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const where = ["o.book = $1", "o.party = $2", "o.kind = $3", ...filters({ ...query, limit: 1 }, bind)];
  const text = `select o.status, count(*) as count from feed_objects o where ${where.join(" and ")} group by o.status`;
  return { text, values };
}

/**
 * Whether each status is looked for by itself and in order, so that an index gives the page of each, however many objects there are of
 * another. Whatever is narrower by what it belongs to or by when it falls due is found that way.
 */
function isByStatus({ parent, agreement, dueFrom, dueBefore, ...query }: PlainQuery): boolean {
  return orderOf(query) === "updated" && [parent, agreement, dueFrom, dueBefore].every((one) => one === undefined);
}

/** Those that there are, each by a look into the index. */
const EVERY_STATUS = `
  (select status from feed_objects where book = $1 and party = $2 and kind = $3 order by status limit 1)
  union all
  select (select f.status from feed_objects f where f.book = $1 and f.party = $2 and f.kind = $3 and f.status > s.status
          order by f.status limit 1)
  from s where s.status is not null`;

function filters(query: PlainQuery, bind: (value: unknown) => string): string[] {
  const { parent, agreement, dueFrom, dueBefore } = query;
  const found: string[] = [];
  if (parent !== undefined) found.push(`o.parent = ${bind(parent)}`);
  if (agreement !== undefined) found.push(`o.agreement = ${bind(agreement)}`);
  if (dueFrom !== undefined) found.push(`o.deadline >= ${bind(dueFrom)}`);
  if (dueBefore !== undefined) found.push(`o.deadline < ${bind(dueBefore)}`);
  if (query.isUndated === true) found.push("o.deadline is null");
  if (orderOf(query) === "deadline") found.push("o.deadline is not null");
  return found;
}

function after(query: PlainQuery, key: string | undefined, bind: (value: unknown) => string): string[] {
  const place = placeOf(query);
  if (place === undefined) return [];
  const than = isDescending(query) ? "<" : ">";
  if (key === undefined) return [`o.id ${than} ${bind(place.id)}`];
  return [`(${key}, o.id) ${than} (${bind(place.key)}::bigint, ${bind(place.id)})`];
}
