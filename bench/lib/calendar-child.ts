import { join } from "node:path";
import type { PartyId } from "@offtake/core/kernel";
import { newLog, startBroker } from "@offtake/server/broker";
import type { BookName } from "@offtake/store/log";
import { parseBook, worldCommands } from "@offtake/wire/book";
import { NODES } from "./calendar-stream.ts";
import type { HttpBroker } from "./http-child.ts";

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

/** A broker on its embedded PostgreSQL, in a process of its own as Slurm's controller is: says where it is, and closes when it is told to. */
const [folder = "", name = ""] = process.argv.slice(2);
const broker = await startBroker({
  data: { folder: join(folder, "data") },
  listen: { host: "127.0.0.1", port: 0 },
  callsPerSecond: 100_000,
  log: newLog("silent"),
});
process.once("disconnect", () => void broker.close().then(() => process.exit(0)));
const book = name as BookName;
const read = parseBook({ name: "book.yaml", text: BOOK });
if (!read.ok) throw new Error(JSON.stringify(read.problems));
await broker.makeBook(book, worldCommands(read.value));
const seats = [{ book, party: "lab" as PartyId, roles: ["procurement" as const] }];
const login = await broker.firstLogin("Bench", seats);
const found: HttpBroker = { address: broker.address, code: login?.code ?? "" };
process.send?.(found);
