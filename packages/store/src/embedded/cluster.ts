import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Account } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import type { Folders } from "./folders.ts";
import { EmbeddedProblem } from "./problem.ts";

/** Role and first database of an embedded cluster. */
export const ROLE = "offtake";

const INITDB = [
  "--encoding=UTF8",
  "--locale-provider=builtin",
  "--builtin-locale=C.UTF-8",
  "--locale=C",
  "--auth-local=trust",
  "--auth-host=reject",
  `--username=${ROLE}`,
  "--no-instructions",
];

/** One program of PostgreSQL's, run as the account that it may run as. */
export interface Programs {
  readonly binaries: Binaries;
  readonly account: Account;
  readonly folders: Folders;
}

/**
 * Makes the data folder if there is none: beside its place, then renamed, so that a killed start leaves nothing half-made and of two
 * starts at once one wins.
 */
export function makeCluster({ binaries, account, folders }: Programs): void {
  assertVersion(folders.data, binaries);
  if (existsSync(join(folders.data, "PG_VERSION"))) return;
  const made = `${folders.data}.${process.pid}`;
  rmSync(made, { recursive: true, force: true });
  account.own(folders.root);
  const [program, ...args] = [...account.prefix, binaries.initdb, ...INITDB, "-D", made];
  const { status, stderr, error } = spawnSync(program, args, { ...optionsOf(binaries, account), encoding: "utf8" });
  if (status !== 0)
    throw new EmbeddedProblem("embedded_start_failed", `initdb failed: ${error?.message ?? stderr.trim()}`);
  try {
    renameSync(made, folders.data);
  } catch {
    // Somebody else was first; theirs is as good.
    rmSync(made, { recursive: true, force: true });
  }
}

function assertVersion(data: string, binaries: Binaries): void {
  const file = join(data, "PG_VERSION");
  if (!existsSync(file)) return;
  const found = readFileSync(file, "utf8").trim();
  const { stdout } = spawnSync(binaries.postgres, ["--version"], {
    env: { ...process.env, ...binaries.env },
    encoding: "utf8",
  });
  const own = /(\d+)/.exec(stdout ?? "")?.[1];
  if (own !== undefined && own !== found)
    throw new EmbeddedProblem(
      "embedded_other_version",
      `The data in ${data} are of PostgreSQL ${found}; this program brings ${own}. Export everything with the program that wrote them, and import it into a new folder.`,
    );
}

/** Starts the server; it may end at once where another one has the data. Its messages go to a file, since it may outlive this process. */
export function startServer({ binaries, account, folders }: Programs): ChildProcess {
  const log = openSync(folders.log, "a", 0o600);
  account.own(folders.socket);
  const [program, ...args] = [
    ...account.prefix,
    binaries.postgres,
    "-D",
    folders.data,
    "-k",
    folders.socket,
    "-c",
    "listen_addresses=",
    "-c",
    "unix_socket_permissions=0700",
  ];
  try {
    // In a group of its own: Ctrl-C on a terminal is for the broker, which stops the server when it is done with it.
    return spawn(program, args, {
      ...optionsOf(binaries, account),
      detached: true,
      stdio: ["ignore", log, log],
    });
  } finally {
    closeSync(log);
  }
}

function optionsOf(binaries: Binaries, { uid, gid }: Account) {
  return {
    env: { ...process.env, ...binaries.env },
    cwd: "/",
    ...(uid === undefined ? {} : { uid }),
    ...(gid === undefined ? {} : { gid }),
  };
}

/** The process id of the server that has the data; undefined where there is none, or only one that is dead and not yet reaped. */
export function serverPid(folders: Folders): number | undefined {
  let pid: number;
  try {
    pid = Number(readFileSync(join(folders.data, "postmaster.pid"), "utf8").split("\n")[0]);
  } catch {
    return undefined;
  }
  return Number.isSafeInteger(pid) && pid > 0 && isAlive(pid) ? pid : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  return !isZombie(pid);
}

function isZombie(pid: number): boolean {
  try {
    return /^\d+ \(.*\) Z /s.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

/** PostgreSQL's fast shutdown: open transactions are undone, everything is written. */
export async function stopServer(folders: Folders, timeoutMs = 30_000): Promise<void> {
  const pid = serverPid(folders);
  if (pid === undefined) return;
  process.kill(pid, "SIGINT");
  for (const end = Date.now() + timeoutMs; Date.now() < end; await sleep(20)) {
    if (serverPid(folders) === undefined) return;
  }
  throw new EmbeddedProblem("embedded_start_failed", `The embedded database (process ${pid}) did not stop.`);
}

/** The last lines that the server wrote, for a message. */
export function lastWords({ log }: Folders): string {
  try {
    return readFileSync(log, "utf8").trim().split("\n").slice(-5).join("\n");
  } catch {
    return "";
  }
}
