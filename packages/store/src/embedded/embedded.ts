import { setTimeout as sleep } from "node:timers/promises";
import { findAccount } from "./account.ts";
import { findBinaries } from "./binaries.ts";
import { lastWords, makeCluster, type Programs, serverPid, startServer, stopServer } from "./cluster.ts";
import { type Folders, foldersOf, makeFolders } from "./folders.ts";
import { Owner } from "./owner.ts";
import { EmbeddedProblem } from "./problem.ts";

const DATABASE = "offtake";
const START_MAX_MS = 60_000;
const LOOK_AGAIN_MS = 25;

/** PostgreSQL of our own, on a Unix socket in a folder. */
export interface EmbeddedDatabase {
  /** For `PostgresStore.open`. */
  readonly url: string;
  /** True where the server was left running by a broker that was killed, and was taken over. */
  readonly adopted: boolean;
  readonly pid: number | undefined;
  /** Tells those who find the data in use where to go. */
  announce(address: string): Promise<void>;
  /** Calls back once when the server is gone without having been stopped here. */
  onLost(lost: () => void): void;
  /** Stops the server. Everything acknowledged is on disk already. */
  stop(): Promise<void>;
}

/**
 * Starts the embedded PostgreSQL on the data in `folder`, making them if there are none; adopts the server that a killed process left
 * behind. Of several that start at once exactly one owns the data.
 *
 * @throws EmbeddedProblem
 */
export async function startEmbedded(folder: string): Promise<EmbeddedDatabase> {
  const folders = foldersOf(folder);
  makeFolders(folders);
  const programs: Programs = { binaries: findBinaries(folders.libraries), account: findAccount(), folders };
  makeCluster(programs);
  const adopted = serverPid(folders) !== undefined;
  const owner = await takeOver(programs);
  await owner.ensureDatabase(DATABASE);
  return {
    url: urlOf(folders),
    adopted,
    pid: serverPid(folders),
    announce: (address) => owner.announce(address),
    onLost: (lost) => owner.onLost(lost),
    stop: async () => {
      await owner.giveBack();
      await stopServer(folders);
    },
  };
}

/** The address of the database in `folder` where its server runs already, under whomever; undefined where none does. */
export function livingEmbedded(folder: string): string | undefined {
  const folders = foldersOf(folder);
  return serverPid(folders) === undefined ? undefined : urlOf(folders);
}

function urlOf({ socket }: Folders): string {
  return `postgresql:///${DATABASE}?host=${encodeURIComponent(socket)}&user=offtake`;
}

/** Connects, starting the server whenever nobody has the data, until this process owns it or another one does. */
async function takeOver(programs: Programs): Promise<Owner> {
  const { folders } = programs;
  const end = Date.now() + START_MAX_MS;
  let last: unknown;
  let failures = 0;
  while (Date.now() < end) {
    try {
      return await Owner.take(folders);
    } catch (error) {
      if (error instanceof EmbeddedProblem) throw error;
      last = error;
    }
    if (serverPid(folders) === undefined) {
      const isStarted = await untilServing(programs);
      // A server that loses the race for the data ends at once, as does one that cannot start: the first is followed by an answer.
      if (!isStarted && serverPid(folders) === undefined) failures += 1;
      if (failures >= 3) break;
    }
    await sleep(LOOK_AGAIN_MS);
  }
  throw new EmbeddedProblem(
    "embedded_start_failed",
    `The embedded database did not start. ${lastWords(folders) || String(last)}`,
  );
}

/** Starts a server; true once it has taken the data, false where it ended. */
async function untilServing(programs: Programs): Promise<boolean> {
  const child = startServer(programs);
  let ended = false;
  child.once("exit", () => (ended = true));
  child.once("error", () => (ended = true));
  child.unref();
  while (!ended) {
    if (serverPid(programs.folders) === child.pid) return true;
    await sleep(LOOK_AGAIN_MS);
  }
  return false;
}
