import type { Page } from "playwright-core";
import { expect } from "vitest";

const PRESSES_MAX = 60;

/** The words by which what has the focus is known: its label, else its text. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const one = document.activeElement;
    if (!(one instanceof HTMLElement)) return "";
    const label = one instanceof HTMLInputElement ? one.labels?.[0]?.textContent : undefined;
    const name = (one.getAttribute("aria-label") ?? label ?? one.textContent ?? "").trim();
    return one.role === "grid" || one.getAttribute("role") === "grid" ? `list ${name}` : name;
  });

/** Goes on by the tab key, as somebody does who has nothing else; and sees where they are. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  const passed: string[] = [];
  for (let presses = 0; presses < PRESSES_MAX; presses += 1) {
    await page.keyboard.press("Tab");
    const here = await focused(page);
    passed.push(here);
    if (!name.test(here)) continue;
    const isSeen = await page.evaluate(() => {
      const one = document.activeElement;
      const box = one?.getBoundingClientRect();
      if (one === null || box === undefined) return false;
      if (one.closest("main") === null) return box.top >= 0;
      // A list may be taller than the window: what counts is its row, and where it begins.
      if (one.getAttribute("role") === "grid") return box.top < innerHeight;
      const header = document.querySelector("header")?.getBoundingClientRect();
      // Never below the header that stays (WCAG 2.4.11).
      return box.bottom <= innerHeight + 1 && box.top >= (header?.bottom ?? 0) - 1;
    });
    expect([here, isSeen]).toEqual([here, true]);
    return;
  }
  throw new Error(`The tab key does not come to ${String(name)}: ${passed.join(" | ")}`);
}

/** Types in place of what stands in the field. */
export async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(text);
}
