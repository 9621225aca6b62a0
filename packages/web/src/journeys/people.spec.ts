import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { axeOn, goTo, hasBrowser, type Looking } from "./browser.fixture.ts";
import { BOOK, KEEPER, ServedBroker } from "./served-broker.fixture.ts";

const AS = `as=${encodeURIComponent(KEEPER)}`;
const GRANTED = "inference-2025";
const NOT_GRANTED = "agents-serving";
const DAY_MS = 86_400_000;
const NOT_SHOWN = "Your role does not show this";

/** What somebody with one role finds: where it begins, and where it can go. */
const PEOPLE = [
  ["auditor", "/requests", ["Requests", "Awards", "Evidence", "System"]],
  ["operator", "/admin/system", ["System"]],
  ["admin", "/admin/members", ["Approvals", "Members", "API keys", "Webhooks", "System"]],
  [
    "finance",
    "/queue",
    [
      ...["Queue", "Requests", "Awards", "Approvals", "Agreements", "Dates", "Position", "Capacity", "Prices"],
      ...["Evidence", "System"],
    ],
  ],
] as const;

describe.skipIf(!hasBrowser())("each person, at a broker", { timeout: 120_000 }, () => {
  let served: ServedBroker;
  const people = new Map<string, Looking>();
  const pageOf = (role: string): Page => {
    const looking = people.get(role);
    if (looking === undefined) throw new Error(`Broken belief: ${role} has logged in`);
    return looking.page;
  };

  /** As the first administrator, over the API. */
  async function ask(path: string, body: object): Promise<Record<string, unknown>> {
    const cookie = await served.cookies();
    const session = (await (await fetch(`${served.origin}/v1/session`, { headers: { cookie } })).json()) as {
      readonly data: { readonly csrf: string };
    };
    const headers = { cookie, origin: served.origin, "x-csrf-token": session.data.csrf, "offtake-party": KEEPER };
    const answer = await fetch(`${served.origin}/v1/books/${BOOK}/${path}`, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(await answer.text());
    return ((await answer.json()) as { readonly data: Record<string, unknown> }).data;
  }

  beforeAll(async () => {
    served = await ServedBroker.start();
    for (const [role] of PEOPLE) {
      const { person, login } = (await ask("members", { name: `One of ${role}`, roles: [role] })) as {
        readonly person: string;
        readonly login: { readonly code: string };
      };
      if (role === "auditor")
        await ask("grants", {
          person,
          requests: [GRANTED],
          from: new Date(Date.now() - DAY_MS).toISOString(),
          to: new Date(Date.now() + DAY_MS).toISOString(),
          why: "audit of the year",
        });
      const looking = await served.stranger();
      await looking.page.goto(`${served.origin}/login?code=${login.code}`);
      await looking.page.getByRole("button", { name: "Log in" }).click();
      await looking.page.getByRole("heading", { level: 1 }).first().waitFor();
      people.set(role, looking);
    }
  }, 240_000);
  afterAll(async () => {
    for (const looking of people.values()) await looking.close();
    await served.close();
  }, 120_000);

  test.each(PEOPLE)(
    "[P9] %s begins where its work is, and comes to what it may see and to nothing else",
    async (role, first, places) => {
      const page = pageOf(role);
      expect(new URL(page.url()).pathname).toBe(first);
      const links = page.getByRole("navigation", { name: "Console" }).getByRole("link");
      expect((await links.allInnerTexts()).map((text) => text.split("\n")[0])).toEqual(places);
      for (const name of places) {
        await page.getByRole("link", { name, exact: true }).click();
        await page.getByRole("heading", { level: 1 }).waitFor();
        await page.waitForFunction(
          () => document.querySelector("[aria-busy=true], [role=status][aria-label^=Loading]") === null,
        );
        expect([name, await page.getByText(NOT_SHOWN).count()]).toEqual([name, 0]);
      }
      expect(await axeOn(page)).toEqual([]);
      // By its address too: what is not for it says so, asks for nothing, and is no error.
      const others = ["/queue", "/agreements", "/admin/keys"].filter(
        (path) => !(role === "finance" ? path !== "/admin/keys" : role === "admin" && path === "/admin/keys"),
      );
      for (const path of others) {
        await page.evaluate((to) => history.pushState({}, "", to), `${path}?${AS}`);
        await page.getByText(NOT_SHOWN).first().waitFor();
      }
      expect(people.get(role)?.wrongs).toEqual([]);
    },
  );

  test("[G3] an auditor reads what was granted, can check evidence, and nothing else is there", async () => {
    const page = pageOf("auditor");
    await goTo(page, `/requests?${AS}`, "Requests");
    const grid = page.getByRole("grid", { name: "Requests" });
    await grid.getByText(GRANTED, { exact: true }).waitFor();
    expect(await grid.getByRole("row").count()).toBe(2);
    await goTo(page, `/requests/${GRANTED}?${AS}`, GRANTED);
    const tabs = page.getByRole("navigation", { name: "Views of the request" }).getByRole("link");
    expect(await tabs.allInnerTexts()).toEqual([
      ...["Overview", "Bids and awards", "Timeline", "Explain", "Documents", "JSON", "Sheet"],
    ]);
    for (const tab of ["outcome", "timeline", "explain", "documents", "json", "sheet"]) {
      await goTo(page, `/requests/${GRANTED}/${tab}?${AS}`, GRANTED);
      expect([tab, await page.getByText(NOT_SHOWN).count()]).toEqual([tab, 0]);
    }
    const saw: string[] = [];
    for (const id of [NOT_GRANTED, "no-such-request"]) {
      await page.evaluate((to) => history.pushState({}, "", to), `/requests/${id}?${AS}`);
      await page.getByText("There is nothing at this address that you can see.").waitFor();
      saw.push(await page.getByRole("main").innerText());
    }
    expect(saw[0]).toBe(saw[1]);
    await goTo(page, `/evidence?${AS}`, "Evidence");
    expect(await page.getByRole("region").getByRole("heading").allInnerTexts()).toEqual([
      "Check an export in this browser",
    ]);
    // What is not there at all the browser complains about; that a role does not allow it, it never comes to hear.
    const wrongs = people.get("auditor")?.wrongs.filter((one) => !one.includes("404"));
    expect(wrongs).toEqual([]);
  });

  test("[P9] what somebody may not do can be seen, and says whose it is", async () => {
    const page = pageOf("finance");
    await goTo(page, `/requests?${AS}`, "Requests");
    const reasonOf = (name: string) =>
      page
        .getByRole("button", { name })
        .evaluate((one) => document.getElementById(one.getAttribute("aria-describedby") ?? "")?.textContent);
    expect(await reasonOf("New request")).toBe("This is for the role procurement, engineer or provider-desk");
    await goTo(page, `/new-request?${AS}`, "New request");
    expect(await reasonOf("Submit")).toBe("This is for the role procurement, engineer or provider-desk");
    await goTo(page, `/requests/${GRANTED}/documents?${AS}`, GRANTED);
    expect(await reasonOf("Download the evidence")).toBe("This is for the role procurement, provider-desk or legal");
    await goTo(page, `/agreements?${AS}`, "Agreements");
    expect(await page.getByRole("link", { name: "Record an agreement" }).count()).toBe(0);
  });
});
