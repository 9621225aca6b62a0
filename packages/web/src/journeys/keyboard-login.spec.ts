import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterEach, describe, expect, test } from "vitest";
import { hasBrowser, type Looking } from "./browser.fixture.ts";
import { tabTo, type } from "./keys.fixture.ts";
import { ServedBroker } from "./served-broker.fixture.ts";

/** A book of two sellers; with a clause, the first of them is asked before the other. */
const bookOf = (tenderWindow: string, agreements: string): string => `
schema: offtake/book@1
keeper: aurora
zone: America/Los_Angeles
policy: { tenderWindow: ${tenderWindow}, tie: none, autoAward: false }
parties:
  - { id: aurora, name: Aurora Labs, roles: buyer }
  - { id: meridian, name: Meridian Cloud, roles: [provider, holder] }
  - { id: ember, name: Ember Compute, roles: provider }
${agreements}
capacity:
  - { id: m1, provider: meridian, accelerator: h100-sxm-80gb, region: us-west, count: 2048, window: { from: 2026-01-01, to: 2099-12-31 } }
  - { id: e1, provider: ember, accelerator: h100-sxm-80gb, region: us-west, count: 1024, window: { from: 2026-01-01, to: 2099-12-31 } }
offers:
  - { id: ember-list, provider: ember, accelerator: h100-sxm-80gb, region: us-west, price: 2.31 USD/h, block: 8, blocks: e1, standing: true }
`;

const ASKED_FIRST = `agreements:
  - name: meridian-master
    title: Meridian is asked first
    owner: R. Weiss
    parties: { buyer: aurora, provider: meridian }
    effective: { from: 2026-01-01, to: 2099-12-31 }
    renewal: { kind: automatic, term: 12 months, notice: 90 days }
    holidays: none
    clauses:
      - { id: first-refusal, kind: first-refusal, scope: { accelerators: [h100-sxm-80gb] }, window: 5 business days, partial: any multiple of 8 }`;

describe.skipIf(!hasBrowser())("the keyboard alone, from the login at a served broker", { timeout: 180_000 }, () => {
  const ends: (() => Promise<void> | void)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end();
  });

  /** Somebody who acts for every party of a book, at its queue, by the one-time login that was typed. */
  async function loggedIn(book: string): Promise<Looking> {
    const folder = mkdtempSync(join(tmpdir(), "offtake-keys-"));
    ends.push(() => rmSync(folder, { recursive: true, force: true }));
    mkdirSync(join(folder, "book"));
    writeFileSync(join(folder, "book", "book.yaml"), book);
    const served = await ServedBroker.start(["--book", join(folder, "book"), "--every-party"]);
    ends.push(() => served.close());
    const looking = await served.stranger();
    const { page } = looking;
    await page.goto(`${served.origin}/queue`);
    await page.getByRole("heading", { name: "Log in to Offtake" }).waitFor();
    await tabTo(page, /^One-time login/);
    await type(page, served.code);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Queue" }).waitFor();
    return looking;
  }

  test("[P1] a request is asked for and its award chosen, [P2] its holder answers in between", async () => {
    const { page, wrongs } = await loggedIn(bookOf("0 hours", ASKED_FIRST));
    await actFor(page, "aurora");
    await ask(page);
    await actFor(page, "meridian");
    await byPalette(page, "notices", "Offers");
    await openFirst(page);
    await tabTo(page, /^On your own machines$/);
    await type(page, "512");
    await tabTo(page, /^Price$/);
    await type(page, "2.55");
    await tabTo(page, /^Accept 512$/);
    await page.keyboard.press("Enter");
    await page.getByText("Your answer is recorded").waitFor();
    await actFor(page, "aurora");
    await byPalette(page, "award scenarios by-keyboard", "by-keyboard");
    await page.getByRole("region", { name: "Cheapest" }).waitFor();
    await tabTo(page, /^Choose cheapest$/);
    await page.keyboard.press("Enter");
    await page.getByRole("alertdialog", { name: /^Award by-keyboard/ }).waitFor();
    await page.keyboard.type("by-keyboard");
    await page.keyboard.press("Enter");
    await page.getByText("Your choice is recorded").waitFor();
    expect(wrongs.filter((one) => !one.includes("401"))).toEqual([]);
  });

  test("[P3] a sealed bid is placed for a request that was asked for just before", async () => {
    const { page, wrongs } = await loggedIn(bookOf("24 hours", ""));
    await actFor(page, "aurora");
    await ask(page);
    await actFor(page, "ember");
    await byPalette(page, "notices", "Offers");
    await openFirst(page);
    await tabTo(page, /^At most$/);
    await type(page, "1024");
    await tabTo(page, /^Price$/);
    await type(page, "2.31");
    await tabTo(page, /^Place sealed bid$/);
    await page.keyboard.press("Enter");
    await page.getByText("Your sealed bid is recorded").waitFor();
    expect(await page.getByText(/^[0-9a-f]{64}$/).count()).toBe(1);
    expect(wrongs.filter((one) => !one.includes("401"))).toEqual([]);
  });
});

/** Types into the palette until one entry is meant, and goes where it leads. */
async function byPalette(page: Page, words: string, heading: string): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.keyboard.type(words);
  await page.getByRole("option").first().waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: heading }).waitFor();
}

/** Changes to another party where one acts for somebody else. */
async function actFor(page: Page, party: string): Promise<void> {
  const address = new RegExp(`as=[^&]*${party}`);
  await page.keyboard.press("Control+k");
  await page.keyboard.type(`act for ${party}`);
  await page.getByText(/^(?:\d+ found|Nothing is called that\.)$/).waitFor();
  const isOther = (await page.getByRole("option").count()) > 0;
  await page.keyboard.press(isOther ? "Enter" : "Escape");
  if (isOther) await page.waitForURL(address);
  await page.getByRole("heading", { level: 1, name: "Queue" }).waitFor();
}

/** 1,024 accelerators for 30 days, by the form. */
async function ask(page: Page): Promise<void> {
  await byPalette(page, "request submit", "New request");
  await tabTo(page, /^Accelerator$/);
  const fields = ["h100-sxm-80gb", "1024", "8", "2036-05-01", "30", "us-*", "training", "2.60", "by-keyboard"];
  for (const text of fields) {
    await type(page, text);
    await page.keyboard.press("Tab");
  }
  await page.getByRole("list", { name: "Steps" }).getByText(/1,024/).first().waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "by-keyboard" }).waitFor();
}

async function openFirst(page: Page): Promise<void> {
  await tabTo(page, /^list /);
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.getByRole("timer").waitFor();
}
