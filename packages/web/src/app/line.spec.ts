import { type Client, followFeed } from "@offtake/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

const WITHIN_MS = 3_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("[I5] a line that broke is taken up again within three seconds, from where it broke", async () => {
  const asked: unknown[] = [];
  const states: string[] = [];
  const ended = new AbortController();
  const client = {
    send: (_operation: string, given: { readonly query: unknown }) => {
      asked.push(given.query);
      // A line that stands and breaks before it tells anything.
      return Promise.resolve(new Response(new ReadableStream({ start: (line) => line.error(new Error("cut")) })));
    },
  } as unknown as Client;
  const following = followFeed(client, "book", 7, ended.signal, (state) => states.push(state)).next();
  await vi.advanceTimersByTimeAsync(0);
  expect([asked, states]).toEqual([[{ from: 7 }], ["stands", "broke"]]);
  await vi.advanceTimersByTimeAsync(WITHIN_MS);
  expect(asked.length).toBeGreaterThan(1);
  expect(asked[1]).toEqual({ from: 7 });
  expect(states.slice(0, 3)).toEqual(["stands", "broke", "stands"]);
  ended.abort();
  await vi.advanceTimersByTimeAsync(WITHIN_MS);
  expect((await following).done).toBe(true);
});
