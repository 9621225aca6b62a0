import type { UseQueryResult } from "@tanstack/react-query";
import type { Operations } from "@offtake/client";
import { useReading } from "./queries.ts";

/** As much of a feed is read at once. */
export const FEED_TAIL = 1_000;

type Page = Operations["feedRead"]["answer"];

/** The last entries of one's feed, and where they begin: after 0 where there are more before them. */
export function useFeedTail(): { readonly feed: UseQueryResult<Page>; readonly from: number } {
  const head = useReading("feedRead", { query: { limit: 1 } });
  const length = head.data?.length ?? 0;
  const from = Math.max(0, length - FEED_TAIL);
  const feed = useReading("feedRead", { query: { from, limit: FEED_TAIL } }, length > 0);
  return { feed, from };
}
