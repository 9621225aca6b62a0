import { describe, expect, test } from "vitest";
import { hasBrowser } from "./browser.fixture.ts";
import { hasNoViolation, pagesOfTests } from "./pages.fixture.ts";

const STORY = "demo=stargate-2025&at=2030-01-01T00:00:00Z";

describe.skipIf(!hasBrowser())("readings that nobody has confirmed", { timeout: 90_000 }, () => {
  const { open } = pagesOfTests();

  test("[A5] are marked in the list, on the page and in the reasons, and go once somebody of legal has compared them", async () => {
    const page = await open(`/agreements?${STORY}`);
    const marked = page.getByRole("row").filter({ hasText: "unconfirmed" }).first();
    await marked.waitFor();
    await marked.click();
    const note = page.getByRole("note").filter({ hasText: "nobody has confirmed" });
    await note.waitFor();
    const before = /^\W*(\d+) readings? of/.exec(await note.innerText())?.[1] ?? "";
    expect(Number(before)).toBeGreaterThan(1);
    const version = /version (\d+),/.exec(await page.locator("main header").first().innerText())?.[1] ?? "";
    await page.getByRole("button", { name: "Confirm the reading" }).first().click();
    const form = page.getByRole("form", { name: /^Confirm the reading of/ });
    const clause = (await form.getAttribute("aria-label"))?.replace("Confirm the reading of ", "") ?? "";
    await form.getByLabel(/^Who compared them/).fill("R. Weiss");
    await hasNoViolation(page);
    await form.getByRole("button", { name: "I have compared them" }).click();
    const shown = page.locator(`[id="${clause}"]`);
    await shown.getByText("Reading confirmed by R. Weiss").waitFor();
    await page.getByText(`version ${Number(version) + 1},`).waitFor();
    await page.getByText(new RegExp(`${Number(before) - 1} readings? of \\d+ nobody has confirmed`)).waitFor();
    // What was decided before was decided on what nobody had confirmed, and goes on saying so.
    await page.goto(`${new URL(page.url()).origin}/requests/inference-2025/explain?${STORY}`);
    await page.getByText("reading not confirmed").first().waitFor();
  });
});
