import { LEAKS } from "../packages/server/src/http/worlds/leaks.fixture.ts";
import { compareWorlds, described } from "../packages/server/src/http/worlds/pairs.fixture.ts";
import { optionOf } from "./lib/options.ts";
import type { BenchOptions, Result } from "./lib/result.ts";

export const name = "two-worlds";
export const summary =
  "worlds that differ in what rivals and the keeper keep to themselves, compared byte by byte through the API";
export const options = {
  "--pairs N": "pairs of worlds (10,000)",
  "--seed TEXT": "what the worlds are drawn from",
};

const PAIRS = 10_000;
/** Every two worlds of a scene are a pair. */
const WORLDS_EACH = 16;
const PAIRS_EACH = (WORLDS_EACH * (WORLDS_EACH - 1)) / 2;
/** Scenes that a planted fault gets to show itself. */
const SCENES_FOR_A_LEAK = 10;

/**
 * Scenes of a market, each played through the API in sixteen worlds that share all that three watchers (a holder, a bidder, somebody who only is
 * invited) may know, and differ in the rest: which rivals there are, what they own and are party to, what they bid, when, at which price, what
 * another holder accepted or why it refused, what is left, what else the keeper asks for. Everything that a watcher was answered (status, headers,
 * body; pages, cursors, exports, stream, receipts, problems, what it tried on things and names of others) must be the same bytes; so must what
 * reaches it otherwise (what webhooks are sent, its calendar, its letters, evidence that it may hand on) and how many calls it has left.
 *
 * Then faults are planted in the service, one at a time, each of which must be found.
 *
 * Options: `--pairs N` (default 10,000); `--seed TEXT`.
 */
export async function run({ args, progress }: BenchOptions): Promise<readonly Result[]> {
  const wanted = Number(optionOf(args, "--pairs") ?? PAIRS);
  const seed = optionOf(args, "--seed") ?? "two-worlds";
  const { pairs, worlds, scenes, answers, bytes, differences } = await compareWorlds({
    seed,
    scenes: Math.ceil(wanted / PAIRS_EACH),
    worldsEach: WORLDS_EACH,
    all: true,
    progress: (done) => progress(`${done} pairs`),
  });
  for (const difference of differences.slice(0, 10)) progress(described(difference));
  let found = 0;
  for (const leak of LEAKS) {
    const compared = await compareWorlds({ seed, scenes: SCENES_FOR_A_LEAK, worldsEach: 2, leak });
    if (compared.differences.length > 0) found += 1;
    else progress(`not found: ${leak.name}`);
  }
  return [
    { name: "pairs of worlds", value: pairs, unit: "pairs", bar: `at least ${PAIRS}`, holds: pairs >= PAIRS },
    { name: "pairs that differ", value: differences.length, unit: "pairs", bar: "0", holds: differences.length === 0 },
    { name: "worlds played", value: worlds, unit: `of ${scenes} scenes` },
    { name: "answers compared", value: answers, unit: "answers" },
    { name: "bytes compared", value: bytes, unit: "bytes" },
    {
      name: "planted leaks found",
      value: found,
      unit: `of ${LEAKS.length}`,
      bar: "all, at least 10",
      holds: found === LEAKS.length && found >= 10,
    },
  ];
}
