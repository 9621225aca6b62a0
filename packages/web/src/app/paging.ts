import type { Arguments, Operations } from "@offtake/client";
import { type InfiniteData, keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { seatName, useBroker } from "./broker.ts";

/** Operations that list objects of a kind. */
export type Listing = {
  [Operation in keyof Operations]: Operations[Operation]["answer"] extends ListPage<unknown>
    ? "counts" extends keyof NonNullable<Operations[Operation]["query"]>
      ? Operation
      : never
    : never;
}[keyof Operations];

interface ListPage<Row> {
  readonly data: readonly Row[];
  readonly nextCursor: string | null;
  readonly counts?: Readonly<Record<string, number>>;
}

type RowOf<Operation extends Listing> = Operations[Operation]["answer"]["data"][number];
type QueryOf<Operation extends Listing> = Omit<
  NonNullable<Operations[Operation]["query"]>,
  "cursor" | "limit" | "counts"
>;

/** Rows that are read at once: some screens full. */
const PAGE = 250;
/** So many pages of a long list are held: what somebody has gone past is read again when they come back to it. */
const HELD = 3;

/** Where a page of a list begins. */
interface Place {
  /** Behind which row, as the broker says it; the first page has none. */
  readonly cursor?: string;
  /** How many objects stand before it, and how many rows were made of them. */
  readonly objects: number;
  readonly rows: number;
  /** Where the page before it begins. */
  readonly previous?: Place;
}

const TOP: Place = { objects: 0, rows: 0 };

interface Piece<Row> {
  readonly rows: readonly Row[];
  readonly objects: number;
  readonly nextCursor: string | null;
  readonly counts: Readonly<Record<string, number>> | undefined;
}

/** A list as far as it is held. */
interface Paged<Row> {
  readonly rows: readonly Row[];
  /** How many rows stand before these. */
  readonly before: number;
  /** How many objects lie before the end of what is held. */
  readonly loaded: number;
  /** How many there are of each state, whatever was asked for: where the first page is held, which says it. */
  readonly counts: Readonly<Record<string, number>> | undefined;
}

function pagedOf<Row>({ pages, pageParams }: InfiniteData<Piece<Row>, Place>): Paged<Row> {
  return {
    rows: once(pages.flatMap(({ rows }) => rows)),
    before: pageParams[0]?.rows ?? 0,
    loaded: (pageParams.at(-1)?.objects ?? 0) + (pages.at(-1)?.objects ?? 0),
    counts: pages[0]?.counts,
  };
}

/** How long a list is that is longer than a page, and how to go on in it. */
export interface Long {
  /** Of what was asked for: how many there are, and how many of them somebody has come to. */
  readonly total: number;
  readonly loaded: number;
  /** How many rows stand before those that are here. */
  readonly before: number;
  /** What has no deadline has no place in that order, and is left out. */
  readonly isPartOfOrder: boolean;
  readonly counts: Readonly<Record<string, number>>;
  /** True while there is more than was read. */
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly more: () => void;
  /** Reads again what stands just before the rows that are here. */
  readonly back: () => void;
  /** Reads the list from its first row on. */
  readonly toTop: () => void;
}

/** What the rows of a list are made of, and how many pages of them are held. */
interface Making<Operation extends Listing, Row> {
  /** The rows of one object: only what is shown of it, so that little is held. Always the same function. */
  readonly rowsOf: (object: RowOf<Operation>) => readonly Row[];
  /** All pages stay, where what is shown is made of all of them. */
  readonly holds?: "all";
}

/**
 * A list, page after page as somebody goes down in it, kept up with the feed. Which rows, and in which order, the broker says. However far
 * somebody goes, only so much is held, and only that is read again at each piece of news: always from its first page on, each page from where
 * the one before it ended, so that nothing is missing between two of them.
 */
function usePages<Operation extends Listing, Row>(
  operation: Operation,
  query: QueryOf<Operation>,
  { rowsOf, holds }: Making<Operation, Row>,
) {
  const { client, seat } = useBroker();
  const queries = useQueryClient();
  const queryKey = [seat === undefined ? "" : seatName(seat), operation, "pages", query];
  const read = async ({ cursor }: Place, signal?: AbortSignal): Promise<Piece<Row>> => {
    const asked = {
      params: { book: seat?.book ?? "" },
      // Counted once for all pages: the first one says it.
      query: { ...query, limit: PAGE, ...(cursor === undefined ? { counts: "true" } : { cursor }) },
      ...(signal === undefined ? {} : { signal }),
    };
    const { value } = await client.call(operation, asked as unknown as Arguments<Operation>);
    const { data, nextCursor, counts } = value as ListPage<RowOf<Operation>>;
    return { rows: data.flatMap(rowsOf), objects: data.length, nextCursor, counts };
  };
  const pages = useInfiniteQuery({
    structuralSharing: false,
    queryKey,
    initialPageParam: TOP,
    ...(holds === "all" ? {} : { maxPages: HELD }),
    getNextPageParam: ({ rows, objects, nextCursor }: Piece<Row>, _, place: Place): Place | undefined =>
      nextCursor === null
        ? undefined
        : { cursor: nextCursor, objects: place.objects + objects, rows: place.rows + rows.length, previous: place },
    getPreviousPageParam: (_: Piece<Row>, __, place: Place) => place.previous,
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    select: pagedOf<Row>,
  });
  const isAtTop = (pages.data?.before ?? 0) === 0;
  /** While the first page is not held, what it would say is asked for alone. */
  const counted = useQuery({
    queryKey: [...queryKey, "counts"],
    enabled: !isAtTop,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<Readonly<Record<string, number>>> => {
      const asked = { params: { book: seat?.book ?? "" }, query: { limit: 1, counts: "true" }, signal };
      const { value } = await client.call(operation, asked as unknown as Arguments<Operation>);
      return (value as ListPage<unknown>).counts ?? {};
    },
  });
  const toTop = async (): Promise<void> => {
    await queries.cancelQueries({ queryKey, exact: true });
    const first = await read(TOP).catch(() => undefined);
    // A broker that is away is said elsewhere; what is held stays.
    if (first !== undefined) queries.setQueryData(queryKey, { pages: [first], pageParams: [TOP] });
  };
  return { pages, counts: isAtTop ? pages.data?.counts : counted.data, toTop };
}

/** What moved from one page to another between two readings stands once. */
function once<Row>(rows: readonly Row[]): readonly Row[] {
  const byId = new Map(rows.map((row) => [(row as { readonly id: string }).id, row]));
  return byId.size === rows.length ? rows : [...byId.values()];
}

/** What somebody wants to see of a list, and in which order: as it stands in the address. */
export interface Wish {
  readonly status?: string | undefined;
  /** In what order, where the broker knows it. */
  readonly order?: "id" | "deadline" | "created" | "updated" | "next" | undefined;
  readonly descending?: boolean;
  /** Only what is of this kind, in a list of several. */
  readonly kind?: string | undefined;
}

/**
 * A list of any length. One that fits in a page is filtered and sorted in the page; of a longer one the broker says what there is, and in
 * which order.
 */
export function useList<Operation extends Listing, Row = RowOf<Operation>>(
  operation: Operation,
  base: QueryOf<Operation>,
  wish: Wish,
  making: Making<Operation, Row>,
) {
  const [isLong, setLong] = useState(false);
  const [known, setKnown] = useState<Readonly<Record<string, number>>>({});
  const { status, order, descending = false, kind } = wish;
  // What needs doing next has one direction: then none is said, whatever the list is usually asked for.
  const { descending: _, ...undirected } = base as { readonly descending?: string };
  const wanted = {
    ...(order === undefined ? base : undirected),
    ...(status === undefined ? {} : { status }),
    ...(kind === undefined ? {} : { kind }),
    ...(order === undefined ? {} : order === "next" ? { order } : { order, descending: String(descending) }),
  } as QueryOf<Operation>;
  const { pages: query, counts: told, toTop } = usePages(operation, isLong ? wanted : base, making);
  const { data, isPlaceholderData, hasNextPage, isFetching, isFetchingNextPage, fetchNextPage, fetchPreviousPage } =
    query;
  // Between two answers that say it what was said last holds.
  const counts = told ?? known;
  if (counts !== known) setKnown(counts);
  const total = sumOf(counts);
  if (data !== undefined && !isPlaceholderData && total > PAGE !== isLong) setLong(total > PAGE);
  const long: Long | undefined = isLong
    ? {
        total:
          status === undefined && kind === undefined ? total : sumOf(pickOf(counts, `${status ?? kind}`.split(","))),
        loaded: data?.loaded ?? 0,
        before: data?.before ?? 0,
        isPartOfOrder: order === "deadline",
        counts,
        hasMore: hasNextPage,
        isLoadingMore: isFetchingNextPage,
        // A reading that is under way is not cut off: nothing would make up for it.
        more: () => void (hasNextPage && !isFetching ? fetchNextPage() : undefined),
        back: () => void (isFetching ? undefined : fetchPreviousPage()),
        toTop: () => void toTop(),
      }
    : undefined;
  return { query, long };
}

/** Two lists that are shown as one: it goes on in both at once. */
export function together(one: Long | undefined, other: Long | undefined): Long | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return {
    total: one.total + other.total,
    loaded: one.loaded + other.loaded,
    before: 0,
    isPartOfOrder: false,
    counts: {},
    hasMore: one.hasMore || other.hasMore,
    isLoadingMore: one.isLoadingMore || other.isLoadingMore,
    more: () => {
      one.more();
      other.more();
    },
    back: () => undefined,
    toTop: () => undefined,
  };
}

const pickOf = (counts: Readonly<Record<string, number>>, names: readonly string[]): Record<string, number> =>
  Object.fromEntries(names.map((name) => [name, counts[name] ?? 0]));

const sumOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, one) => sum + one, 0);
