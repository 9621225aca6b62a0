import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { axeOn, hasBrowser } from "./browser.fixture.ts";
import { pagesOfTests } from "./pages.fixture.ts";

const DEMO = "demo=aurora";

describe.skipIf(!hasBrowser())("a first visit, in a browser and without a server", () => {
  const { open } = pagesOfTests();

  const card = (page: Page, title: string) => page.getByRole("region", { name: title });
  const back = (page: Page) => page.getByRole("link", { name: "Try it" }).click();

  test("[H2] the six cards take a newcomer from the request to the evidence", async () => {
    const page = await open(`/?${DEMO}`);
    await card(page, "A request is submitted").getByText("Done").waitFor();
    await card(page, "Be Meridian: accept part of it").getByRole("button").click();
    await page.getByRole("timer").waitFor();
    expect(new URL(page.url()).searchParams.get("as")).toContain("meridian");
    await page.getByRole("textbox", { name: "On your own machines" }).fill("1700");
    await page.getByRole("textbox", { name: "Price" }).fill("2.55");
    await page.getByRole("textbox", { name: "Price" }).press("Tab");
    await page.getByRole("button", { name: /^Accept 1,700/ }).click();
    await page.getByText("Your answer is recorded").waitFor();
    await back(page);
    await card(page, "Be Meridian: accept part of it").getByText("Done").waitFor();
    const clock = card(page, "Move the clock past the deadline");
    if ((await clock.getByText("Done").count()) === 0) await clock.getByRole("button").click();
    await card(page, "Be Ember: bid for the rest").getByText("Next").waitFor();
    await card(page, "Be Ember: bid for the rest").getByRole("button").click();
    await page.getByRole("textbox", { name: "Price" }).fill("2.31");
    await page.getByRole("textbox", { name: "Price" }).press("Tab");
    await page.getByRole("button", { name: "Place sealed bid" }).click();
    await page.getByText("Your sealed bid is recorded").waitFor();
    await back(page);
    await card(page, "Award, and read why").getByText("Next").waitFor();
    await card(page, "Award, and read why").getByRole("button", { name: "Move to the close" }).click();
    const why = card(page, "Award, and read why").getByRole("button", { name: "Read why" });
    await why.click();
    await page
      .getByText(/was asked first/)
      .first()
      .waitFor();
    await back(page);
    await card(page, "Take the evidence away").getByRole("button").click();
    await page.getByRole("heading", { level: 1, name: "Evidence" }).waitFor();
  }, 180_000);

  test("the palette finds a request and opens it, by keyboard alone", async () => {
    const page = await open(`/queue?${DEMO}`);
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Search or run" }).waitFor();
    await page.keyboard.type("h100 days");
    await page.getByRole("option", { name: /^Open h100-for-90-days/ }).waitFor();
    expect(await axeOn(page)).toEqual([]);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "h100-for-90-days" }).waitFor();
    expect(await page.getByRole("combobox", { name: "Search or run" }).count()).toBe(0);
  }, 120_000);

  test("the palette takes what is typed from the moment it is asked for, also while its parts are on their way", async () => {
    const page = await open(`/queue?${DEMO}`);
    const theme = () => page.evaluate(() => document.documentElement.dataset["theme"]);
    const before = await theme();
    let isLetThrough = (): void => undefined;
    const letThrough = new Promise<void>((resolve) => {
      isLetThrough = resolve;
    });
    const asked: string[] = [];
    await page.route(/\/palette-[^/]*\.js$/, async (route) => {
      asked.push(route.request().url());
      await letThrough;
      await route.continue();
    });
    await page.keyboard.press("Control+k");
    await page.keyboard.type("h100 dayz");
    await page.keyboard.press("Backspace");
    await page.keyboard.type("s");
    await page.keyboard.press("Enter");
    const coming = page.getByRole("status", { name: "The palette is on its way" });
    await coming.getByText("h100 days").waitFor();
    expect(await axeOn(page)).toEqual([]);
    isLetThrough();
    await page.getByRole("heading", { level: 1, name: "h100-for-90-days" }).waitFor();
    expect(await page.getByRole("combobox", { name: "Search or run" }).count()).toBe(0);
    expect(asked).toHaveLength(1);
    // A letter for the palette is no key of the page: "t" would have changed it.
    expect(await theme()).toBe(before);
  }, 120_000);

  test("the palette of a rival finds nothing that the rival was not told", async () => {
    const page = await open(`/queue?${DEMO}&as=aurora%2Fember`);
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Search or run" }).waitFor();
    const found = page.getByRole("option");
    // One visitor has the seats of all parties of this book, and finds them to sit down in: that one may act for them is no secret of theirs.
    for (const [word, seats] of [
      ["meridian", 1],
      ["northlight", 1],
      ["h100-for-90-days", 0],
    ] as const) {
      await page.getByRole("combobox", { name: "Search or run" }).fill(word);
      await page.getByText(seats === 0 ? "Nothing is called that." : `${seats} found`, { exact: true }).waitFor();
      expect(await found.count()).toBe(seats);
      for (const text of await found.allInnerTexts()) expect(text).toMatch(/^Do\s*Act for /);
    }
  }, 120_000);

  test("keys of a single letter can be switched off", async () => {
    const page = await open(`/queue?${DEMO}`);
    await page.keyboard.press("?");
    const dialog = page.getByRole("dialog", { name: "Keyboard" });
    await dialog.waitFor();
    expect(await axeOn(page)).toEqual([]);
    await dialog.getByRole("checkbox").uncheck();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    const theme = () => page.evaluate(() => document.documentElement.dataset["theme"]);
    const before = await theme();
    await page.keyboard.press("t");
    await page.keyboard.press("?");
    await page.waitForTimeout(300);
    expect(await dialog.count()).toBe(0);
    expect(await theme()).toBe(before);
  }, 120_000);
});
