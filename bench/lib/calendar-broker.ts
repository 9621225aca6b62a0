import { Agent } from "node:http";
import { join } from "node:path";
import type { PartyId } from "@offtake/core/kernel";
import { newLog, startBroker } from "@offtake/server/broker";
import type { BookName } from "@offtake/store/log";
import { parseBook, worldCommands } from "@offtake/wire/book";
import type { Calendar } from "../calendar-stream.ts";
import { NODES } from "./calendar-stream.ts";
import { poster } from "./poster.ts";

/** One pool of nodes at a list price that bids by itself; awards are done when issued. */
const BOOK = `
schema: offtake/book@1
keeper: lab
zone: UTC
parties:
  - { id: lab, name: Lab, roles: buyer }
  - { id: pool, name: Pool, roles: provider }
policy: { tenderWindow: 0 hours, tie: none, awardConfirmation: at-once }
capacity:
  - { id: nodes, provider: pool, accelerator: H100, region: us, count: ${NODES}, window: { from: 2020-01-01, to: 2060-12-31 } }
offers:
  - { id: list, provider: pool, accelerator: H100, region: us, price: 2.40 USD/h, blocks: nodes, standing: true }
`;

/** A broker on its embedded PostgreSQL, called over HTTP: each wish is a request, answered once it is decided and durable. */
export async function calendarBroker(folder: string, clients: number): Promise<Calendar> {
  const broker = await startBroker({
    data: { folder: join(folder, "data") },
    listen: { host: "127.0.0.1", port: 0 },
    callsPerSecond: 100_000,
    log: newLog("silent"),
  });
  const book = "calendar" as BookName;
  const read = parseBook({ name: "book.yaml", text: BOOK });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  await broker.makeBook(book, worldCommands(read.value));
  const seats = [{ book, party: "lab" as PartyId, roles: ["procurement" as const] }];
  const { code } = (await broker.firstLogin("Bench", seats)) ?? { code: "" };
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const post = poster(broker.address, agent);
  const login = await post("/v1/login", { code }, {});
  const authorization = `Bearer ${String(login.body["token"])}`;
  return {
    reserve: async ({ index, nodes, from, hours }) => {
      const begin = performance.now();
      const start = new Date(from).toISOString();
      const wish = {
        accelerators: "H100",
        count: nodes,
        divisible: false,
        regions: "us",
        window: { from: start, for: `${hours} hours` },
        purpose: "training",
        cap: "3 USD/h",
        unfilled: "close",
      };
      const { status, body } = await post(`/v1/books/${book}/requests`, wish, {
        authorization,
        "idempotency-key": `wish ${index}`,
      });
      const { view } = (body["data"] ?? {}) as { readonly view?: Outcome };
      if (status !== 201 || view === undefined) throw new Error(`${status} ${JSON.stringify(body)}`);
      const accepted = view.awarded === nodes;
      return { accepted, alternatives: view.nearest !== undefined, ms: performance.now() - begin };
    },
    close: async () => {
      agent.destroy();
      await broker.close();
    },
  };
}

interface Outcome {
  readonly awarded?: number;
  readonly nearest?: string;
}
