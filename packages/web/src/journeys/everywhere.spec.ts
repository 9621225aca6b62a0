import { describe, expect, test } from "vitest";
import { axeOn, goTo, hasBrowser, inTheme } from "./browser.fixture.ts";
import { pagesOfTests } from "./pages.fixture.ts";

const DEMO = "demo=aurora";
const REQUEST = "/requests/h100-for-90-days";
const AFTER_ALL = "2026-03-20T17:00:00Z";

const withDemo = (path: string, at = ""): string => `${path}${path.includes("?") ? "&" : "?"}${DEMO}${at}`;

describe.skipIf(!hasBrowser())("every page, in a browser and without a server", { timeout: 180_000 }, () => {
  const { open } = pagesOfTests();

  test("[P4] states are told by sign and word where colours are taken away", async () => {
    const page = await open(withDemo("/requests", `&at=${AFTER_ALL}`));
    await page.emulateMedia({ forcedColors: "active" });
    const badge = page.getByRole("row").nth(1).getByText("Awarded");
    await badge.waitFor();
    expect(await badge.innerText()).toMatch(/^[○◔●▲✕]\s*Awarded$/);
    // The browser's own colours, and a line around it in their place.
    const { border, ground } = await badge.evaluate((node) => {
      const style = getComputedStyle(node);
      return { border: style.borderTopWidth, ground: style.backgroundColor };
    });
    expect(border).not.toBe("0px");
    expect(ground).not.toBe("rgb(228, 243, 237)");
    await goTo(page, withDemo(REQUEST), "h100-for-90-days");
    const coverage = page.getByRole("region", { name: "Coverage" });
    // What is drawn follows the system as what is written does: words of charts, and icons, stand out from its ground.
    const drawn = await page.evaluate(() => {
      const ink = getComputedStyle(document.body).color;
      const words = [...document.querySelectorAll("main svg text")].map((one) => getComputedStyle(one).fill);
      return { ink, others: [...new Set(words)].filter((one) => one !== ink) };
    });
    // The words on the full tone have its own.
    expect(drawn.others.length).toBeLessThanOrEqual(1);
    const tab = page.getByRole("navigation", { name: "Views of the request" }).getByRole("link", { name: "Overview" });
    const other = page.getByRole("navigation", { name: "Views of the request" }).getByRole("link", { name: "Explain" });
    const under = (one: typeof tab) => one.evaluate((node) => getComputedStyle(node).borderBottomWidth);
    expect([await under(tab), await under(other)]).toEqual(["4px", "0px"]);
    // Each part of the chart has its word in it or in the legend, and a pattern of its own.
    const layers = await coverage.locator("ul li").allInnerTexts();
    expect(layers.map((one) => one.trim())).toEqual(["accepted", "passed through", "asked for"]);
    const fills = await coverage
      .locator("svg rect[fill]")
      .evaluateAll((all) => all.map((one) => one.getAttribute("fill")));
    expect(new Set(fills).size).toBeGreaterThan(1);
  });

  test("[A10] Copy as CLI gives a command that there is, about just this request", async () => {
    const page = await open(withDemo(`${REQUEST}/explain`));
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("button", { name: "Copy as", exact: true }).click();
    await page.getByRole("menuitem", { name: "CLI" }).click();
    await page.getByText("Copied as CLI").waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("offtake explain h100-for-90-days --broker");
    await page.getByRole("button", { name: "Copy as", exact: true }).click();
    await page.getByRole("menuitem", { name: "curl" }).click();
    await page.getByText("Copied as curl").waitFor();
    const curl = await page.evaluate(() => navigator.clipboard.readText());
    expect(curl).toContain("/v1/books/aurora/explanations/h100-for-90-days");
    expect(curl).not.toMatch(/Bearer (?!\$OFFTAKE_TOKEN)/);
  });

  test("[A5] Explain lists every agreement that was looked at, also those that did not apply", async () => {
    const page = await open("/requests/inference-2025/explain?demo=stargate-2025&at=2025-07-02T00:00:00Z");
    const main = page.getByRole("main");
    await main.getByText("does not apply").first().waitFor();
    const text = await main.innerText();
    const agreements = await page.evaluate(async () => {
      const rows = [...document.querySelectorAll("main a[href*='/agreements/']")];
      return rows.map((row) =>
        decodeURIComponent(new URL((row as HTMLAnchorElement).href).pathname.split("/").at(-1) ?? ""),
      );
    });
    expect(new Set(agreements).size).toBeGreaterThan(1);
    expect(text).toMatch(/applies/);
  });

  test("[A5] also of the invented book: every agreement that is on record is there", async () => {
    const page = await open(withDemo("/agreements"));
    const names = await page
      .getByRole("grid", { name: "Agreements" })
      .getByRole("row")
      .locator("[role=gridcell]:first-child")
      .allInnerTexts();
    await goTo(page, withDemo(`${REQUEST}/explain`), "h100-for-90-days");
    await page.getByRole("heading", { name: "Words", level: 2 }).waitFor();
    await page.getByRole("heading", { name: "Other agreements on record" }).waitFor();
    const text = await page.getByRole("main").innerText();
    expect(names.length).toBeGreaterThan(1);
    expect(names.filter((name) => !text.includes(name.trim().split("\n")[0] ?? name))).toEqual([]);
  });

  test("the palette runs commands by the names that they have at a terminal", async () => {
    const page = await open(withDemo("/queue"));
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Search or run" }).waitFor();
    await page.keyboard.type("offtake award scenarios");
    await page.getByRole("option", { name: /offtake award scenarios h100-for-90-days/ }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByText("Sealed until").or(page.getByText("Ways to award it will be here")).first().waitFor();
    expect(new URL(page.url()).pathname).toBe(`${REQUEST}/award`);
  });

  test("keys of a row: the full stop shows what can be done, e explains; they are off where single keys are", async () => {
    const page = await open(withDemo("/requests"));
    await page.getByRole("grid", { name: "Requests" }).focus();
    await page.keyboard.press("j");
    await page.keyboard.press(".");
    const menu = page.getByRole("menu", { name: "What can be done with the row" });
    await menu.waitFor();
    expect(await menu.getByRole("menuitem").allInnerTexts()).toEqual(
      expect.arrayContaining(["Open", "Ways to award it", "Documents", "Copy its id"]),
    );
    expect(await axeOn(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await menu.waitFor({ state: "detached" });
    await page.getByRole("grid", { name: "Requests" }).focus();
    await page.keyboard.press("e");
    await page.getByRole("heading", { name: "Words", level: 2 }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`${REQUEST}/explain`);
    await goTo(page, withDemo(REQUEST), "h100-for-90-days");
    await page.keyboard.press("e");
    await page.getByRole("heading", { name: "Words", level: 2 }).waitFor();
    // "g e" is not "e".
    await goTo(page, withDemo(REQUEST), "h100-for-90-days");
    await page.keyboard.press("g");
    await page.keyboard.press("e");
    await page.getByRole("heading", { level: 1, name: "Evidence" }).waitFor();
  });

  test("a price never breaks in a list, however narrow its column is", async () => {
    const page = await open(withDemo("/requests"), { width: 900 });
    const price = page.getByText("$2.60/accelerator-h");
    await price.waitFor();
    const lines = await price.evaluate((node) => {
      const range = document.createRange();
      range.selectNodeContents(node);
      return new Set([...range.getClientRects()].map(({ top }) => top)).size;
    });
    expect(lines).toBe(1);
  });

  test("a draft is that of the party that wrote it: another one does not see it, and it is there on return", async () => {
    const page = await open(withDemo("/offers", "&as=aurora%2Fember&at=2026-03-11T12:00:00Z"));
    const price = page.getByRole("textbox", { name: "Price" });
    await page.getByRole("row").nth(1).click();
    await price.fill("2.31");
    // Who goes on at once has it kept as well.
    await price.press("Tab");
    const become = async (party: string): Promise<void> => {
      await page.getByRole("button", { name: /You act for/ }).click();
      await page.getByRole("menuitemradio", { name: party }).click();
      await page.getByRole("heading", { name: "Queue" }).waitFor();
      await goTo(page, withDemo("/offers", `&as=aurora%2F${party}`), "Offers");
      await page.getByRole("row").nth(1).click();
      await price.waitFor();
    };
    await become("northlight");
    expect(await price.inputValue()).toBe("");
    await become("ember");
    expect(await price.inputValue()).toBe("2.31");
  });

  test("[A9] documents and the sheet have no violation that axe finds, [P8] and the sheet prints without what is only for the screen", async () => {
    const page = await open(withDemo(`${REQUEST}/documents`, `&at=${AFTER_ALL}`));
    await page.getByText("Notice to Meridian Cloud").waitFor();
    for (const theme of ["light", "dark"] as const) {
      await inTheme(page, theme);
      expect(await axeOn(page)).toEqual([]);
    }
    await goTo(page, withDemo(`${REQUEST}/sheet`), "h100-for-90-days");
    await page.getByText("$21,894,019.20", { exact: true }).waitFor();
    expect(await axeOn(page)).toEqual([]);
    await page.emulateMedia({ media: "print", colorScheme: "light" });
    for (const name of ["Print", "Copy as"])
      expect(await page.getByRole("button", { name, exact: false }).filter({ visible: true }).count()).toBe(0);
    expect(await page.getByRole("navigation", { name: "Console" }).isVisible()).toBe(false);
    expect(await page.getByRole("heading", { name: "Why" }).isVisible()).toBe(true);
  });
});
