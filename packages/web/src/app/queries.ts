import type { Arguments, Operations } from "@offtake/client";
import { keepPreviousData, queryOptions, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { type Broker, seatName, useBroker } from "./broker.ts";

type Reading = keyof Operations;
type Found<Operation extends Reading> = Operations[Operation]["answer"];

/**
 * One reading call as a query. Its key begins with for whom it was asked, so that nothing of one party is ever shown to another, then
 * names what it reads: what the feed tells about makes exactly that stale.
 */
export function reading<Operation extends Reading>(
  { client, seat }: Broker,
  operation: Operation,
  given: Omit<Arguments<Operation>, "params"> & { readonly params?: Readonly<Record<string, string>> },
) {
  const { params, query } = given as { readonly params?: object; readonly query?: object };
  const asked = { ...given, params: { book: seat?.book ?? "", ...params } };
  return queryOptions({
    // Comparing a long list with what was there takes longer than drawing those of its rows that are in sight.
    structuralSharing: !isLong(query),
    queryKey: [seat === undefined ? "" : seatName(seat), operation, params ?? {}, query ?? {}],
    queryFn: async ({ signal }): Promise<Found<Operation>> => {
      const answer = await client.call(operation, { ...asked, signal } as unknown as Arguments<Operation>);
      return answer.value;
    },
  });
}

const LONG = 1_000;
const isLong = (query: object | undefined): boolean =>
  query !== undefined && "limit" in query && Number(query.limit) >= LONG;

/** Reads, and is kept up with the feed. */
export function useReading<Operation extends Reading>(
  operation: Operation,
  given: Parameters<typeof reading<Operation>>[2],
  isWanted = true,
): UseQueryResult<Found<Operation>> {
  return useQuery({ ...reading(useBroker(), operation, given), enabled: isWanted, placeholderData: keepPreviousData });
}
