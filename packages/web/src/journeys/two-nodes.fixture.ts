import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream";
import { fileURLToPath } from "node:url";
import { startEmbedded } from "@offtake/store/embedded";
import type { Browser } from "playwright-core";
import { launch, look, type Looking, SERVER } from "./browser.fixture.ts";
import { printed } from "./served-broker.fixture.ts";

const START = fileURLToPath(new URL("../../../../scripts/start.mjs", import.meta.url));

interface Node {
  /** Where it is reached itself. */
  readonly origin: string;
  readonly child: ChildProcess;
}

/** Two brokers on one database, and one address in front of them: what balances the load sends all of it to the first one that is left. */
export class TwoNodes {
  readonly origin: string;
  private readonly front: Server;
  private readonly nodes: Node[];
  private readonly browser: Browser;
  private readonly login: string;
  private readonly stop: () => Promise<void>;

  private constructor(made: Pick<TwoNodes, "origin"> & TwoNodesParts) {
    this.origin = made.origin;
    this.front = made.front;
    this.nodes = made.nodes;
    this.browser = made.browser;
    this.login = made.login;
    this.stop = made.stop;
  }

  static async start(): Promise<TwoNodes> {
    const folder = mkdtempSync(join(tmpdir(), "offtake-nodes-"));
    const database = await startEmbedded(join(folder, "data"));
    const nodes: Node[] = [];
    const front = createServer(SERVER, (incoming, outgoing) => forward(incoming, outgoing, nodes[0]?.origin ?? ""));
    await new Promise<void>((resolve) => front.listen(0, "127.0.0.1", resolve));
    const origin = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
    let login = "";
    for (let index = 0; index < 2; index += 1) {
      const child = spawn(process.execPath, [START, "--listen", "127.0.0.1:0", "--log", "silent"], {
        cwd: folder,
        env: { ...process.env, DATABASE_URL: database.url },
      });
      const told = await printed(child, /In a browser: \S+\n/);
      // Each one prints a login, and the last one printed is good.
      login = /One-time login, good for an hour: (\S+)\n/.exec(told)?.[1] ?? "";
      nodes.push({ origin: /Serving at (\S+)\n/.exec(told)?.[1] ?? "", child });
    }
    const stop = async (): Promise<void> => {
      for (const { child } of nodes) await killed(child, "SIGTERM");
      await database.stop();
      rmSync(folder, { recursive: true, force: true });
    };
    return new TwoNodes({ origin, front, nodes, browser: await launch(), login, stop });
  }

  /** A page of whoever logs in with the first login. */
  async open(path: string): Promise<Looking> {
    const looking = await look(this.browser, this.origin, {});
    await looking.page.goto(`${this.origin}${path}`);
    await looking.page.getByLabel("One-time login").fill(this.login);
    await looking.page.getByRole("button", { name: "Log in" }).click();
    return looking;
  }

  /** The node that all is sent to dies without a word, and every line through it with it. */
  async killFirst(): Promise<void> {
    const [first] = this.nodes.splice(0, 1);
    if (first === undefined) throw new Error("Broken belief: a node is left");
    await killed(first.child, "SIGKILL");
  }

  async close(): Promise<void> {
    await this.browser.close();
    this.front.closeAllConnections();
    await new Promise((resolve) => this.front.close(resolve));
    await this.stop();
  }
}

interface TwoNodesParts {
  readonly front: Server;
  readonly nodes: Node[];
  readonly browser: Browser;
  readonly login: string;
  readonly stop: () => Promise<void>;
}

/** Passes a call on; where the node dies on the way, the line of the caller breaks too. */
function forward(incoming: IncomingMessage, outgoing: ServerResponse, to: string): void {
  const { method = "GET", url = "/", headers } = incoming;
  // The nodes know no other address of theirs.
  const own = headers.origin === undefined ? {} : { origin: to };
  const passed = request(`${to}${url}`, { method, headers: { ...headers, ...own, host: new URL(to).host } });
  passed.on("response", (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    outgoing.flushHeaders();
    pipeline(answer, outgoing, (error) => (error === undefined ? undefined : outgoing.destroy()));
  });
  pipeline(incoming, passed, (error) => (error === undefined ? undefined : outgoing.destroy()));
}

async function killed(child: ChildProcess, signal: "SIGTERM" | "SIGKILL"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, "exit");
}
