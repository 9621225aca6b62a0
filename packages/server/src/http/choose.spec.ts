import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Answered, servedBook } from "./world.fixture.ts";

/** Two bid for a request of the lab: one by itself for a part, one recorded from a mail for all of it; nobody awards by itself. */

const served = await servedBook();
afterAll(() => served.close());
const { call, pass } = served;

const HOUR = 3_600_000;
const WISH = {
  id: "r1",
  accelerators: "H100",
  count: 96,
  regions: "us",
  window: { from: "2036-02-04", for: "7 days" },
  purpose: "inference",
  cap: "3 USD/h",
};
const PATH = "/requests/r1/scenarios";

interface Told {
  readonly scenario: string;
  readonly parts: readonly { readonly bid: string; readonly provider: string; readonly count: number }[];
}
const codeOf = ({ status, body }: Answered): string => `${status} ${String(body["code"])}`;
const data = <Value = Record<string, unknown>>({ status, body }: Answered): Value => {
  expect([status, body["code"]]).toEqual([status < 300 ? status : 200, undefined]);
  return body["data"] as Value;
};
const etagOf = ({ headers }: Answered) => ({ "if-match": headers.get("etag") ?? "" });

beforeAll(async () => {
  data(
    await call("PUT", "/policy", {
      body: { tenderWindow: "24 hours", tie: "none", awardConfirmation: "at-once", autoAward: false },
    }),
  );
  data(await call("DELETE", "/offers/list", { as: "northlight" }));
  data(await call("DELETE", "/standing-answers/takes-what-it-can", { as: "meridian" }));
  for (const id of ["ridge", "pine"])
    data(await call("PUT", `/parties/${id}`, { body: { id, name: id, roles: "provider" } }));
  data(await call("POST", "/requests", { body: WISH }));
  const [notice] = data<{ readonly id: string }[]>(await call("GET", "/notices", { as: "meridian" }));
  data(await call("POST", `/notices/${String(notice?.id)}/answers`, { as: "meridian", body: { type: "refuse" } }));
});

describe("quotes that came outside the broker", () => {
  const quote = (bidder: string, more = {}) => ({
    bidder,
    bid: { count: 96, min: 8, multiple: 8, price: "2.50 USD/h", validUntil: "2036-05-01" },
    medium: "mail",
    file: "file_1",
    ...more,
  });

  test("are recorded by the keeper for who was invited, and sealed as any bid", async () => {
    const made = await call("POST", "/requests/r1/quotes", { body: quote("ridge") });
    const view = data<{ readonly view: Record<string, unknown> }>(made).view;
    expect(JSON.stringify(view["tenders"])).toContain('"bidder":"ridge"');
    // A figure of its own: an instant may end in such digits.
    expect(JSON.stringify(made.body)).not.toMatch(/(?<![\d:.])2\.50/);
    const [own] = data<Record<string, unknown>[]>(await call("GET", "/bids", { as: "ridge" }));
    expect(own).toMatchObject({
      status: "sealed",
      view: { bid: { recording: { by: "lab", medium: "mail", file: "file_1" } } },
    });
    const [invitation] = data<{ readonly id: string }[]>(await call("GET", "/invitations", { as: "pine" }));
    const bid = { count: 48, min: 8, multiple: 8, price: "2.00 USD/h", validUntil: "2036-05-01" };
    data(await call("POST", `/invitations/${String(invitation?.id)}/bids`, { as: "pine", body: bid }));
  });

  test("are refused for who was not invited, and from anybody but the keeper", async () => {
    const stranger = await call("POST", "/requests/r1/quotes", { body: quote("nobody") });
    expect(codeOf(stranger)).toBe("404 not_invited");
    expect(String(stranger.body["detail"])).toContain("ridge");
    expect(codeOf(await call("POST", "/requests/r1/quotes", { as: "pine", body: quote("pine") }))).toBe(
      "404 not_found",
    );
    expect(codeOf(await call("POST", "/requests/r1/quotes", { body: quote("ridge", { medium: "rumour" }) }))).toContain(
      "422 ",
    );
  });
});

describe("award scenarios", () => {
  test("show nothing while bids are sealed, and then each way to choose with what it comes to", async () => {
    expect((await call("GET", PATH)).body).toEqual({ data: [], comparisons: [] });
    expect(codeOf(await call("POST", `${PATH}/cheapest/choose`, { headers: { "if-match": "*" } }))).toBe(
      "409 not_opened",
    );
    pass(25 * HOUR);
    // Time passes with the next command.
    data(await call("PUT", "/parties/late", { body: { id: "late", name: "Late", roles: "provider" } }));
    const seen = await call("GET", PATH);
    expect(data<Told[]>(seen)).toMatchObject([
      {
        scenario: "cheapest",
        recommended: true,
        exact: true,
        filled: 96,
        providers: ["pine", "ridge"],
        // 48 x 168 h x 2.00 + 48 x 168 h x 2.50.
        cost: { amount: "36288.00", currency: "USD" },
        problems: [],
      },
      {
        scenario: "fewest-providers",
        recommended: false,
        providers: ["ridge"],
        cost: { amount: "40320.00" },
        more: { amount: "4032.00" },
      },
      { scenario: "commitment-first", sameAs: "cheapest" },
    ]);
    expect((seen.body["comparisons"] as readonly unknown[]).length).toBeGreaterThan(0);
    expect((await call("GET", PATH, { as: "pine" })).status).toBe(404);
  });

  test("price and check a choice by hand", async () => {
    const [cheapest] = data<Told[]>(await call("GET", PATH));
    const bidOf = (provider: string) => cheapest?.parts.find((part) => part.provider === provider)?.bid ?? "";
    const parts = [
      { bid: bidOf("pine"), count: 40 },
      { bid: bidOf("ridge"), count: 56 },
    ];
    const manual = data<Told[]>(await call("POST", `${PATH}/manual`, { body: { parts } })).at(-1);
    // 40 x 168 h x 2.00 + 56 x 168 h x 2.50.
    expect(manual).toMatchObject({ scenario: "manual", filled: 96, cost: { amount: "36960.00" }, problems: [] });
    const wrong = [
      { bid: bidOf("pine"), count: 44 },
      { bid: "bid_none", count: 8 },
    ];
    const told = data<Told[]>(await call("POST", `${PATH}/manual`, { body: { parts: wrong } })).at(-1);
    expect(told).toMatchObject({
      problems: [
        { bid: bidOf("pine"), line: 1, count: 44, why: "block_size" },
        { bid: "bid_none", why: "unknown_bid" },
      ],
    });
    const seen = await call("GET", PATH);
    const refused = await call("POST", `${PATH}/manual/choose`, { body: { parts: wrong }, headers: etagOf(seen) });
    expect(codeOf(refused)).toBe("409 not_takable");
    expect(String(refused.body["detail"])).toContain("block_size");
  });

  test("are chosen as they were seen, once", async () => {
    const seen = await call("GET", PATH);
    expect(codeOf(await call("POST", `${PATH}/fewest-providers/choose`))).toBe("428 precondition_required");
    const other = { "if-match": '"1.0"' };
    expect(codeOf(await call("POST", `${PATH}/fewest-providers/choose`, { headers: other }))).toBe(
      "412 precondition_failed",
    );
    expect(codeOf(await call("POST", `${PATH}/best/choose`, { headers: other }))).toBe("404 not_found");
    const chosen = await call("POST", `${PATH}/fewest-providers/choose`, { headers: etagOf(seen), key: "one" });
    expect(data(chosen)).toMatchObject({ status: "awarded_full" });
    const [award] = data<{ readonly view: unknown }[]>(await call("GET", "/awards", { as: "ridge" }));
    expect(award?.view).toMatchObject({ supplied: [{ count: 96, basis: "bid" }] });
    expect(data<unknown[]>(await call("GET", "/awards", { as: "pine" }))).toEqual([]);
    expect(codeOf(await call("POST", `${PATH}/cheapest/choose`, { headers: etagOf(seen) }))).toBe(
      "412 precondition_failed",
    );
  });
});
