import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { openDoor, startInMemory } from "@offtake/server/page";
import type { FeedEntry } from "@offtake/store/feeds";
import type { BookName } from "@offtake/store/log";
import type { PartyId } from "@offtake/core/kernel";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ConsoleStory } from "../demo/story.ts";
import { axeOn, hasBrowser, inTheme, type Looking, StaticConsole } from "./browser.fixture.ts";

const STORY = fileURLToPath(new URL("../../public/stories/aurora.json", import.meta.url));
const HOLDER = "meridian" as PartyId;

/** What the holder of the story was told until its end. */
async function told(): Promise<{ readonly book: BookName; readonly entries: readonly FeedEntry[] }> {
  const { book, keeper, records } = JSON.parse(readFileSync(STORY, "utf8")) as ConsoleStory;
  const { feeds } = await startInMemory({
    book,
    keeper,
    records,
    clock: () => records.at(-1)?.at ?? 0,
    door: openDoor(book, [HOLDER]),
    origins: () => [],
    failed: (error) => {
      throw error;
    },
  });
  return { book, entries: await feeds.store.readFeed(book, HOLDER, 0, 10_000) };
}

describe.skipIf(!hasBrowser())("evidence checked in a browser", () => {
  let site: StaticConsole;
  let looking: Looking;
  let evidence: string;
  let feed: string;
  let entries: readonly FeedEntry[];
  beforeAll(async () => {
    const of = await told();
    entries = of.entries;
    const { book } = of;
    const notice = /"(ntc_[^"]+)"/.exec(entries.map(({ body }) => body).join("\n"))?.[1];
    const lines = entries.map(({ position, body, hash }) => ({ position, hash, body }));
    evidence = JSON.stringify({ schema: "offtake/evidence@1", book, party: HOLDER, notice, feed: lines, files: [] });
    feed = [{ schema: "offtake/feed@1", book, party: HOLDER }, ...lines].map((line) => JSON.stringify(line)).join("\n");
    site = await StaticConsole.start();
    looking = await site.open("/evidence?demo=aurora");
  }, 180_000);
  afterAll(async () => {
    await looking.close();
    await site.close();
  });

  const open = (page: Page, name: string, text: string): Promise<void> =>
    page.locator("input[type=file]").setInputFiles({ name, mimeType: "application/json", buffer: Buffer.from(text) });

  test("[G1] a byte that was changed is told at its entry, [G2] evidence is decided again without a network, [G4] paper says what the page says, [G5] times stand in UTC and on the clock of the contract", async () => {
    const { page, context, wrongs } = looking;
    await open(page, "evidence.json", evidence);
    await page.getByText("Nothing fails").waitFor();
    const checks = page.getByRole("list", { name: "Checks" });
    for (const check of ["chain", "notice", "clause", "delivery", "deadline", "answer", "end"])
      await checks.getByText(check, { exact: true }).waitFor();
    expect(await checks.innerText()).toContain("Mon 9 Mar 2026 17:00 PDT (2026-03-10T00:00:00Z)");
    const instants = await checks.evaluate((list) => [
      (list.textContent ?? "").match(/\d{4}-\d\d-\d\dT/g)?.length,
      list.querySelectorAll("time").length,
    ]);
    expect(instants[0]).toBeGreaterThan(0);
    expect(instants[1]).toBe(instants[0]);
    const verdicts = await checks.getByRole("listitem").allInnerTexts();
    await page.emulateMedia({ media: "print" });
    expect(await checks.getByRole("listitem").filter({ visible: true }).allInnerTexts()).toEqual(verdicts);
    expect(await page.getByRole("navigation", { name: "Console" }).isVisible()).toBe(false);
    expect((await page.pdf()).subarray(0, 5).toString()).toBe("%PDF-");
    await page.emulateMedia({ media: "screen" });
    for (const theme of ["light", "dark"] as const) {
      await inTheme(page, theme);
      expect(await axeOn(page)).toEqual([]);
    }
    // All that checks it is in the page by now: no network is needed for more.
    await context.setOffline(true);
    await open(page, "changed.json", evidence.replace(String.raw`\"count\":`, String.raw`\"count\":1`));
    await page.getByText(/check fails: do not rely on it/).waitFor();
    expect(await checks.innerText()).toMatch(/entry \d+: its hash does not follow/);

    const last = entries.at(-1);
    await open(page, "evidence.json", evidence);
    const receipts = page.getByLabel(/Receipts that you kept/);
    await receipts.fill(`${last?.position}:${last?.hash}`);
    await checks.getByText("receipt", { exact: true }).waitFor();
    await receipts.fill(`${last?.position}:${"0".repeat(64)}`);
    await page.getByText(/another one than the receipt says/).waitFor();
    await receipts.fill("12");
    await page.getByText(/A receipt is the number of an entry/).waitFor();
    await receipts.fill("");

    await open(page, "feed.ndjson", feed);
    await page.getByText("Nothing was changed").waitFor();
    await page.getByText(`${entries.length.toLocaleString("en-US")} entries told to meridian`).waitFor();
    await open(page, "notes.json", '{"schema":"offtake/evidence@1"');
    await page.getByText(/notes.json cannot be read: it is cut off/).waitFor();
    await context.setOffline(false);
    expect(wrongs).toEqual([]);
  }, 180_000);
});
