import { QueryClient } from "@tanstack/react-query";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { newRouter } from "../app/router.tsx";
import { axeOn, goTo, hasBrowser, inTheme, withoutColours } from "./browser.fixture.ts";
import { lostWithoutColours, wideAt } from "./measures.fixture.ts";
import { pagesOfTests } from "./pages.fixture.ts";
import { storyAddress, type Visit, VISITS } from "./routes.fixture.ts";
import { KEEPER, ServedBroker } from "./served-broker.fixture.ts";

/** 1280 px at 400 %. */
const NARROW = { width: 320, height: 256 } as const;
const WIDE = { width: 1440, height: 900 } as const;
/** A page is looked at in four ways. */
const MOST_MS = 30_000;

test("the table of routes is the router's: none is left out, none is made up", () => {
  const router = newRouter({ transport: undefined as never, session: undefined as never, queries: new QueryClient() });
  expect([...new Set(VISITS.map(({ route }) => route))].sort()).toEqual(Object.keys(router.routesByPath).sort());
});

/** All that is measured on one page: light, dark, without colours, and at 400 %. */
async function faultsOf(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  const add = (what: string, faults: readonly string[]): void =>
    void found.push(...faults.map((one) => `${what}: ${one}`));
  await inTheme(page, "light");
  add("light", await axeOn(page));
  // Between the themes nothing but colours differs.
  await inTheme(page, "dark");
  add("dark", await axeOn(page, ["color-contrast"]));
  await withoutColours(page, true);
  add("without colours", await lostWithoutColours(page));
  await withoutColours(page, false);
  await page.setViewportSize(NARROW);
  add("at 400 %", await wideAt(page));
  await page.setViewportSize(WIDE);
  return found;
}

/** Looks at one page after the other, as somebody comes to them who does not load any anew. */
async function faultsOfAll(page: Page, visits: readonly Visit[], addressOf: (visit: Visit) => string) {
  const found: string[] = [];
  for (const visit of visits) {
    if (visit.arrive === undefined) await goTo(page, addressOf(visit), visit.heading);
    else {
      await goTo(page, addressOf(visit), "Offers");
      await visit.arrive(page);
      await page.getByRole("heading", { level: 1, name: visit.heading }).waitFor();
    }
    for (const fault of await faultsOf(page)) found.push(`${visit.path} (${visit.route}) ${fault}`);
  }
  return found;
}

/** With whose eyes, and where the story stands: what a page is opened with. */
const groupOf = ({ party, at }: Visit): string => `as ${party ?? "the keeper"}, ${at ?? "as it opens"}`;
const STORY = VISITS.filter(({ place }) => place === "story");
const GROUPS = [...new Set(STORY.map(groupOf))].map(
  (name) => [name, STORY.filter((visit) => groupOf(visit) === name)] as const,
);

describe.skipIf(!hasBrowser())("[A9 P4 P5 P6] every page: axe in both themes, without colours, at 400 %", () => {
  const { open } = pagesOfTests();

  for (const [name, visits] of GROUPS) {
    const [first] = visits;
    test(
      `of the story, ${name}: ${visits.length}`,
      async () => {
        const page = await open(first === undefined ? "/" : storyAddress({ ...first, path: "/queue" }), WIDE);
        expect(await faultsOfAll(page, visits, storyAddress)).toEqual([]);
      },
      visits.length * MOST_MS,
    );
  }
});

describe.skipIf(!hasBrowser())(
  "[A9 P4 P5 P6] every page of a broker: axe in both themes, without colours, at 400 %",
  () => {
    const visits = VISITS.filter(({ place }) => place === "broker");
    let served: ServedBroker;
    beforeAll(async () => {
      served = await ServedBroker.start();
    }, 180_000);
    afterAll(() => served.close(), 120_000);

    test(
      "people, keys, webhooks and the system have none",
      async () => {
        const { page, wrongs, close } = await served.open("/queue", WIDE);
        await page.getByRole("heading", { level: 1, name: "Queue" }).waitFor();
        expect(await faultsOfAll(page, visits, ({ path }) => `${path}?as=${encodeURIComponent(KEEPER)}`)).toEqual([]);
        expect(wrongs).toEqual([]);
        await close();
      },
      visits.length * MOST_MS,
    );
  },
);
