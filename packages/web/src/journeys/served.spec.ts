import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasBrowser } from "./browser.fixture.ts";
import { BOOK, KEEPER, ServedBroker } from "./served-broker.fixture.ts";

const AS = `as=${encodeURIComponent(KEEPER)}`;
const TWO_HOURS_MS = 7_200_000;

describe.skipIf(!hasBrowser())("the console as `npm start` serves it", () => {
  let served: ServedBroker;

  beforeAll(async () => {
    served = await ServedBroker.start();
  }, 180_000);

  afterAll(() => served.close(), 120_000);

  test("who is not logged in logs in, and goes on to where it wanted to; what happens appears without a reload", async () => {
    const { origin } = served;
    const { page, context, wrongs, close } = await served.stranger();
    await page.goto(`${origin}/requests?${AS}`);
    await page.getByRole("heading", { name: "Log in to Offtake" }).waitFor();
    await page.getByLabel("One-time login").fill(served.code);
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByRole("heading", { name: "Requests" }).waitFor();
    expect(page.url()).toBe(`${origin}/requests?${AS}`);
    await page.getByText("inference-2025").waitFor();
    await page.getByText("live", { exact: true }).waitFor();

    // Another client of the same party, with a session of its own.
    const cookies = await served.keepSession(context);
    const session = (await (await fetch(`${origin}/v1/session`, { headers: { cookie: cookies } })).json()) as {
      data: { csrf: string };
    };
    const body = {
      schema: "offtake/request@1",
      id: "asked-elsewhere",
      shorthand: "h100:64",
      regions: "us-*",
      purpose: "training",
      window: { from: "2030-03-01", for: "30 days" },
    };
    const answer = await fetch(`${origin}/v1/books/${BOOK}/requests`, {
      method: "POST",
      headers: {
        cookie: cookies,
        origin,
        "x-csrf-token": session.data.csrf,
        "offtake-party": KEEPER,
        "idempotency-key": "asked-elsewhere",
        "content-type": "application/json",
      },
      body: JSON.stringify(body),
    });
    expect([answer.status, answer.ok ? "" : await answer.text()]).toEqual([201, ""]);
    await page.getByText("asked-elsewhere").waitFor();
    expect(wrongs.filter((one) => !one.includes("401"))).toEqual([]);
    await close();
  }, 120_000);

  test("[A3] the clock is the broker's though that of the machine is two hours ahead, and that is said", async () => {
    const { page, context, close } = await served.stranger();
    await served.logIn(context);
    await context.addInitScript(`{ const real = Date.now; Date.now = () => real() + ${TWO_HOURS_MS}; }`);
    await page.goto(`${served.origin}/queue?${AS}&zone=utc`);
    const clock = page.getByRole("button", { name: /Time of the broker/ });
    await page.getByText("this machine is ahead").waitFor();
    const shown = await clock.innerText();
    const [, hour, minute] = /(\d\d):(\d\d):\d\d UTC/.exec(shown) ?? [];
    const now = new Date();
    const shownMinutes = Number(hour) * 60 + Number(minute);
    const trueMinutes = now.getUTCHours() * 60 + now.getUTCMinutes();
    expect(
      Math.min(Math.abs(shownMinutes - trueMinutes), 1_440 - Math.abs(shownMinutes - trueMinutes)),
    ).toBeLessThanOrEqual(1);
    await close();
  }, 120_000);

  test("the letter of a notice and the evidence of a request come down as files, from the tab of documents and the page of evidence, and a file is kept", async () => {
    const { page, wrongs, close } = await served.open("/requests/inference-2025/documents");
    const letter = page.waitForEvent("download");
    await page
      .getByRole("button", { name: /^Letter to/ })
      .first()
      .click();
    expect((await letter).suggestedFilename()).toMatch(/^ntc_\w+\.pdf$/);
    const evidence = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download the evidence" }).click();
    expect((await evidence).suggestedFilename()).toBe("inference-2025.evidence.json");
    const mail = { name: "mail.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 kept") };
    await page.getByLabel("Keep a file for your party").setInputFiles(mail);
    await page.getByText("mail.pdf is kept for your party").waitFor();
    await page.goto(`${served.origin}/evidence?${AS}`);
    const feed = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download the feed" }).click();
    expect((await feed).suggestedFilename()).toBe("stargate-2025.openai.feed.ndjson");
    const again = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download the evidence of inference-2025" }).click();
    expect((await again).suggestedFilename()).toBe("inference-2025.evidence.json");
    expect(wrongs).toEqual([]);
    await close();
  }, 120_000);

  test("what the API does not have stays its own 404, and a page is never in its place", async () => {
    const answer = await fetch(`${served.origin}/v1/nothing`, { headers: { accept: "text/html" } });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([404, "application/problem+json"]);
    const page = await fetch(`${served.origin}/requests/anything`, { headers: { accept: "text/html" } });
    expect(page.status).toBe(200);
    expect(page.headers.get("content-security-policy")).toMatch(/^default-src 'self';/);
  });
});
