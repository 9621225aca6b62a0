import { applyChanges, BookState, changesSince, dump, fold, load, recordedOf, run } from "@offtake/core/book";
import { describe, expect, test } from "vitest";
import { randomMarket } from "./market.ts";
import { FIXED_SEEDS } from "./seeds.ts";

/** Some of the markets; each is cut at several places. */
const MARKETS = FIXED_SEEDS.filter((_, index) => index % 24 === 0);
const CUTS = 4;
const BATCH = 3;

describe(`a state that was dumped and loaded, in ${MARKETS.length} random markets`, () => {
  test.each(MARKETS)("goes on deciding as the one that it came from: seed %s", (seed, size) => {
    const { commands } = randomMarket(seed, size).book;
    const live = new BookState();
    let loaded = new BookState();
    const apart = Math.ceil(commands.length / CUTS);
    for (const [index, command] of commands.entries()) {
      const dumped = dump(live);
      if (index % apart === apart - 1) loaded = load(dumped.canonical, dumped.beside);
      expect(dump(loaded).canonical === dumped.canonical).toBe(true);
      expect(loaded.canonical()).toBe(live.canonical());
      expect(run(loaded, command)).toEqual(run(live, command));
    }
    expect(loaded.canonical()).toBe(live.canonical());
  });
});

describe(`a state that follows by what each batch changed, in ${MARKETS.length} random markets`, () => {
  test.each(MARKETS)("is the one that it follows: seed %s", (seed, size) => {
    const { commands } = randomMarket(seed, size).book;
    const live = new BookState();
    const follower = new BookState();
    let folded = 0;
    for (let from = 0; from < commands.length; from += BATCH) {
      const mark = live.checkpoint();
      const records = commands.slice(from, from + BATCH).map((command) => recordedOf(command, run(live, command)));
      const changes = changesSince(live, mark);
      live.commit();
      if (changes !== undefined) applyChanges(follower, changes);
      else {
        folded += 1;
        for (const record of records) if (record !== undefined) fold(follower, record);
      }
      expect(dump(follower).canonical === dump(live).canonical).toBe(true);
    }
    expect(folded * BATCH).toBeLessThan(commands.length / 2);
  });
});
