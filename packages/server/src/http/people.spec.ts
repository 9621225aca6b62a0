import type { AgreementId, Currency, RequestId } from "@offtake/core/kernel";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { followUp } from "../broker/upkeep.ts";
import type { Role } from "../people/index.ts";
import { DAY, withPeople } from "../people/world.fixture.ts";
import { servedBook } from "./world.fixture.ts";

const world = withPeople();
const ORIGIN = "http://broker.example";
let served: Awaited<ReturnType<typeof servedBook>>;
let admin: Awaited<ReturnType<ReturnType<typeof world>["party"]>>;

beforeAll(async () => {
  const { people } = world();
  served = await servedBook({ people, door: people, origins: () => [ORIGIN] });
  admin = await world().party("lab", "small");
});
afterAll(() => served.close());

interface Sent {
  readonly body?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

async function send(method: string, path: string, { body, form, headers = {} }: Sent = {}): Promise<Response> {
  const sent =
    form === undefined ? (body === undefined ? undefined : JSON.stringify(body)) : new URLSearchParams(form).toString();
  const type = form === undefined ? "application/json" : "application/x-www-form-urlencoded";
  return served.app.request(path, {
    method,
    headers: { ...(sent === undefined ? {} : { "content-type": type }), ...headers },
    ...(sent === undefined ? {} : { body: sent }),
  });
}

const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .filter((pair) => pair?.endsWith("=") !== true)
    .join("; ");
const codeOf = async (response: Response): Promise<string> =>
  `${response.status} ${((await response.json()) as { code?: string }).code ?? ""}`;

async function oneTime(roles: readonly Role[] = ["procurement"]): Promise<string> {
  const { login } = await world().people.members.invite(admin.admin, { name: "Ann", roles });
  return login?.code ?? "";
}

describe("logging in with a browser", () => {
  test("a page without scripts asks for a one-time login, and does not use up the one in its address", async () => {
    const code = await oneTime();
    const response = await send("GET", `/login?code=${code}`);
    const page = await response.text();
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    // Under no-referrer browsers send `Origin: null` with a form, also to ourselves.
    expect(response.headers.get("referrer-policy")).toBe("same-origin");
    expect(page).not.toContain("<script");
    expect(page).toContain(`value="${code}"`);
    expect((await send("POST", "/login", { form: { code } })).status).toBe(303);
  });

  test("who logs in goes on to where it wanted to, and never to another server", async () => {
    const goOn = async (returnTo: string) =>
      (await send("POST", "/login", { form: { code: await oneTime(), returnTo } })).headers.get("location");
    expect(await goOn("/requests/req_1?as=small%2Flab&tab=json")).toBe("/requests/req_1?as=small%2Flab&tab=json");
    for (const foreign of ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"])
      expect(await goOn(foreign)).toBe("/");
    const page = await (await send("GET", "/login?returnTo=%2Fqueue%3Fas%3Da")).text();
    expect(page).toContain('<input type="hidden" name="returnTo" value="/queue?as=a">');
  });

  test("a page shows nothing as markup that came with its address", async () => {
    const page = await (await send("GET", `/login?code=${encodeURIComponent('"><script>alert(1)</script>')}`)).text();
    expect(page).not.toContain("<script");
  });

  test("the cookie is kept from scripts, other sites and other hosts, and is good until it ends", async () => {
    const response = await send("POST", "/login", { form: { code: await oneTime() }, headers: { origin: ORIGIN } });
    expect(response.headers.get("location")).toBe("/login");
    expect(response.headers.getSetCookie()[0]).toMatch(
      /^__Host-offtake=offs_[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=\d+$/,
    );
    const cookie = cookiesOf(response);
    expect(await (await send("GET", "/login", { headers: { cookie } })).text()).toContain("lab");
    expect((await send("GET", "/v1/books/small/requests", { headers: { cookie } })).status).toBe(200);
    const session = (await (await send("GET", "/v1/session", { headers: { cookie } })).json()) as {
      data: { csrf: string };
    };
    const out = await send("POST", "/logout", {
      form: { csrf: session.data.csrf },
      headers: { cookie, origin: ORIGIN },
    });
    expect(out.status).toBe(303);
    expect(await codeOf(await send("GET", "/v1/books/small/requests", { headers: { cookie } }))).toBe(
      "401 not_authenticated",
    );
  });

  test("what is wrong is told on the page, in the same words whatever it was", async () => {
    const used = await oneTime();
    await send("POST", "/login", { form: { code: used } });
    const pages = await Promise.all(
      [used, "offl_nothing", ""].map(async (code) => {
        const response = await send("POST", "/login", { form: { code } });
        expect(response.status).toBe(401);
        expect(response.headers.getSetCookie()).toEqual([]);
        return response.text();
      }),
    );
    expect(new Set(pages).size).toBe(1);
    expect(pages[0]).toContain('role="alert"');
  });

  test("nobody is logged in from another site's page", async () => {
    const code = await oneTime();
    const elsewhere = await send("POST", "/login", { form: { code }, headers: { origin: "https://evil.example" } });
    expect(await codeOf(elsewhere)).toBe("403 wrong_origin");
  });

  test("an identity provider that is not set up is not there", async () => {
    expect(await codeOf(await send("GET", "/login/sso"))).toBe("404 not_found");
  });
});

describe("with a browser's cookie", () => {
  async function inBrowser(roles: readonly Role[] = ["admin", "procurement"]) {
    const cookie = cookiesOf(await send("POST", "/login", { form: { code: await oneTime(roles) } }));
    const session = (await (await send("GET", "/v1/session", { headers: { cookie } })).json()) as {
      data: { csrf: string };
    };
    return { cookie, csrf: session.data.csrf };
  }
  const invite = (headers: Readonly<Record<string, string>>) =>
    send("POST", "/v1/books/small/members", { body: { name: "Bea", roles: [] }, headers });

  test("nothing is changed from another site, without the session's token, or with another's", async () => {
    const { cookie, csrf } = await inBrowser();
    const other = await inBrowser();
    const good = { cookie, origin: ORIGIN, "x-csrf-token": csrf, "sec-fetch-site": "same-origin" };
    expect((await invite(good)).status).toBe(201);
    const { origin: _origin, ...noOrigin } = good;
    const { "x-csrf-token": _token, ...noToken } = good;
    for (const wrong of [
      noOrigin,
      noToken,
      { ...good, origin: "https://evil.example" },
      { ...good, origin: "null" },
      { ...good, "x-csrf-token": other.csrf },
      { ...good, "sec-fetch-site": "cross-site" },
    ])
      expect(await codeOf(await invite(wrong))).toBe("403 wrong_origin");
    expect((await send("GET", "/v1/books/small/members", { headers: { cookie } })).status).toBe(200);
  });

  test("nobody is logged out, or made to act for another party, from another site", async () => {
    const { cookie } = await inBrowser();
    const put = await send("PUT", "/v1/session/party", { body: { book: "small", party: "lab" }, headers: { cookie } });
    expect(await codeOf(put)).toBe("403 wrong_origin");
    expect(await codeOf(await send("DELETE", "/v1/session", { headers: { cookie } }))).toBe("403 wrong_origin");
    for (const [path, form] of [
      ["/logout", { csrf: "x" }],
      ["/login/party", { csrf: "x", party: "small/lab" }],
    ] as const)
      expect(await codeOf(await send("POST", path, { form, headers: { cookie, origin: ORIGIN } }))).toBe(
        "403 wrong_origin",
      );
  });
});

describe("from a terminal", () => {
  test("a one-time login gives a token; it chooses only parties that are its own", async () => {
    const made = await send("POST", "/v1/login", { body: { code: await oneTime(["procurement"]) } });
    expect(made.status).toBe(201);
    const { token } = (await made.json()) as { token: string };
    const headers = { authorization: `Bearer ${token}` };
    const session = (await (await send("GET", "/v1/session", { headers })).json()) as { data: Record<string, unknown> };
    expect(session.data).toMatchObject({ kind: "terminal", memberships: [{ book: "small", party: "lab" }] });
    const choose = (party: string) => send("PUT", "/v1/session/party", { body: { book: "small", party }, headers });
    expect((await choose("lab")).status).toBe(204);
    expect(await codeOf(await choose("meridian"))).toBe("404 not_found");
    expect((await send("DELETE", "/v1/session", { headers })).status).toBe(204);
    expect(await codeOf(await send("GET", "/v1/session", { headers }))).toBe("401 not_authenticated");
  });
});

/** Somebody of the lab, by a key. */
async function as(...roles: Role[]) {
  const { people } = world();
  const { person } = await people.members.invite(admin.admin, { name: "Somebody", roles });
  const { shown } = await people.keys.create(admin.admin, { person, label: "spec", roles });
  let calls = 0;
  const call = (method: string, path: string, body?: unknown, match = "*", key?: string): Promise<Response> =>
    send(method, `/v1/books/small${path}`, {
      ...(body === undefined ? {} : { body }),
      headers: {
        authorization: `Bearer ${shown}`,
        "if-match": match,
        "idempotency-key": key ?? `${person} ${(calls += 1)}`,
      },
    });
  const data = async (method: string, path: string, body?: unknown): Promise<unknown> =>
    ((await (await call(method, path, body)).json()) as { data: unknown }).data;
  return { person, shown, call, data };
}

const WISH = {
  accelerators: "H100",
  count: 96,
  regions: "us",
  window: { from: "2036-02-04", for: "7 days" },
  purpose: "inference",
  cap: "3 USD/h",
  unfilled: "close",
};

describe("auditors", () => {
  test("read what hangs on granted requests, and find nothing else", async () => {
    const [lawyer, buyer, auditor] = [await as("legal"), await as("procurement"), await as("auditor")];
    await buyer.call("POST", "/requests", { ...WISH, id: "seen" });
    await buyer.call("POST", "/requests", { ...WISH, id: "unseen", window: { from: "2036-03-04", for: "7 days" } });
    const from = new Date(world().now()).toISOString();
    const to = new Date(world().now() + DAY).toISOString();
    const grant = { person: auditor.person, requests: ["seen"], from, to, why: "yearly audit" };
    const { granted } = (await lawyer.data("POST", "/grants", grant)) as { granted: string };
    expect(await auditor.data("GET", "/requests")).toMatchObject([{ id: "seen" }]);
    const notices = (await auditor.data("GET", "/notices")) as { view: { notice: { request: string } } }[];
    expect(notices.length).toBeGreaterThan(0);
    expect(notices.every(({ view }) => view.notice.request === "seen")).toBe(true);
    expect((await auditor.call("GET", "/explanations/seen")).status).toBe(200);
    const nothing = await (await auditor.call("GET", "/requests/none")).text();
    const [unseen = ""] = (
      (await buyer.data("GET", "/notices?request=unseen")) as { view: { notice: { id: string } } }[]
    ).map(({ view }) => view.notice.id);
    expect(unseen).not.toBe("");
    for (const path of [
      ...["/requests/unseen", "/requests/unseen/lots", "/explanations/unseen", `/notices/${unseen}`],
      ...[`/notices/${unseen}/letter`, "/bids", "/receipts/1"],
    ])
      expect(await (await auditor.call("GET", path)).text()).toBe(nothing);
    const lots = (await auditor.data("GET", "/requests/seen/lots")) as { lot: { id: string } }[];
    expect(lots.length).toBeGreaterThan(0);
    expect((await auditor.call("GET", `/requests/seen/lots/${lots[0]?.lot.id}`)).status).toBe(200);
    expect(await codeOf(await auditor.call("GET", "/feed"))).toBe("403 not_allowed");
    const log = (await lawyer.data("GET", "/access-log")) as { person: string; object: string; outcome: string }[];
    const mine = log.filter(({ person }) => person === auditor.person);
    expect(mine).toContainEqual(expect.objectContaining({ object: "requests/unseen", outcome: "refused" }));
    expect(mine).toContainEqual(expect.objectContaining({ object: "explanations/seen", outcome: "read", granted }));
    expect(mine).toContainEqual(expect.objectContaining({ object: "lots of seen", outcome: "read", granted }));
    expect(mine).toContainEqual(expect.objectContaining({ object: "lots of unseen", outcome: "refused" }));
    expect((await lawyer.call("POST", `/grants/${granted}/revoke`)).status).toBe(204);
    expect(await auditor.data("GET", "/requests")).toEqual([]);
  });
});

describe("approvals", () => {
  test("hold a request back until somebody else gives them", async () => {
    const [boss, buyer, cfo] = [await as("admin"), await as("procurement", "finance"), await as("finance")];
    // 96 accelerators for 168 hours at 3 USD are 48,384 USD.
    const rule = { kinds: ["request"], from: "48384 USD", roles: ["finance"] };
    expect((await boss.call("PUT", "/approval-rules/budget", rule)).status).toBe(204);
    expect(await boss.data("GET", "/approval-rules")).toEqual([
      { id: "budget", kinds: ["request"], from: "48384.00 USD", roles: ["finance"], people: 1 },
    ]);
    const made = await buyer.data("POST", "/requests", { ...WISH, id: "dear" });
    expect(made).toMatchObject({ status: "awaiting_approval" });
    const cheap = await buyer.data("POST", "/requests", { ...WISH, id: "cheap", count: 8 });
    expect(cheap).toMatchObject({ status: "awarded_full" });
    const [waiting] = (await cfo.data("GET", "/approvals?standing=waits")) as { approval: string }[];
    expect(waiting).toMatchObject({
      subject: "dear",
      proposer: buyer.person,
      act: { amount: "48384.00 USD", count: 96, from: expect.any(String), to: expect.any(String) },
    });
    // Whoever may decide it can tell by whom it was asked, and learns no more of that person than name and roles.
    expect(await cfo.data("GET", "/colleagues")).toContainEqual({
      person: buyer.person,
      name: expect.any(String),
      roles: ["procurement", "finance"],
      isMember: true,
    });
    const give = (who: typeof cfo) => who.call("POST", "/requests/dear/approvals/budget/give");
    expect(await codeOf(await give(buyer))).toBe("403 own_proposal");
    expect(await codeOf(await boss.call("POST", "/requests/dear/approvals/budget/give"))).toBe("403 not_allowed");
    const given = await give(cfo);
    expect(((await given.json()) as { data: unknown }).data).toMatchObject({ standing: "given", receipt: {} });
    expect(await buyer.data("GET", "/requests/dear")).toMatchObject({ status: "awarded_full" });
    expect(await codeOf(await give(cfo))).toBe("409 not_waiting");
    expect(await codeOf(await cfo.call("POST", "/requests/dear/approvals/nothing/give"))).toBe("404 not_found");
    await boss.call("DELETE", "/approval-rules/budget");
  });

  test("are asked for anew after a revision, and never of whoever revised last, also where a call comes a second time", async () => {
    const [boss, ann, bob, cfo] = [
      await as("admin"),
      await as("procurement"),
      await as("procurement", "finance"),
      await as("finance"),
    ];
    await boss.call("PUT", "/approval-rules/budget", {
      kinds: ["request"],
      from: "1 USD",
      roles: ["finance"],
      people: 2,
    });
    const other = await as("finance");
    const small = { ...WISH, id: "grows", budget: "10 USD" };
    const submit = () => ann.call("POST", "/requests", small, "*", "grows 1");
    const first = await submit();
    expect(first.status).toBe(201);
    const give = (who: typeof cfo) => who.call("POST", "/requests/grows/approvals/budget/give");
    expect((await give(cfo)).status).toBe(200);
    const large = { ...small, budget: "100000 USD" };
    expect((await bob.call("PUT", "/requests/grows", large)).status).toBe(200);
    // The first call once more, by its sender and by a colleague: it was taken then, and asks for nothing now.
    expect((await submit()).status).toBe(201);
    expect((await bob.call("POST", "/requests", small, "*", "grows 1")).status).toBe(201);
    const waiting = async () =>
      ((await cfo.data("GET", "/approvals?standing=waits")) as { subject: string }[]).filter(
        ({ subject }) => subject === "grows",
      );
    expect(await waiting()).toMatchObject([{ proposer: bob.person, act: { amount: "100000.00 USD" }, decisions: [] }]);
    expect(await codeOf(await give(bob))).toBe("403 own_proposal");
    // A note is no other wish.
    expect((await ann.call("PUT", "/requests/grows", { ...large, notes: "for the board" })).status).toBe(200);
    expect(await waiting()).toMatchObject([{ proposer: bob.person }]);
    expect((await give(cfo)).status).toBe(200);
    expect(await ann.data("GET", "/requests/grows")).toMatchObject({ status: "awaiting_approval" });
    expect((await give(other)).status).toBe(200);
    expect(await ann.data("GET", "/requests/grows")).toMatchObject({ status: "awarded_full" });
    await boss.call("DELETE", "/approval-rules/budget");
  });

  test("follow what the request asks, also where whoever was to note it went away; and end with it", async () => {
    const [boss, ann, bob, cfo] = [
      await as("admin"),
      await as("procurement"),
      await as("procurement", "finance"),
      await as("finance"),
    ];
    await boss.call("PUT", "/approval-rules/budget", { kinds: ["request"], from: "1 USD", roles: ["finance"] });
    await ann.data("POST", "/requests", { ...WISH, id: "moves", budget: "10 USD" });
    const read = async (standing: string) =>
      ((await cfo.data("GET", `/approvals?standing=${standing}`)) as { subject: string; approval: string }[]).filter(
        ({ subject }) => subject === "moves",
      );
    const [before] = await read("waits");
    const node = await served.services.books.get(admin.seat.book);
    const state = node?.view.requests.get("moves" as RequestId);
    if (node === undefined || state === undefined) throw new Error("Broken belief: the request is open");
    const revised = { ...state.request, version: 2, budget: { micros: 77_000_000n, currency: "USD" as Currency } };
    // Accepted, and then the node was gone before it noted what waits.
    const answer = await node.submit({
      body: { type: "reviseRequest", request: revised, askedBy: bob.person },
      actor: admin.seat.party,
      key: "moves 2",
    });
    if (answer.outcome !== "accepted") throw new Error("Broken belief: the revision is taken");
    await served.services.telling.receipt(admin.seat.book, admin.seat.party, answer.position);
    expect(await codeOf(await cfo.call("POST", `/approvals/${before?.approval}/give`))).toBe("409 not_waiting");
    expect(await read("waits")).toMatchObject([{ proposer: bob.person, act: { amount: "77.00 USD" } }]);
    expect((await ann.call("POST", "/requests/moves/withdraw")).status).toBe(200);
    expect(await read("waits")).toEqual([]);
    expect(await read("withdrawn")).toHaveLength(2);
    await boss.call("DELETE", "/approval-rules/budget");
  });

  test("hold a change of an agreement back, with the command that follows", async () => {
    const [boss, desk, lawyer] = [await as("admin"), await as("procurement"), await as("legal")];
    await boss.call("PUT", "/approval-rules/four-eyes", { kinds: ["agreement"], roles: ["legal"] });
    const suspend = await desk.call("POST", "/agreements/lab-meridian/status", { status: "suspended", why: "talks" });
    expect(suspend.status).toBe(202);
    const [approval = ""] = ((await suspend.json()) as { data: { approvals: string[] } }).data.approvals;
    const again = await desk.call("POST", "/agreements/lab-meridian/status", { status: "suspended", why: "default" });
    expect(await codeOf(again)).toBe("409 waits_already");
    expect(await desk.data("GET", "/agreements/lab-meridian")).toMatchObject({ status: "active" });
    expect(await codeOf(await desk.call("POST", `/approvals/${approval}/give`))).toBe("403 own_proposal");
    expect((await lawyer.call("POST", `/approvals/${approval}/give`, { note: "agreed" })).status).toBe(200);
    expect(await lawyer.data("GET", `/approvals/${approval}`)).toMatchObject({
      standing: "given",
      outcome: "accepted",
    });
    expect(await desk.data("GET", "/agreements/lab-meridian")).toMatchObject({ status: "suspended" });
    await boss.call("DELETE", "/approval-rules/four-eyes");
  });

  test("tell a call that is sent again under its key the same, whatever became of it, and another call that it is another", async () => {
    const [boss, desk, lawyer] = [await as("admin"), await as("procurement"), await as("legal")];
    await boss.call("PUT", "/approval-rules/four-eyes", { kinds: ["agreement"], roles: ["legal"] });
    const status = "/agreements/lab-meridian/status";
    const body = { status: "active", why: "talks are over" };
    const once = () => desk.call("POST", status, body, "*", "again 1");
    const [first, second] = await Promise.all([once(), once()]);
    const told = await first.text();
    expect([first.status, second.status, await second.text()]).toEqual([202, 202, told]);
    const [approval = ""] = (JSON.parse(told) as { data: { approvals: string[] } }).data.approvals;
    expect((await desk.data("GET", "/approvals?standing=waits")) as unknown[]).toHaveLength(1);
    const other = await desk.call("POST", status, { ...body, why: "something else" }, "*", "again 1");
    expect(await codeOf(other)).toBe("422 retry_differs");
    // The rule may be gone, and what waited may be done: it is not done a second time.
    expect((await lawyer.call("POST", `/approvals/${approval}/give`)).status).toBe(200);
    await boss.call("DELETE", "/approval-rules/four-eyes");
    const late = await once();
    expect([late.status, await late.text()]).toEqual([202, told]);
  });

  test("hold new versions of agreements back, each for itself", async () => {
    const [boss, desk, lawyer] = [await as("admin"), await as("procurement"), await as("legal")];
    await boss.call("PUT", "/approval-rules/four-eyes", { kinds: ["agreement"], roles: ["legal"] });
    const files = [file("frame-one"), file("frame-two")];
    const etag = (await desk.call("POST", "/agreements/plan", { files })).headers.get("etag") ?? "";
    const apply = await desk.call("POST", "/agreements/apply", { files }, etag);
    expect(apply.status).toBe(202);
    const { approvals } = ((await apply.json()) as { data: { approvals: string[] } }).data;
    expect(approvals).toHaveLength(2);
    expect(await codeOf(await desk.call("GET", "/agreements/frame-one"))).toBe("404 not_found");
    expect((await lawyer.call("POST", `/approvals/${approvals[0]}/give`)).status).toBe(200);
    expect((await lawyer.call("POST", `/approvals/${approvals[1]}/deny`)).status).toBe(200);
    expect(await desk.data("GET", "/agreements/frame-one")).toMatchObject({ id: "frame-one" });
    expect(await codeOf(await desk.call("GET", "/agreements/frame-two"))).toBe("404 not_found");
    await boss.call("DELETE", "/approval-rules/four-eyes");
  });

  test("hold answers in advance and waivers back, and refusals not", async () => {
    const [boss, desk, lawyer] = [await as("admin"), await as("procurement", "provider-desk"), await as("legal")];
    await boss.call("PUT", "/approval-rules/four-eyes", { kinds: ["answer", "waiver"], roles: ["legal"] });
    const accepts = { id: "s1", party: "lab", answer: { accept: {} } };
    const held = await desk.call("PUT", "/standing-answers/s1", accepts);
    expect(held.status).toBe(202);
    const [approval = ""] = ((await held.json()) as { data: { approvals: string[] } }).data.approvals;
    expect(await codeOf(await desk.call("GET", "/standing-answers/s1"))).toBe("404 not_found");
    expect((await lawyer.call("POST", `/approvals/${approval}/give`)).status).toBe(200);
    expect(await desk.data("GET", "/standing-answers/s1")).toMatchObject({ id: "s1" });
    const refuses = await desk.call("PUT", "/standing-answers/s2", { id: "s2", party: "lab", answer: "refuse" });
    expect(refuses.status).toBe(200);
    const waiver = { id: "w1", right: "lab-meridian/first" };
    expect((await desk.call("PUT", "/waivers/w1", waiver)).status).toBe(202);
    await boss.call("DELETE", "/approval-rules/four-eyes");
  });
});

describe("readings", () => {
  interface Read {
    readonly version: number;
    readonly clauses: readonly {
      readonly id: string;
      readonly reading?: { readonly by: string; readonly at: string };
    }[];
  }
  const read = async (who: Awaited<ReturnType<typeof as>>) => {
    const answer = await who.call("GET", "/agreements/lab-meridian");
    const { data } = (await answer.json()) as { data: { view: { agreement: Read } } };
    return { etag: answer.headers.get("etag") ?? "", agreement: data.view.agreement };
  };

  test("are confirmed on record by who may, each in a version in which nothing else differs, under a name", async () => {
    const [desk, lawyer] = [await as("procurement"), await as("legal")];
    const before = await read(lawyer);
    const clause = before.agreement.clauses.find(({ reading }) => reading === undefined)?.id ?? "";
    const confirm = (who: typeof desk, body: object, etag: string) =>
      who.call("POST", "/agreements/lab-meridian/confirm-reading", body, etag);
    expect(await codeOf(await confirm(desk, { clause }, before.etag))).toBe("403 not_allowed");
    expect(await codeOf(await confirm(lawyer, { clause: "none" }, before.etag))).toBe("404 not_found");
    expect((await confirm(lawyer, { clause, by: "R. Weiss" }, before.etag)).status).toBe(200);
    const after = await read(lawyer);
    const reading = { by: "R. Weiss", at: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string };
    const clauses = before.agreement.clauses.map((one) => (one.id === clause ? { ...one, reading } : one));
    expect(after.agreement).toEqual({ ...before.agreement, version: before.agreement.version + 1, clauses });
    // Whoever has not seen that it was confirmed, and whoever has, confirms nothing more.
    expect(await codeOf(await confirm(lawyer, { clause }, before.etag))).toBe("412 precondition_failed");
    expect(await codeOf(await confirm(lawyer, { clause }, after.etag))).toBe("409 decided_already");
  });
});

const file = (name: string) => ({
  name: `${name}.yaml`,
  text: `schema: offtake/agreement@1\nname: ${name}\ntitle: Frame\nparties: { buyer: lab, provider: northlight }\neffective: { from: 2036-01-01 }\nclauses: []\n`,
});

test("a command whose approval was given right before a crash is sent afterwards, and once", async () => {
  const { approvals } = world().people;
  const [buyer, cfo] = [await as("procurement"), await as("finance")];
  const seat = admin.seat;
  const rule = { id: "late", kinds: ["agreement"], roles: ["finance"], people: 1 } as const;
  const command = {
    type: "changeAgreementStatus",
    agreement: "lab-meridian" as AgreementId,
    status: "active",
    why: "talks are over",
  } as const;
  const [approval = ""] = await approvals.propose(
    { ...seat, person: buyer.person },
    { kind: "agreement", subject: "lab-meridian", act: {}, rules: [rule], command },
  );
  // Given, and then the node was gone before it sent the command.
  await approvals.decide({ ...seat, person: cfo.person }, approval, true);
  const { people } = world();
  expect(await followUp(people, served.services.books)).toBe(1);
  expect(await cfo.data("GET", `/approvals/${approval}`)).toMatchObject({ outcome: expect.any(String) });
  expect(await followUp(people, served.services.books)).toBe(0);
});

describe("members and keys", () => {
  test("are looked after by administrators; a removed member is out with the next call", async () => {
    const boss = await as("admin");
    const made = (await boss.data("POST", "/members", { name: "Cy", roles: ["engineer"] })) as {
      person: string;
      login: { code: string };
    };
    expect(made.login.code).toMatch(/^offl_/);
    const key = (await boss.data("POST", "/keys", {
      person: made.person,
      label: "ci",
      roles: ["engineer"],
      days: 30,
    })) as {
      key: string;
      shown: string;
    };
    const read = () => send("GET", "/v1/books/small/requests", { headers: { authorization: `Bearer ${key.shown}` } });
    expect((await read()).status).toBe(200);
    const second = (await boss.data("POST", `/keys/${key.key}/rotate`, { overlapDays: 1 })) as { key: string };
    expect(second.key).not.toBe(key.key);
    expect(await boss.data("POST", `/members/${made.person}/remove`)).toMatchObject({ keys: 2, orphaned: [] });
    expect(await codeOf(await read())).toBe("401 not_authenticated");
    expect((await boss.call("POST", `/members/${made.person}/erase`)).status).toBe(204);
    expect(await boss.data("GET", `/members/${made.person}`)).toMatchObject({ name: null, email: null });
    expect(
      await codeOf(
        await boss.call("POST", "/members", { name: "X", email: "x@example.com", provider: "none", roles: [] }),
      ),
    ).toBe("422 provider_unknown");
  });

  test("everybody names deputies of their own; of others only an administrator", async () => {
    const [boss, one, two] = [await as("admin"), await as("finance"), await as("legal")];
    const from = new Date(world().now()).toISOString();
    const to = new Date(world().now() + DAY).toISOString();
    expect((await one.call("POST", "/deputies", { deputy: two.person, from, to })).status).toBe(204);
    const other = { person: one.person, deputy: two.person };
    expect(await codeOf(await two.call("POST", "/deputies", { ...other, from, to }))).toBe("404 not_found");
    expect((await boss.call("POST", "/deputies", { ...other, from, to })).status).toBe(204);
    expect(await one.data("GET", "/deputies")).toContainEqual({
      ...other,
      from: expect.any(String),
      to: expect.any(String),
    });
    expect((await boss.call("POST", "/deputies/end", other)).status).toBe(204);
  });
});
