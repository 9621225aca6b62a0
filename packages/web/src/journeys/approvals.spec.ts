import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { hasBrowser, type Looking } from "./browser.fixture.ts";
import { BOOK, KEEPER, ServedBroker } from "./served-broker.fixture.ts";

const AS = `as=${encodeURIComponent(KEEPER)}`;

describe.skipIf(!hasBrowser())("what one person asks for and another approves", { timeout: 120_000 }, () => {
  let served: ServedBroker;
  beforeAll(async () => {
    served = await ServedBroker.start();
  }, 180_000);
  afterAll(() => served.close(), 120_000);

  /** Invites somebody on the page of members, and logs in as that person in a browser of its own. */
  const join = async (admin: Page, name: string, role: string): Promise<Looking> => {
    await admin.goto(`${served.origin}/admin/members?${AS}`);
    await admin.getByRole("button", { name: "Invite", exact: true }).click();
    await admin.getByLabel("Name", { exact: true }).fill(name);
    await admin.getByRole("checkbox", { name: new RegExp(`^${role}`) }).check();
    await admin.getByRole("button", { name: "Invite", exact: true }).last().click();
    const link = (await admin.locator("code", { hasText: "/login?code=" }).textContent()) ?? "";
    const looking = await served.stranger();
    await looking.page.goto(link);
    await looking.page.getByRole("button", { name: "Log in" }).click();
    await looking.page.getByRole("heading", { level: 1 }).first().waitFor();
    await looking.page.goto(`${served.origin}/approvals?${AS}`);
    await looking.page.getByRole("heading", { level: 1, name: "Approvals" }).waitFor();
    return looking;
  };

  /** As a program of the first administrator asks. */
  const submit = async (id: string): Promise<void> => {
    const cookie = await served.cookies();
    const session = (await (await fetch(`${served.origin}/v1/session`, { headers: { cookie } })).json()) as {
      data: { csrf: string };
    };
    const answer = await fetch(`${served.origin}/v1/books/${BOOK}/requests`, {
      method: "POST",
      headers: {
        cookie,
        origin: served.origin,
        "x-csrf-token": session.data.csrf,
        "offtake-party": KEEPER,
        "idempotency-key": id,
        "content-type": "application/json",
      },
      body: JSON.stringify({
        schema: "offtake/request@1",
        id,
        shorthand: "h100:64",
        regions: "us-*",
        purpose: "training",
        budget: "250000 USD",
        window: { from: "2030-03-01", for: "30 days" },
      }),
    });
    expect([answer.status, answer.ok ? "" : await answer.text()]).toEqual([201, ""]);
  };
  const card = (page: Page, id: string) => page.getByRole("article").filter({ hasText: id });

  test("[E5] what is asked above the limit waits: never for who asked, at once for who may decide, refused only with a reason, and given by a deputy in another's place", async () => {
    const admin = await served.open("/approvals");
    const asking = admin.page;
    await asking.getByText("Nothing waits for approval.").waitFor();
    await asking.getByRole("button", { name: "Add a rule" }).click();
    await asking.getByLabel("Name of the rule").fill("large-requests");
    await asking.getByLabel("From this amount on").fill("100000 USD");
    await asking.getByRole("checkbox", { name: "Request for compute" }).check();
    await asking.getByRole("checkbox", { name: /^finance/ }).check();
    await asking.getByRole("button", { name: "Add", exact: true }).click();
    await asking.getByText("1 person with the role finance, from $100,000.00 on").waitFor();

    const finance = await join(asking, "Dana Finance", "finance");
    const deputy = await join(asking, "Eve Engineer", "engineer");
    await finance.page.getByText("Nothing waits for approval.").waitFor();
    await asking.goto(`${served.origin}/approvals?${AS}`);
    await submit("too-much");
    await submit("just-right");
    // Also from the form: whoever asks is told that it waits, and where.
    await asking.goto(`${served.origin}/new-request?${AS}`);
    await asking.getByRole("textbox", { name: "From" }).fill("2030-03-01");
    await asking.getByRole("textbox", { name: "Price at most" }).fill("2.60");
    await asking.getByRole("textbox", { name: /^Name/ }).fill("by-form");
    await asking.getByRole("textbox", { name: /^Name/ }).press("Tab");
    await asking.getByRole("button", { name: "Submit" }).click();
    await asking.getByRole("heading", { level: 1, name: "by-form" }).waitFor();
    await asking.getByText(/^It waits for the approval of somebody else/).waitFor();
    await asking.getByRole("main").getByRole("link", { name: "Approvals" }).click();
    await asking.getByRole("heading", { level: 1, name: "Approvals" }).waitFor();
    await card(asking, "by-form").getByText("Your own proposal").waitFor();
    await card(finance.page, "by-form").getByRole("button", { name: "Refuse" }).click();
    await finance.page.getByLabel("Why").fill("asked twice");
    await finance.page.getByRole("button", { name: "Refuse request for compute" }).click();
    await card(finance.page, "by-form").waitFor({ state: "detached" });

    // Nobody loads a page anew: what waits appears, and is counted beside the place.
    await card(finance.page, "too-much").getByText("Waits for you").waitFor();
    await card(finance.page, "too-much").getByText("$250,000.00").waitFor();
    await card(finance.page, "too-much").getByText("Asked by First administrator").waitFor();
    await finance.page.getByRole("link", { name: "Approvals 2" }).waitFor();
    // Who asked sees it as its own, and cannot decide it.
    await card(asking, "too-much").getByText("Your own proposal").waitFor();
    const own = card(asking, "too-much").getByRole("button", { name: "Approve" });
    expect(await own.getAttribute("aria-disabled")).toBe("true");
    await card(asking, "too-much").getByText("You proposed it: somebody else has to agree").last().waitFor();
    expect(await asking.getByRole("link", { name: "Approvals", exact: true }).count()).toBe(1);
    // Whom the rule does not ask cannot either.
    await card(deputy.page, "too-much").getByText("The rule asks others than you").last().waitFor();

    await card(finance.page, "too-much").getByRole("button", { name: "Refuse" }).click();
    const refuse = finance.page.getByRole("button", { name: "Refuse request for compute" });
    expect(await refuse.getAttribute("aria-disabled")).toBe("true");
    await finance.page.getByLabel("Why").fill("over the budget of the quarter");
    await refuse.click();
    await card(finance.page, "too-much").waitFor({ state: "detached" });
    await card(asking, "too-much").waitFor({ state: "detached" });
    await asking.getByRole("button", { name: "Decided" }).click();
    await card(asking, "too-much").getByText("over the budget of the quarter").waitFor();
    await card(asking, "too-much").getByText("Dana Finance did not agree").waitFor();

    await finance.page.getByRole("button", { name: "Name a deputy" }).click();
    await finance.page.getByLabel("Who stands in").selectOption({ label: "Eve Engineer" });
    await finance.page.getByRole("button", { name: "Name", exact: true }).click();
    await finance.page.getByText("Eve Engineer for you").waitFor();
    await card(deputy.page, "just-right").getByText("Waits for you").waitFor();
    await card(deputy.page, "just-right").getByRole("button", { name: "Approve" }).click();
    await deputy.page.getByRole("button", { name: "Approve request for compute" }).click();
    await card(asking, "just-right").getByText("Eve Engineer agreed in the place of Dana Finance").waitFor();

    expect([...admin.wrongs, ...finance.wrongs, ...deputy.wrongs].filter((one) => !one.includes("401"))).toEqual([]);
    for (const looking of [admin, finance, deputy]) await looking.close();
  });
});
