import type { BookName } from "@offtake/store/log";
import { newLog, startBroker } from "@offtake/server/broker";
import { LAB, resolveWorld } from "./resolve-world.ts";

/** What the clients need to call. */
export interface HttpBroker {
  readonly address: string;
  readonly code: string;
}

/** A broker with the world that requests are resolved in, in a process of its own: says where it is, and goes with whoever started it. */
process.once("disconnect", () => process.exit(0));
const [url = "", book = "", blocks = ""] = process.argv.slice(2);
const broker = await startBroker({
  data: { url },
  listen: { host: "127.0.0.1", port: 0 },
  callsPerSecond: 1_000_000,
  log: newLog("silent"),
});
await broker.makeBook(
  book as BookName,
  resolveWorld(Number(blocks)).map((body) => ({ actor: LAB, body })),
);
const seats = [{ book: book as BookName, party: LAB, roles: ["procurement" as const] }];
const login = await broker.firstLogin("Bench", seats);
const found: HttpBroker = { address: broker.address, code: login?.code ?? "" };
process.send?.(found);
