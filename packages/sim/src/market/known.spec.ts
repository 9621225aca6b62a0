import { BookState } from "@offtake/core/book";
import { foldKnown, foldView, partyCapacity } from "@offtake/core/disclosure";
import { expect, test } from "vitest";
import { randomMarket } from "./market.ts";
import { FIXED_SEEDS } from "./seeds.ts";

/**
 * Which commands were seen and when the last came, and what others have answered in advance, is not in a keeper's feed; bids are compared where
 * their request keeps them.
 */
function comparable(state: BookState, keeper: string): Record<string, unknown> {
  const {
    keys: _,
    closed: _closed,
    now: _now,
    bids: _bids,
    standing,
    ...rest
  } = JSON.parse(state.canonical()) as Record<string, unknown>;
  const own = (standing as readonly (readonly [string, { readonly party: string }])[]).filter(
    ([, { party }]) => party === keeper,
  );
  return { ...rest, standing: own };
}

test("a keeper's feed folds into its book, whatever has happened in it", () => {
  let compared = 0;
  for (const [seed, size] of FIXED_SEEDS.filter((_, index) => index % 3 === 0)) {
    const { book } = randomMarket(seed, size);
    const keeper = book.state.header?.keeper;
    if (keeper === undefined) throw new Error("Broken belief: a market has a keeper");
    const known = new BookState();
    for (const event of book.feedOf(keeper)) foldKnown(known, event);
    expect(comparable(known, keeper), `seed ${seed}`).toEqual(comparable(book.state, keeper));
    compared += 1;
  }
  expect(compared).toBeGreaterThan(70);
});

test("what is free of a party's blocks follows from its own feed, whatever has happened in the book", () => {
  let compared = 0;
  let held = 0;
  for (const [seed, size] of FIXED_SEEDS.filter((_, index) => index % 3 === 0)) {
    const { book } = randomMarket(seed, size);
    const { capacity, parties, withdrawnBlocks } = book.state;
    const carved = new Set(capacity.blocks().flatMap(({ block }) => block.parentId ?? []));
    for (const { id } of parties.sortedValues()) {
      const own = partyCapacity(foldView(book.feedOf(id)));
      for (const { block, calendars } of capacity.blocks()) {
        // What others sell of a block that they have carved theirs out of shows in the whole book only.
        if (block.provider !== id || carved.has(block.id) || withdrawnBlocks.has(block.id)) continue;
        const found = own.get(block.id)?.calendars[0];
        expect(found?.heldProfile(block.window), `seed ${seed}, ${block.id} of ${id}`).toEqual(
          calendars[0].heldProfile(block.window),
        );
        compared += 1;
        if (calendars[0].isHeld()) held += 1;
      }
    }
  }
  expect([compared > 300, held > 30]).toEqual([true, true]);
});
