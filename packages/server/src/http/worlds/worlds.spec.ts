import { describe, expect, test } from "vitest";
import { LEAKS } from "./leaks.fixture.ts";
import { compareWorlds, described } from "./pairs.fixture.ts";

describe("worlds that differ only in what rivals and the keeper keep to themselves", () => {
  test("are the same to everybody else, byte for byte", async () => {
    const { pairs, answers, differences } = await compareWorlds({ seed: "spec", scenes: 5, worldsEach: 4, all: true });
    expect(differences.map(described)).toEqual([]);
    expect(pairs).toBe(30);
    expect(answers).toBeGreaterThan(pairs * 200);
  }, 120_000);

  test.each(LEAKS)("are told apart where $name", async (leak) => {
    const { differences } = await compareWorlds({ seed: "leaks", scenes: 10, worldsEach: 2, leak });
    expect(differences).toHaveLength(1);
  });
});
