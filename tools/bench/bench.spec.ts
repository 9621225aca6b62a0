import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT } from "../sources.ts";

interface Figures {
  readonly bench: string;
  readonly results: readonly { readonly name: string; readonly value: number; readonly bar: string | null }[];
}

const bench = (...args: string[]): unknown =>
  JSON.parse(
    execFileSync(process.execPath, [join(ROOT, "scripts/bench.mjs"), ...args, "--json"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }),
  );

describe("measurements", () => {
  test("each is built and says what it measures", () => {
    const { benches } = bench("--list") as { benches: { name: string; summary: string }[] };
    expect(benches.map(({ name }) => name)).toEqual(expect.arrayContaining(["amend", "import", "plan", "resolve"]));
    for (const { summary } of benches) expect(summary).toMatch(/\w/);
  });

  test("refuse what they do not take, and say what they do", () => {
    const refused = (...args: string[]) => {
      const { status, stderr, stdout } = spawnSync(process.execPath, [join(ROOT, "scripts/bench.mjs"), ...args], {
        encoding: "utf8",
      });
      expect([status, stdout]).toEqual([2, ""]);
      return stderr;
    };
    expect(refused("two-worlds", "--pear", "3")).toMatch(/there is no --pear\n.*--pairs N .*--seed TEXT/s);
    expect(refused("two-worlds", "--pairs", "many")).toContain("--pairs takes a number above 0, not many");
    expect(refused("start", "--events")).toContain("--events takes N");
    expect(refused("replay", "--durable", "yes")).toContain("there is no yes");
    expect(refused("deadlines", "--quick")).toContain("It takes no options but --json.");
    expect(refused("no-such-thing")).toContain("there is no no-such-thing");
  });

  test("one of modules that look for files beside themselves finds them", () => {
    const { bench: name, results } = bench("amend", "--rounds", "1", "--requests", "8") as Figures;
    expect(name).toBe("amend");
    expect(results).toContainEqual(expect.objectContaining({ name: "agreements", value: 200 }));
    // Of eight requests nothing is said about the bar of ten thousand.
    expect(results.filter(({ bar }) => bar !== null)).toEqual([]);
  });
});
