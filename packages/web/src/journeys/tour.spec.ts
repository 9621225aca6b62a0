import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { goTo, hasBrowser, inTheme } from "./browser.fixture.ts";
import { plainFaults } from "./faults.fixture.ts";
import { pagesOfTests } from "./pages.fixture.ts";
import { storyAddress, type Visit, VISITS } from "./routes.fixture.ts";
import { ServedStory } from "./served-story.fixture.ts";

/** A desk and a telephone. */
const SIZES = [
  ["wide", { width: 1_440, height: 900 }],
  ["narrow", { width: 390, height: 844 }],
] as const;
const WIDE = SIZES[0][1];

/** What is plainly wrong on one page: dark differs from light by colours alone, which axe looks at. */
async function faultsAt(page: Page, name: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [size, viewport] of SIZES) {
    await page.setViewportSize(viewport);
    await inTheme(page, size === "wide" ? "light" : "dark");
    for (const fault of await plainFaults(page)) found.push(`${name}, ${size}: ${fault}`);
  }
  await page.setViewportSize(WIDE);
  return found;
}

const groupOf = ({ party, at }: Visit): string => `as ${party ?? "the keeper"}, ${at ?? "as it opens"}`;
const STORY = VISITS.filter(({ place }) => place === "story");
const GROUPS = [...new Set(STORY.map(groupOf))].map(
  (name) => [name, STORY.filter((visit) => groupOf(visit) === name)] as const,
);

describe.skipIf(!hasBrowser())("[P7] a tour of every page, on a desk and on a telephone", { timeout: 180_000 }, () => {
  const { open } = pagesOfTests();

  test.each(GROUPS)("%s: nothing is cut, overlaid, empty or raw", async (_name, visits) => {
    const [first] = visits;
    const page = await open(first === undefined ? "/" : storyAddress({ ...first, path: "/queue" }), WIDE);
    const found: string[] = [];
    for (const visit of visits) {
      await goTo(page, storyAddress(visit), visit.arrive === undefined ? visit.heading : "Offers");
      await visit.arrive?.(page);
      await page.getByRole("heading", { level: 1, name: visit.heading }).waitFor();
      found.push(...(await faultsAt(page, `${visit.path} (${visit.route})`)));
    }
    expect(found).toEqual([]);
  });

  test("a fault that is planted is found", async () => {
    const page = await open("/queue?demo=aurora", WIDE);
    expect(await plainFaults(page)).toEqual([]);
    await page.evaluate(() => {
      const plant = (tag: string, text: string, style: Partial<CSSStyleDeclaration>): HTMLElement => {
        const one = document.createElement(tag);
        one.textContent = text;
        Object.assign(one.style, style);
        return document.querySelector("main")?.appendChild(one) ?? one;
      };
      plant("p", "a line that is longer than its box", { width: "4rem", overflow: "hidden", whiteSpace: "nowrap" });
      plant("p", "above the other", { position: "relative", top: "20px", margin: "0" });
      plant("p", "below the one", { margin: "0" });
      plant("p", "in state not_held_yet", {});
      plant("h4", "too deep", {});
      plant("section", "", {}).append(Object.assign(document.createElement("h2"), { textContent: "Nothing here" }));
      plant("p", "wide", { width: "200vw" });
    });
    const found = (await plainFaults(page)).join("\n");
    for (const fault of [
      /scrolls sideways/,
      /heading 4 out of order: too deep/,
      /without words: Nothing here/,
      /raw: in state not_held_yet/,
      /cut: a line that is longer/,
      /on one another: .*(?:above the other|below the one)/,
    ])
      expect(found).toMatch(fault);
  });

  test("the story from the news, which is made of many more", async () => {
    const page = await open("/queue?demo=stargate-2025&at=2025-07-02T00:00:00Z", WIDE);
    const found: string[] = [];
    for (const [path, heading] of [
      ["/requests", "Requests"],
      ["/requests/inference-2025", "inference-2025"],
      ["/requests/inference-2025/outcome", "inference-2025"],
      ["/requests/inference-2025/explain", "inference-2025"],
      ["/requests/inference-2025/timeline", "inference-2025"],
      ["/awards", "Awards"],
      ["/agreements", "Agreements"],
      ["/agreements/microsoft-openai", "OpenAI"],
      ["/dates", "Dates"],
      ["/position", "Position"],
      ["/capacity", "Capacity"],
      ["/prices", "Prices"],
    ] as const) {
      await goTo(page, `${path}?demo=stargate-2025`, heading);
      found.push(...(await faultsAt(page, path)));
    }
    expect(found).toEqual([]);
  });
});

const MADE = 10_000;
const AT_ONCE = 50;

describe.skipIf(!hasBrowser())("[P7] a book of ten thousand requests", { timeout: 180_000 }, () => {
  let story: ServedStory;
  beforeAll(async () => {
    story = await ServedStory.start();
    const make = async (index: number): Promise<void> => {
      const answer = await story.call("aurora-labs", "POST", "/requests", {
        schema: "offtake/request@1",
        id: `made-${String(index).padStart(5, "0")}`,
        shorthand: "b200:8",
        regions: "eu-*",
        purpose: "inference",
        window: { from: "2030-03-01", for: "30 days" },
      });
      if (!answer.ok) throw new Error(await answer.text());
    };
    for (let from = 0; from < MADE; from += AT_ONCE)
      await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => make(from + index)));
  }, 240_000);
  afterAll(() => story.close(), 120_000);

  test("is shown as well as a small one: lists, the position, a request among them", async () => {
    const { page, wrongs, close } = await story.desk("aurora-labs", "/queue");
    const found: string[] = [];
    for (const [path, heading] of [
      ["/requests", "Requests"],
      ["/queue", "Queue"],
      ["/awards", "Awards"],
      ["/position", "Position"],
      ["/evidence", "Evidence"],
      ["/requests/made-00042", "made-00042"],
      ["/requests/made-00042/explain", "made-00042"],
    ] as const) {
      await goTo(page, path, heading);
      found.push(...(await faultsAt(page, path)));
    }
    expect(found).toEqual([]);
    expect(wrongs).toEqual([]);
    await close();
  });
});
