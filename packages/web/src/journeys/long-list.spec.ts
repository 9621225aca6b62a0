import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { axeOn, hasBrowser } from "./browser.fixture.ts";
import { ServedStory } from "./served-story.fixture.ts";

const MADE = 300;
const idOf = (index: number): string => `long-${String(index).padStart(3, "0")}`;

describe.skipIf(!hasBrowser())("a list that is longer than a page of it", { timeout: 120_000 }, () => {
  let story: ServedStory;

  beforeAll(async () => {
    story = await ServedStory.start();
    for (let index = 0; index < MADE; index += 1) {
      const answer = await story.call("aurora-labs", "POST", "/requests", {
        schema: "offtake/request@1",
        id: idOf(index),
        shorthand: "h100:8",
        regions: "us-*",
        purpose: "training",
        window: { from: "2030-03-01", for: "30 days" },
      });
      if (!answer.ok) throw new Error(await answer.text());
    }
    for (const index of [0, 1]) {
      const { headers } = await story.call("aurora-labs", "GET", `/requests/${idOf(index)}`);
      const match = { "if-match": headers.get("etag") ?? "" };
      const answer = await story.call("aurora-labs", "POST", `/requests/${idOf(index)}/withdraw`, undefined, match);
      if (!answer.ok) throw new Error(await answer.text());
    }
  }, 240_000);
  afterAll(() => story.close(), 60_000);

  test("its length is known, it goes on as somebody goes down in it, and nothing of it is left out", async () => {
    const { page, wrongs, close } = await story.desk("aurora-labs", "/requests");
    const grid = page.getByRole("grid", { name: "Requests" });
    await page.getByText(`250 of ${MADE + 1} requests loaded`).waitFor();
    // The head of the table counts as a row.
    expect(await grid.getAttribute("aria-rowcount")).toBe(String(MADE + 2));
    // The newest first.
    await grid.getByText(idOf(MADE - 1), { exact: true }).waitFor();
    expect(await axeOn(page)).toEqual([]);
    await grid.press("End");
    await page.getByText(`All ${MADE + 1} requests loaded`).waitFor();
    await grid.press("End");
    await grid.getByText("h100-for-90-days", { exact: true }).waitFor();
    expect(wrongs).toEqual([]);
    await close();
  });

  test("the broker filters and orders it: what is asked for may lie behind what was loaded", async () => {
    const { page, wrongs, close } = await story.desk("aurora-labs", "/requests");
    const grid = page.getByRole("grid", { name: "Requests" });
    await page.getByText(`250 of ${MADE + 1} requests loaded`).waitFor();
    // By a column that the broker does not know nobody is led to believe that all are sorted.
    expect(await grid.getByRole("button", { name: /^Accelerators/ }).count()).toBe(0);
    await page.getByRole("button", { name: /^Withdrawn/ }).click();
    await page.getByText("All 2 requests loaded").waitFor();
    expect(await grid.getByRole("row").count()).toBe(3);
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByText(`250 of ${MADE + 1} requests loaded`).waitFor();
    await grid.getByRole("button", { name: /^Request/ }).click();
    await grid.getByText("h100-for-90-days", { exact: true }).waitFor();
    expect(await grid.getByRole("row").nth(1).innerText()).toContain("h100-for-90-days");
    // Somebody else makes one more: it is counted and shown without a reload.
    const body = { schema: "offtake/request@1", id: "aaa-first", shorthand: "h100:8", regions: "us-*" };
    const more = { purpose: "training", window: { from: "2030-03-01", for: "30 days" } };
    expect((await story.call("aurora-labs", "POST", "/requests", { ...body, ...more })).status).toBe(201);
    await grid.getByText("aaa-first", { exact: true }).waitFor();
    await page.getByText(`250 of ${MADE + 2} requests loaded`).waitFor();
    expect(wrongs).toEqual([]);
    await close();
  });

  test("on a telephone each row is a card: its state and its deadline are in sight", async () => {
    const { page, close } = await story.desk("meridian", "/offers", { width: 390, height: 800 });
    const row = page.getByRole("row").nth(1);
    await row.waitFor();
    for (const part of [row.getByText("Open"), row.locator("time").last()]) {
      const box = await part.boundingBox();
      expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(390);
    }
    expect(await axeOn(page)).toEqual([]);
    await close();
  });
});
