import { readFileSync, writeFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { axeOn, hasBrowser, inTheme, type Looking, StaticConsole } from "./browser.fixture.ts";
import { type Desk, ServedStory } from "./served-story.fixture.ts";

const AWARD = "/requests/h100-for-90-days/award";
/** Both bids are in, the close is an hour away. */
const BEFORE_CLOSE = "2026-03-12T23:00:00Z";
const AFTER_CLOSE = "2026-03-13T00:00:01Z";

const card = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

/** The keeper takes the choice away from the broker, and waits for the close. */
async function letSomebodyChoose(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Let somebody choose" }).click();
  await page.getByRole("button", { name: "Let the broker award by itself" }).waitFor();
}

async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: `Choose ${name}` }).click();
  const dialog = page.getByRole("alertdialog", { name: /^Award / });
  await dialog.getByRole("textbox").fill("h100-for-90-days");
  await dialog.getByRole("button", { name: "Award it" }).click();
}

describe.skipIf(!hasBrowser())("a choice between scenarios", { timeout: 180_000 }, () => {
  let site: StaticConsole;
  let looking: Looking;
  let page: Page;
  beforeAll(async () => {
    site = await StaticConsole.start();
    looking = await site.open(`${AWARD}?demo=aurora&at=${BEFORE_CLOSE}`);
    ({ page } = looking);
    await letSomebodyChoose(page);
    await page.getByRole("button", { name: "To the deadline" }).click();
    await card(page, "Cheapest").waitFor();
  }, 180_000);
  afterEach(() => {
    if (looking.wrongs.length > 0) throw new Error(looking.wrongs.join("\n"));
  });
  afterAll(async () => {
    await looking.close();
    await site.close();
  }, 120_000);

  test("[A6] scenarios stand side by side, each exact to the cent, for what it adds and for the whole request", async () => {
    const cheapest = await card(page, "Cheapest").innerText();
    for (const part of ["$8,124,019.20", "$21,894,019.20", "$2.4746", "$5,109,350.40", "$3,014,668.80", "Recommended"])
      expect(cheapest).toContain(part);
    expect(cheapest).toContain("The same as commitment first.");
    const fewest = await card(page, "Fewest providers").innerText();
    for (const part of ["$8,411,558.40", "$22,181,558.40", "$2.5071", "+$287,539.20", "1,596"])
      expect(fewest).toContain(part);
    const [left, right] = await Promise.all(
      ["Cheapest", "Fewest providers"].map((name) => card(page, name).boundingBox()),
    );
    expect(left?.y).toBe(right?.y);
  });

  test("[A6] a choice by hand is priced with each change, and says what cannot be", async () => {
    const hand = card(page, "By hand");
    const ember = hand.getByRole("textbox", { name: /^Ember Compute/ });
    const northlight = hand.getByRole("textbox", { name: /^Northlight/ });
    // One starts from the cheapest.
    expect([await ember.inputValue(), await northlight.inputValue()]).toEqual(["1,024", "572"]);
    await ember.fill("600");
    await ember.press("Tab");
    await northlight.fill("996");
    await northlight.press("Tab");
    // 600 x 2,160 h x 2.31 + 996 x 2,160 h x 2.44.
    await hand.getByText("$8,243,078.40").waitFor();
    await hand.getByText("Nothing is left unfilled.").waitFor();
    await ember.fill("602");
    await ember.press("Tab");
    await hand.getByText("A multiple of 4.").waitFor();
    expect(await page.getByRole("button", { name: "Choose by hand" }).getAttribute("aria-disabled")).toBe("true");
    await ember.fill("1000");
    await ember.press("Tab");
    // Each bid by itself would do; together they are more than is asked for.
    await hand.getByText(/more than is asked for/).waitFor();
    expect(await page.getByRole("button", { name: "Choose by hand" }).getAttribute("aria-disabled")).toBe("true");
  });

  test("a choice by hand goes out as a sheet and comes back changed, all of it or nothing", async () => {
    const coming = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download CSV" }).click();
    const path = await (await coming).path();
    const sheet = readFileSync(path, "utf8");
    const [head, ...rows] = sheet.trim().split("\r\n");
    expect(head).toBe("bid,line,provider,lot,at_least,at_most,multiple,price,count");
    expect(rows.map((row) => row.split(",").at(-1))).toEqual(["1000", "996"]);
    const read = async (text: string): Promise<void> => {
      writeFileSync(`${path}.csv`, text);
      const choosing = page.waitForEvent("filechooser");
      await page.getByRole("button", { name: "Read CSV" }).click();
      await (await choosing).setFiles(`${path}.csv`);
    };
    await read(sheet.replace(/996\r\n$/, "many\r\n").replace(/^bid_/m, "bod_"));
    const alert = page.getByRole("alert").filter({ hasText: "Line" });
    await alert.waitFor();
    expect(await alert.innerText()).toMatch(
      /Line 2: There is no opened bid bod_[\s\S]*Line 3: many is no whole number/,
    );
    const hand = card(page, "By hand");
    expect(await hand.getByRole("textbox", { name: /^Ember/ }).inputValue()).toBe("1,000");
    await read(sheet.replace(/,1000\r\n/, ",512\r\n").replace(/996\r\n$/, "1084\r\n"));
    // 512 x 2,160 h x 2.31 + 1,084 x 2,160 h x 2.44.
    await hand.getByText("$8,267,788.80").waitFor();
    expect(await alert.count()).toBe(0);
  });

  test("[A9] no theme has a violation that axe finds, [P5] and at 400 % nothing scrolls sideways", async () => {
    for (const theme of ["light", "dark"] as const) {
      await inTheme(page, theme);
      expect(await axeOn(page)).toEqual([]);
    }
    await page.setViewportSize({ width: 320, height: 800 });
    expect(await axeOn(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    await page.setViewportSize({ width: 1_440, height: 900 });
  });

  test("what is chosen is awarded once its name has been typed, with a receipt", async () => {
    await choose(page, "fewest providers");
    await page.getByText("Your choice is recorded").waitFor();
    expect(await page.getByText(/^[0-9a-f]{64}$/).count()).toBe(1);
    await page.getByText("Nothing of it is left to choose").waitFor();
    // One's own doing is no news.
    expect(await page.getByText("Changed since you opened this").count()).toBe(0);
    await page.getByRole("link", { name: "What was awarded" }).click();
    await page.getByText("$22,181,558.40").waitFor();
  });
});

describe.skipIf(!hasBrowser())("two who choose at once", { timeout: 180_000 }, () => {
  let story: ServedStory;
  const desks: Desk[] = [];
  beforeAll(async () => {
    story = await ServedStory.start(BEFORE_CLOSE);
    const first = await story.desk("aurora-labs", AWARD);
    await letSomebodyChoose(first.page);
    await story.moveTo(AFTER_CLOSE);
    desks.push(first, await story.desk("aurora-labs", AWARD));
  }, 180_000);
  afterAll(async () => {
    for (const desk of desks) await desk.close();
    await story.close();
  }, 120_000);

  test("[A8] the second is told what changed since it was opened, and nothing is awarded twice", async () => {
    const [first, second] = desks.map((desk) => desk.page);
    if (first === undefined || second === undefined) throw new Error("Broken belief: there are two desks");
    const hand = card(second, "By hand");
    await hand.waitFor();
    await hand.getByRole("textbox", { name: /^Ember/ }).fill("600");
    await hand.getByRole("textbox", { name: /^Ember/ }).press("Tab");
    // The second has opened its dialog when the first one chooses, and hears nothing of it: its line is cut.
    await second.route("**/feed/**", (route) => route.abort());
    await second.getByRole("button", { name: "Choose fewest providers" }).click();
    await second
      .getByRole("alertdialog", { name: /^Award / })
      .getByRole("textbox")
      .fill("h100-for-90-days");
    await choose(first, "cheapest");
    await first.getByText("Your choice is recorded").waitFor();
    await second
      .getByRole("alertdialog", { name: /^Award / })
      .getByRole("button", { name: "Award it" })
      .click();
    const changed = second.getByRole("alert", { name: "Changed since you opened this" });
    await changed.waitFor();
    const told = await changed.innerText();
    expect(told).toMatch(/Somebody has awarded it: .*Ember Compute 1,024; Northlight 572/);
    expect(told).toMatch(/The request: Open/);
    expect(told).toContain("What you filled in by hand is kept.");
    await second.getByText("Nothing was chosen: somebody was faster.").waitFor();
    expect(await axeOn(second)).toEqual([]);
    const { data } = (await (await story.call("aurora-labs", "GET", "/awards")).json()) as { data: readonly unknown[] };
    expect(data).toHaveLength(1);
    await changed.getByRole("button", { name: "I have seen it" }).click();
    await changed.waitFor({ state: "detached" });
    // The broker's no and the cut line are what the browser complained about, and nothing else.
    expect(desks[1]?.wrongs.filter((one) => !/status of 412|Failed to load|ERR_/.test(one))).toEqual([]);
  });
});
