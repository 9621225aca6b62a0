import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Refresher } from "./refresher.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A reading that takes so long; counts how many began, ended, and ran at once. */
function readings(tookMs: number) {
  const seen = { begun: 0, ended: 0, atOnce: 0, mostAtOnce: 0, atMs: [] as number[] };
  const read = async (): Promise<void> => {
    seen.begun += 1;
    seen.atOnce += 1;
    seen.mostAtOnce = Math.max(seen.mostAtOnce, seen.atOnce);
    seen.atMs.push(Date.now());
    await new Promise((go) => setTimeout(go, tookMs));
    seen.atOnce -= 1;
    seen.ended += 1;
  };
  return { seen, read };
}

test("what came in a burst is read once", async () => {
  const { seen, read } = readings(10);
  const refresher = new Refresher(read);
  for (let news = 0; news < 100; news += 1) refresher.heard();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(seen).toMatchObject({ begun: 1, ended: 1 });
});

test("news that never stop do not cut off a slow reading, and leave twice the time that it took", async () => {
  const { seen, read } = readings(400);
  const refresher = new Refresher(read);
  const begin = Date.now();
  const telling = setInterval(() => refresher.heard(), 1);
  await vi.advanceTimersByTimeAsync(8_000);
  clearInterval(telling);
  expect(seen.mostAtOnce).toBe(1);
  expect(seen.atMs.slice(0, 3).map((at) => Math.round((at - begin) / 50) * 50)).toEqual([150, 1_350, 2_550]);
});

test("what comes while something is read is read after it, also when it is the last", async () => {
  const { seen, read } = readings(400);
  const refresher = new Refresher(read);
  refresher.heard();
  await vi.advanceTimersByTimeAsync(300);
  expect(seen).toMatchObject({ begun: 1, ended: 0 });
  refresher.heard();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(seen).toMatchObject({ begun: 2, ended: 2 });
  // And it begins anew after a silence.
  refresher.heard();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(seen.ended).toBe(3);
});

test("after its end nothing is read", async () => {
  const { seen, read } = readings(10);
  const refresher = new Refresher(read);
  refresher.heard();
  refresher.end();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(seen.begun).toBe(0);
});
