import type { PartyId } from "@offtake/core/kernel";
import { otherWorld, randomMarket } from "@offtake/sim/market";
import type { BookName } from "@offtake/store/log";
import { MemoryFeedStore, MemoryStore } from "@offtake/store/memory";
import { encodeRecord } from "@offtake/wire/codecs";
import { expect, test } from "vitest";
import { everything, projector } from "./feeds.fixture.ts";

const BOOK = "market" as BookName;
const SEEDS = Array.from({ length: 24 }, (_, index) => `worlds ${index}`);
const SECRET = "5e".repeat(32);

type Worlds = NonNullable<ReturnType<typeof otherWorld>>;

/** All rows that the parties of a world have: what they were told with its links, and the objects with what they are listed by. */
async function rowsOf(records: Worlds["logs"][number]): Promise<Map<PartyId, string>> {
  const last = records.at(-1)?.at ?? 0;
  const log = new MemoryStore({ clock: () => last });
  await log.createBook(BOOK);
  const turn = await log.takeTurn(BOOK, 0);
  await turn.append(
    records.map(({ events, position: _, ...record }) => ({
      ...record,
      fingerprint: "",
      body: encodeRecord(events),
    })),
  );
  const feeds = new MemoryFeedStore({ secretOf: () => SECRET });
  await projector(log, feeds, BOOK).catchUp();
  const { feeds: entries, objects } = await everything(feeds, BOOK);
  const parties = await feeds.parties(BOOK);
  return new Map(
    parties.map((party) => {
      const own = objects.filter((object) => object.party === party);
      return [party, JSON.stringify([entries[party], own])];
    }),
  );
}

test("two worlds that differ in a losing rival's price give everybody else the same rows, byte for byte", async () => {
  let pairs = 0;
  for (const seed of SEEDS) {
    const worlds = otherWorld(randomMarket(seed, 10).book, seed);
    if (worlds === undefined) continue;
    pairs += 1;
    const [one, other] = [await rowsOf(worlds.logs[0]), await rowsOf(worlds.logs[1])];
    const differs = [...new Set([...one.keys(), ...other.keys()])].filter(
      (party) => one.get(party) !== other.get(party),
    );
    // Whose bid it is, and the keeper once bids are opened: the comparison shows a difference where there is one.
    expect({ seed, differs: differs.filter((party) => party !== worlds.keeper) }).toEqual({
      seed,
      differs: [worlds.bidder],
    });
  }
  expect(pairs).toBeGreaterThan(8);
});
