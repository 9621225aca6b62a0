import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasBrowser, type Looking, StaticConsole } from "./browser.fixture.ts";
import { hasNoViolation } from "./pages.fixture.ts";

const DEMO = "demo=aurora";
/** One that is read, one that can be read in two ways, one without a start, and a change of the first. */
const LIST = `Id,Counterparty,Right,Start,End,Colour,Amends
Z-1,Zephyr Cloud,first refusal,2026-01-01,2027-12-31,blue,
Z-2,Northlight,,03/04/2026,2027-12-31,crimson,
Z-3,Northlight,,,2027-12-31,crimson,
Z-1b,Zephyr Cloud,,2026-06-01,2028-12-31,,Z-1
`;

describe.skipIf(!hasBrowser())("a spreadsheet of agreements in a browser", () => {
  let site: StaticConsole;
  let looking: Looking;
  beforeAll(async () => {
    site = await StaticConsole.start();
    looking = await site.open(`/import-agreements?${DEMO}`);
  }, 180_000);
  afterAll(async () => {
    await looking.close();
    await site.close();
  });

  test("[A9] each row is read or refused at its cell, read anew as somebody says, and recorded with the others or not at all", async () => {
    const { page, wrongs } = looking;
    await hasNoViolation(page);
    const file = page.locator("input[type=file]");
    await file.setInputFiles({ name: "no-list.csv", mimeType: "text/csv", buffer: Buffer.from("some,words\n1,2\n") });
    await page
      .getByRole("alert")
      .getByText(/names columns such as counterparty/)
      .waitFor();
    await file.setInputFiles({ name: "list.csv", mimeType: "text/csv", buffer: Buffer.from(LIST) });
    await page.getByRole("heading", { name: "3 · Its rows: 2 read, 2 refused" }).waitFor();
    const rows = page.getByRole("grid", { name: "Rows of the list" });
    await rows.getByRole("row", { name: /^3 .*Refused/ }).click();
    const detail = page.getByRole("heading", { name: "Row 3 is refused" }).locator("..");
    for (const part of ["Start", "03/04/2026", "ambiguous_date"])
      await detail.getByText(part, { exact: true }).waitFor();
    await hasNoViolation(page);

    await page.getByLabel("03/04/2027 is").selectOption("day-first");
    await page.getByRole("heading", { name: "3 · Its rows: 3 read, 1 refused" }).waitFor();
    await rows.getByRole("row", { name: /^3 .*Read/ }).click();
    await page.getByLabel("The agreement as a file").getByText("from: 2026-04-03").waitFor();
    await page.getByLabel("Colour is read as").selectOption("ignore");
    await rows.getByRole("row", { name: /^3 .*Read/ }).click();
    expect(await page.getByLabel("The agreement as a file").innerText()).not.toContain("crimson");

    await page.getByText("New to this book, and recorded with them: Zephyr Cloud (zephyr-cloud).").waitFor();
    await page.getByRole("button", { name: "Plan", exact: true }).click();
    await page.getByText("Plan: 2 to add, 1 to change.").waitFor();
    const record = page.getByRole("button", { name: "Record 3 agreements" });
    expect(await record.getAttribute("aria-disabled")).toBe("true");
    const reason = page.locator(`[id="${(await record.getAttribute("aria-describedby")) ?? ""}"]`);
    expect(await reason.textContent()).toBe("Say first that the refused rows are left out");
    await hasNoViolation(page);
    await page.getByRole("checkbox", { name: /Leave the 1 refused row out/ }).check();
    await record.click();
    await page.getByText(/^[0-9a-f]{64}$/).waitFor();

    await page.getByRole("link", { name: "all agreements" }).click();
    const listed = page.getByRole("grid", { name: "Agreements" });
    await listed.getByRole("row", { name: /^Z-1 .*Zephyr Cloud.* 2 / }).waitFor();
    await listed.getByRole("row", { name: /^Z-2 / }).waitFor();
    expect(await listed.getByRole("row", { name: /^Z-3 / }).count()).toBe(0);
    expect(wrongs).toEqual([]);
  }, 120_000);

  test("[A9] what is on record already is left as it is, or amended: with both versions side by side, and not before one knows what would be gone", async () => {
    const { page, wrongs } = looking;
    await page.goto(`${site.origin}/import-agreements?${DEMO}`);
    const list = (rows: string) => ({
      name: "list.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(`Id,Counterparty,Right,Start,End\n${rows}\n`),
    });
    const file = page.locator("input[type=file]");
    await file.setInputFiles(
      list("ember-top,Ember Compute,,2026-01-21,2031-12-31\nZ-9,Northlight,,2026-06-01,2027-12-31"),
    );
    await page.getByText("1 agreement of the list is on record already").waitFor();
    const plan = page.getByRole("button", { name: "Plan", exact: true });
    await plan.click();
    await page.getByText("Plan: 1 to add, 0 to change.").waitFor();

    await page.getByText("Amend as the list says").click();
    await plan.click();
    await page.getByText("Plan: 1 to add, 1 to change.").waitFor();
    await page.getByText("effectiveTo changed").waitFor();
    const record = page.getByRole("button", { name: "Record 2 agreements" });
    expect(await record.getAttribute("aria-disabled")).toBe("true");
    await hasNoViolation(page);
    await page.getByRole("checkbox", { name: /The list does not have ember-top / }).check();
    await record.click();
    await page.getByText(/^[0-9a-f]{64}$/).waitFor();
    await page.getByRole("link", { name: "all agreements" }).click();
    await page
      .getByRole("grid", { name: "Agreements" })
      .getByRole("row", { name: /^ember-top .* 2 31 Dec 2031 / })
      .waitFor();
    expect(wrongs).toEqual([]);
  }, 120_000);
});
