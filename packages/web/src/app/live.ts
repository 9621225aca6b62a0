import { ApiProblem, followFeed } from "@offtake/client";
import type { QueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { type Broker, seatName } from "./broker.ts";
import { mayCall } from "./may.ts";
import { Refresher } from "./refresher.ts";

/**
 * Whether what is shown is kept up with what happens: the line stands, it is asked for anew now and then where no feed may be read, the line
 * is being taken up again, or the session has ended.
 */
export type Line = "connecting" | "live" | "asking" | "broken" | "ended";

/** A broker that is away is asked again after so long. */
const AGAIN_MS = 2_000;
/** Who may not read the feed asks anew so often for what is on the screen. */
const ASKED_MS = 30_000;

/**
 * Keeps everything that is shown up with the party's feed: what was told makes stale what was read for that party, and it is read again
 * where it is on the screen.
 */
export function useLive({ client, seat }: Broker, queries: QueryClient): Line {
  const [line, setLine] = useState<Line>("connecting");
  useEffect(() => {
    if (seat === undefined) return undefined;
    if (!mayCall(seat.roles, "feedStream")) {
      setLine("asking");
      const timer = setInterval(() => void queries.invalidateQueries({ queryKey: [seatName(seat)] }), ASKED_MS);
      return () => clearInterval(timer);
    }
    const ended = new AbortController();
    const { signal } = ended;
    const refresher = new Refresher(() => queries.invalidateQueries({ queryKey: [seatName(seat)] }));
    const heard = (): void => refresher.heard();
    const follow = async (): Promise<void> => {
      const { book } = seat;
      let from: number | undefined;
      while (!signal.aborted) {
        try {
          if (from === undefined) {
            const { value } = await client.call("feedRead", { params: { book }, query: { limit: 1 }, signal });
            from = value.length;
            // What happened between the first reading of a page and now.
            heard();
          }
          const told = (state: "stands" | "broke"): void => setLine(state === "stands" ? "live" : "broken");
          for await (const { position } of followFeed(client, book, from, signal, told)) {
            from = position + 1;
            heard();
          }
        } catch (error) {
          if (signal.aborted) return;
          if (error instanceof ApiProblem && error.status === 401) return setLine("ended");
          setLine("broken");
          await new Promise((go) => setTimeout(go, AGAIN_MS));
        }
      }
    };
    void follow();
    return () => {
      ended.abort();
      refresher.end();
    };
  }, [client, seat, queries]);
  return line;
}
