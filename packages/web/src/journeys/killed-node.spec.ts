import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { hasBrowser } from "./browser.fixture.ts";
import { BOOK, KEEPER } from "./served-broker.fixture.ts";
import { TwoNodes } from "./two-nodes.fixture.ts";

const AS = `as=${encodeURIComponent(KEEPER)}`;
/** What the browser itself writes of a line that broke. */
const BROKEN = /net::ERR_/;

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
