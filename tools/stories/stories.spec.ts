import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { formatMicros } from "../../packages/core/src/kernel/index.ts";
import type { StoryRun } from "../../packages/sim/src/stories/index.ts";
import { ROOT } from "../sources.ts";
import { goldensOf } from "./goldens.ts";
import { type Edit, playStory, readStory, STORIES } from "./play.ts";

const runs = new Map<string, StoryRun>();

beforeAll(async () => {
  for (const name of STORIES) runs.set(name, await playStory(name));
});

function run(name: (typeof STORIES)[number]): StoryRun {
  const found = runs.get(name);
  if (found === undefined) throw new Error(`no story ${name}`);
  return found;
}

/** Award lines as "provider/host count price cost", in the order in which they were issued. */
function lines({ chronicle }: StoryRun, request?: string): string[] {
  return chronicle
    .all("awardIssued")
    .filter(({ award }) => request === undefined || award.request === request)
    .flatMap(({ award }) => award.lines)
    .map(({ provider, host, count, price, cost }) => {
      const who = host === undefined ? provider : `${provider}/${host}`;
      return `${who} ${count} ${formatMicros(price?.microsPerHour ?? 0n)} ${formatMicros(cost?.micros ?? 0n)}`;
    });
}

describe.each(STORIES)("the story %s", (name) => {
  test("runs to its end, everything that it expects holds, and the audit finds nothing", () => {
    const { failures, steps, expectations } = run(name);
    expect(failures).toEqual([]);
    expect(steps.length).toBeGreaterThan(4);
    expect(expectations).toBeGreaterThan(10);
  });

  test("tells each party what its golden file says", () => {
    const folder = join(ROOT, "scenarios", name, "golden");
    const told = goldensOf(run(name));
    const written = existsSync(folder) ? readdirSync(folder).sort() : [];
    expect(written).toEqual([...told.keys()].sort().map((party) => `${party}.txt`));
    for (const [party, text] of told) {
      // Not as it should be? Read the difference; if it is meant, `npm run generate` writes it.
      expect(readFileSync(join(folder, `${party}.txt`), "utf8")).toBe(text);
    }
  });

  test("has a note at every step", () => {
    const { script } = readStory(name);
    expect(script.filter(({ note }) => note === undefined).map(({ number }) => number)).toEqual([]);
  });
});

describe("Aurora", () => {
  test("comes to $21,894,019.20, to the cent", () => {
    const { chronicle } = run("aurora");
    expect(lines(run("aurora"))).toEqual([
      "meridian 1700 2.55 9363600.00",
      "meridian/corvid-cloud 800 2.55 4406400.00",
      "ember 1024 2.31 5109350.40",
      "northlight 572 2.44 3014668.80",
    ]);
    const parts = chronicle
      .all("awardIssued")
      .flatMap(({ award }) => award.lines.map(({ cost }) => cost?.micros ?? 0n));
    expect(parts.reduce((sum, micros) => sum + micros, 0n)).toBe(21_894_019_200_000n);
  });

  test("is due over the change of clocks: sent Monday 09:00 PST, due Monday 17:00 PDT", () => {
    const received = run("aurora").chronicle.all("noticeReceived");
    expect(received.map(({ respondBy }) => new Date(respondBy).toISOString())).toEqual(["2026-03-10T00:00:00.000Z"]);
  });

  test("without the take-or-pay, Ember's bid costs its price and is still the best", async () => {
    const without: Edit = (path, text) =>
      path.endsWith("ember-top.yaml")
        ? text.replace("kind: commitment", "kind: commitment\n    status: proposed")
        : text;
    const { chronicle } = await playStory("aurora", without);
    const [evaluated] = chronicle.all("evaluated");
    expect(evaluated?.evaluation.chosen.map(({ provider, incremental }) => [provider, incremental.micros])).toEqual([
      ["ember", 5_109_350_400_000n],
      ["northlight", 3_014_668_800_000n],
    ]);
  });
});

const replaced =
  (file: string, from: string, to: string): Edit =>
  (path, text) => {
    if (!path.endsWith(file)) return text;
    if (!text.includes(from)) throw new Error(`${file} does not say ${from}`);
    return text.replaceAll(from, to);
  };

/** What the README of the story proposes to try. */
describe("Stargate, if it had been otherwise", () => {
  test("a commitment that would be missed makes Azure the cheapest", async () => {
    const edit = replaced(
      "microsoft-openai-2025-10-28.yaml",
      "expectedOther: 250000000000",
      "expectedOther: 240000000000",
    );
    expect(lines(await playStory("stargate-2025", edit), "after-the-right")).toEqual([
      expect.stringMatching(/^microsoft 4096 11\.061 /),
    ]);
    expect(lines(run("stargate-2025"), "after-the-right")).toEqual([expect.stringMatching(/^amazon 4096 6\.88 /)]);
  });

  test("without training in the carve-out Microsoft is asked about Abilene", async () => {
    const edit = replaced("microsoft-openai-2025-01-21.yaml", "purposes: [research, training]", "purposes: [research]");
    const asked = ({ chronicle }: StoryRun) =>
      chronicle
        .all("noticeSent")
        .filter(({ notice }) => notice.request === "training-own-build")
        .map(({ notice }) => notice.holder);
    expect(asked(await playStory("stargate-2025", edit))).toEqual(["microsoft"]);
    expect(asked(run("stargate-2025"))).toEqual([]);
  });

  test("where accrued rights do not survive, the answer of 30 October does not count", async () => {
    const edit = replaced("story.yaml", "accruedRightsSurvive: true", "accruedRightsSurvive: false");
    const { chronicle } = await playStory("stargate-2025", edit);
    const closed = chronicle.all("noticeClosed").filter(({ request }) => request === "inference-autumn");
    expect(closed.map(({ status }) => status)).toEqual(["withdrawn"]);
    expect(lines(run("stargate-2025"), "inference-autumn")).toEqual([expect.stringMatching(/^microsoft 1440 18\.00 /)]);
  });
});

describe("Stargate, what it rests on", () => {
  test("every step, record, clause and agreement has a grade and a source", () => {
    const { script, records } = readStory("stargate-2025");
    const { chronicle } = run("stargate-2025");
    const versions = chronicle.all("agreementRecorded").map(({ agreement }) => agreement);
    const things = [
      ...script
        .filter(({ verb }) => verb !== "wait")
        .map(({ number, evidence }) => [`step ${number}`, evidence] as const),
      ...records.map(({ id, evidence }) => [`record ${id}`, evidence] as const),
      ...versions.map(({ id, version, evidence }) => [`${id} version ${version}`, evidence] as const),
      ...versions.flatMap(({ id, clauses }) =>
        clauses.map((clause) => [`${id}/${clause.id}`, clause.evidence] as const),
      ),
    ];
    expect(things.filter(([, evidence]) => evidence === undefined).map(([what]) => what)).toEqual([]);
    expect(things.length).toBeGreaterThan(60);
  });

  test("what no public text gives of a right is marked as assumed", () => {
    const rights = run("stargate-2025")
      .chronicle.all("agreementRecorded")
      .flatMap(({ agreement }) => agreement.clauses)
      .filter((clause) => "window" in clause);
    expect(rights.length).toBeGreaterThan(3);
    for (const clause of rights)
      expect([clause.id, clause.assumed]).toEqual([clause.id, expect.arrayContaining(["window"])]);
  });

  test("a ceiling is no commitment: nothing in the book knows of the 500 billion", () => {
    const { story, chronicle } = run("stargate-2025");
    const amounts = story.records.flatMap(({ amount, standing }) =>
      amount === undefined ? [] : [[standing, amount.micros / 1_000_000n]],
    );
    expect(amounts).toContainEqual(["ceiling", 500_000_000_000n]);
    // A later version restates what an earlier one promised: it is owed once.
    const newest = new Map(chronicle.all("agreementRecorded").map(({ agreement }) => [agreement.id, agreement]));
    const promised = [...newest.values()]
      .flatMap(({ clauses }) => clauses)
      .flatMap((clause) => (clause.kind === "commitment" ? clause.schedule : []));
    expect(promised.map(({ amount }) => (amount?.micros ?? 0n) / 1_000_000n)).toEqual([250_000_000_000n]);
  });

  test("bids by list are at the price of the list's line", () => {
    const listed = new Map(
      run("stargate-2025")
        .chronicle.all("offerListed")
        .map(({ offer }) => [`${offer.provider} ${offer.acceleratorType}`, offer]),
    );
    for (const { source, tiers } of listed.values()) {
      const [, file = "", line = ""] = /^(\S+\.csv) line (\d+), /.exec(source) ?? [];
      const row = csvLine(file, Number(line));
      const prices = row
        .split(/[,;]/)
        .map(Number)
        .filter((value) => value > 0);
      const rate = Number(tiers[0]?.rate.microsPerHour ?? 0n) / 1e6;
      const nodes = prices.flatMap((price) => [1, 2, 4, 8].map((count) => price / count));
      expect([source, nodes.some((price) => Math.abs(price - rate) < 1e-5)]).toEqual([source, true]);
    }
    expect(listed.size).toBeGreaterThan(10);
  });

  test("all 29 elements of the news are in the table, and what is not there yet is said", () => {
    const { elements } = run("stargate-2025");
    expect(elements).toHaveLength(29);
    const notYet = elements.filter(({ state }) => state === "not yet").map(({ object }) => object);
    expect(notYet).toEqual([
      "tranches, calls and milestones of the capital",
      "who owes whom what, in both directions",
      "four years ahead, simulated",
    ]);
  });

  test("an element whose showing does not hold does not run", async () => {
    const edit = replaced(
      "story.yaml",
      "shown: [{ awarded: { to: stargate } }]",
      "shown: [{ awarded: { to: softbank } }]",
    );
    const { elements } = await playStory("stargate-2025", edit);
    expect(elements[4]).toMatchObject({ state: "recorded" });
    expect(elements[4]?.missing).toHaveLength(1);
  });
});

function csvLine(file: string, line: number): string {
  for (const folder of readdirSync(join(ROOT, "data/prices"))) {
    const path = join(ROOT, "data/prices", folder, file);
    if (existsSync(path)) return readFileSync(path, "utf8").split("\n")[line - 1] ?? "";
  }
  throw new Error(`no price list ${file}`);
}
