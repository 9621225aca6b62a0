import type { Page } from "playwright-core";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { axeOn, hasBrowser, inTheme } from "./browser.fixture.ts";
import { type Desk, ServedStory } from "./served-story.fixture.ts";
import { toldOf } from "./told.fixture.ts";

const REQUEST = "/requests/h100-for-90-days";
/** Meridian's deadline is 2026-03-10T00:00:00Z. */
const BEFORE_IT = "2026-03-09T23:00:00Z";
const JUST_AFTER = "2026-03-10T00:00:01.500Z";

async function fill(page: Page, label: string, text: string): Promise<void> {
  const field = page.getByRole("textbox", { name: label });
  await field.fill(text);
  await field.press("Tab");
}

async function openNotice({ page }: Desk): Promise<void> {
  await page.getByRole("row").nth(1).click();
  await page.getByRole("timer").waitFor();
  await page
    .getByRole("region", { name: "Your capacity" })
    .getByText(/stay free|promised than/)
    .waitFor();
}

interface Answered {
  readonly data: readonly { readonly view: { readonly answers: readonly { readonly verdict: string }[] } }[];
}

describe.skipIf(!hasBrowser())("the desk of a holder, before a broker", { timeout: 180_000 }, () => {
  let story: ServedStory;
  const desks: Desk[] = [];
  const begin = async (at?: string): Promise<void> => {
    story = await ServedStory.start(at);
  };
  const desk = async (party: string, path: string): Promise<Desk> => {
    const made = await story.desk(party, path);
    desks.push(made);
    return made;
  };
  const answers = async () => {
    const { data } = (await (await story.call("meridian", "GET", "/notices")).json()) as Answered;
    return data[0]?.view.answers.map(({ verdict }) => verdict) ?? [];
  };
  beforeAll(async () => {
    await (await ServedStory.start()).close();
  }, 180_000);
  afterEach(async () => {
    const wrongs = desks.flatMap((one) => one.wrongs);
    for (const one of desks.splice(0)) await one.close();
    await story.close();
    // A no of the broker and a line that a test cut are what browsers complain about; nothing else may be.
    const left = wrongs.filter((one) => !/Failed to load resource|ERR_FAILED/.test(one));
    if (left.length > 0) throw new Error(left.join("\n"));
  });
  test("[B3] each sees its own part of what is passed through, [B6] pressed twice is answered once, [B7] the receipt is that of the evidence, [B8] no rival is named", async () => {
    await begin();
    const holder = await desk("meridian", "/offers");
    const { page } = holder;
    await openNotice(holder);
    await fill(page, "On your own machines", "1700");
    await fill(page, "Run by another", "800");
    await fill(page, "Price", "2.55");
    await page.getByText("at least 3,100 stay free").waitFor();
    const others = page.getByRole("region", { name: "What others will see" });
    expect(await others.innerText()).toMatch(/accept 2,500 of 4,096: 1,700 of your own, 800 run by corvid-cloud/);
    for (const theme of ["light", "dark"] as const) {
      await inTheme(page, theme);
      expect(await axeOn(page)).toEqual([]);
    }
    await page.getByRole("button", { name: "Accept 2,500" }).dblclick();
    await page.getByText("Your answer is recorded").waitFor();
    expect(await answers()).toEqual(["binding"]);
    const shown = await page.getByText(/^[0-9a-f]{64}$/).innerText();
    const exported = await (await story.call("meridian", "GET", "/feed/export")).text();
    const chain = exported
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { readonly hash?: string });
    expect(chain.map(({ hash }) => hash)).toContain(shown);
    const buyer = await desk("aurora-labs", REQUEST);
    const flow = buyer.page.getByRole("region", { name: "Flow of demand" });
    await flow.getByText("1,700").first().waitFor({ state: "attached" });
    expect(await flow.textContent()).toMatch(/Corvid Cloud\s*800/);
    const host = await desk("corvid-cloud", "/offers");
    await host.page.getByRole("region", { name: "Run by you for others" }).getByText("800 for meridian").waitFor();
    await host.page.goto(`${story.origin}/awards`);
    await host.page.getByText(/Awards will be here/).waitFor();
    // Not only what is shown: nothing that went over the wire.
    await host.quiet();
    const wire = host.log.map(({ text, headers }) => text + headers).join("\n");
    expect(wire).toContain('"count":800');
    expect(toldOf(wire, ["2500", "4096", "2.55", "1700", "h100-for-90-days"])).toEqual([]);
    await holder.quiet();
    const own = holder.log.map(({ text, headers }) => text + headers).join("\n");
    // [B8] nothing on the page, in JSON or in headers names a rival.
    expect(own).not.toMatch(/\b(?:ember|northlight)\b/i);
  });

  test("[B9] what was sent in time and came late is recorded as late, is no acceptance, also when the same is sent again, and the draft is kept", async () => {
    await begin(BEFORE_IT);
    const holder = await desk("meridian", "/offers");
    const { page } = holder;
    await openNotice(holder);
    await fill(page, "On your own machines", "1200");
    await page.getByText(/^Draft kept/).waitFor();
    // The way takes longer than what is left.
    let sent: { readonly url: string; readonly headers: Record<string, string>; readonly body: string } | undefined;
    await page.route("**/answers", async (route) => {
      const request = route.request();
      sent = { url: request.url(), headers: await request.allHeaders(), body: request.postData() ?? "" };
      await story.moveTo(JUST_AFTER);
      await route.continue();
    });
    await page.getByRole("button", { name: "Accept 1,200" }).click();
    const told = page.getByRole("alert").filter({ hasText: "Recorded as late; not an acceptance" });
    await told.waitFor();
    expect(await told.innerText()).toMatch(/Received .*17:00:[0-5]\d.*, deadline 17:00 PDT/);
    expect(await answers()).toEqual(["late"]);
    await page
      .locator("form p")
      .filter({ hasText: /deadline has passed|notice is lapsed/ })
      .waitFor();
    expect(await page.getByRole("textbox", { name: "On your own machines" }).inputValue()).toBe("1,200");
    // Byte for byte the same as the page sent it, under the same key: 409, and nothing is recorded anew.
    if (sent === undefined) throw new Error("Broken belief: the page has sent its answer");
    const { ":authority": _, connection: __, ...headers } = sent.headers;
    const replayed = await fetch(sent.url, { method: "POST", headers, body: sent.body });
    expect([replayed.status, await replayed.json()]).toMatchObject([409, { code: "response_late" }]);
    expect(await answers()).toEqual(["late"]);
    // Sent once more under another key: still late, still no acceptance.
    const [{ id } = { id: "" }] = (
      (await (await story.call("meridian", "GET", "/notices")).json()) as {
        data: readonly { readonly id: string }[];
      }
    ).data;
    const again = await story.call("meridian", "POST", `/notices/${id}/answers`, { type: "accept", count: 1_200 });
    expect(again.status).toBe(409);
    expect(await again.json()).toMatchObject({ code: "response_late", receipt: { hash: expect.any(String) } });
    expect(new Set(await answers())).toEqual(new Set(["late"]));
  });

  test("[A3] the countdown is the broker's though the clock of the machine is two hours ahead", async () => {
    await begin(BEFORE_IT);
    const holder = await desk("meridian", "/offers");
    await holder.context.addInitScript("{ const real = Date.now; Date.now = () => real() + 7_200_000; }");
    await holder.page.reload();
    await openNotice(holder);
    await holder.page.getByText("this machine is").waitFor();
    // An hour is left: by the clock of the machine the deadline would have passed an hour ago.
    expect(await holder.page.getByRole("timer").innerText()).toMatch(/\b(?:1 h 0 m|59 m)/);
    const accept = holder.page.getByRole("button", { name: /^Accept 4,096/ });
    expect(await accept.getAttribute("aria-disabled")).toBe(null);
  });

  test("two of one desk at once: the second is told what the first answered, and loses nothing of its own", async () => {
    await begin();
    const first = await desk("meridian", "/offers");
    const second = await desk("meridian", "/offers");
    await openNotice(first);
    await openNotice(second);
    await fill(second.page, "On your own machines", "1000");
    await second.page.getByText(/^Draft kept/).waitFor();
    await fill(first.page, "On your own machines", "2500");
    await first.page.getByRole("button", { name: "Accept 2,500" }).click();
    await first.page.getByText("Your answer is recorded").waitFor();
    // One's own answer is no news to oneself.
    expect(await first.page.getByText("Changed since you opened this").count()).toBe(0);
    const changed = second.page.getByRole("alert", { name: "Changed since you opened this" });
    await changed.waitFor();
    expect(await changed.innerText()).toMatch(/Somebody of your party has answered: Accepted 2,500 at \$2.60/);
    const accept = second.page.getByRole("button", { name: "Accept 1,000" });
    expect(await accept.getAttribute("aria-disabled")).toBe("true");
    expect(await axeOn(second.page)).toEqual([]);
    await changed.getByRole("button", { name: "I have seen it" }).click();
    await changed.waitFor({ state: "detached" });
    expect(await second.page.getByRole("textbox", { name: "On your own machines" }).inputValue()).toBe("1,000");
    await second.page.locator("form p").filter({ hasText: "An answer of your party stands, and binds" }).waitFor();
    expect(await accept.getAttribute("aria-disabled")).toBe("true");
    expect(await answers()).toEqual(["binding"]);
  });

  test("a second answer that knew nothing of the first one changes nothing, and is told so", async () => {
    await begin();
    const second = await desk("meridian", "/offers");
    await openNotice(second);
    await fill(second.page, "On your own machines", "1000");
    await second.page.getByText(/^Draft kept/).waitFor();
    // Between the reading and the sending somebody else of the desk answers.
    await second.page.route("**/answers", async (route) => {
      const url = new URL(route.request().url());
      const path = url.pathname.replace("/v1/books/aurora", "");
      const { status } = await story.call("meridian", "POST", path, { type: "accept", count: 2_500 });
      if (status === 200) await route.continue();
    });
    await second.page.getByRole("button", { name: "Accept 1,000" }).click();
    const told = second.page.getByRole("alert").filter({ hasText: "Somebody of your party has answered already" });
    await told.waitFor();
    expect(await told.innerText()).toMatch(/: Accepted 2,500, received .*\. It stands; yours is recorded/);
    expect(await told.innerText()).toContain("What you filled in is kept.");
    await second.page.getByText("That it came, and when, is recorded").waitFor();
    const changed = second.page.getByRole("alert", { name: "Changed since you opened this" });
    expect(await changed.innerText()).toContain("Accepted 2,500");
    expect(await changed.innerText()).not.toContain("Accepted 1,000");
    expect(await answers()).toEqual(["binding", "ignored"]);
    expect(await second.page.getByRole("textbox", { name: "On your own machines" }).inputValue()).toBe("1,000");
  });

  test("[B5] a draft survives that somebody was logged out, and an oversale is said to be known before it is sent", async () => {
    await begin();
    const holder = await desk("meridian", "/offers");
    const { page, context } = holder;
    const block = {
      id: "meridian-south",
      provider: "meridian",
      accelerator: "h100-sxm-80gb",
      region: "us-south",
      count: 2_000,
      block: 4,
      window: { from: "2026-01-01", to: "2028-01-01" },
    };
    const recorded = await story.call("meridian", "PUT", "/blocks/meridian-south", block);
    expect([recorded.status, recorded.ok ? "" : await recorded.text()]).toEqual([200, ""]);
    await openNotice(holder);
    await fill(page, "On your own machines", "3000");
    await page.getByText("With 3,000 on your own machines 1,000 more are promised than there are").waitFor();
    const accept = page.getByRole("button", { name: "Accept 3,000" });
    expect(await accept.getAttribute("aria-disabled")).toBe("true");
    await page.getByRole("checkbox", { name: /I know, and answer all the same/ }).check();
    expect(await accept.getAttribute("aria-disabled")).toBe(null);
    await page.getByText(/^Draft kept/).waitFor();
    const cookies = await context.cookies();
    await context.clearCookies();
    await page.reload();
    await context.addCookies(cookies);
    await page.goto(`${story.origin}/offers`);
    await page.getByRole("row").nth(1).click();
    await page.getByRole("button", { name: "Accept 3,000" }).waitFor();
  });

  test("[P10] a line that breaks is said, heals by itself, and nothing that happened meanwhile is missed", async () => {
    await begin();
    const { page } = await desk("aurora-labs", REQUEST);
    await page.getByText("live", { exact: true }).waitFor();
    await page.getByText("0 of 4,096 are covered").waitFor();
    await page.route(/\/feed/, (route) => route.abort());
    story.cutLines();
    await page.getByText("reconnecting").waitFor();
    const { data } = (await (await story.call("meridian", "GET", "/notices")).json()) as {
      readonly data: readonly { readonly id: string }[];
    };
    const path = `/notices/${data[0]?.id ?? ""}/answers`;
    expect((await story.call("meridian", "POST", path, { type: "accept", count: 2_500 })).status).toBe(200);
    await page.unroute(/\/feed/);
    await page.getByText("live", { exact: true }).waitFor();
    await page.getByText("2,500 of 4,096 are covered").waitFor();
    expect(await page.getByText("reconnecting").count()).toBe(0);
  });
});
