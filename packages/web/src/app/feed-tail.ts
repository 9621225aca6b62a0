import type { Operations } from "@offtake/client";
import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import { useBroker } from "./broker.ts";
import { reading, useReading } from "./queries.ts";

/** As much of a feed is read at once: always the same entries together, so that what was read once stays good. */
const PIECE = 1_000;

type Page = Operations["feedRead"]["answer"];

/** The end of one's feed, as far back as somebody has asked for it. */
export interface FeedTail {
  readonly entries: Page["data"];
  /** The place of the first of them; what stands before it has not been looked at. */
  readonly from: number;
  readonly isLoading: boolean;
  readonly error: Error | null;
  /** Reads as much again of what stands before. */
  readonly back: () => void;
}

/** The last entries of one's feed: a thousand at least, where there are so many. */
export function useFeedTail(): FeedTail {
  const broker = useBroker();
  const [pieces, setPieces] = useState(2);
  const head = useReading("feedRead", { query: { limit: 1 } });
  const length = head.data?.length ?? 0;
  const last = Math.max(0, Math.ceil(length / PIECE) - 1);
  const first = Math.max(0, last - pieces + 1);
  const read = useQueries({
    queries:
      length === 0
        ? []
        : Array.from({ length: last - first + 1 }, (_, index) => ({
            ...reading(broker, "feedRead", { query: { from: (first + index) * PIECE, limit: PIECE } }),
            // A piece that is full never changes.
            ...(first + index < last ? { staleTime: Infinity } : {}),
          })),
  });
  return {
    entries: read.flatMap(({ data }) => data?.data ?? []),
    from: first * PIECE,
    isLoading: head.isPending || read.some(({ isPending }) => isPending),
    error: head.error ?? read.find(({ error }) => error !== null)?.error ?? null,
    back: () => setPieces(pieces + 2),
  };
}
