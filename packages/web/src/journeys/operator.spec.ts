import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { axeOn, hasBrowser } from "./browser.fixture.ts";
import { KEEPER, ServedBroker } from "./served-broker.fixture.ts";
import { ServedStory } from "./served-story.fixture.ts";

const READ_ONLY = "This broker only answers now: nothing can be changed";

describe.skipIf(!hasBrowser())("an upgrade beneath somebody who is at work", { timeout: 180_000 }, () => {
  let story: ServedStory;
  beforeAll(async () => {
    story = await ServedStory.start();
  }, 180_000);
  afterAll(() => story.close(), 120_000);

  test("[I2] the page says that there is a newer one, and the reload to it loses nothing of what was filled in", async () => {
    const { page, close } = await story.desk("meridian", "/offers");
    await page.getByRole("row").nth(1).click();
    const count = page.getByRole("textbox", { name: "On your own machines" });
    await count.waitFor();
    await page.getByText("live", { exact: true }).waitFor();
    expect(await page.getByText("newer console").count()).toBe(0);
    await story.upgrade("another-build");
    await page.getByText("The broker has a newer console than this page.").waitFor();
    await count.fill("1200");
    await count.press("Tab");
    // At once: before a draft is kept by itself.
    await page.getByRole("button", { name: "Reload" }).click();
    await page.getByRole("button", { name: "Accept 1,200" }).waitFor();
    expect(await page.locator("meta[name=offtake-build]").getAttribute("content")).toBe("another-build");
    expect(await page.getByText("newer console").count()).toBe(0);
    await close();
  });
});

describe.skipIf(!hasBrowser())("a broker that only answers", { timeout: 120_000 }, () => {
  let served: ServedBroker;
  beforeAll(async () => {
    served = await ServedBroker.start(["--read-only"]);
  }, 180_000);
  afterAll(() => served.close(), 120_000);

  /** Why a button cannot be pressed; undefined where it can. */
  const reasonOf = async (page: Page, name: RegExp | string): Promise<string | undefined> => {
    const button = page.getByRole("button", { name }).first();
    await button.waitFor();
    if ((await button.getAttribute("aria-disabled")) !== "true") return undefined;
    return button.evaluate(
      (one) => document.getElementById(one.getAttribute("aria-describedby") ?? "")?.textContent ?? "",
    );
  };

  test("[I3] whoever logs in sees on every page that nothing can be changed, and every button that would says why", async () => {
    const { page, close } = await served.open("/new-request");
    await page.getByText("This broker answers and changes nothing now.").waitFor();
    expect(await reasonOf(page, "Submit")).toBe(READ_ONLY);
    const at = async (path: string): Promise<void> => {
      await page.goto(`${served.origin}${path}?as=${encodeURIComponent(KEEPER)}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.getByText("Read-only.").waitFor();
    };
    await at("/record-agreement");
    expect(await reasonOf(page, /^Record/)).toBe(READ_ONLY);
    await at("/admin/members");
    expect(await reasonOf(page, "New login")).toBe(READ_ONLY);
    await at("/admin/keys");
    await page.getByRole("button", { name: /key/i }).first().click();
    expect(await reasonOf(page, "Make key")).toBe(READ_ONLY);
    await at("/admin/system");
    await page.getByText("▲ read-only", { exact: true }).waitFor();
    // What is only read goes on.
    await at("/requests");
    await page.getByText("inference-2025").waitFor();
    await close();
  });

  test("[I3] also then an operator holds back all that goes out, in two steps, and lets it go again", async () => {
    const { page, wrongs, close } = await served.open("/admin/system");
    const panel = page.getByRole("region", { name: "Outgoing notices" });
    await panel.getByText(/^Everything goes out/).waitFor();
    await panel.getByRole("button", { name: "Pause outgoing notices" }).click();
    await panel.getByText(/Deadlines run on while nothing goes out/).waitFor();
    expect(await axeOn(page)).toEqual([]);
    await panel.getByRole("button", { name: "Cancel" }).click();
    await panel.getByText(/^Everything goes out/).waitFor();
    await panel.getByRole("button", { name: "Pause outgoing notices" }).click();
    await panel.getByRole("button", { name: "Pause now" }).click();
    await panel.getByText(/^▲\s+Held back since/).waitFor();
    await page.getByText("held back: nothing goes out").waitFor();
    // It is the broker that holds it, and not this page.
    await page.reload();
    await panel.getByText(/Held back since/).waitFor();
    await panel.getByRole("button", { name: "Send them again" }).click();
    await panel.getByText(/^Everything goes out/).waitFor();
    expect(wrongs).toEqual([]);
    await close();
  });

  test("[I4] the support bundle comes down, and holds no price, no name and no token", async () => {
    const { page, close } = await served.open("/admin/system");
    await page.getByText("1 node", { exact: true }).waitFor();
    const coming = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download support bundle" }).click();
    const file = await coming;
    expect(file.suggestedFilename()).toBe("offtake-support.json");
    const text = readFileSync(await file.path(), "utf8");
    expect(JSON.parse(text)).toMatchObject({ schema: "offtake/support-bundle@1", settings: { readOnly: true } });
    const cookies = (await served.cookies())
      .split("; ")
      .map((one) => one.slice(one.indexOf("=") + 1))
      .filter((one) => one.length > 8);
    for (const secret of ["openai", "microsoft", "oracle", "coreweave", "stargate", "First administrator", ...cookies])
      expect(text.toLowerCase()).not.toContain(secret.toLowerCase());
    expect(text).not.toMatch(/USD|\$\d/);
    await close();
  });
});
