import { fork } from "node:child_process";
import { Agent } from "node:http";
import { fileURLToPath } from "node:url";
import { DAY_MS, formatInstant } from "@offtake/core/kernel";
import type { BookName } from "@offtake/store/log";
import { CLIENTS, type Load } from "./durable-load.ts";
import type { HttpBroker } from "./http-child.ts";
import { poster } from "./poster.ts";
import { benchRequest } from "./resolve-requests.ts";

const CHILD = fileURLToPath(new URL("http-child.ts", import.meta.url));
const BLOCKS = 1_000;
const WARM_UP = 1_000;

/** The same requests as `loadNode` sends, by as many clients, over HTTP to a broker in a process of its own that also tells all feeds. */
export async function loadOverHttp(url: string, seconds: number): Promise<Load> {
  const book = `http-${process.pid}` as BookName;
  const child = fork(CHILD, [url, book, `${BLOCKS}`], {
    execArgv: ["--max-semi-space-size=64", "--import", "tsx"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
  try {
    const { address, code } = await new Promise<HttpBroker>((resolve, reject) => {
      child.once("message", (found) => resolve(found as HttpBroker));
      child.once("exit", () => reject(new Error("The broker ended before it served.")));
    });
    const post = poster(address, agent);
    const login = await post("/v1/login", { code }, {});
    const authorization = `Bearer ${String(login.body["token"])}`;
    let sent = 0;
    const send = async (): Promise<number> => {
      const index = sent;
      sent += 1;
      const headers = { authorization, "idempotency-key": `k${index}` };
      const from = performance.now();
      const { status, body } = await post(`/v1/books/${book}/requests`, documentOf(index), headers);
      if (status !== 201) throw new Error(`Broken belief: a request is accepted: ${status} ${JSON.stringify(body)}`);
      return performance.now() - from;
    };
    const clients = (isOver: () => boolean, latencies: number[]) =>
      Promise.all(
        Array.from({ length: CLIENTS }, async () => {
          while (!isOver()) latencies.push(await send());
        }),
      );
    await clients(() => sent >= WARM_UP, []);
    const latencies: number[] = [];
    const from = performance.now();
    await clients(() => performance.now() - from > seconds * 1_000, latencies);
    const rate = latencies.length / ((performance.now() - from) / 1_000);
    return { rate, latencies: latencies.sort((a, b) => a - b), lagMs: undefined };
  } finally {
    agent.destroy();
    child.kill("SIGKILL");
  }
}

/** The request of that number as whoever asks over HTTP writes it. */
function documentOf(index: number): unknown {
  const { id, lines, unfilled } = benchRequest(index);
  const [line] = lines;
  if (line === undefined) throw new Error("Broken belief: a request has a line");
  const { window, count, regions, purposes, cap } = line;
  return {
    id,
    accelerators: "h100",
    count,
    block: line.blockSize,
    regions,
    window: { from: formatInstant(window.from), for: `${(window.to - window.from) / DAY_MS} days` },
    purpose: purposes[0]?.purpose,
    cap: `${Number(cap?.microsPerHour ?? 0n) / 1_000_000} USD/h`,
    unfilled,
  };
}
