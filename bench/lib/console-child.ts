import type { RequestId } from "@offtake/core/kernel";
import type { CommandBody } from "@offtake/core/book";
import { listen } from "@offtake/server/broker";
import { readConsole } from "@offtake/server/console";
import { openDoor, startInMemory } from "@offtake/server/page";
import type { BookName } from "@offtake/store/log";
import { benchRequest } from "./resolve-requests.ts";
import { LAB, resolveWorld, START } from "./resolve-world.ts";

/*
 * What the console is measured against: the broker's own API over a book in memory, served to pages over HTTP, in a process of its own.
 * It fills the book, and then has so many events a second told to its keeper as it is asked for.
 */

const BOOK = "bench" as BookName;

/** Asked of this process. */
export type Asked =
  | { readonly type: "run"; readonly perSecond: number; readonly seconds: number }
  | { readonly type: "mark"; readonly id: string };

/** What it says: where it listens, and what became of what it was asked. */
export type Said =
  | { readonly type: "ready"; readonly address: string; readonly requests: number; readonly told: number }
  | { readonly type: "ran"; readonly told: number; readonly tookMs: number; readonly requests: number }
  | { readonly type: "marked"; readonly id: string };

const TICK_MS = 10;
const PARTIES: ReadonlySet<string> = new Set([LAB, "alfa"]);
const SESSION = {
  data: {
    kind: "terminal",
    expiresAt: "9999-12-31T00:00:00Z",
    chosen: { book: BOOK, party: LAB },
    memberships: [{ book: BOOK, party: LAB, person: "person_lab", roles: ["procurement"], name: "Lab" }],
  },
};

class Broker {
  private keys = 0;
  private made = 0;
  private withdrawn = 0;
  private readonly started: Awaited<ReturnType<typeof startInMemory>>;

  private constructor(started: Awaited<ReturnType<typeof startInMemory>>) {
    this.started = started;
  }

  static async start(folder: string, requests: number): Promise<{ broker: Broker; address: string }> {
    const begin = performance.now();
    const started = await startInMemory({
      book: BOOK,
      keeper: LAB,
      records: [],
      clock: () => START + Math.floor(performance.now() - begin),
      door: openDoor(BOOK, [LAB]),
      origins: () => [],
      failed: (error) => process.stderr.write(`${String(error)}\n`),
    });
    const broker = new Broker(started);
    for (const body of resolveWorld(0)) {
      if (body.type === "openBook" || (body.type === "recordParty" && PARTIES.has(body.party.id)))
        await broker.submit(body);
      // Bids may come in for a month: requests stay open.
      if (body.type === "recordPolicy")
        await broker.submit({ ...body, policy: { ...body.policy, tenderWindow: { n: 30, unit: "days" } } });
    }
    while (broker.made < requests) await Promise.all(Array.from({ length: 50 }, () => broker.submitNext()));
    await started.feeds.waitFor(BOOK, started.node.length - 1);
    const { host, port } = await listen({ fetch: await broker.door(folder) }, "127.0.0.1", 0);
    return { broker, address: `http://${host}:${port}` };
  }

  get open(): number {
    return this.made - this.withdrawn;
  }

  /** How many entries the keeper was told. */
  async told(): Promise<number> {
    return (await this.started.feeds.store.head(BOOK, LAB)).length;
  }

  async mark(id: string): Promise<void> {
    this.made += 1;
    await this.submit({
      type: "submitRequest",
      request: { ...benchRequest(this.made), id: id as RequestId, unfilled: "keep" },
    });
  }

  /** One comes, an old one goes: the book stays as large as it is. */
  async run(perSecond: number, seconds: number): Promise<{ told: number; tookMs: number }> {
    const from = await this.told();
    const start = performance.now();
    const elapsed = (): number => performance.now() - start;
    let told = 0;
    while (elapsed() < seconds * 1_000) {
      const due = (perSecond * elapsed()) / 1_000;
      while (told < due && elapsed() < seconds * 1_000) {
        await this.submitNext();
        await this.withdrawNext();
        await this.started.feeds.waitFor(BOOK, this.started.node.length - 1);
        told = (await this.told()) - from;
        // Pages are answered meanwhile, and marks are set.
        await new Promise((go) => setImmediate(go));
      }
      await new Promise((go) => setTimeout(go, TICK_MS));
    }
    return { told, tookMs: elapsed() };
  }

  private submitNext(): Promise<void> {
    this.made += 1;
    return this.submit({ type: "submitRequest", request: { ...benchRequest(this.made), unfilled: "keep" } });
  }

  private withdrawNext(): Promise<void> {
    this.withdrawn += 1;
    return this.submit({ type: "withdrawRequest", request: `q${this.withdrawn}` as RequestId });
  }

  private async submit(body: CommandBody): Promise<void> {
    this.keys += 1;
    const answer = await this.started.node.submit({ body, actor: LAB, key: `k${this.keys}` });
    if (answer.outcome === "rejected")
      throw new Error(`Broken belief: ${body.type} is accepted (${answer.rejection.code})`);
  }

  /** The files of the console, who is logged in, and the API. */
  private async door(folder: string): Promise<(request: Request) => Promise<Response>> {
    const files = await readConsole(folder);
    return async (request) => {
      const { pathname } = new URL(request.url);
      const file = files.answer(request, pathname);
      if (file !== undefined) return file;
      if (pathname === "/v1/session") return Response.json(SESSION);
      request.headers.set("authorization", "Bearer bench");
      return this.started.app.fetch(request);
    };
  }
}

const say = (said: Said): void => void process.send?.(said);
const [folder = "", wanted = ""] = process.argv.slice(2);
const { broker, address } = await Broker.start(folder, Number(wanted));

async function answer(asked: Asked): Promise<void> {
  if (asked.type === "mark") {
    await broker.mark(asked.id);
    say({ type: "marked", id: asked.id });
    return;
  }
  say({ type: "ran", ...(await broker.run(asked.perSecond, asked.seconds)), requests: broker.open });
}

process.once("disconnect", () => process.exit(0));
process.on("message", (message) => void answer(message as Asked));
say({ type: "ready", address, requests: broker.open, told: await broker.told() });
