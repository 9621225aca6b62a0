import { BookState, dump, load, run } from "@offtake/core/book";
import { describe, expect, test } from "vitest";
import { randomMarket } from "./market.ts";
import { FIXED_SEEDS } from "./seeds.ts";

/** Some of the markets; each is cut at several places. */
const MARKETS = FIXED_SEEDS.filter((_, index) => index % 24 === 0);
const CUTS = 4;

describe(`a state that was dumped and loaded, in ${MARKETS.length} random markets`, () => {
  test.each(MARKETS)("goes on deciding as the one that it came from: seed %s", (seed, size) => {
    const { commands } = randomMarket(seed, size).book;
    const live = new BookState();
    let loaded = new BookState();
    const apart = Math.ceil(commands.length / CUTS);
    for (const [index, command] of commands.entries()) {
      const dumped = dump(live);
      if (index % apart === apart - 1) {
        loaded = load(dumped.canonical, dumped.beside);
        expect(dump(loaded)).toEqual(dumped);
      }
      expect(dump(loaded).canonical).toBe(dumped.canonical);
      expect(loaded.canonical()).toBe(live.canonical());
      expect(run(loaded, command)).toEqual(run(live, command));
    }
    expect(loaded.canonical()).toBe(live.canonical());
  });
});
