import { describe, expect, test } from "vitest";
import { hasBrowser } from "./browser.fixture.ts";
import { hasNoViolation, pagesOfTests } from "./pages.fixture.ts";

const MARKET_OPEN = "2026-03-11T12:00:00Z";

describe.skipIf(!hasBrowser())("what is asked for, and what was agreed, in a browser", () => {
  const { open, excuse } = pagesOfTests();

  test("[A9] the position has what is asked for, secured and missing, month by month", async () => {
    const page = await open(`/position?demo=aurora&at=${MARKET_OPEN}`);
    const grid = page.getByRole("region", { name: "Position by month" });
    await grid.getByRole("link", { name: "h100-for-90-days" }).waitFor();
    const cells = (row: string): Promise<readonly string[]> =>
      grid
        .getByRole("row", { name: new RegExp(row) })
        .getByRole("cell")
        .allInnerTexts();
    const months = await grid.getByRole("columnheader").allInnerTexts();
    const may = months.indexOf("May 26") - months.indexOf("Mar 26");
    // July has 31 days, and the request has its last instant before the 30th is over.
    const asked = await cells("Asked for");
    expect(asked.slice(may, may + 2)).toEqual(["4,096", "4,096"]);
    expect(asked[may + 3]).toBe("–");
    expect(await cells("Secured")).toEqual(asked.map((text) => (text === "–" ? "–" : "0")));
    expect(await cells("Missing")).toEqual(asked.map((text) => (text === "–" ? "–" : `◐ ${text}`)));
    await hasNoViolation(page);
    await grid.getByRole("link", { name: "h100-for-90-days" }).click();
    await page.getByRole("heading", { level: 1, name: "h100-for-90-days" }).waitFor();
  }, 120_000);

  test("[A7] an agreement is read as it was in force and as it was known, at an address of its own", async () => {
    const page = await open("/agreements/meridian-master?demo=aurora");
    await page.getByRole("region", { name: "As it was" }).waitFor();
    await hasNoViolation(page);
    await page.getByLabel("In force at (UTC)").fill("2026-03-01T00:00");
    await page.getByText(/^◐\s*Version 1, recorded/).waitFor();
    expect(new URL(page.url()).searchParams.get("forceAt")).toBe("2026-03-01T00:00:00Z");
    await page.getByLabel("In force at (UTC)").fill("2020-01-01T00:00");
    await page.getByText("Nothing of this agreement was in force then").waitFor();
    await hasNoViolation(page);
    await page.reload();
    await page.getByText("Nothing of this agreement was in force then").waitFor();
    await page.getByRole("button", { name: "As it is now" }).click();
    await page
      .getByText(/Reading|Nobody has confirmed/)
      .first()
      .waitFor();
    expect(new URL(page.url()).searchParams.get("forceAt")).toBeNull();
    // The browser itself notes that something was not there.
    excuse("404");
  }, 120_000);
});
