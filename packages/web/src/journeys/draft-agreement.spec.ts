import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasBrowser, type Looking, StaticConsole } from "./browser.fixture.ts";
import { hasNoViolation } from "./pages.fixture.ts";

describe.skipIf(!hasBrowser())("an agreement from a template in a browser", () => {
  let site: StaticConsole;
  let looking: Looking;
  beforeAll(async () => {
    site = await StaticConsole.start();
    looking = await site.open("/draft-agreement?demo=aurora");
  }, 180_000);
  afterAll(async () => {
    await looking.close();
    await site.close();
  });

  test("[A9] questions become a clause in words, its reading is confirmed and undone by another answer, and it is recorded as planned", async () => {
    const { page, wrongs } = looking;
    await page.getByText("What shall the agreement be called?").waitFor();
    await hasNoViolation(page);
    const plan = page.getByRole("button", { name: "Plan", exact: true });
    expect(await plan.getAttribute("aria-disabled")).toBe("true");
    for (const [question, answer] of [
      ["What shall the agreement be called?", "northlight-first"],
      ["Who buys?", "aurora-labs"],
      ["Who sells?", "northlight"],
      ["On which day does it begin?", "2026-04-01"],
      ["Which is its last day?", "2027-12-31"],
      ["What shall the clause be called?", "asked-first"],
      ["Which accelerators is it about?", "H200"],
      ["How long may the holder take to answer?", "soon"],
    ] as const)
      await page.getByLabel(question).fill(answer);
    await page.getByText("1 answer is missing or wrong.").waitFor();
    const window = page.getByLabel("How long may the holder take to answer?");
    expect(await window.getAttribute("aria-invalid")).toBe("true");
    await window.fill("3 business days");
    const says = page.getByRole("region", { name: "What it says" });
    await says.getByText("3 business days").waitFor();
    expect(await says.innerText()).toMatch(/What does it mean when the holder says nothing\? left open, so: a refusal/);

    const confirmed = page.getByRole("checkbox", { name: /was compared with the contract/ });
    await confirmed.check();
    await page.getByLabel("Compared by").fill("A. Counsel");
    await page.getByLabel("The agreement as a file").getByText("reading: { by: A. Counsel").waitFor();
    // What was confirmed was what stood there.
    await window.fill("4 business days");
    expect(await confirmed.isChecked()).toBe(false);
    await confirmed.check();
    await page.getByLabel("Compared by").fill("A. Counsel");

    await plan.click();
    await page.getByText("Plan: 1 to add, 0 to change.").waitFor();
    await hasNoViolation(page);
    await page.getByRole("button", { name: "Record as planned" }).click();
    await page.getByText(/^[0-9a-f]{64}$/).waitFor();
    await page.getByRole("link", { name: "all agreements" }).click();
    await page.getByRole("row", { name: /^northlight-first / }).click();
    await page.getByRole("heading", { level: 1, name: "northlight-first" }).waitFor();
    await page.getByText(/Reading confirmed by A. Counsel/).waitFor();
    await page.getByText("4 business days").first().waitFor();
    expect(wrongs).toEqual([]);
  }, 120_000);
});
