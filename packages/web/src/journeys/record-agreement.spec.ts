import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { axeOn, hasBrowser, type Looking, StaticConsole } from "./browser.fixture.ts";

const WRONG = `schema: offtake/agreement@1
name: northlight-frame
title: Northlight, a longer frame agreement
parties: { buyer: aurora-labs, provider: northlight }
efective: { from: 2025-08-21, to: 2027-08-20 }
`;
const RIGHT = WRONG.replace("efective", "version: 2\neffective");

describe.skipIf(!hasBrowser())("recording an agreement in a browser", () => {
  let site: StaticConsole;
  let looking: Looking;
  beforeAll(async () => {
    site = await StaticConsole.start();
    looking = await site.open("/record-agreement?demo=aurora");
  }, 180_000);
  afterAll(async () => {
    await looking.close();
    await site.close();
  });

  test("a mistake is told with its line, what is right is planned and recorded as planned, once", async () => {
    const { page, wrongs } = looking;
    const file = page.getByRole("textbox", { name: "The agreement as a file" });
    await file.fill(WRONG);
    await page.getByRole("button", { name: "Plan", exact: true }).click();
    const line = page.getByRole("button", { name: "line 5" });
    await line.waitFor();
    await page.getByText("Did you mean effective?").waitFor();
    expect(await axeOn(page)).toEqual([]);
    await line.click();
    const marked = await file.evaluate((area: HTMLTextAreaElement) =>
      area.value.slice(area.selectionStart, area.selectionEnd),
    );
    expect(marked).toBe("efective: { from: 2025-08-21, to: 2027-08-20 }");
    const record = page.getByRole("button", { name: "Record as planned" });
    expect(await record.getAttribute("aria-disabled")).toBe("true");

    await file.fill(RIGHT);
    await page.getByRole("button", { name: "Plan", exact: true }).click();
    await page.getByText("Plan: 0 to add, 1 to change.").waitFor();
    await page.getByText(/version 1 → 2/).waitFor();
    expect(await axeOn(page)).toEqual([]);
    await record.click();
    await page.getByText(/^[0-9a-f]{64}$/).waitFor();
    expect(await file.inputValue()).toBe("");
    // The browser itself writes to its console that the broker said no to the first plan; nothing else may be there.
    expect(wrongs.filter((one) => !one.includes("422"))).toEqual([]);
  }, 60_000);
});
