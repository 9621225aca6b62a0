import { describe, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { goTo, hasBrowser } from "./browser.fixture.ts";
import { pagesOfTests } from "./pages.fixture.ts";

const DEMO = "demo=aurora";
const REQUEST = "/requests/h100-for-90-days";
/** The last instant for Meridian's answer is 2026-03-10T00:00:00Z. */
const SOME_HOURS_BEFORE = "2026-03-09T22:20:00Z";
const AFTER_ALL = "2026-03-20T17:00:00Z";
const MARKET_OPEN = "2026-03-11T12:00:00Z";
const as = (party: string): string => `as=aurora%2F${party}`;

describe.skipIf(!hasBrowser())(
  "the story of Aurora Labs, in a browser and without a server",
  { timeout: 180_000 },
  () => {
    const { open } = pagesOfTests();

    test("[A1] a request is created from the form with the keyboard alone, [A2] its plan shown before", async () => {
      const page = await open(`/requests?${DEMO}`);
      await page.getByRole("button", { name: "New request" }).focus();
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: "New request", level: 1 }).waitFor();
      await page.getByRole("textbox", { name: "Accelerator" }).focus();
      for (const text of [
        "h100-sxm-80gb",
        "1024",
        "8",
        "2026-05-01",
        "30",
        "us-*",
        "training",
        "2.60",
        "by-keyboard",
      ]) {
        await page.keyboard.press("ControlOrMeta+a");
        await page.keyboard.type(text);
        await page.keyboard.press("Tab");
      }
      const plan = page.getByRole("list", { name: "Steps" });
      // Of what was filled in last: a plan stands there from before.
      await plan
        .filter({ hasText: "Meridian Cloud" })
        .filter({ hasText: /is asked for 1,024, answers by Mon 9 Mar 2026 17:00 PDT/ })
        .waitFor();
      expect(await plan.innerText()).toContain("meridian-master right-of-first-refusal");
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Submit");
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: "by-keyboard" }).waitFor();
      // What the plan said is what came: the same holder, until the same instant.
      await page.getByRole("timer").waitFor();
      expect(await page.getByRole("timer").innerText()).toContain("Mon 9 Mar 2026 17:00 PDT");
    });

    test("[A4] the deadline reads 17:00 PDT though the notice was sent in PST", async () => {
      const page = await open(`${REQUEST}?${DEMO}`);
      const timer = page.getByRole("timer");
      await timer.waitFor();
      expect(await timer.innerText()).toContain("Mon 9 Mar 2026 17:00 PDT");
      expect(await timer.locator("time").getAttribute("datetime")).toBe("2026-03-10T00:00:00Z");
      expect(await page.getByRole("button", { name: /Time of the broker/ }).innerText()).toContain("PST");
    });

    test("[A6] totals equal the contract's arithmetic to the cent", async () => {
      const page = await open(`${REQUEST}/outcome?${DEMO}&at=${AFTER_ALL}`);
      await page.getByText("$21,894,019.20").waitFor();
      const text = await page.getByRole("main").innerText();
      for (const part of ["$5,109,350.40", "$3,014,668.80", "$2.4746", "4,096"]) expect(text).toContain(part);
    });

    test("[A7] reload on any tab returns to the same view", async () => {
      const page = await open(`${REQUEST}?${DEMO}`);
      for (const [tab, heading] of [
        ["Timeline", "Timeline"],
        ["Explain", "Words"],
        ["Bids and awards", "Awards"],
      ] as const) {
        await page.getByRole("navigation", { name: "Views of the request" }).getByRole("link", { name: tab }).click();
        await page.getByRole("heading", { name: heading, level: 2 }).waitFor();
        const address = page.url();
        expect(address).toContain(DEMO);
        await page.reload();
        await page.getByRole("heading", { name: heading, level: 2 }).waitFor();
        expect(page.url()).toBe(address);
      }
      // The rest by their addresses: nothing moves any more, so that every word must be there again.
      for (const tab of ["award", "documents", "events", "json", "sheet", "outcome"]) {
        await goTo(page, `${REQUEST}/${tab}?${DEMO}`, "h100-for-90-days");
        const before = await page.getByRole("navigation", { name: "Views of the request" }).innerText();
        const current = page.getByRole("navigation", { name: "Views of the request" }).locator("[aria-current=page]");
        const shown = await current.innerText();
        await page.reload();
        await current.getByText(shown, { exact: true }).waitFor();
        expect(await page.getByRole("navigation", { name: "Views of the request" }).innerText()).toBe(before);
        expect(new URL(page.url()).pathname).toBe(`${REQUEST}/${tab}`);
      }
    });

    test("[B1] an hour before the deadline that is said once, not every second", async () => {
      const page = await open(`/offers?${DEMO}&${as("meridian")}&at=${SOME_HOURS_BEFORE}`);
      await page.getByRole("row").nth(1).click();
      await page.getByRole("timer").waitFor();
      expect(await page.getByText("Answer by: 1 hour left", { exact: true }).count()).toBe(0);
      await page.getByRole("button", { name: "+1 h" }).click();
      const said = page.getByText("Answer by: 1 hour left", { exact: true });
      await said.waitFor({ state: "attached" });
      expect(await said.count()).toBe(1);
      expect(await page.getByRole("timer").getAttribute("aria-live")).toBe("off");
      expect(await said.evaluate((node) => node.closest("[aria-live=polite]") !== null)).toBe(true);
      // The countdown goes on, and those who hear the page hear nothing of it.
      const repeated = await page.evaluate(async () => {
        let changes = 0;
        const watch = new MutationObserver((seen) => (changes += seen.length));
        for (const one of document.querySelectorAll("[aria-live=polite]"))
          watch.observe(one, { childList: true, subtree: true, characterData: true });
        await new Promise((over) => setTimeout(over, 2_500));
        watch.disconnect();
        return changes;
      });
      expect(repeated).toBe(0);
    });

    test("[B2] at the deadline the form shuts without a reload", async () => {
      const page = await open(`/offers?${DEMO}&${as("meridian")}&at=${SOME_HOURS_BEFORE}`);
      await page.getByRole("row").nth(1).click();
      const button = page.getByRole("button", { name: /^Accept 4,096/ });
      await button.waitFor();
      expect(await button.getAttribute("aria-disabled")).toBe(null);
      await page.getByRole("button", { name: "To the deadline" }).click();
      await page
        .locator("form p")
        .filter({ hasText: /deadline has passed|notice is lapsed/ })
        .waitFor();
      expect(await button.getAttribute("aria-disabled")).toBe("true");
      expect(await page.getByRole("textbox", { name: "Price" }).isDisabled()).toBe(true);
    });

    test("[B3] what is accepted with pass-through is seen by each party as its own part, [B6] pressed twice is answered once, [B8] no rival is named", async () => {
      const page = await open(`/offers?${DEMO}&${as("meridian")}`);
      await page.getByRole("row").nth(1).click();
      await fill(page, "On your own machines", "1700");
      await fill(page, "Run by another", "800");
      await fill(page, "Who runs them", "corvid-cloud");
      await fill(page, "Price", "2.55");
      await page.getByText("$13,770,000.00", { exact: true }).waitFor();
      await page.getByRole("button", { name: "Accept 2,500" }).dblclick();
      await page.getByText("Your answer is recorded").waitFor();
      // [B6] pressed twice, answered once.
      await page
        .getByText(/^Accepted 2,500/)
        .first()
        .waitFor();
      expect(await page.getByText(/^Accepted 2,500/).count()).toBe(1);
      const hash = await page.getByText(/^[0-9a-f]{64}$/).innerText();
      expect(hash).toHaveLength(64);
      const told = await page.locator("body").innerText();
      // [B8] nothing of the rivals.
      for (const rival of ["Ember", "Northlight", "ember", "northlight"]) expect(told).not.toContain(rival);
      await actFor(page, "aurora-labs");
      await goTo(page, `${REQUEST}?${DEMO}`, "h100-for-90-days");
      const flow = page.getByRole("region", { name: "Flow of demand" });
      await flow.getByText("1,700").first().waitFor({ state: "attached" });
      expect(await flow.textContent()).toMatch(/Corvid Cloud\s*800/);
      await actFor(page, "corvid-cloud");
      await page.getByRole("heading", { name: "Queue" }).waitFor();
      await goTo(page, `/awards?${DEMO}&${as("corvid-cloud")}`, "Awards");
      const seen = await page.locator("body").innerText();
      for (const secret of ["2,500", "4,096", "2.55", "1,700"]) expect(seen).not.toContain(secret);
    }, 120_000);

    test("[B4] a number that is no whole block offers the two nearest, and both work", async () => {
      const page = await open(`/offers?${DEMO}&${as("meridian")}`);
      await page.getByRole("row").nth(1).click();
      await fill(page, "On your own machines", "2501");
      await page.getByText("2,501 is not a multiple of 4. Use 2,500 or 2,504.").waitFor();
      await page.getByRole("button", { name: "Use 2,500" }).click();
      await page.getByRole("button", { name: "Accept 2,500" }).waitFor();
      await fill(page, "On your own machines", "2501");
      await page.getByRole("button", { name: "Use 2,504" }).click();
      const accept = page.getByRole("button", { name: "Accept 2,504" });
      await accept.waitFor();
      expect(await accept.getAttribute("aria-disabled")).toBe(null);
    });

    test("[B5] a draft survives a reload", async () => {
      const page = await open(`/offers?${DEMO}&${as("meridian")}`);
      await page.getByRole("row").nth(1).click();
      await fill(page, "On your own machines", "1200");
      await page.getByText(/^Draft kept/).waitFor();
      await page.reload();
      const button = page.getByRole("button", { name: /^Accept \d/ });
      await button.waitFor();
      expect(await button.innerText()).toBe("Accept 1,200");
    });

    test("[C3] a bidder sees what others can see, and a foreign address is the same nothing as a made-up one", async () => {
      const page = await open(`/offers?${DEMO}&${as("ember")}&at=${MARKET_OPEN}`);
      await page.getByRole("row").nth(1).click();
      await page.getByRole("heading", { name: "What others can see" }).waitFor();
      await page.getByText("Nothing: not that you were invited, looked, or bid.").waitFor();
      const seen = await page.locator("body").innerText();
      for (const secret of ["Meridian", "Northlight", "Corvid", "2,500", "2.55"]) expect(seen).not.toContain(secret);
      await goTo(page, `/queue?${DEMO}&${as("ember")}`, "Queue");
      const answers: string[] = [];
      for (const id of ["h100-for-90-days", "req_00000000000000000000"]) {
        await page.evaluate((to) => history.pushState({}, "", to), `/requests/${id}?${DEMO}&${as("ember")}`);
        await page.getByText("There is nothing at this address that you can see.").waitFor();
        answers.push(await page.getByRole("main").innerText());
      }
      expect(answers[0]).toBe(answers[1]);
    });

    test("[P3] a sealed bid is placed with the keyboard alone, and its receipt is shown", async () => {
      const page = await open(`/offers?${DEMO}&${as("ember")}&at=${MARKET_OPEN}`);
      await page.getByRole("row").nth(1).click();
      const price = page.getByRole("textbox", { name: "Price" });
      await price.focus();
      await page.keyboard.type("2.31");
      for (let presses = 0; presses < 8; presses += 1) {
        await page.keyboard.press("Tab");
        if ((await page.evaluate(() => document.activeElement?.textContent)) === "Place sealed bid") break;
      }
      await page.keyboard.press("Enter");
      await page.getByText("Your sealed bid is recorded").waitFor();
      expect(await page.getByText(/^[0-9a-f]{64}$/).count()).toBe(1);
    });
  },
);

/** Types into a field as a person does, and leaves it. */
async function fill(page: Page, label: string, text: string): Promise<void> {
  const field = page.getByRole("textbox", { name: label });
  await field.fill(text);
  await field.press("Tab");
}

/** Changes by the header's menu to another party: the broker in the page goes on. */
async function actFor(page: Page, party: string): Promise<void> {
  await page.getByRole("button", { name: /You act for/ }).click();
  await page.getByRole("menuitemradio", { name: party }).click();
  await page.getByRole("heading", { name: "Queue" }).waitFor();
}
