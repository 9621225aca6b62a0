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

  test("[A9] a mistake is told with its line, what is right is planned and recorded as planned, once", async () => {
    const { page, wrongs } = looking;
    const file = page.getByRole("textbox", { name: "The agreement as a file" });
    const write = async (text: string): Promise<void> => {
      // Emptied and then typed at the caret: a browser that replaces marked text keeps its looks by a style that the policy does not allow.
      await file.press("ControlOrMeta+a");
      await page.keyboard.press("Delete");
      await page.keyboard.insertText(text);
    };
    await write(WRONG);
    await page.getByRole("button", { name: "Plan", exact: true }).click();
    const line = page.getByRole("button", { name: "line 5" });
    await line.waitFor();
    await page.getByText("Did you mean effective?").waitFor();
    expect(await axeOn(page)).toEqual([]);
    await line.click();
    expect(await page.locator(".cm-activeLine").innerText()).toBe("efective: { from: 2025-08-21, to: 2027-08-20 }");
    const record = page.getByRole("button", { name: "Record as planned" });
    expect(await record.getAttribute("aria-disabled")).toBe("true");

    // What is wrong is marked where it stands, also while it is written, and the schema completes.
    await page.locator(".cm-lintRange-error").first().waitFor();
    await write(WRONG.replace(/efective[^]*/, "eff"));
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.press("Control+Space");
    const suggestion = page.getByRole("option", { name: /^effective/ });
    await suggestion.waitFor();
    expect(await axeOn(page)).toEqual([]);
    await page.keyboard.press("Enter");
    await page.locator(".cm-activeLine").getByText("effective:").waitFor();

    await write(RIGHT);
    await page.getByRole("button", { name: "Plan", exact: true }).click();
    await page.getByText("Plan: 0 to add, 1 to change.").waitFor();
    await page.getByText(/version 1 → 2/).waitFor();
    expect(await axeOn(page)).toEqual([]);
    await record.click();
    await page.getByText(/^[0-9a-f]{64}$/).waitFor();
    await page.getByText("schema: offtake/agreement@1", { exact: true }).waitFor();
    expect(await file.innerText()).not.toContain("northlight");
    // The browser itself writes to its console that the broker said no to the first plan; nothing else may be there.
    expect(wrongs.filter((one) => !one.includes("422"))).toEqual([]);
  }, 120_000);
});
