import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { axeOn, hasBrowser } from "./browser.fixture.ts";
import { ServedStory } from "./served-story.fixture.ts";

const MADE = 1_100;
const ALL = (MADE + 1).toLocaleString("en-US");
const ROW_PX = 36;
const idOf = (index: number): string => `long-${String(index).padStart(4, "0")}`;

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
  afterAll(() => story.close(), 120_000);

  test("its length is known, it goes on as somebody goes down in it, and nothing of it is left out", async () => {
    const { page, wrongs, close } = await story.desk("aurora-labs", "/requests");
    const grid = page.getByRole("grid", { name: "Requests" });
    await page.getByText(`250 of ${ALL} requests loaded`).waitFor();
    // The head of the table counts as a row.
    expect(await grid.getAttribute("aria-rowcount")).toBe(String(MADE + 2));
    // The newest first.
    await grid.getByText(idOf(MADE - 1), { exact: true }).waitFor();
    expect(await axeOn(page)).toEqual([]);
    for (const loaded of ["500 of", "750 of", "1,000 of", "All"]) {
      await grid.press("End");
      await page.getByText(`${loaded === "All" ? `All ${ALL}` : `${loaded} ${ALL}`} requests loaded`).waitFor();
    }
    await grid.press("End");
    await grid.getByText("h100-for-90-days", { exact: true }).waitFor();
    expect(wrongs).toEqual([]);
    await close();
  });

  test("however far somebody goes only so much is read again at a piece of news, and what was gone past comes back", async () => {
    const { page, log, wrongs, close } = await story.desk("aurora-labs", "/requests");
    const grid = page.getByRole("grid", { name: "Requests" });
    await page.getByText("live", { exact: true }).waitFor();
    for (const loaded of ["500 of", "750 of", "1,000 of"]) {
      await grid.press("End");
      await page.getByText(`${loaded} ${ALL} requests loaded`).waitFor();
    }
    const before = log.length;
    const { headers } = await story.call("aurora-labs", "GET", `/requests/${idOf(400)}`);
    const match = { "if-match": headers.get("etag") ?? "" };
    expect((await story.call("aurora-labs", "POST", `/requests/${idOf(400)}/withdraw`, undefined, match)).ok).toBe(
      true,
    );
    await grid.press("PageUp");
    await grid.evaluate((element, top) => element.scrollTo({ top }), ROW_PX * 695);
    await grid
      .getByRole("row")
      .filter({ hasText: idOf(400) })
      .getByText("Withdrawn")
      .waitFor();
    // Of the five pages of the list three are held, and the first is none of them; each may be read twice, where two news came.
    const asked = new Set(log.slice(before).map((one) => one.asked));
    const pages = [...asked].filter((one) => /\/requests\?.*limit=250/.test(one));
    expect(pages.length).toBeLessThanOrEqual(3);
    expect(pages.filter((one) => !one.includes("cursor="))).toEqual([]);
    // The newest are not held any more: they are read again where somebody goes back to them, page by page or at once.
    await grid.evaluate((element, top) => element.scrollTo({ top }), ROW_PX * 195);
    await grid.getByText(idOf(900), { exact: true }).waitFor();
    await grid.press("Home");
    await grid.getByText(idOf(MADE - 1), { exact: true }).waitFor();
    expect(await grid.locator("[aria-busy=true]").count()).toBe(0);
    await grid.press("End");
    await grid.press("Home");
    await grid.getByText(idOf(MADE - 1), { exact: true }).waitFor();
    expect(wrongs).toEqual([]);
    await close();
  });

  test("the queue goes on too, and says how many wait of each kind", async () => {
    const { page, wrongs, close } = await story.desk("aurora-labs", "/queue");
    const grid = page.getByRole("grid", { name: "Entries" });
    await page.getByText(/^250 of [\d,]+ entries loaded$/).waitFor();
    await grid.press("End");
    await page.getByText(/^500 of [\d,]+ entries loaded$/).waitFor();
    await page.getByRole("button", { name: /^Notice/ }).click();
    await grid.getByText("Request", { exact: true }).waitFor({ state: "detached" });
    expect(new Set(await grid.locator("[role=gridcell]:first-child").allInnerTexts())).toEqual(new Set(["Notice"]));
    expect(wrongs).toEqual([]);
    await close();
  });

  test("by what falls due next nothing is left out", async () => {
    const { page, wrongs, close } = await story.desk("aurora-labs", "/requests?sort=due");
    await page.getByText(`250 of ${ALL} requests loaded`, { exact: true }).waitFor();
    expect(await page.getByText("only what has a deadline").count()).toBe(0);
    expect(wrongs).toEqual([]);
    await close();
  });

  test("the broker filters and orders it: what is asked for may lie behind what was loaded", async () => {
    const { page, wrongs, close } = await story.desk("aurora-labs", "/requests");
    const grid = page.getByRole("grid", { name: "Requests" });
    await page.getByText(`250 of ${ALL} requests loaded`).waitFor();
    // By a column that the broker does not know nobody is led to believe that all are sorted.
    expect(await grid.getByRole("button", { name: /^Accelerators/ }).count()).toBe(0);
    await page.getByRole("button", { name: /^Withdrawn/ }).click();
    const answer = await story.call("aurora-labs", "GET", "/requests?status=withdrawn&limit=100");
    const { data } = (await answer.json()) as { readonly data: readonly unknown[] };
    expect(data.length).toBeGreaterThan(1);
    await page.getByText(`All ${data.length} requests loaded`).waitFor();
    expect(await grid.getByRole("row").count()).toBe(data.length + 1);
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByText(`250 of ${ALL} requests loaded`).waitFor();
    await grid.getByRole("button", { name: /^Request/ }).click();
    await grid.getByText("h100-for-90-days", { exact: true }).waitFor();
    expect(await grid.getByRole("row").nth(1).innerText()).toContain("h100-for-90-days");
    // Somebody else makes one more: it is counted and shown without a reload.
    const body = { schema: "offtake/request@1", id: "aaa-first", shorthand: "h100:8", regions: "us-*" };
    const more = { purpose: "training", window: { from: "2030-03-01", for: "30 days" } };
    expect((await story.call("aurora-labs", "POST", "/requests", { ...body, ...more })).status).toBe(201);
    await grid.getByText("aaa-first", { exact: true }).waitFor();
    await page.getByText(`250 of ${(MADE + 2).toLocaleString("en-US")} requests loaded`).waitFor();
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
