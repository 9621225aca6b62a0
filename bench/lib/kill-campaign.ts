import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Random } from "@offtake/core/kernel";
import { BookNode } from "@offtake/server/books";
import { type EmbeddedDatabase, startEmbedded } from "@offtake/store/embedded";
import type { BookName } from "@offtake/store/log";
import { PostgresStore } from "@offtake/store/postgres";
import pg from "pg";
import { KillChild, NoAnswer } from "./kill-child.ts";
import type { Answered } from "./kill-node.ts";
import { sha256 as hash } from "./on-database.ts";
import { benchRequest } from "./resolve-requests.ts";
import { LAB, resolveWorld } from "./resolve-world.ts";

const BOOK = "killed" as BookName;
const BLOCKS = 200;
const CLIENTS = 6;
/** A client thinks between two commands: the campaign is about faults, not about load that hides them. */
const THINK_MS = 20;
/** Who waits longer asks another node. */
const PATIENCE_MS = 1_500;
const STOPPED_MAX_MS = 4_000;

export type Fault = "node killed" | "node stopped" | "database killed" | "backend killed";
const KINDS: readonly Fault[] = ["node killed", "node stopped", "database killed", "backend killed"];
/** How often each is drawn, once each has been. */
const FAULTS: readonly Fault[] = [...KINDS, "node killed", "node killed", "node stopped"];

/** Each kind first, in an order that is drawn, and then as they come. */
function* drawnFaults(random: Random): Generator<Fault, never> {
  const left = [...KINDS];
  while (left.length > 0) yield* left.splice(random.below(left.length), 1);
  for (;;) yield FAULTS[random.below(FAULTS.length)] as Fault;
}

export interface Ack {
  readonly key: string;
  readonly position: number;
}

export interface Campaign {
  readonly faults: readonly { readonly fault: Fault; readonly servedAgainMs: number }[];
  /** Every accepted answer that reached a client, also twice for one key. */
  readonly acks: readonly Ack[];
  /** How often a client had to ask again, not knowing what became of its command. */
  readonly unknown: number;
  readonly refused: readonly string[];
  readonly seconds: number;
}

/**
 * Runs two nodes and several clients on one book, and kills and stops nodes and database as a seed draws it.
 *
 * @param check looks at what is left, when all is over
 */
export async function campaign<Checked>(
  { seed, seconds, progress = () => {} }: Options,
  check: (url: string, book: BookName, run: Campaign) => Promise<Checked>,
): Promise<Checked> {
  const folder = mkdtempSync(join(tmpdir(), "offtake-kill-"));
  const ground = new Ground(folder, await startEmbedded(folder));
  try {
    await ground.prepare();
    const run = await ground.run(new Random(seed), seconds, progress);
    ground.end();
    return await check(ground.url, BOOK, run);
  } finally {
    ground.end();
    await ground.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Options {
  readonly seed: string;
  readonly seconds: number;
  readonly progress?: (line: string) => void;
}

/** The database, the nodes and the clients of a campaign. */
class Ground {
  readonly url: string;
  private readonly folder: string;
  private database: EmbeddedDatabase;
  private nodes: KillChild[] = [];
  private readonly acks: (Ack & { readonly askedAt: number; readonly at: number; readonly node: KillChild })[] = [];
  private readonly askedAt = new Map<string, number>();
  private readonly refused: string[] = [];
  private unknown = 0;
  private sent = 0;

  constructor(folder: string, database: EmbeddedDatabase) {
    this.folder = folder;
    this.database = database;
    this.url = database.url;
  }

  async prepare(): Promise<void> {
    const store = await PostgresStore.open({ url: this.url });
    await store.createBook(BOOK);
    const node = new BookNode({ store, book: BOOK, hash, nonce: randomUUID });
    await Promise.all(resolveWorld(BLOCKS).map((body, index) => node.submit({ body, actor: LAB, key: `w${index}` })));
    await node.close();
    await store.close();
    this.nodes = [this.spawn(), this.spawn()];
    await Promise.all(this.nodes.map(({ ready }) => ready));
  }

  async run(random: Random, seconds: number, progress: (line: string) => void): Promise<Campaign> {
    const begin = performance.now();
    const isOver = (): boolean => performance.now() - begin > seconds * 1_000;
    const stop = { now: false };
    const clients = Array.from({ length: CLIENTS }, (_, client) => this.client(client, stop));
    const faults: { fault: Fault; servedAgainMs: number }[] = [];
    const drawn = drawnFaults(random);
    while (!isOver() || faults.length < KINDS.length) {
      await sleep(random.between(100, 900));
      const fault = drawn.next().value;
      const servedAgainMs = await this.strike(fault, random);
      faults.push({ fault, servedAgainMs });
      progress(`${fault}: served again after ${Math.round(servedAgainMs)} ms`);
    }
    stop.now = true;
    await Promise.all(clients);
    const acks = this.acks.map(({ key, position }) => ({ key, position }));
    return { faults, acks, unknown: this.unknown, refused: this.refused, seconds: (performance.now() - begin) / 1_000 };
  }

  /** Kills what is left of the nodes. */
  end(): void {
    for (const { process: child } of this.nodes) child.kill("SIGKILL");
  }

  async stop(): Promise<void> {
    await this.database.stop();
  }

  private spawn(): KillChild {
    const node: KillChild = new KillChild(this.url, BOOK, (key, answer) => this.heard(node, key, answer));
    return node;
  }

  private heard(node: KillChild, key: string, answer: Answered): void {
    const at = performance.now();
    if (answer.outcome === "accepted")
      this.acks.push({ key, position: answer.position, askedAt: this.askedAt.get(key) ?? at, at, node });
    else if (answer.outcome === "rejected") this.refused.push(`${key}: ${answer.detail}`);
  }

  /** Sends one command after the other, each under its key until it is answered, now and then one of before once more. */
  private async client(client: number, stop: { readonly now: boolean }): Promise<void> {
    const random = new Random(`client ${client}`);
    for (let n = 0; !stop.now; n += 1) {
      const index = (this.sent += 1);
      await this.untilAnswered(index, `k${index}`, random.below(2));
      if (n % 10 === 9) await this.untilAnswered(index, `k${index}`, random.below(2));
      await sleep(THINK_MS);
    }
  }

  private async untilAnswered(index: number, key: string, first: number): Promise<void> {
    const body = { type: "submitRequest", request: benchRequest(index) } as const;
    for (let tried = first; ; tried += 1) {
      const node = this.nodes[tried % this.nodes.length] as KillChild;
      this.askedAt.set(key, performance.now());
      try {
        const { outcome } = await node.ask(body, key, PATIENCE_MS);
        if (outcome !== "unavailable") return;
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error;
      }
      this.unknown += 1;
      // A node that is gone says so at once: nobody hammers it.
      await sleep(5);
    }
  }

  /** Does it, waits until the book is served again, and puts right what was broken. */
  private async strike(fault: Fault, random: Random): Promise<number> {
    const place = random.below(this.nodes.length);
    const struck = this.nodes[place] as KillChild;
    const begin = performance.now();
    switch (fault) {
      case "node killed": {
        struck.process.kill("SIGKILL");
        const after = await this.servedSince(begin, struck);
        const next = this.spawn();
        await next.ready;
        this.nodes[place] = next;
        return after;
      }
      case "node stopped": {
        const stopped = random.between(100, STOPPED_MAX_MS);
        struck.process.kill("SIGSTOP");
        const [after] = await Promise.all([this.servedSince(begin, struck), sleep(stopped)]);
        struck.process.kill("SIGCONT");
        return after;
      }
      case "database killed": {
        const pid = this.database.pid;
        if (pid === undefined) throw new Error("Broken belief: the database runs");
        process.kill(pid, "SIGKILL");
        this.database = await startEmbedded(this.folder);
        return this.servedSince(begin);
      }
      case "backend killed": {
        await killBackend(this.url, random);
        return this.servedSince(begin);
      }
    }
  }

  /** How long it took until something that was asked after `begin` was answered, by another node than the one that was struck. */
  private async servedSince(begin: number, struck?: KillChild): Promise<number> {
    for (;;) {
      const first = this.acks.find(({ askedAt, node }) => askedAt > begin && node !== struck);
      if (first !== undefined) return first.at - begin;
      await sleep(2);
    }
  }
}

/** One of the processes that serve a connection: the server ends all others with it and recovers. */
async function killBackend(url: string, random: Random): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  const { rows } = await client.query<{ pid: number }>(
    "select pid from pg_stat_activity where application_name = 'offtake' and pid <> pg_backend_pid() order by pid",
  );
  const chosen = rows[random.below(Math.max(1, rows.length))];
  if (chosen !== undefined) process.kill(chosen.pid, "SIGKILL");
  await client.end().catch(() => {});
}
