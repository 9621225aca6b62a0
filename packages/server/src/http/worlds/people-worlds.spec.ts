import { describe, expect, test } from "vitest";
import { ownDatabase } from "../../outbox/database.fixture.ts";
import { compareWorlds, described } from "./pairs.fixture.ts";
import { PEOPLE_LEAKS, playPeople } from "./people.fixture.ts";

const database = ownDatabase();

describe("worlds that differ in what others do about their own people", () => {
  test("are the same to a party that looks at its own, byte for byte", async () => {
    const { pairs, answers, differences } = await compareWorlds({
      seed: "people",
      scenes: 1,
      worldsEach: 4,
      all: true,
      play: (scene, draw) => playPeople(database.get(), scene.seed, draw),
    });
    expect(differences.map(described)).toEqual([]);
    expect(pairs).toBe(6);
    expect(answers).toBeGreaterThan(pairs * 40);
  }, 120_000);

  test.each(PEOPLE_LEAKS)("are told apart where $name", async (leak) => {
    const { differences } = await compareWorlds({
      seed: "people",
      scenes: 1,
      worldsEach: 2,
      play: (scene, draw) => playPeople(database.get(), scene.seed, draw, leak),
    });
    expect(differences).toHaveLength(1);
  });
});
