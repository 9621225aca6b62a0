import { fork } from "node:child_process";
import { once } from "node:events";
import { Agent } from "node:http";
import { fileURLToPath } from "node:url";
import type { Calendar } from "../calendar-stream.ts";
import type { HttpBroker } from "./http-child.ts";
import { poster } from "./poster.ts";

const CHILD = fileURLToPath(new URL("calendar-child.ts", import.meta.url));
const BOOK = "calendar";

/** A broker in a process of its own, called over HTTP: each wish is a request, answered once it is decided and durable. */
export async function calendarBroker(folder: string, clients: number): Promise<Calendar> {
  const child = fork(CHILD, [folder, BOOK], {
    execArgv: ["--max-semi-space-size=64", "--import", "tsx"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const ended = once(child, "exit");
  const { address, code } = await new Promise<HttpBroker>((resolve, reject) => {
    child.once("message", (found) => resolve(found as HttpBroker));
    child.once("exit", () => reject(new Error("The broker ended before it served.")));
  });
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const post = poster(address, agent);
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
      const { status, body } = await post(`/v1/books/${BOOK}/requests`, wish, {
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
      child.disconnect();
      await ended;
    },
  };
}

interface Outcome {
  readonly awarded?: number;
  readonly nearest?: string;
}
