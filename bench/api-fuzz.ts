import { fuzzWholeBook } from "../packages/server/src/http/fuzz/small-book.fixture.ts";
import { ROUTES } from "../packages/server/src/http/index.ts";
import { optionOf } from "./lib/options.ts";
import type { BenchOptions, Result } from "./lib/result.ts";

export const name = "api-fuzz";
export const summary =
  "calls made of the OpenAPI document, valid and broken, on a small book with all that a broker has: answers of 5xx, crashes";
export const options = {
  "--calls N": "calls (100,000)",
  "--seed TEXT": "what the calls are drawn from",
};

const CALLS = 100_000;

/**
 * Every operation of the document but the endless stream (what a database keeps and what reaches out of the broker too), called as five callers, with what fits the schemas and with what does not:
 * other types, other keys, other media, broken JSON, YAML, odd addresses, keys used twice. A failure is an answer of 5xx, a refusal that is
 * no problem with a code, or no answer.
 *
 * Options: `--calls N` (default 100,000); `--seed TEXT`.
 */
export async function run({ args, progress }: BenchOptions): Promise<readonly Result[]> {
  const calls = Number(optionOf(args, "--calls") ?? CALLS);
  const seed = optionOf(args, "--seed") ?? "api-fuzz";
  let crashes = 0;
  const crashed = (error: unknown): void => {
    crashes += 1;
    progress(`not caught: ${String(error)}`);
  };
  process.on("unhandledRejection", crashed);
  const from = performance.now();
  const { statuses, failures, reached } = await fuzzWholeBook(seed, calls, (done) => progress(`${done} calls`));
  process.off("unhandledRejection", crashed);
  for (const failure of failures.slice(0, 20)) progress(failure);
  const seconds = (performance.now() - from) / 1_000;
  const accepted = [...statuses].reduce((sum, [status, count]) => sum + (status < 300 ? count : 0), 0);
  return [
    { name: "calls", value: calls, unit: "calls", bar: `at least ${CALLS}`, holds: calls >= CALLS },
    { name: "answers of 5xx, or none", value: failures.length, unit: "calls", bar: "0", holds: failures.length === 0 },
    { name: "crashes", value: crashes, unit: "crashes", bar: "0", holds: crashes === 0 },
    { name: "accepted", value: accepted, unit: "calls" },
    { name: "operations that accepted something", value: reached.size, unit: `of ${ROUTES.length}` },
    { name: "speed", value: calls / seconds, unit: "calls/s" },
  ];
}
