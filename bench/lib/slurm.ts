import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { hostname, userInfo } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Answered, Calendar } from "../calendar-stream.ts";
import type { Wish } from "./calendar-stream.ts";

/** Where Slurm's programs and plugins are. */
export interface Slurm {
  readonly controller: string;
  readonly control: string;
  readonly plugins: string;
  readonly libraries: string;
}

const CONTROLLERS = ["slurmctld", "slurmctld-wlm"];
const PLUGINS = [
  "usr/lib/x86_64-linux-gnu/slurm-wlm",
  "usr/lib/aarch64-linux-gnu/slurm-wlm",
  "usr/lib64/slurm",
  "usr/lib/slurm",
];

/** Slurm as it is installed, or as its packages were unpacked into a folder; undefined where it is not there. */
export function findSlurm(folder = "/"): Slurm | undefined {
  const controller = CONTROLLERS.map((one) => join(folder, "usr/sbin", one)).find((one) => existsSync(one));
  const control = join(folder, "usr/bin/scontrol");
  const plugins = PLUGINS.map((one) => join(folder, one)).find((one) => existsSync(one));
  if (controller === undefined || plugins === undefined || !existsSync(control)) return undefined;
  return { controller, control, plugins, libraries: [plugins, join(plugins, "..")].join(delimiter) };
}

/** A controller with a calendar of its own, and one `scontrol` for each client. */
export async function startSlurm(slurm: Slurm, folder: string, clients: number): Promise<Calendar> {
  const conf = join(folder, "slurm.conf");
  for (const one of ["state", "spool"]) mkdirSync(join(folder, one));
  const template = readFileSync(fileURLToPath(new URL("slurm.conf", import.meta.url)), "utf8");
  const values: Readonly<Record<string, string>> = {
    host: hostname().split(".")[0] ?? "localhost",
    user: userInfo().username,
    plugins: slurm.plugins,
    folder,
    port: String(await freePort()),
  };
  // The first line is about braces, not to be filled.
  writeFileSync(
    conf,
    template.replaceAll(/\{(\w+)\}/g, (text, key: string) => values[key] ?? text),
  );
  const env = { ...process.env, TZ: "UTC", SLURM_CONF: conf, LD_LIBRARY_PATH: slurm.libraries };
  const controller = spawn(slurm.controller, ["-D", "-f", conf], { env, stdio: ["ignore", "ignore", "ignore"] });
  const ended = new Promise<void>((resolve) => controller.once("exit", () => resolve()));
  await untilUp(slurm.control, env);
  const idle = Array.from({ length: clients }, () => prompt(spawn(slurm.control, [], { env, stdio: "pipe" })));
  const all = [...idle];
  return {
    reserve: async (wish) => {
      const client = idle.pop();
      if (client === undefined) throw new Error("there are as many clients as ask at once");
      const answer = await client.ask(wish);
      idle.push(client);
      return answer;
    },
    close: async () => {
      for (const { end } of all) end();
      controller.kill("SIGTERM");
      await ended;
    },
  };
}

/** A `scontrol` that takes one line after the other. */
function prompt(child: ChildProcessWithoutNullStreams): {
  readonly ask: (wish: Wish) => Promise<Answered>;
  readonly end: () => void;
} {
  let heard: (text: string) => void = () => {};
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (chunk: string) => {
      text += chunk;
      heard(text);
    });
  }
  return {
    ask: ({ nodes, from, hours }) =>
      new Promise((resolve) => {
        const begin = performance.now();
        text = "";
        heard = (now) => {
          const accepted = now.includes("Reservation created");
          if (!accepted && !now.includes("Error creating the reservation")) return;
          heard = () => {};
          // "Requested nodes are busy", and nothing else.
          resolve({ accepted, alternatives: false, ms: performance.now() - begin });
        };
        const start = new Date(from).toISOString().slice(0, 19);
        child.stdin.write(
          `create reservation starttime=${start} duration=${hours * 60} nodecnt=${nodes} user=${userInfo().username}\n`,
        );
      }),
    end: () => child.stdin.end("quit\n"),
  };
}

async function untilUp(control: string, env: NodeJS.ProcessEnv): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const child = spawn(control, ["ping"], { env, stdio: ["ignore", "pipe", "ignore"] });
    let text = "";
    for await (const chunk of child.stdout) text += String(chunk);
    if (/is UP/.test(text)) return;
    await new Promise((go) => setTimeout(go, 200));
  }
  throw new Error("Slurm's controller does not come up; its log is slurmctld.log in its folder");
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
