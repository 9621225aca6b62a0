import { type ChildProcess, spawn } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { audit } from "@offtake/core/audit";
import { type EmbeddedDatabase, startEmbedded } from "@offtake/store/embedded";
import { brokenLink, type BookName, emptyHead } from "@offtake/store/log";
import { PostgresStore } from "@offtake/store/postgres";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { BookNode } from "./book-node.ts";
import { recordedFrom } from "./stored.ts";
import { smallWorld } from "./world.fixture.ts";

const CHILD = fileURLToPath(new URL("node.fixture.ts", import.meta.url));
const BOOK = "shared" as BookName;
/** Take-over after a kill within a second, after a hang within three (decision 0008). */
const AFTER_KILL_MS = 1_000;
const AFTER_HANG_MS = 3_000;

const hash = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

let folder: string;
let database: EmbeddedDatabase;
let store: PostgresStore;
const children: ChildProcess[] = [];

/** A node with its clients, and when each answer came. */
interface Served {
  readonly process: ChildProcess;
  readonly answers: { readonly position: number; readonly key: string; readonly sentAt: number; readonly at: number }[];
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "offtake-nodes-"));
  database = await startEmbedded(folder);
  store = await PostgresStore.open({ url: database.url });
  await store.createBook(BOOK);
  const node = new BookNode({ store, book: BOOK, hash, nonce: randomUUID });
  await Promise.all(smallWorld().map(({ actor, body }, index) => node.submit({ actor, body, key: `w${index}` })));
});

afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await store.close();
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function serve(name: string): Promise<Served> {
  const child = spawn(process.execPath, ["--import", "tsx", CHILD, database.url, BOOK, name], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  const served: Served = { process: child, answers: [] };
  let rest = "";
  child.stdout.on("data", (chunk: Buffer) => {
    const lines = (rest + String(chunk)).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const [position = "", key = "", sentAt = ""] = line.split(" ");
      served.answers.push({ position: Number(position), key, sentAt: Number(sentAt), at: Date.now() });
    }
  });
  await answersOf(served, 20);
  return served;
}

/** Waits until so many more answers have come. */
async function answersOf({ answers }: Served, more: number): Promise<void> {
  const wanted = answers.length + more;
  await vi.waitFor(() => expect(answers.length).toBeGreaterThanOrEqual(wanted), { timeout: 30_000, interval: 5 });
}

/** How long it takes from a fault until `other` answers what was sent to it after the fault. */
async function takeOver(other: Served, fault: () => void): Promise<number> {
  fault();
  const begin = Date.now();
  const first = (): Served["answers"][number] | undefined => other.answers.find(({ sentAt }) => sentAt > begin);
  await vi.waitFor(() => expect(first()).toBeDefined(), { timeout: 30_000, interval: 5 });
  return (first()?.at ?? Infinity) - begin;
}

test("a node that is killed or hangs is stood in for, and nothing that was answered is lost or done twice", async () => {
  const killed: number[] = [];
  const hung: number[] = [];
  const served = [await serve("n0")];
  // Twice each: a node may hang while it holds the queue of the book, or not.
  for (let round = 1; round <= 2; round += 1) {
    const [struck] = served.slice(-1) as [Served];
    const other = await serve(`n${round}a`);
    await answersOf(struck, 20);
    killed.push(await takeOver(other, () => struck.process.kill("SIGKILL")));
    const third = await serve(`n${round}b`);
    await answersOf(other, 20);
    hung.push(await takeOver(third, () => other.process.kill("SIGSTOP")));
    other.process.kill("SIGCONT");
    // Woken, it goes on; what it was about to append when it was stopped was refused and decided again.
    await answersOf(other, 10);
    other.process.kill("SIGKILL");
    served.push(other, third);
  }
  for (const { process: child } of served) child.kill("SIGKILL");
  console.log(`taken over after kills in ${killed.join(" and ")} ms, after hangs in ${hung.join(" and ")} ms`);

  const records = await store.read(BOOK, 0, 1_000_000);
  expect(brokenLink(emptyHead(BOOK, hash), records, hash)).toBeUndefined();
  const keys = records.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  const answers = served.flatMap((one) => one.answers);
  expect(answers.filter(({ position, key }) => keys[position] !== key)).toEqual([]);
  const events = records.flatMap((record) => recordedFrom(record).events);
  expect(audit(events, [])).toEqual([]);
  expect(Math.max(...killed)).toBeLessThan(AFTER_KILL_MS);
  expect(Math.max(...hung)).toBeLessThan(AFTER_HANG_MS);
}, 120_000);
