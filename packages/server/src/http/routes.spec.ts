import { afterAll, describe, expect, test } from "vitest";
import { ROUTES } from "./routes.ts";
import { type Answered, servedBook } from "./world.fixture.ts";

const served = await servedBook();
afterAll(() => served.close());
const { call, send } = served;

const WISH = {
  id: "r1",
  accelerators: "H100",
  count: 96,
  regions: "us",
  window: { from: "2036-02-04", for: "7 days" },
  purpose: "inference",
  cap: "3 USD/h",
  unfilled: "close",
};

/** Addresses of the lists of a book that can be asked for by state. */
const LISTS_BY_STATUS = ROUTES.flatMap(({ operation: { path, query } }) => {
  const within = path.replace("/v1/books/{book}", "");
  return query !== undefined && "agreement" in query.shape && "descending" in query.shape && !within.includes("{")
    ? [within]
    : [];
});

const codeOf = ({ status, body }: Answered): string => `${status} ${String(body["code"])}`;
const data = ({ body }: Answered) => body["data"] as Record<string, unknown>;
const rows = ({ body }: Answered) => body["data"] as Record<string, unknown>[];

describe("requests", () => {
  test("are submitted, and read as the caller was told", async () => {
    const made = await call("POST", "/requests", { body: WISH });
    expect(made.status).toBe(201);
    expect(made.headers.get("location")).toBe("/v1/books/small/requests/r1");
    expect(data(made)).toMatchObject({ id: "r1", status: "awarded_full", view: { request: { buyer: "lab" } } });
    const { length, hash } = made.body["receipt"] as { length: number; hash: string };
    expect(await call("GET", `/receipts/${length}`)).toMatchObject({ body: { data: { hash } } });
    const read = await call("GET", "/requests/r1");
    expect(data(read)).toEqual(data(made));
    const again = await send("GET", "/requests/r1", { headers: { "if-none-match": read.headers.get("etag") ?? "" } });
    expect(again.status).toBe(304);
  });

  test("are one thing under one key", async () => {
    const first = await call("POST", "/requests", { body: { ...WISH, id: undefined }, key: "same" });
    const again = await call("POST", "/requests", { body: { ...WISH, id: undefined }, key: "same" });
    expect(again).toEqual({ ...first, headers: again.headers });
    expect(codeOf(await call("POST", "/requests", { body: { ...WISH, count: 8 }, key: "same" }))).toBe(
      "422 retry_differs",
    );
    const other = await call("POST", "/requests", { as: "meridian", body: { ...WISH, id: "theirs" }, key: "same" });
    expect(codeOf(other)).not.toContain("retry_differs");
  });

  test("may be one line, or YAML", async () => {
    const line = "H100:96@us 2036-03-04+7d inference <=3 USD/h";
    expect((await call("POST", "/requests", { text: line, type: "text/plain" })).status).toBe(201);
    const yaml = "id: r-yaml\naccelerators: H100\ncount: 96\nregions: us\nwindow: { from: 2036-04-04, for: 7 days }\n";
    expect((await call("POST", "/requests", { text: yaml, type: "application/yaml" })).status).toBe(201);
  });

  test("that are written wrong are told with line, column and near names", async () => {
    const wrong = await call("POST", "/requests", { text: '{\n "acelerators": "H100",\n "count": 0 }' });
    expect(wrong.status).toBe(422);
    expect(wrong.body["errors"]).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ code: "unknown_key", line: 2, didYouMean: ["accelerators"] }),
        expect.objectContaining({ pointer: "/count", line: 3 }),
      ]),
    );
  });

  test("need a key, and a proper one", async () => {
    const headers = { "idempotency-key": "" };
    expect(codeOf(await call("POST", "/requests", { body: WISH, headers }))).toContain("400 idempotency_key");
  });

  test("are listed page by page, each once", async () => {
    const seen: string[] = [];
    const given: string[] = [];
    let cursor: unknown;
    do {
      const page = await call("GET", `/requests?limit=1${typeof cursor === "string" ? `&cursor=${cursor}` : ""}`);
      seen.push(...rows(page).map(({ id }) => String(id)));
      cursor = page.body["nextCursor"];
      if (typeof cursor === "string") given.push(cursor);
    } while (cursor !== null);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toContain("r1");
    expect(codeOf(await call("GET", "/requests?cursor=zzz"))).toBe("400 cursor_malformed");
    // One that was given out for another list, other filters, another party or another book would leave out what lies before it.
    const [one = ""] = given;
    expect((await call("GET", `/requests?limit=2&cursor=${one}`)).status).toBe(200);
    for (const path of ["/notices?limit=1", "/requests?limit=1&status=awarded_full", "/requests?limit=1&order=id"])
      expect(codeOf(await call("GET", `${path}&cursor=${one}`))).toBe("400 cursor_malformed");
    expect(codeOf(await call("GET", `/requests?limit=1&cursor=${one}`, { as: "meridian" }))).toBe(
      "400 cursor_malformed",
    );
    const inside = Buffer.from(one, "base64url").toString();
    for (const forged of [`${inside}\u0000`, inside.slice(8), `00000000${inside.slice(8)}`, ""])
      expect(
        codeOf(await call("GET", `/requests?limit=1&cursor=${Buffer.from(forged).toString("base64url")}`)),
      ).toMatch(/^400 (cursor|parameter)_malformed$/);
    // Bits of a last letter may stand for nothing: what decodes to the same is still no cursor that was given out.
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".split("");
    const alike = given.flatMap((one) =>
      letters
        .map((letter) => one.slice(0, -1) + letter)
        .filter((text) => text !== one && Buffer.from(text, "base64url").equals(Buffer.from(one, "base64url"))),
    );
    expect(alike.length).toBeGreaterThan(0);
    for (const text of alike)
      expect(codeOf(await call("GET", `/requests?limit=1&cursor=${text}`))).toBe("400 cursor_malformed");
    // Counted where that is asked for, whatever states are listed.
    const counted = await call("GET", "/requests?counts=true&status=withdrawn");
    const { counts } = counted.body as { readonly counts: Readonly<Record<string, number>> };
    expect(Object.values(counts).reduce((sum, one) => sum + one, 0)).toBe(seen.length);
    expect((await call("GET", "/requests")).body).not.toHaveProperty("counts");
    const ofOne = rows(await call("GET", "/notices?request=r1"));
    expect(ofOne.length).toBeGreaterThan(0);
    expect(rows(await call("GET", "/notices?request=nothing"))).toEqual([]);
    expect(rows(await call("GET", "/requests?status=withdrawn"))).toEqual([]);
  });

  test.each(LISTS_BY_STATUS)("at %s are asked for by states that there are", async (path) => {
    const answer = await call("GET", `${path}?status=nope`);
    expect(codeOf(answer)).toBe("400 parameter_malformed");
    const [, names = ""] =
      /^status: no state of these: nope; there are ([a-z_, ]+)$/.exec(String(answer.body["detail"])) ?? [];
    const known = names.split(", ");
    const refused: string[] = [];
    for (const status of [...known, known.join(",")])
      if ((await call("GET", `${path}?status=${status}`)).status !== 200) refused.push(status);
    expect(refused).toEqual([]);
    expect(codeOf(await call("GET", `${path}?status=${known[0]},nope`))).toBe("400 parameter_malformed");
  });

  test("of others are not there, byte for byte", async () => {
    const texts = await Promise.all(
      ["/requests/r1", "/requests/nothing"].map(async (path) => (await send("GET", path, { as: "northlight" })).text()),
    );
    expect(texts[0]).toBe(texts[1]);
    const acts = await Promise.all(
      ["/requests/r1/withdraw", "/requests/nothing/withdraw"].map(async (path) =>
        (await send("POST", path, { as: "northlight" })).text(),
      ),
    );
    expect(new Set([...texts, ...acts]).size).toBe(1);
  });

  test("that are over say so to whoever asks for more of them", async () => {
    expect(codeOf(await call("POST", "/requests/r1/withdraw"))).toBe("409 request_closed");
    const again = { body: { ...WISH, count: 8 }, headers: { "if-match": "*" } };
    expect(codeOf(await call("PUT", "/requests/r1", again))).toBe("409 request_closed");
    const { id } = rows(await call("GET", "/awards?request=r1"))[0] ?? {};
    const decision = { body: { confirm: false }, headers: { "if-match": "*" } };
    expect(codeOf(await call("POST", `/awards/${String(id)}/decision`, decision))).toBe("409 award_settled");
  });

  test("tell why they came out so, to each its own", async () => {
    const mine = data(await call("GET", "/explanations/r1"));
    expect(mine).toMatchObject({ audience: "keeper", subject: "r1" });
    expect(String(mine["text"])).toContain("Meridian");
    expect(codeOf(await call("GET", "/explanations/r1", { as: "northlight" }))).toBe("404 not_found");
  });

  test("show how the bids were compared", async () => {
    const [evaluation] = (await call("GET", "/requests/r1/scenarios")).body["comparisons"] as unknown[];
    expect(evaluation).toMatchObject({ chosen: [{ provider: "northlight", cost: { currency: "USD" } }] });
  });
});

describe("what hangs on a request", () => {
  test("its lots, one by one", async () => {
    const [lot] = rows(await call("GET", "/requests/r1/lots")) as { lot: { id: string } }[];
    expect(lot).toMatchObject({ lot: { request: "r1", count: 96 }, stages: [{ taken: 64, left: 32 }] });
    expect(data(await call("GET", `/requests/r1/lots/${lot?.lot.id}`))).toEqual(lot);
    expect(codeOf(await call("GET", "/requests/r1/lots/lot_none"))).toBe("404 not_found");
    expect(codeOf(await call("GET", "/requests/r1/lots", { as: "northlight" }))).toBe("404 not_found");
  });

  test("and everything else that waits, what falls due first at the top", async () => {
    await call("POST", "/requests", { body: { ...WISH, id: "waits", approvals: ["cfo"] } });
    const waits = rows(await call("GET", "/queue")) as { kind: string; object: { id: string; deadline?: string } }[];
    expect(waits.map(({ kind, object }) => `${kind} ${object.id}`)).toContain("requests waits");
    expect(rows(await call("GET", "/queue", { as: "northlight" }))).not.toContainEqual(
      expect.objectContaining({ kind: "requests" }),
    );
    const deadlines = waits.flatMap(({ object }) => object.deadline ?? []);
    expect(deadlines).toEqual(deadlines.toSorted());
    const pages: unknown[] = [];
    let cursor = "";
    do {
      const page = await call("GET", `/queue?limit=2&counts=true${cursor}`);
      pages.push(...rows(page));
      const { nextCursor, counts } = page.body as { nextCursor: string | null; counts: Record<string, number> };
      expect(Object.values(counts).reduce((sum, one) => sum + one, 0)).toBe(waits.length);
      cursor = nextCursor === null ? "" : `&cursor=${nextCursor}`;
    } while (cursor !== "");
    expect(pages).toEqual(waits);
  });

  test("by what needs doing next: nothing is left out, and what is over comes last", async () => {
    const all = rows(await call("GET", "/requests")).map(({ id }) => String(id));
    const next: Record<string, unknown>[] = [];
    let cursor = "";
    do {
      const page = await call("GET", `/requests?order=next&limit=2${cursor}`);
      next.push(...rows(page));
      const { nextCursor } = page.body as { nextCursor: string | null };
      cursor = nextCursor === null ? "" : `&cursor=${nextCursor}`;
    } while (cursor !== "");
    expect(next.map(({ id }) => String(id)).sort()).toEqual([...all].sort());
    const places = next.map(({ deadline, status }) =>
      deadline !== undefined ? 0 : ["open", "held", "awaiting_approval", "resting"].includes(String(status)) ? 1 : 2,
    );
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(new Set(places).size).toBeGreaterThan(1);
    expect(codeOf(await call("GET", "/requests?order=next&descending=true"))).toBe("400 parameter_malformed");
  });
});

describe("a new book", () => {
  const BOOK = `schema: offtake/book@1
keeper: acme
parties:
  - { id: acme, name: Acme, roles: buyer }
  - { id: ember, name: Ember, roles: provider }
agreements: [{ file: agreements/frame.yaml }]
`;
  const FRAME = `schema: offtake/agreement@1
name: frame
parties: { buyer: acme, provider: ember }
effective: { from: 2036-01-01, to: 2037-12-31 }
clauses: []
`;
  const make = async (book: string, text: string) => {
    const files = [
      { name: "book.yaml", text },
      { name: "agreements/frame.yaml", text: FRAME },
    ];
    return served.callAt("POST", "/v1/books", { body: { book, files } });
  };

  test("is made of its files, once", async () => {
    const made = await make("acme", BOOK);
    expect(made).toMatchObject({ status: 201, body: { data: { book: "acme", keeper: "acme" } } });
    expect(codeOf(await make("acme", BOOK))).toBe("409 duplicate_id");
  });

  test("is not made where its files are wrong, or do not fit together", async () => {
    const wrong = await make("other", BOOK.replace("keeper: acme", "keeper: nobody"));
    expect(wrong.body).toMatchObject({ code: "unknown_party", errors: [{ file: "book.yaml", line: 2 }] });
    expect(codeOf(await make("No Name", BOOK))).toBe("422 malformed");
    expect(await served.services.books.names()).not.toContain("other");
  });
});

describe("agreements", () => {
  const TEXT = `
schema: offtake/agreement@1
name: lab-northlight
parties: { buyer: lab, provider: northlight }
effective: { from: 2036-01-01, to: 2040-12-31 }
holidays: us-federal
clauses:
  - { id: may-match, kind: match, scope: { accelerators: [H200] }, window: 3 business days }
`;
  const files = (text: string) => ({ files: [{ name: "lab-northlight.yaml", text }] });

  test("are planned, applied as planned, and read as of a time", async () => {
    const planned = await call("POST", "/agreements/plan", { body: files(TEXT) });
    expect(data(planned)).toMatchObject({ add: 1, change: 0 });
    const match = { "if-match": planned.headers.get("etag") ?? "" };
    expect(codeOf(await call("POST", "/agreements/apply", { body: files(TEXT) }))).toBe("428 precondition_required");
    const applied = await call("POST", "/agreements/apply", { body: files(TEXT), headers: match });
    expect(applied.status).toBe(200);
    const changed = TEXT.replace("3 business days", "5 business days");
    const next = await call("POST", "/agreements/plan", { body: files(changed) });
    expect(data(next)).toMatchObject({ change: 1, agreements: [{ from: 1, to: 2, differs: ["clauses.may-match"] }] });
    // Both versions stand beside it, whole: what differs in them is what is said to differ.
    const [differing] = (
      data(next) as { agreements: { before: Record<string, unknown>; after: Record<string, unknown> }[] }
    ).agreements;
    const { version: from, clauses: old, ...same } = differing?.before ?? {};
    expect(differing?.after).toMatchObject({ ...same, version: 2 });
    expect([from, differing?.after["clauses"]]).toEqual([1, expect.not.arrayContaining(old as unknown[])]);
    expect(codeOf(await call("POST", "/agreements/apply", { body: files(changed), headers: match }))).toBe(
      "412 precondition_failed",
    );
    const again = await call("POST", "/agreements/apply", { body: files(TEXT), headers: match });
    expect(again.body).toMatchObject({ data: { add: 0 }, receipt: null });
    const asOf = await call("GET", "/agreements/lab-northlight/as-of?effectiveAt=2037-01-01T00:00:00Z");
    expect(data(asOf)).toMatchObject({ view: { agreement: { version: 1 } } });
    const before = "/agreements/lab-northlight/as-of?effectiveAt=2037-01-01T00:00:00Z&knownAt=2030-01-01T00:00:00Z";
    expect(codeOf(await call("GET", before))).toBe("404 not_found");
    expect(rows(await call("GET", "/agreements/lab-northlight/versions")).length).toBe(1);
    expect(data(await call("GET", "/agreements/lab-northlight/versions/1"))["id"]).toBe("lab-northlight:1");
  });

  test("come with the parties that they name, and in several versions, all of it or nothing", async () => {
    const named = (text: string): string =>
      text.replace("name: lab-northlight", "name: lab-zephyr").replace("northlight }", "zephyr }");
    const [first, second] = [named(TEXT), `${named(TEXT).replace("3 business", "4 business")}version: 2\n`];
    const zephyr = { id: "zephyr", name: "Zephyr", roles: "provider" };
    const body = (...texts: string[]) => ({
      parties: [zephyr],
      files: texts.map((text, index) => ({ name: `${index}.yaml`, text })),
    });
    expect(codeOf(await call("POST", "/agreements/plan", { body: body(second, first) }))).toBe("409 duplicate_id");
    expect(codeOf(await call("POST", "/agreements/plan", { body: { ...body(first), parties: [{ id: "x" }] } }))).toBe(
      "422 missing_key",
    );
    const stranger = second.replace("provider: zephyr", "provider: nobody").replace("lab-zephyr", "lab-nobody");
    const bad = await call("POST", "/agreements/plan", { body: body(first, stranger) });
    expect(codeOf(bad)).toBe("422 unknown_party");
    const apply = (etag: string) =>
      call("POST", "/agreements/apply", { body: body(first, stranger), headers: { "if-match": etag } });
    const stale = await apply('"0"');
    expect(codeOf(stale)).toBe("412 precondition_failed");
    expect(codeOf(await apply(stale.headers.get("etag") ?? ""))).toBe("422 unknown_party");
    for (const path of ["/parties/zephyr", "/agreements/lab-zephyr"])
      expect(codeOf(await call("GET", path))).toBe("404 not_found");
    const planned = await call("POST", "/agreements/plan", { body: body(first, second) });
    expect(data(planned)).toMatchObject({
      parties: ["zephyr"],
      agreements: [
        { change: "add", to: 1 },
        { change: "change", from: 1, to: 2, differs: expect.arrayContaining(["clauses.may-match"]) },
      ],
    });
    const headers = { "if-match": planned.headers.get("etag") ?? "" };
    expect((await call("POST", "/agreements/apply", { body: body(first, second), headers })).status).toBe(200);
    expect(rows(await call("GET", "/agreements/lab-zephyr/versions")).length).toBe(2);
    expect(data(await call("GET", "/parties/zephyr"))["id"]).toBe("zephyr");
    expect(codeOf(await call("POST", "/agreements/plan", { body: body(first, second) }))).toBe("409 duplicate_id");
    const again = await call("POST", "/agreements/plan", { body: body(second) });
    expect(again.body).toMatchObject({ data: { parties: [], add: 0, change: 0 } });
  });

  test("change only as the caller has seen them", async () => {
    const seen = await call("GET", "/agreements/lab-meridian");
    const body = { status: "suspended", why: "in default" };
    const path = "/agreements/lab-meridian/status";
    expect(codeOf(await call("POST", path, { body }))).toBe("428 precondition_required");
    expect(codeOf(await call("POST", path, { body, headers: { "if-match": '"0"' } }))).toBe("412 precondition_failed");
    const etag = seen.headers.get("etag") ?? "";
    expect(data(await call("POST", path, { body, headers: { "if-match": etag } }))["status"]).toBe("suspended");
  });

  test("are not a party's to see that did not sign them", async () => {
    expect(rows(await call("GET", "/agreements", { as: "northlight" })).map(({ id }) => String(id))).toEqual([
      "lab-northlight",
    ]);
  });
});

describe("facts and capacity", () => {
  test.each([
    ["/parties/ember", { id: "ember", name: "Ember", roles: "provider" }],
    [
      "/blocks/e1",
      {
        id: "e1",
        provider: "ember",
        accelerator: "H100",
        region: "us",
        count: 64,
        window: { from: "2036-01-01", to: "2036-12-31" },
      },
    ],
    [
      "/offers/e-list",
      { id: "e-list", provider: "ember", accelerator: "H100", region: "us", price: "2.10 USD/h", blocks: "e1" },
    ],
    ["/calendars/own", { id: "own", source: "us", years: { from: 2036, to: 2037 }, holidays: ["2036-07-04"] }],
    ["/policy", { tenderWindow: "24 hours" }],
  ])("%s is recorded, and read", async (path, body) => {
    const put = await call("PUT", path, { body });
    expect(put.body).toMatchObject({ data: { id: expect.any(String) }, receipt: { party: "lab" } });
    expect((await call("GET", path)).status).toBe(200);
  });

  test("an id of the body that the address does not name is a problem", async () => {
    const body = { id: "other", name: "Other", roles: "provider" };
    expect(codeOf(await call("PUT", "/parties/ember", { body }))).toBe("422 conflicting_keys");
  });

  test("a block is withdrawn, and stays on record as that", async () => {
    expect(data(await call("DELETE", "/blocks/e1"))).toMatchObject({ status: "withdrawn" });
    expect(rows(await call("GET", "/blocks?status=withdrawn")).map(({ id }) => String(id))).toEqual(["e1"]);
  });

  test.each([
    ["/exchange-rates", { from: "EUR", to: "USD", rate: "1.1", at: "2036-01-01T00:00:00Z", source: "ecb" }],
    ["/index-values", { index: "h100", date: "2036-01-01", value: "2.2", source: "published" }],
    ["/parties/ember/eligibility", { eligible: false, reason: "audit", from: "2036-02-01T00:00:00Z" }],
  ])("%s is recorded", async (path, body) => {
    const made = await call("POST", path, { body });
    expect(made.body).toMatchObject({ data: { id: expect.any(String) } });
  });
});

describe("a notice and a market", () => {
  test("are answered and bid on by those who were asked, and by nobody else", async () => {
    await call("DELETE", "/standing-answers/takes-what-it-can", { as: "meridian" });
    await call("DELETE", "/offers/list");
    const etag = (await call("GET", "/agreements/lab-meridian")).headers.get("etag") ?? "";
    const active = { status: "active", why: "cured" };
    await call("POST", "/agreements/lab-meridian/status", { body: active, headers: { "if-match": etag } });
    const wish = { ...WISH, id: "r9", window: { from: "2036-06-04", for: "7 days" }, unfilled: "keep" };
    expect(data(await call("POST", "/requests", { body: wish }))["status"]).toBe("open");
    const [notice] = rows(await call("GET", "/notices?status=open", { as: "meridian" }));
    const path = `/notices/${String(notice?.["id"])}/answers`;
    const body = { type: "accept", count: 64, blocks: ["m1"] };
    expect(codeOf(await call("POST", path, { as: "northlight", body }))).toBe("404 not_found");
    expect(codeOf(await call("POST", path, { as: "meridian", body: { type: "refuse", count: 4 } }))).toBe(
      "422 conflicting_keys",
    );
    const answered = await call("POST", path, { as: "meridian", body });
    expect(answered.body).toMatchObject({ data: { view: { answers: [{ by: "meridian" }] } } });
    const other = { as: "meridian", body: { type: "refuse", reason: "full" }, key: "another" };
    const second = await call("POST", path, other);
    expect(codeOf(second)).toBe("409 answer_already_binding");
    expect(second.body["detail"]).toMatch(
      /^Somebody of your party has answered already\. Accepted 64, received 2\d{3}-/,
    );
    const { length, hash } = second.body["receipt"] as { length: number; hash: string };
    expect(await call("GET", `/receipts/${length}`, { as: "meridian" })).toMatchObject({ body: { data: { hash } } });
    expect((await call("POST", path, other)).body).toEqual(second.body);
    const recorded = data(await call("GET", path.replace("/answers", ""), { as: "meridian" }));
    expect(recorded).toMatchObject({ view: { answers: [{ verdict: "binding" }, { verdict: "ignored" }] } });
    const [invitation] = rows(await call("GET", "/invitations", { as: "northlight" }));
    const bids = `/invitations/${String(invitation?.["id"])}/bids`;
    // Of more digits than an instant has behind its seconds: it is nowhere by chance.
    const bid = { count: 32, price: "2.409317 USD/h", blocks: ["n1"], validUntil: "2036-05-01" };
    expect(codeOf(await call("POST", bids, { as: "meridian", body: bid }))).toBe("404 not_found");
    const placed = await call("POST", bids, { as: "northlight", body: bid });
    expect(placed.status).toBe(200);
    const [mine] = rows(await call("GET", "/bids", { as: "northlight" }));
    expect(mine).toMatchObject({ status: "sealed", view: { bid: { lines: [{ line: 1 }] } } });
    expect(JSON.stringify((await call("GET", "/requests/r9")).body)).not.toContain("2.409317");
    expect(JSON.stringify(mine)).toContain("2.409317");
    const extended = await call("POST", `/bids/${String(mine?.["id"])}/extend`, {
      as: "northlight",
      body: { until: "2036-05-05" },
    });
    expect(extended.status).toBe(200);
    expect(data(await call("POST", `/bids/${String(mine?.["id"])}/withdraw`, { as: "northlight" }))["status"]).toBe(
      "withdrawn",
    );
  });
});

describe("a stream", () => {
  test("goes on behind the last event that came, and as long as it is read", async () => {
    const response = await send("GET", "/feed/stream", { headers: { "last-event-id": "2" } });
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    const reader = response.body?.getReader();
    let text = "";
    const more = async (wanted: RegExp): Promise<void> => {
      while (!wanted.test(text)) text += new TextDecoder().decode((await reader?.read())?.value);
    };
    await more(/^id: 3$/m);
    expect(text).not.toMatch(/^id: 2$/m);
    const party = { id: "late", name: "Late Party", roles: "provider" };
    await call("PUT", "/parties/late", { body: party });
    await more(/Late Party/);
    const ids = [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
    expect(ids).toEqual(ids.map((_, index) => index + 3));
    await reader?.cancel();
  });

  test("that begins nowhere is a problem", async () => {
    expect(codeOf(await call("GET", "/feed/stream", { headers: { "last-event-id": "x" } }))).toBe(
      "400 parameter_malformed",
    );
  });
});

describe("the broker's log", () => {
  test("holds nothing of what is sent", async () => {
    const CANARY = "canary-of-the-log";
    // Of so many digits that no instant, port or trace holds them by chance.
    const CAP = "914738.260517";
    await call("POST", "/requests", { body: { ...WISH, id: CANARY, notes: CANARY, cap: `${CAP} USD/h` } });
    await call("POST", "/requests", { text: `{"id": "${CANARY}"`, headers: { authorization: `Bearer ${CANARY}` } });
    await call("GET", `/requests/${CANARY}?${CANARY}=${CAP}`);
    for (const secret of [CANARY, CAP]) expect(served.log.join()).not.toContain(secret);
  });
});

describe("a feed", () => {
  test("is the caller's own, page by page, with the hashes that its receipts have", async () => {
    const { body } = await call("GET", "/feed?limit=5");
    expect(body).toMatchObject({ next: 5, data: [{ position: 0, type: "bookOpened" }, {}, {}, {}, {}] });
    const all = await call("GET", "/feed?limit=1000");
    const length = (all.body["data"] as unknown[]).length;
    expect(all.body).toMatchObject({ next: length, length });
    expect((await call("GET", "/feed?from=100000")).body).toEqual({ data: [], next: 100_000, length });
    const other = await call("GET", "/feed?limit=1000", { as: "northlight" });
    expect(JSON.stringify(other.body)).not.toMatch(/meridian/i);
  });

  test("is taken away whole, as lines and as a table", async () => {
    const lines = (await (await send("GET", "/feed/export")).text()).trimEnd().split("\n");
    expect(JSON.parse(lines[0] ?? "")).toEqual({ schema: "offtake/feed@1", book: "small", party: "lab" });
    expect(lines.length).toBeGreaterThan(20);
    const table = await send("GET", "/feed/export?format=csv");
    expect(table.headers.get("content-type")).toContain("text/csv");
    expect((await table.text()).split("\r\n")[0]).toBe("position,at,type,hash,event");
  });
});
