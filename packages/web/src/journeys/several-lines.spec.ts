import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasBrowser } from "./browser.fixture.ts";
import { refuseMonths, storyByMonth } from "./by-month.fixture.ts";
import { hasNoViolation } from "./pages.fixture.ts";
import type { ServedStory } from "./served-story.fixture.ts";

interface Bids {
  readonly data: readonly {
    readonly status: string;
    readonly view: {
      readonly bid: {
        readonly package?: object;
        readonly lines: readonly {
          readonly line: number;
          readonly countMax: number;
          readonly tiers: readonly unknown[];
        }[];
      };
    };
  }[];
}

describe.skipIf(!hasBrowser())("a bidder who is invited to several lines", { timeout: 180_000 }, () => {
  let story: ServedStory;
  beforeAll(async () => {
    story = await storyByMonth();
    await refuseMonths(story);
  }, 180_000);
  afterAll(() => story.close(), 120_000);

  test("offers some of the lines, all or none, kept as a draft, to its receipt; others see nothing of it", async () => {
    const { page, wrongs, close } = await story.desk("ember", "/offers");
    await page.getByRole("row").nth(1).click();
    await page.getByRole("heading", { level: 1, name: "and 2 more lines" }).waitFor();
    for (const line of [1, 2, 3])
      await page
        .getByRole("region", { name: `Line ${line}` })
        .getByText("up to 1,024")
        .waitFor();
    await page.getByText("Nothing: not that you were invited, looked, or bid.").waitFor();
    const line = (number: number) => page.getByRole("group", { name: `Line ${number}` });
    await page.getByText("Say your price").last().waitFor();

    await line(1).getByRole("textbox", { name: "Price" }).fill("2.31");
    await line(1).getByRole("button", { name: "The same price for all lines" }).click();
    await line(2).getByRole("textbox", { name: "At most" }).fill("514");
    await page.keyboard.press("Tab");
    await line(2).getByText("A multiple of 4.").waitFor();
    await line(2).getByRole("textbox", { name: "At most" }).fill("512");
    await page.keyboard.press("Tab");
    await line(3)
      .getByRole("checkbox", { name: /Offer it/ })
      .uncheck();
    // 1,024 during 744 hours and 512 during 720, at 2.31.
    await page.getByText("$2,611,445.76").waitFor();
    await page.getByText("All or none", { exact: true }).click();
    await hasNoViolation(page);

    await page.waitForFunction(() => JSON.stringify(localStorage).includes("together"));
    await page.reload();
    await page.getByText("$2,611,445.76").waitFor();
    expect(await page.getByRole("radio", { name: "All or none" }).isChecked()).toBe(true);
    await page.getByRole("button", { name: "Place sealed bid" }).click();
    await page.getByText("Your sealed bid is recorded").waitFor();
    await page.getByRole("region", { name: "Your bids" }).getByText("512 at $2.31/accelerator-h").waitFor();

    const { data } = (await (await story.call("ember", "GET", "/bids?limit=50")).json()) as Bids;
    const own = data.filter(({ status, view }) => status === "sealed" && view.bid.lines.length === 2);
    expect(own.map(({ view }) => view.bid.lines.map(({ line: number, countMax }) => [number, countMax]))).toEqual([
      [
        [1, 1_024],
        [2, 512],
      ],
    ]);
    expect(own[0]?.view.bid.package).toBeDefined();
    const rival = (await (await story.call("northlight", "GET", "/bids?limit=50")).json()) as Bids;
    expect(rival.data).toEqual([]);
    expect(wrongs).toEqual([]);
    await close();
  });
});
