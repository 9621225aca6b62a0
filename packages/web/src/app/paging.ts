import type { Arguments, Operations } from "@offtake/client";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
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

/** Rows that are read at once: some screens full. What is read again at each piece of news is no more than what somebody has come to. */
const PAGE = 250;

/** A list as far as somebody has come in it. */
export interface Paged<Row> {
  readonly rows: readonly Row[];
  /** How many there are of each state, whatever was asked for. */
  readonly counts: Readonly<Record<string, number>>;
}

/** How long a list is that is longer than a page, and how to go on in it. */
export interface Long {
  /** Of what was asked for: how many there are, and how many of them are here. */
  readonly total: number;
  readonly loaded: number;
  /** What has no deadline has no place in that order, and is left out. */
  readonly isPartOfOrder: boolean;
  readonly counts: Readonly<Record<string, number>>;
  /** True while there is more than was read. */
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly more: () => void;
}

/**
 * A list, page after page as somebody goes down in it, kept up with the feed. Which rows, and in which order, the broker says.
 */
export function usePages<Operation extends Listing>(operation: Operation, query: QueryOf<Operation>) {
  const { client, seat } = useBroker();
  return useInfiniteQuery({
    structuralSharing: false,
    queryKey: [seat === undefined ? "" : seatName(seat), operation, "pages", query],
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }: ListPage<RowOf<Operation>>) => nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    queryFn: async ({ pageParam, signal }): Promise<ListPage<RowOf<Operation>>> => {
      const asked = {
        params: { book: seat?.book ?? "" },
        query: {
          ...query,
          limit: PAGE,
          // Counted once for all pages: the first one says it.
          ...(pageParam === undefined ? { counts: "true" } : { cursor: pageParam }),
        },
        signal,
      };
      return (await client.call(operation, asked as unknown as Arguments<Operation>)).value;
    },
    select: ({ pages }): Paged<RowOf<Operation>> => ({
      rows: once(pages.flatMap(({ data }) => data)),
      counts: pages[0]?.counts ?? {},
    }),
  });
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
  readonly order?: "id" | "deadline" | "created" | "updated" | undefined;
  readonly descending?: boolean;
}

/**
 * A list of any length. One that fits in a page is filtered and sorted in the page, as before; of a longer one the broker says what there is,
 * and in which order.
 */
export function useList<Operation extends Listing>(operation: Operation, base: QueryOf<Operation>, wish: Wish) {
  const [isLong, setLong] = useState(false);
  const { status, order, descending = false } = wish;
  const wanted = {
    ...base,
    ...(status === undefined ? {} : { status }),
    ...(order === undefined ? {} : { order, descending: String(descending) }),
  };
  const query = usePages(operation, isLong ? wanted : base);
  const { data, isPlaceholderData, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const total = sumOf(data?.counts ?? {});
  if (data !== undefined && !isPlaceholderData && total > PAGE !== isLong) setLong(total > PAGE);
  const long: Long | undefined = isLong
    ? {
        total: status === undefined ? total : status.split(",").reduce((sum, one) => sum + (data?.counts[one] ?? 0), 0),
        loaded: data?.rows.length ?? 0,
        isPartOfOrder: order === "deadline",
        counts: data?.counts ?? {},
        hasMore: hasNextPage,
        isLoadingMore: isFetchingNextPage,
        more: () => void (hasNextPage && !isFetchingNextPage ? fetchNextPage() : undefined),
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
    isPartOfOrder: false,
    counts: {},
    hasMore: one.hasMore || other.hasMore,
    isLoadingMore: one.isLoadingMore || other.isLoadingMore,
    more: () => {
      one.more();
      other.more();
    },
  };
}

const sumOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, one) => sum + one, 0);
