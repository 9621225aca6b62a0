import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasBrowser } from "./browser.fixture.ts";
import { tabTo, type } from "./keys.fixture.ts";
import { pagesOfTests } from "./pages.fixture.ts";

const DEMO = "demo=aurora";
describe.skipIf(!hasBrowser())("the keyboard alone", { timeout: 180_000 }, () => {
  const { open: openPage } = pagesOfTests();

  async function open(path: string): Promise<Page> {
    const page = await openPage(path);
    // No pointer is near anything: what is done is done by keys.
    await page.mouse.move(0, 0);
    return page;
  }

  test("[P1] an award is chosen: from the queue by the palette to the scenarios, to the choice, to its receipt", async () => {
    const page = await open(`/queue?${DEMO}&at=2026-03-12T23:00:00Z`);
    await page.keyboard.press("Control+k");
    await page.keyboard.type("offtake award scenarios");
    await page.getByRole("option", { name: /award scenarios h100/ }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByText("Sealed until").waitFor();
    await tabTo(page, /^Let somebody choose$/);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Let the broker award by itself" }).waitFor();
    await tabTo(page, /^To the deadline$/);
    await page.keyboard.press("Enter");
    await page.getByRole("region", { name: "Cheapest" }).waitFor();
    await tabTo(page, /^Choose cheapest$/);
    await page.keyboard.press("Enter");
    await page.getByRole("alertdialog", { name: /^Award h100/ }).waitFor();
    await page.keyboard.type("h100-for-90-days");
    await page.keyboard.press("Enter");
    await page.getByText("Your choice is recorded").waitFor();
    expect(await page.getByText(/^[0-9a-f]{64}$/).count()).toBe(1);
  });

  test("[P2] a notice is answered in part and passed through in part, to its receipt", async () => {
    const page = await open(`/offers?${DEMO}&as=aurora%2Fmeridian`);
    await tabTo(page, /^list /);
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.getByRole("timer").waitFor();
    await tabTo(page, /^On your own machines$/);
    await type(page, "1700");
    await tabTo(page, /^Run by another$/);
    await type(page, "800");
    await tabTo(page, /^Price$/);
    await type(page, "2.55");
    await tabTo(page, /^Accept 2,500$/);
    await page.keyboard.press("Enter");
    await page.getByText("Your answer is recorded").waitFor();
    expect(await page.getByText(/^Accepted 2,500/).count()).toBe(1);
  });

  test("[P3] a sealed bid in two steps is placed, from the list of offers to its receipt", async () => {
    const page = await open(`/offers?${DEMO}&as=aurora%2Fember&at=2026-03-11T12:00:00Z`);
    await tabTo(page, /^list /);
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.getByRole("timer").waitFor();
    await tabTo(page, /^At most$/);
    await type(page, "1024");
    await tabTo(page, /^At least$/);
    await type(page, "512");
    await tabTo(page, /^Price$/);
    await type(page, "2.31");
    await tabTo(page, /^Add a step$/);
    await page.keyboard.press("Enter");
    await page.getByRole("textbox", { name: "Price, step 2" }).waitFor();
    await page.getByRole("button", { name: "Take the last step away" }).waitFor();
    await tabTo(page, /^Take the last step away$/);
    await page.keyboard.press("Enter");
    await tabTo(page, /^Place sealed bid$/);
    await page.keyboard.press("Enter");
    await page.getByText("Your sealed bid is recorded").waitFor();
    expect(await page.getByText(/^[0-9a-f]{64}$/).count()).toBe(1);
  });
});
