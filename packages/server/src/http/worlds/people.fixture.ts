import { randomBytes } from "node:crypto";
import { Random, type PartyId } from "@offtake/core/kernel";
import type { BookName } from "@offtake/store/log";
import { type Database, PostgresStore } from "@offtake/store/postgres";
import { People, type PersonId, ROLES, type Seat } from "../../people/index.ts";
import type { Route } from "../operation.ts";
import { approvalRoutes } from "../resources/approvals.ts";
import { grantRoutes } from "../resources/grants.ts";
import { keyRoutes } from "../resources/keys.ts";
import { memberRoutes } from "../resources/members.ts";
import { servedBook } from "../world.fixture.ts";
import type { Sendable } from "./leaks.fixture.ts";
import type { Told } from "./pairs.fixture.ts";
import type { Heard } from "./world.fixture.ts";

/** Who looks; whatever the others do about their own people is their secret. */
const WATCHER = "meridian";
const OTHERS = ["lab", "northlight"];
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const START = Date.UTC(2036, 0, 1, 18);

/** What a faulty service would have at hand of others: all that they made, by what it is, and how often they looked. */
export interface OthersPeople {
  readonly members: readonly string[];
  readonly keys: readonly string[];
  readonly approvals: readonly string[];
  readonly grants: readonly string[];
  readonly deputies: number;
  readonly refused: number;
}

/** A fault, planted to see whether the comparison finds it. */
export interface PeopleLeak {
  readonly name: string;
  readonly spoil: (answer: Sendable, others: OthersPeople) => void;
}

const isRead = ({ method, status, path }: Sendable, of: string): boolean =>
  method === "GET" && status === 200 && path === of;

function within(answer: Sendable, change: (data: Record<string, unknown>[]) => unknown): void {
  const body = JSON.parse(answer.text) as { readonly data: Record<string, unknown>[] };
  answer.text = JSON.stringify({ ...body, data: change(body.data) });
}

/** Ways in which services have told of the people of others, one fault each. */
export const PEOPLE_LEAKS: readonly PeopleLeak[] = [
  {
    name: "a header counts the members of all parties",
    spoil: (answer, { members }) => {
      if (isRead(answer, "members")) answer.headers.set("x-total-count", String(members.length));
    },
  },
  {
    name: "somebody of another party is told from nobody",
    spoil: (answer, { members }) => {
      const id = answer.path.split("/")[1] ?? "";
      if (answer.status === 404 && members.includes(id)) answer.status = 403;
    },
  },
  {
    name: "a key shows how many there are on the server",
    spoil: (answer, { keys }) => {
      if (isRead(answer, "keys")) within(answer, (data) => data.map((key) => ({ ...key, number: keys.length })));
    },
  },
  {
    name: "what waits in another party is told from what does not wait",
    spoil: (answer, { approvals }) => {
      const id = answer.path.split("/")[1] ?? "";
      if (answer.status === 404 && approvals.includes(id)) answer.headers.set("etag", '"1"');
    },
  },
  {
    name: "deputies of all are looked through",
    spoil: (answer, { deputies }) => {
      if (isRead(answer, "deputies")) answer.headers.set("x-looked-through", String(deputies));
    },
  },
  {
    name: "the record of who was refused is numbered through the server",
    spoil: (answer, { refused }) => {
      if (isRead(answer, "access-log"))
        within(answer, (data) => data.map((one) => ({ ...one, entry: Number(one["entry"]) + refused })));
    },
  },
];

const NO_LEAK: PeopleLeak = { name: "none", spoil: () => {} };

const BOOK_PATH = "/v1/books/{book}/";
const ROUTES_OF_PEOPLE: readonly Route[] = [...memberRoutes, ...keyRoutes, ...approvalRoutes, ...grantRoutes];
const pathOf = ({ operation }: Route): string => operation.path.slice(BOOK_PATH.length);
const LISTS = ROUTES_OF_PEOPLE.filter(
  ({ operation }) => operation.method === "get" && !pathOf({ operation } as Route).includes("{"),
);
/** What is done to, or read of, one thing that has an id. */
const OF_ONE = ROUTES_OF_PEOPLE.filter((route) => /^(members|keys|approvals|grants)\/\{\w+\}/.test(pathOf(route)));

/** Bodies that fit, for what takes one. */
const BODIES: Readonly<Record<string, unknown>> = {
  MemberRoles: { roles: ["finance"] },
  ApprovalAssignment: { person: "psn_00000000000000000000" },
};

/** Keys and tokens whole, and then ids: a token may begin as an id does. */
const DICE = /\b(?:offk_[0-9a-z]{12}_[\w-]{43}|off[a-z]_[\w-]{43}|[a-z]{3,4}_[0-9a-z]{12,20})(?![\w-])/g;

type By = Seat & { readonly person: PersonId };

/** A world of which only the people matter: parties, their administrators, and what was made by whom. */
class PeopleWorld {
  readonly heard: Heard[] = [];
  private readonly known = new Map<string, string>();
  private readonly tried = new Map<string, string>();
  private readonly others = { members: [], keys: [], approvals: [], grants: [], deputies: 0, refused: 0 } as {
    -readonly [Key in keyof OthersPeople]: OthersPeople[Key] extends readonly string[] ? string[] : number;
  };
  private now = START;
  private readonly people: People;
  private readonly book: BookName;
  private readonly leak: PeopleLeak;
  private served: Awaited<ReturnType<typeof servedBook>> | undefined;
  private readonly admins = new Map<string, { readonly by: By; readonly token: string }>();

  constructor(database: Database, book: BookName, leak: PeopleLeak) {
    this.people = new People({ database, now: () => this.now });
    this.book = book;
    this.leak = leak;
  }

  async open(): Promise<void> {
    const { people, book } = this;
    this.served = await servedBook({ people, door: people, origins: () => ["https://broker.example"] }, { book });
    for (const name of [WATCHER, ...OTHERS]) this.admins.set(name, await this.memberOf(name, "Admin", ROLES));
  }

  async close(): Promise<void> {
    await this.served?.close();
  }

  private async memberOf(party: string, name: string, roles: typeof ROLES | readonly ["auditor"]) {
    const seat = { book: this.book, party: party as PartyId };
    const { person, login } = await this.people.members.invite({ ...seat, person: "somebody" }, { name, roles });
    const { token } = await this.people.logins.exchange(login?.code ?? "", "terminal", "test");
    return { by: { ...seat, person }, token };
  }

  private admin(party: string): { readonly by: By; readonly token: string } {
    const found = this.admins.get(party);
    if (found === undefined) throw new Error(`${party} has an administrator`);
    return found;
  }

  /** Somebody else does something about its own people. */
  async other(random: Random): Promise<void> {
    const { people, others } = this;
    const { by } = this.admin(random.pick(OTHERS));
    const name = random.pick(["Ann", "Bo", "Audit", "Somebody"]);
    const { person } = await people.members.invite(by, { name, roles: ["finance", "auditor"] });
    others.members.push(person);
    const key = await people.keys.create(by, { person, label: "ci", roles: ["finance"] });
    others.keys.push(key.key);
    const rule = { id: random.pick(["big", "small"]), kinds: ["award"], roles: ["finance"], people: 1 } as const;
    await people.rules.set(by, rule);
    const command = { type: "closeRequest", request: "r1" } as never;
    const proposal = {
      kind: "award",
      subject: `r${others.approvals.length}`,
      act: {},
      rules: [rule],
      command,
    } as const;
    others.approvals.push(...(await people.approvals.propose(by, proposal)));
    const from = this.now;
    const grant = { person, requests: ["r1"], from, to: from + DAY_MS, why: "w" };
    others.grants.push(await people.grants.give(by, grant));
    await people.deputies.set(by, { person: by.person, deputy: person, from, to: from + DAY_MS });
    others.deputies += 1;
    const auditor = { ...by, person, roles: ["auditor"], via: "session" } as const;
    await people.access.admit(auditor, "memberList");
    others.refused += 1;
  }

  /** The watcher asks or does something; all that comes back is kept, ids in the order in which they were seen first. */
  async asks(method: string, path: string, body?: unknown, token = this.admin(WATCHER).token): Promise<string> {
    const { served } = this;
    if (served === undefined) throw new Error("the world is open");
    this.now += MINUTE_MS;
    const response = await served.send(method, `/${path}`, {
      headers: { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body }),
    });
    const { status, headers } = response;
    const answer = { method, path, status, headers: new Headers(headers), text: await response.text() };
    const { text } = answer;
    this.leak.spoil(answer, this.others);
    const lines = [`${answer.status}`, ...[...answer.headers].map(([name, value]) => `${name}: ${value}`), answer.text];
    this.heard.push({ question: this.named(`${method} ${path}`), answer: this.named(lines.join("\n")) });
    return text;
  }

  /** Ids, and the name of the book, are dice: what is seen for the how manieth time is all that could tell something. */
  private named(text: string): string {
    return text.replaceAll(this.book, "<book>").replaceAll(DICE, (id) => {
      const name = this.known.get(id) ?? `<${this.known.size}>`;
      this.known.set(id, name);
      return name;
    });
  }

  /** An id of a thing of others; where they have none, one that nobody has. */
  foreign(list: string): string {
    const of = { members: "psn", keys: "offk", approvals: "apr", grants: "grt" }[list] ?? "id";
    const nobodys = `${of}_${randomBytes(10)
      .toString("hex")
      .slice(0, of === "offk" ? 12 : 20)}`;
    const tried = this.tried.get(list) ?? this.others[list as "members"].at(-1) ?? nobodys;
    this.tried.set(list, tried);
    return tried;
  }

  async auditor(): Promise<{ readonly person: string; readonly token: string }> {
    const { by, token } = await this.memberOf(WATCHER, "Audit", ["auditor"]);
    return { person: by.person, token };
  }
}

/** Plays what a watcher does about its own people and tries on those of others, while the others do so much about theirs. */
export async function playPeople(database: Database, scene: string, draw: string, leak = NO_LEAK): Promise<Told> {
  const book = `w${randomBytes(8).toString("hex")}` as BookName;
  await new PostgresStore(database).createBook(book);
  const world = new PeopleWorld(database, book, leak);
  const [open, secret] = [new Random(`people ${scene}`), new Random(`people ${scene} ${draw}`)];
  await world.open();
  try {
    const others = async (): Promise<void> => {
      // In the first world of each scene the others do nothing.
      for (let times = draw === "0" ? 0 : secret.below(3); times > 0; times -= 1) await world.other(secret);
    };
    if (draw !== "0") await world.other(secret);
    const ids: string[] = [];
    for (const name of ["Ann", "Bo", "Cy"].slice(0, 2 + open.below(2))) {
      const roles = ["finance", "procurement"];
      const made = JSON.parse(await world.asks("POST", "members", { name, roles })) as { data: { person: string } };
      ids.push(made.data.person);
      await others();
    }
    const [ann = "", bo = ""] = ids;
    await world.asks("POST", "keys", { person: ann, label: "ci", roles: ["procurement"] });
    await world.asks("PUT", "approval-rules/big", { kinds: ["award"], roles: ["finance"], from: "100 USD" });
    const span = { from: "2036-01-02T00:00:00Z", to: "2036-01-09T00:00:00Z" };
    await world.asks("POST", "deputies", { person: ann, deputy: bo, ...span });
    await others();
    const auditor = await world.auditor();
    const grant = { person: auditor.person, requests: ["r1"], from: "2036-01-01T00:00:00Z", to: span.to, why: "audit" };
    await world.asks("POST", "grants", grant);
    for (const path of ["requests/r1", "requests/r2", "members"])
      await world.asks("GET", path, undefined, auditor.token);
    await others();
    for (const list of LISTS) await world.asks("GET", pathOf(list));
    for (const route of OF_ONE) {
      const { method, body } = route.operation;
      const path = pathOf(route);
      const id = world.foreign(path.split("/")[0] ?? "");
      const sent = body === undefined || !("component" in body.schema) ? undefined : BODIES[body.schema.component];
      await world.asks(method.toUpperCase(), path.replace(/\{\w+\}/, id), sent);
    }
    await world.asks("POST", `members/${bo}/remove`, { deputy: world.foreign("members") });
    await world.asks("POST", "keys", { person: world.foreign("members"), label: "ci", roles: ["finance"] });
    await world.asks("DELETE", "approval-rules/small");
    await others();
    for (const list of LISTS) await world.asks("GET", pathOf(list));
    await world.asks("GET", "access-log?before=3&limit=1");
  } finally {
    await world.close();
  }
  return new Map([[WATCHER, world.heard]]);
}
