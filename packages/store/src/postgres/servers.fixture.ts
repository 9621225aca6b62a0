import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findAccount } from "../embedded/account.ts";
import { type EmbeddedDatabase, startEmbedded } from "../embedded/index.ts";

/** A server for a spec; `stop` leaves nothing behind. */
export interface TestServer {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** An embedded server in a folder of its own. */
export async function embeddedServer(): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), "offtake-store-"));
  const server: EmbeddedDatabase = await startEmbedded(folder);
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const DEBIAN = "/usr/lib/postgresql";

/** The programs of an ordinary PostgreSQL on this machine, the oldest that is supported first; undefined where there is none. */
export function ordinaryPrograms(): string | undefined {
  if (!existsSync(DEBIAN)) return undefined;
  const versions = readdirSync(DEBIAN)
    .map(Number)
    .filter((version) => version >= 15)
    .sort((a, b) => a - b);
  const found = versions.map((version) => join(DEBIAN, String(version), "bin"));
  return found.find((folder) => existsSync(join(folder, "initdb")));
}

/** An ordinary server with its own programs, as an administrator would make one: defaults, a password, one database. */
export function ordinaryServer(programs: string): TestServer {
  const folder = mkdtempSync(join(tmpdir(), "offtake-ordinary-"));
  const account = findAccount();
  const data = join(folder, "data");
  mkdirSync(join(folder, "socket"));
  account.own(folder);
  const run = (program: string, ...args: string[]): void => {
    const [first = "", ...rest] = [...account.prefix, join(programs, program), ...args];
    const { uid, gid } = account;
    const done = spawnSync(first, rest, {
      cwd: "/",
      stdio: ["ignore", "ignore", "pipe"],
      ...(uid === undefined ? {} : { uid }),
      ...(gid === undefined ? {} : { gid }),
    });
    if (done.status !== 0) throw new Error(`${program}: ${String(done.stderr)}`);
  };
  run("initdb", "-D", data, "-U", "admin", "--auth=trust", "--encoding=UTF8", "--locale=C");
  const options = `-k ${join(folder, "socket")} -c listen_addresses=`;
  run("pg_ctl", "-D", data, "-l", join(folder, "log"), "-o", options, "-w", "start");
  return {
    url: `postgresql:///postgres?host=${encodeURIComponent(join(folder, "socket"))}&user=admin`,
    stop: () => {
      // At once: an orderly stop writes everything to disk first, for a folder that is thrown away.
      run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop");
      rmSync(folder, { recursive: true, force: true });
      return Promise.resolve();
    },
  };
}
