import { createHash, randomUUID } from "node:crypto";
import type { BookName } from "@offtake/store/log";
import { PostgresStore } from "@offtake/store/postgres";
import { BookNode } from "./book-node.ts";
import { LAB, submitRequest } from "./world.fixture.ts";

/** A node in a process of its own, with clients that send one request after the other and say each answer in a line: place, key, and when it was sent (milliseconds since 1970). */
const [url = "", book = "", name = ""] = process.argv.slice(2);
const CLIENTS = 4;
/** Weeks that the world has blocks for. */
const WEEKS = 200;

const store = await PostgresStore.open({ url });
const hash = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");
const node = new BookNode({ store, book: book as BookName, hash, nonce: randomUUID });
await node.catchUp();

async function send(client: number): Promise<never> {
  for (let n = 0; ; n += 1) {
    const id = `${name}-${client}-${n}`;
    const sentAt = Date.now();
    const answer = await node.submit({ body: submitRequest(id, n % WEEKS), actor: LAB, key: id });
    if (answer.outcome === "rejected") throw new Error(`Broken belief: it is accepted: ${answer.rejection.detail}`);
    process.stdout.write(`${answer.position} ${id} ${sentAt}\n`);
  }
}

await Promise.all(Array.from({ length: CLIENTS }, (_, client) => send(client)));
