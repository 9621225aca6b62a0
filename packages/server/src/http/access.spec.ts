import type { PartyId } from "@offtake/core/kernel";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { reachOf, type Role, ROLES } from "../people/index.ts";
import { DAY, withPeople } from "../people/world.fixture.ts";
import { type Route, operationIdOf } from "./operation.ts";
import { ROUTES } from "./routes.ts";
import { servedBook } from "./world.fixture.ts";

/**
 * Every operation, called as every role of every party, on what belongs to every other party: answers of two hundred only where the table
 * of permissions allows them, and everything that is not the caller's to see answered byte for byte like what is not there.
 */

const PARTIES = ["lab", "meridian", "northlight"] as const;
type Party = (typeof PARTIES)[number];

const world = withPeople();
let served: Awaited<ReturnType<typeof servedBook>>;
const keys = new Map<string, string>();
/** What each party has, by the name of the parameter that stands for it. */
const owned = new Map<Party, Map<string, string[]>>();

const isPublic = ({ operation }: Route): boolean => reachOf(undefined, operation.id) !== "none";
const GUARDED = ROUTES.filter((one) => !isPublic(one));

beforeAll(async () => {
  const { people } = world();
  let ticks = 0;
  const { database } = world();
  served = await servedBook({ people, door: people, clock: () => (ticks += 1_000) }, { database });
  for (const party of PARTIES) await populate(party);
  const submit = await call("lab", "procurement", "POST", "/v1/books/small/requests", JSON.stringify(WISH));
  if (submit.status !== 201) throw new Error(submit.text);
  await tasksGiven();
  for (const party of PARTIES) {
    await collect(party);
    await reachOut(party);
  }
}, 120_000);
afterAll(() => served.close());

const WISH = {
  id: "a-request-of-the-lab",
  accelerators: "H100",
  count: 96,
  regions: "us",
  window: { from: "2036-02-04", for: "7 days" },
  purpose: "inference",
  cap: "3 USD/h",
  unfilled: "close",
};

/** What follows an award follows it in its own time: the lists of the parties are compared once all of them know of their tasks. */
async function tasksGiven(): Promise<void> {
  const awards = await call("lab", "procurement", "GET", "/v1/books/small/awards");
  const { data } = JSON.parse(awards.text) as {
    readonly data: readonly { readonly view: { readonly award: AwardLines } }[];
  };
  const lines = data.reduce((sum, { view }) => sum + view.award.lines.length, 0);
  await vi.waitFor(
    async () => {
      const tasks = await served.services.office?.tasks.list("small" as never, "lab" as PartyId);
      expect(tasks?.tasks).toHaveLength(lines);
    },
    { timeout: 60_000, interval: 20 },
  );
}

interface AwardLines {
  readonly lines: readonly unknown[];
}

/** A key of every role, and one of everything that there is about people. */
async function populate(party: Party): Promise<void> {
  const { people, now } = world();
  const { admin, seat } = await world().party(party, "small");
  const mine = new Map<string, string[]>([["person", [admin.person]]]);
  owned.set(party, mine);
  for (const role of ROLES) {
    const { person } = await people.members.invite(admin, { name: `${role} of ${party}`, roles: [role] });
    const { key, shown } = await people.keys.create(admin, { person, label: role, roles: [role] });
    keys.set(`${party} ${role}`, shown);
    mine.get("person")?.push(person);
    mine.set("key", [...(mine.get("key") ?? []), key]);
    if (role === "auditor") {
      const granted = await people.grants.give(admin, {
        person,
        requests: ["x"],
        from: now(),
        to: now() + DAY,
        why: "w",
      });
      mine.set("granted", [granted]);
    }
  }
  const rule = { id: `rule-of-${party}`, kinds: ["bid"], roles: ["legal"], people: 1 } as const;
  const approvals = await people.approvals.propose(
    { ...seat, person: admin.person },
    { kind: "bid", subject: "b", act: {}, rules: [rule], command: { type: "passTime" } },
  );
  mine.set("approval", [...approvals]);
  await people.rules.set(admin, { ...rule, from: { micros: 10n ** 18n, currency: "USD" as never } });
  mine.set("rule", [rule.id]);
}

const KIND_OF_PARAMETER: Readonly<Record<string, string>> = {
  request: "requests",
  subject: "requests",
  agreement: "agreements",
  notice: "notices",
  bid: "bids",
  invitation: "invitations",
  award: "awards",
  party: "parties",
  waiver: "waivers",
  offer: "offers",
  block: "blocks",
  conflict: "conflicts",
  commitment: "commitments",
  calendar: "calendars",
  standingAnswer: "standingAnswers",
};

/** What a party was told of, from its own views. */
async function collect(party: Party): Promise<void> {
  const { store } = served.services.telling;
  for (const [parameter, kind] of Object.entries(KIND_OF_PARAMETER)) {
    const { objects } = await store.listObjects("small" as never, party as PartyId, { kind, limit: 100 });
    owned.get(party)?.set(
      parameter,
      objects.map(({ id }) => id),
    );
  }
}

/** What a party has that reaches out of the broker: an endpoint, a chat, a file, and what a provider has to set up. */
async function reachOut(party: Party): Promise<void> {
  const book = "/v1/books/small";
  const made = async (role: Role, path: string, body: string, type?: string): Promise<string> => {
    const { status, text } = await call(party, role, "POST", `${book}/${path}`, body, type);
    if (status !== 201) throw new Error(`${party} ${path}: ${status} ${text}`);
    const { data } = JSON.parse(text) as { readonly data: { readonly id?: string; readonly reference?: string } };
    return data.id ?? data.reference ?? "";
  };
  const mine = owned.get(party);
  const file = `%PDF-1.7 of ${party}`;
  mine?.set("webhook", [await made("admin", "webhooks", JSON.stringify({ url: `https://hooks.invalid/${party}` }))]);
  const channel = { kind: "slack", url: `https://hooks.slack.com/services/T/B/${party}` };
  mine?.set("channel", [await made("admin", "channels", JSON.stringify(channel))]);
  mine?.set("file", [await made("procurement", "files?name=f.pdf", file, "application/pdf")]);
  const { tasks } = served.services.office ?? {};
  mine?.set(
    "task",
    ((await tasks?.list("small" as never, party as PartyId))?.tasks ?? []).map(({ id }) => id),
  );
}

async function call(party: Party, role: Role, method: string, path: string, body?: string, type = "application/json") {
  const response = await served.app.request(path, {
    method: method.toUpperCase(),
    headers: {
      authorization: `Bearer ${keys.get(`${party} ${role}`)}`,
      "idempotency-key": `${party} ${role} ${method} ${path} ${body ?? ""}`
        .replaceAll(/[^ -~]/g, "")
        .slice(0, 190)
        .trim(),
      "if-match": "*",
      ...(body === undefined ? {} : { "content-type": type }),
    },
    ...(body === undefined ? {} : { body }),
  });
  return { status: response.status, text: (await response.text()).replace(/"traceId":"\w+"/, "") };
}

const NOWHERE = "per_00000000000000000000";
const parametersOf = ({ operation }: Route): readonly string[] =>
  [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "").filter((name) => name !== "book");

/** An address with what stands for each parameter: of the first one what is asked about, of the others something plain. */
function pathOf(one: Route, about: string, book = "small"): string {
  const [first] = parametersOf(one);
  const query = one.operation.variant === "AsOf" ? "?effectiveAt=2036-01-01T00:00:00Z" : "";
  const path = one.operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    name === "book" ? book : name === first ? encodeURIComponent(about) : name === "version" ? "1" : "name",
  );
  return path + query;
}

/** Bodies that are right in themselves, so that what they are about is looked up. A member's id stands in them where it can. */
function bodyOf({ operation }: Route, about: string, party: Party = "meridian"): string | undefined {
  if (operation.body === undefined) return undefined;
  const times = { from: "2036-01-02T00:00:00Z", to: "2036-01-03T00:00:00Z" };
  const bodies: Readonly<Record<string, unknown>> = {
    memberInvite: { name: "New", roles: [] },
    memberRolesSet: { roles: ["engineer"] },
    memberRemove: {},
    keyCreate: { person: about, label: "x", roles: [] },
    keyRotate: {},
    groupSet: { provider: "sso", group: "g", roles: [] },
    groupRemove: { provider: "sso", group: "g" },
    grantGive: { person: about, requests: ["q"], ...times, why: "w" },
    deputySet: { deputy: about, ...times },
    deputyEnd: { deputy: about },
    approvalAssign: { person: about },
    approvalRuleSet: { kinds: ["bid"], persons: [about] },
    approvalGive: {},
    approvalDeny: {},
    agreementStatusChange: { status: "suspended", why: "w" },
    awardApprove: { confirm: true },
    noticeAnswer: { answer: "refuse" },
    blockRecord: { id: about, provider: party, accelerator: "H100", region: "us", count: 8, window: WINDOW },
    offerRecord: { id: about, provider: party, accelerator: "H100", region: "us", price: "2 USD/h" },
    standingAnswerGive: { id: about, party, answer: "refuse" },
    waiverGrant: { id: about, right: "lab-meridian/first" },
    partyRecord: { id: about, roles: "provider" },
    calendarRecord: { id: about, source: "s", years: { from: 2036, to: 2037 }, holidays: ["2036-07-04"] },
    webhookUpdate: { status: "off" },
    taskComplete: { reservation: "r-1" },
    noticeFormSet: { addressee: { name: "n", lines: [] } },
  };
  return JSON.stringify(bodies[operation.id] ?? {});
}

const WINDOW = { from: "2026-01-01", to: "2040-12-31" };

/** Ids that one party has and another was never told of. */
function foreign(party: Party, parameter: string): readonly string[] {
  const mine = new Set(owned.get(party)?.get(parameter));
  const theirs = PARTIES.filter((other) => other !== party).flatMap((other) => owned.get(other)?.get(parameter) ?? []);
  // A few of each are as good as all: they were drawn, not chosen.
  return [...new Set(theirs)].filter((id) => !mine.has(id)).slice(0, 3);
}

async function inBatches<Item>(items: readonly Item[], act: (item: Item) => Promise<void>): Promise<void> {
  for (let from = 0; from < items.length; from += 16) await Promise.all(items.slice(from, from + 16).map(act));
}

describe("every operation, as every role of every party", () => {
  const cells = GUARDED.flatMap((one) => PARTIES.flatMap((party) => ROLES.map((role) => ({ one, party, role }))));

  test("is refused where the table does not allow it, whatever it is about", async () => {
    const barred = cells.filter(({ one, role }) => reachOf({ roles: [role] }, one.operation.id) === "none");
    const answers = new Set<string>();
    await inBatches(barred, async ({ one, party, role }) => {
      const [parameter = ""] = parametersOf(one);
      // By turns about what is one's own, another's, and not there: the answer is one and the same.
      const mine = owned.get(party)?.get(parameter)?.[0];
      const about = [mine, foreign(party, parameter)[0], NOWHERE][ROLES.indexOf(role) % 3] ?? NOWHERE;
      const { status, text } = await call(party, role, one.operation.method, pathOf(one, about), bodyOf(one, about));
      expect(status, `${operationIdOf(one.operation)} as ${role} of ${party}`).toBe(403);
      answers.add(text);
    });
    expect(barred.length).toBeGreaterThan(500);
    expect(answers.size).toBe(1);
  }, 120_000);

  test("answers for what is another party's as for what is not there", async () => {
    let compared = 0;
    const about = new Set<string>();
    const open = cells.filter(({ one, role }) => reachOf({ roles: [role] }, one.operation.id) !== "none");
    await inBatches(open, async ({ one, party, role }) => {
      const names = parametersOf(one);
      const inBody = /"per_/.test(bodyOf(one, NOWHERE) ?? "");
      const parameter = names[0] ?? (inBody ? "person" : undefined);
      if (parameter === undefined) return;
      const name = `${operationIdOf(one.operation)} as ${role} of ${party}`;
      const { method } = one.operation;
      const theirs = foreign(party, parameter);
      if (theirs.length === 0) return;
      // Rules are a party's own: another's of the same name is another rule.
      if (parameter === "rule" && method === "put") return;
      const nothing = await call(party, role, method, pathOf(one, NOWHERE), bodyOf(one, NOWHERE, party));
      for (const id of theirs) {
        const answer = await call(party, role, method, pathOf(one, id), bodyOf(one, id, party));
        expect(`${answer.status} ${answer.text}`, `${name} about ${id}`).toBe(`${nothing.status} ${nothing.text}`);
        expect(answer.status, `${name} about ${id}`).toBeGreaterThanOrEqual(400);
        compared += 1;
        about.add(parameter);
      }
    });
    expect(compared).toBeGreaterThan(300);
    expect([...about]).toEqual(
      expect.arrayContaining([
        ...["person", "key", "approval", "granted", "rule", "request", "notice", "block", "award"],
        ...["offer", "standingAnswer", "webhook", "channel", "file", "task"],
      ]),
    );
  }, 120_000);

  const audits = cells.filter(
    ({ one, role }) =>
      role === "auditor" &&
      one.operation.method === "get" &&
      reachOf({ roles: [role] }, one.operation.id) === "granted",
  );

  test("lists nothing of its own party for an auditor that no grant names", async () => {
    const lists = audits.filter(({ one }) => parametersOf(one).length === 0);
    const shown: string[] = [];
    for (const { one, party, role } of lists) {
      const { status, text } = await call(party, role, "get", pathOf(one, ""));
      // What no grant can name is not there at all.
      if (status === 404) continue;
      const { data } = JSON.parse(text) as { readonly data: readonly unknown[] };
      if (data.length > 0) shown.push(`${operationIdOf(one.operation)} of ${party}`);
    }
    expect(lists.length).toBeGreaterThan(5);
    expect(shown).toEqual([]);
  });

  test("answers an auditor for what its own party has and no grant names as for what is not there", async () => {
    const compared = new Set<string>();
    const about = audits.flatMap(({ one, party, role }) =>
      (owned.get(party)?.get(parametersOf(one)[0] ?? "") ?? []).slice(0, 3).map((id) => ({ one, party, role, id })),
    );
    await inBatches(about, async ({ one, party, role, id }) => {
      const name = operationIdOf(one.operation);
      const nothing = await call(party, role, "get", pathOf(one, NOWHERE));
      const answer = await call(party, role, "get", pathOf(one, id));
      expect(`${answer.status} ${answer.text}`, `${name} of ${party} about ${id}`).toBe(`404 ${nothing.text}`);
      compared.add(name);
    });
    expect([...compared]).toEqual(
      expect.arrayContaining(["requestRead", "lotList", "explanationRead", "noticeRead", "noticeLetter", "awardRead"]),
    );
  }, 120_000);

  test("answers for another book as for an address that is none", async () => {
    const nowhere = (await call("lab", "procurement", "GET", "/v1/nowhere")).text;
    const within = cells.filter(
      ({ one, role, party }) =>
        party !== "meridian" &&
        one.operation.path.includes("{book}") &&
        reachOf({ roles: [role] }, one.operation.id) === "all",
    );
    await inBatches(within, async ({ one, party, role }) => {
      const about = owned.get(party)?.get(parametersOf(one)[0] ?? "")?.[0] ?? NOWHERE;
      const { status, text } = await call(
        party,
        role,
        one.operation.method,
        pathOf(one, about, "another"),
        bodyOf(one, about),
      );
      const name = operationIdOf(one.operation);
      expect(`${status} ${text}`, `${name} in another book`).toBe(`404 ${nowhere}`);
    });
  }, 120_000);

  test("shows what is one's own, so that the comparisons say something", async () => {
    const reads = GUARDED.filter(({ operation }) => operation.method === "get" && operation.id !== "feedStream");
    const shown = new Set<string>();
    for (const one of reads) {
      const [parameter] = parametersOf(one);
      for (const party of PARTIES) {
        const about = parameter === undefined ? "" : (owned.get(party)?.get(parameter)?.[0] ?? NOWHERE);
        for (const role of ["legal", "procurement", "admin"] as const) {
          if ((await call(party, role, "get", pathOf(one, about))).status === 200) shown.add(one.operation.id);
        }
      }
    }
    for (const id of [
      "requestRead",
      "noticeRead",
      "agreementRead",
      "awardRead",
      "memberRead",
      "approvalRead",
      "keyList",
      "explanationRead",
    ])
      expect([...shown]).toContain(id);
  }, 120_000);
});
