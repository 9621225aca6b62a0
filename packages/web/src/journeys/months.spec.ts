import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasBrowser } from "./browser.fixture.ts";
import { hasNoViolation } from "./pages.fixture.ts";
import { storyByMonth } from "./by-month.fixture.ts";
import type { ServedStory } from "./served-story.fixture.ts";

interface Told {
  readonly data: readonly {
    readonly view: {
      readonly answers: readonly { readonly verdict: string; readonly answer: { readonly count?: number } }[];
    };
  }[];
}

describe.skipIf(!hasBrowser())("a desk that is asked about each month", { timeout: 180_000 }, () => {
  let story: ServedStory;
  beforeAll(async () => {
    story = await storyByMonth();
  }, 180_000);
  afterAll(() => story.close(), 120_000);

  test("[B4] months are filled in by keyboard and by paste, checked before they are sent, answered at once, and what is not answered is said", async () => {
    const { page, wrongs, close } = await story.desk("meridian", "/offers");
    await page.getByText("Aurora Labs asks you about 3 months of one request").waitFor();
    await page.getByRole("link", { name: "answer them together" }).click();
    await page.getByRole("heading", { level: 1, name: "Months asked by Aurora Labs" }).waitFor();
    const august = page.getByRole("textbox", { name: "You give in 2026-08" });
    const september = page.getByRole("textbox", { name: "You give in 2026-09" });
    const october = page.getByRole("textbox", { name: "You give in 2026-10" });
    await august.focus();
    await page.keyboard.type("1022");
    await page.keyboard.press("Enter");
    expect(await september.evaluate((one) => one === document.activeElement)).toBe(true);
    await page.keyboard.type("0");
    await page.getByText("Not a multiple of 4.").waitFor();
    await page.getByText("Something in the grid is not right yet").last().waitFor();
    await page.getByRole("button", { name: "Use 1,020" }).click();
    await page.getByText("Not answered: 2026-10.").waitFor();
    expect(await october.inputValue()).toBe("");

    // A column of a spreadsheet, from the second month on.
    await september.evaluate((field) => {
      const copied = new DataTransfer();
      copied.setData("text/plain", "512\r\n0\r\n");
      field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: copied, bubbles: true, cancelable: true }));
    });
    await page.getByRole("button", { name: "Accept 2 months, refuse 1" }).waitFor();
    expect([await august.inputValue(), await september.inputValue(), await october.inputValue()]).toEqual([
      "1,020",
      "512",
      "0",
    ]);
    // 1,020 in August and 512 in September, at the 2.60 that is asked.
    await page.getByText("$2,931,552.00").waitFor();
    await hasNoViolation(page);
    // What was filled in survives a reload.
    await page.waitForFunction(() => JSON.stringify(localStorage).includes("1020"));
    await page.reload();
    await page.getByRole("button", { name: "Accept 2 months, refuse 1" }).click();
    await page.getByText("Your answers are recorded").waitFor();
    await page.getByText("1,020 accepted").waitFor();

    expect(await page.getByText("Not answered").count()).toBe(0);

    const { data } = (await (await story.call("meridian", "GET", "/notices?limit=50")).json()) as Told;
    const verdicts = data.flatMap(({ view }) => view.answers).map(({ verdict, answer }) => [verdict, answer.count]);
    expect(verdicts).toHaveLength(3);
    expect(verdicts).toEqual(
      expect.arrayContaining([
        ["binding", 1_020],
        ["binding", 512],
      ]),
    );
    expect(verdicts.filter(([verdict]) => verdict === "refusal")).toHaveLength(1);
    expect(wrongs).toEqual([]);
    await close();
  });
});
