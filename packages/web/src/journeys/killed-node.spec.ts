import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { hasBrowser } from "./browser.fixture.ts";
import { BOOK, KEEPER } from "./served-broker.fixture.ts";
import { TwoNodes } from "./two-nodes.fixture.ts";

const AS = `as=${encodeURIComponent(KEEPER)}`;
/** What the browser itself writes of a line that broke. */
const BROKEN = /net::ERR_/;
/** Longer than a node takes to die once it has answered, short enough to be waited for. */
const CLOSES_IN_S = 20;

describe.skipIf(!hasBrowser())("two nodes on one database", { timeout: 120_000 }, () => {
  let nodes: TwoNodes;
  beforeAll(async () => {
    nodes = await TwoNodes.start();
  }, 240_000);
  afterAll(() => nodes.close(), 120_000);

  /** How often each request stands in the list that is on the screen. */
  const timesListed = (page: Page, id: string): Promise<number> =>
    page.getByRole("grid", { name: "Requests" }).getByText(id, { exact: true }).count();

  test("[I1] one is killed while somebody works: what was begun is sent once, the page heals by the other, nothing is missing or twice", async () => {
    const { page, context, wrongs, close } = await nodes.open(`/admin/system?${AS}`);
    await page.getByText("2 nodes", { exact: true }).waitFor();
    const list = await context.newPage();
    await list.goto(`${nodes.origin}/requests?${AS}`);
    await list.getByText("live", { exact: true }).waitFor();
    await page.goto(`${nodes.origin}/new-request?${AS}`);
    await page.getByText("live", { exact: true }).waitFor();
    await page.getByRole("textbox", { name: "From" }).fill("2030-03-01");
    await page.getByRole("textbox", { name: /^Name/ }).fill("across-two-nodes");
    await page.getByRole("textbox", { name: /^Name/ }).press("Tab");
    // The line of the list is held down, so that it is surely seen to be broken; the form sends into the break itself.
    await list.route(/\/feed/, (route) => route.abort());
    await nodes.killFirst();
    await list.getByText("reconnecting").waitFor();
    await page.getByRole("button", { name: "Submit" }).click();
    await page.getByRole("heading", { level: 1, name: "across-two-nodes" }).waitFor();
    await page.getByText("live", { exact: true }).waitFor();
    await list.unroute(/\/feed/);
    await list.getByText("live", { exact: true }).waitFor();
    await list.getByRole("grid", { name: "Requests" }).getByText("across-two-nodes", { exact: true }).waitFor();
    expect(await timesListed(list, "across-two-nodes")).toBe(1);
    expect(await list.getByText("reconnecting").count()).toBe(0);
    // As the broker has it: one submission, whatever was sent anew.
    const told = await page.evaluate(
      async ([book, party]) => {
        const answer = await fetch(`/v1/books/${book}/feed?from=0&limit=1000`, { headers: { "offtake-party": party } });
        return ((await answer.json()) as { data: { position: number; event: unknown }[] }).data;
      },
      [BOOK, KEEPER] as const,
    );
    const submissions = told.filter(({ event }) => {
      const { type, request } = event as { readonly type: string; readonly request?: { readonly id?: string } };
      return type === "requestSubmitted" && request?.id === "across-two-nodes";
    });
    expect(submissions.length).toBe(1);
    expect(told.map(({ position }) => position)).toEqual(told.map((_, index) => index));
    await page.goto(`${nodes.origin}/admin/system?${AS}`);
    await page.getByText("1 node", { exact: true }).waitFor();
    expect(wrongs.filter((one) => !BROKEN.test(one) && !one.includes("401"))).toEqual([]);
    await close();
  });
});

describe.skipIf(!hasBrowser())("a deadline that falls due when its node is gone", { timeout: 120_000 }, () => {
  let nodes: TwoNodes;
  beforeAll(async () => {
    nodes = await TwoNodes.start();
  }, 240_000);
  afterAll(() => nodes.close(), 120_000);

  test("[I6] is fired by the other one, once, and the page that looks on shows it without a reload", async () => {
    const { page, wrongs, close } = await nodes.open(`/requests?${AS}`);
    await page.getByText("live", { exact: true }).waitFor();
    const told = async () =>
      page.evaluate(
        async ([book, party]) => {
          const answer = await fetch(`/v1/books/${book}/feed?from=0&limit=1000`, {
            headers: { "offtake-party": party },
          });
          return ((await answer.json()) as { data: { event: { type: string; at: string } }[] }).data.map(
            ({ event }) => event,
          );
        },
        [BOOK, KEEPER] as const,
      );
    const before = (await told()).length;
    // By the node that dies: it has woken for it, and the other one has only been told.
    const submitted = await page.evaluate(
      async ([book, party, seconds]) => {
        const session = (await (await fetch("/v1/session")).json()) as { data: { csrf: string } };
        const answer = await fetch(`/v1/books/${book}/requests`, {
          method: "POST",
          headers: {
            "content-type": "application/json",
            "x-csrf-token": session.data.csrf,
            "offtake-party": party,
            "idempotency-key": "falls-due",
          },
          body: JSON.stringify({
            schema: "offtake/request@1",
            id: "falls-due",
            shorthand: "h100:64",
            regions: "us-*",
            purpose: "inference",
            product: "agents",
            channel: "api",
            sourceClass: "market",
            window: { from: "2030-03-01", for: "30 days" },
            bidsCloseAt: new Date(Date.now() + seconds * 1_000).toISOString(),
          }),
        });
        return [answer.status, await answer.text()] as const;
      },
      [BOOK, KEEPER, CLOSES_IN_S] as const,
    );
    expect(submitted).toMatchObject([201, expect.stringContaining("falls-due")]);
    await nodes.killFirst();
    const killed = Date.now();
    await page.goto(`${nodes.origin}/requests/falls-due?${AS}`);
    await page.evaluate(() => Object.assign(globalThis, { isSamePage: true }));
    // The clock on the page goes, and what it waited for is there.
    await page.getByText("What came of it").waitFor();
    expect(await page.getByRole("timer").count()).toBe(0);
    const opened = (await told()).slice(before).filter(({ type }) => type === "bidsUnsealed");
    expect(opened.length).toBe(1);
    expect(Date.parse(opened[0]?.at ?? "")).toBeGreaterThan(killed);
    expect(await page.evaluate(() => "isSamePage" in globalThis)).toBe(true);
    expect(wrongs.filter((one) => !BROKEN.test(one) && !one.includes("401"))).toEqual([]);
    await close();
  });
});
