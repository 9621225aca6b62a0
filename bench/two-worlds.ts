import { openKept } from "../packages/server/src/http/kept.fixture.ts";
import { LEAKS } from "../packages/server/src/http/worlds/leaks.fixture.ts";
import { compareWorlds, described } from "../packages/server/src/http/worlds/pairs.fixture.ts";
import { PEOPLE_LEAKS, playPeople } from "../packages/server/src/http/worlds/people.fixture.ts";
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
/** One pair in so many is about the people of parties, which take a database: members, keys, approvals, deputies, grants. */
const PEOPLE_OF = 20;
/** Scenes that a planted fault gets to show itself. */
const SCENES_FOR_A_LEAK = 10;

/**
 * Scenes of a market, each played through the API in sixteen worlds that share all that three watchers (a holder, a bidder, somebody who only is
 * invited) may know, and differ in the rest: which rivals there are, what they own and are party to, what they bid, when, at which price, what
 * another holder accepted or why it refused, what is left, what else the keeper asks for. Everything that a watcher was answered (status, headers,
 * body; pages, cursors, exports, stream, receipts, problems, what it tried on things and names of others) must be the same bytes; so must what
 * reaches it otherwise (what webhooks are sent, its calendar, its letters, also as they are printed, evidence of notices and of requests that it
 * may hand on), the heads of answers as they go over the line, and how many calls it has left. In other worlds, on a database, the rest do this and
 * that about their own people while a watcher looks at its members, keys, approvals, deputies and grants.
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
  const people = await comparePeople(seed, Math.ceil(wanted / PEOPLE_OF / PAIRS_EACH), progress);
  return [
    { name: "pairs of worlds", value: pairs, unit: "pairs", bar: `at least ${PAIRS}`, holds: pairs >= PAIRS },
    { name: "pairs that differ", value: differences.length, unit: "pairs", bar: "0", holds: differences.length === 0 },
    { name: "worlds played", value: worlds, unit: `of ${scenes} scenes` },
    { name: "answers compared", value: answers, unit: "answers" },
    { name: "bytes compared", value: bytes, unit: "bytes" },
    {
      name: "planted leaks found",
      value: found + people.found,
      unit: `of ${LEAKS.length + PEOPLE_LEAKS.length}`,
      bar: "all, at least 10",
      holds: found === LEAKS.length && people.found === PEOPLE_LEAKS.length && found >= 10,
    },
    { name: "pairs of worlds of people", value: people.pairs, unit: "pairs" },
    {
      name: "  of which differ",
      value: people.differences,
      unit: "pairs",
      bar: "0",
      holds: people.differences === 0,
    },
  ];
}

/** What others do about their own people: on a database, so fewer of them. */
async function comparePeople(
  seed: string,
  scenes: number,
  progress: (line: string) => void,
): Promise<{ readonly pairs: number; readonly differences: number; readonly found: number }> {
  const { database, close } = await openKept();
  try {
    const { pairs, differences } = await compareWorlds({
      seed,
      scenes,
      worldsEach: WORLDS_EACH,
      all: true,
      play: (scene, draw) => playPeople(database, scene.seed, draw),
      progress: (done) => progress(`${done} pairs of worlds of people`),
    });
    for (const difference of differences.slice(0, 10)) progress(described(difference));
    let found = 0;
    for (const leak of PEOPLE_LEAKS) {
      const play = (scene: { readonly seed: string }, draw: string) => playPeople(database, scene.seed, draw, leak);
      const compared = await compareWorlds({ seed, scenes: SCENES_FOR_A_LEAK, worldsEach: 2, play });
      if (compared.differences.length > 0) found += 1;
      else progress(`not found: ${leak.name}`);
    }
    return { pairs, differences: differences.length, found };
  } finally {
    await close();
  }
}
