import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { axeOn, inTheme, type Looking, StaticConsole, type View } from "./browser.fixture.ts";

/** Pages of the static console, each in a browser that has seen nothing, closed with their test. */
export interface PagesOfTests {
  readonly open: (path: string, view?: View) => Promise<Page>;
  /** What a test provokes, and the browser complains about: complaints that hold this are not held against it. */
  readonly excuse: (part: string) => void;
}

/** To be called in a group of tests: starts and ends what they look at. What a page does wrong on the way is wrong whatever a test is about. */
export function pagesOfTests(): PagesOfTests {
  let site: StaticConsole;
  const seen: Looking[] = [];
  const excused: string[] = [];
  beforeAll(async () => {
    site = await StaticConsole.start();
  }, 180_000);
  afterAll(() => site.close(), 120_000);
  afterEach(async () => {
    const looked = seen.splice(0);
    for (const looking of looked) await looking.close();
    const wrongs = looked.flatMap((looking) => looking.wrongs);
    const held = wrongs.filter((one) => !excused.some((part) => one.includes(part)));
    excused.length = 0;
    if (held.length > 0) throw new Error(held.join("\n"));
  });
  return {
    open: async (path, view = {}) => {
      const looking = await site.open(path, view);
      seen.push(looking);
      return looking.page;
    },
    excuse: (part) => excused.push(part),
  };
}

/** Nothing that axe finds, light and dark. */
export async function hasNoViolation(page: Page): Promise<void> {
  for (const theme of ["light", "dark"] as const) {
    await inTheme(page, theme);
    expect(await axeOn(page)).toEqual([]);
  }
}
