import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { PostgresStore } from "../postgres/postgres-store.ts";
import { newBook, record } from "../log/suite.fixture.ts";
import { findBinaries } from "./binaries.ts";
import { serverPid, stopServer } from "./cluster.ts";
import { startEmbedded } from "./embedded.ts";
import { foldersOf } from "./folders.ts";

const CHILD = fileURLToPath(new URL("child.fixture.ts", import.meta.url));
const folders: string[] = [];

const template = mkdtempSync(join(tmpdir(), "offtake-template-"));

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "offtake-embedded-"));
  folders.push(folder);
  return folder;
}

/** A folder with data that was stopped in order: making new data is most of the time of a start. */
function usedFolder(): string {
  const folder = newFolder();
  cpSync(join(template, "data"), join(folder, "data"), { recursive: true, preserveTimestamps: true });
  return folder;
}

beforeAll(async () => {
  await (await startEmbedded(template)).stop();
});

afterAll(() => rmSync(template, { recursive: true, force: true }));

afterEach(async () => {
  for (const folder of folders.splice(0)) {
    await stopServer(foldersOf(folder));
    rmSync(folder, { recursive: true, force: true });
  }
});

type Child = ChildProcessByStdio<Writable, Readable, null>;

interface Started {
  readonly child: Child;
  readonly said: {
    readonly url?: string;
    readonly adopted?: boolean;
    readonly pid?: number;
    readonly code?: string;
    readonly message?: string;
    readonly owner?: { readonly pid: number; readonly address?: string };
  };
}

async function startChild(folder: string, address?: string): Promise<Started> {
  const args = ["--import", "tsx", CHILD, folder, ...(address === undefined ? [] : [address])];
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  return { child, said: JSON.parse(line) as Started["said"] };
}

async function kill(child: Child): Promise<void> {
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

describe("the embedded database", () => {
  test("starts from nothing, keeps what it was given, and stops with its owner", async () => {
    const folder = newFolder();
    const first = await startEmbedded(folder);
    expect(first.adopted).toBe(false);
    const store = await PostgresStore.open({ url: first.url });
    const book = await newBook(store);
    const turn = await store.takeTurn(book, 0);
    await turn.append([record(turn, "a")]);
    await store.close();
    await first.stop();
    expect(serverPid(foldersOf(folder))).toBeUndefined();
    const second = await startEmbedded(folder);
    expect(second.adopted).toBe(false);
    const again = await PostgresStore.open({ url: second.url });
    expect((await again.read(book, 0, 10)).map(({ key }) => key)).toEqual(["a"]);
    await again.close();
    await second.stop();
  });

  test("is not open to others: no network, closed folders", async () => {
    const folder = usedFolder();
    const database = await startEmbedded(folder);
    const options = readFileSync(join(folder, "data", "postmaster.opts"), "utf8");
    expect(options).toContain("listen_addresses=");
    for (const inside of ["data", "socket"]) expect(statSync(join(folder, inside)).mode & 0o077).toBe(0);
    await database.stop();
  });

  test("tells a second process who owns the data, and where", async () => {
    const folder = usedFolder();
    const { child } = await startChild(folder, "http://127.0.0.1:8080");
    const second = await startChild(folder);
    expect(second.said).toEqual({
      code: "embedded_in_use",
      message: expect.stringContaining("It answers at http://127.0.0.1:8080.") as string,
      owner: { pid: child.pid, address: "http://127.0.0.1:8080" },
    });
    const ended = once(child, "exit");
    child.stdin.write("stop\n");
    expect(await ended).toEqual([0, null]);
    expect(serverPid(foldersOf(folder))).toBeUndefined();
  });

  test("that a killed broker left running is adopted, and stopped at the end", async () => {
    const folder = usedFolder();
    const { child, said } = await startChild(folder);
    await kill(child);
    expect(serverPid(foldersOf(folder))).toBe(said.pid);
    const next = await startEmbedded(folder);
    expect(next).toMatchObject({ adopted: true, pid: said.pid });
    await next.stop();
    expect(serverPid(foldersOf(folder))).toBeUndefined();
  });

  test.each(["nothing", "data", "an orphan"])("started four times at once on %s has one owner", async (what) => {
    const folder = what === "nothing" ? newFolder() : usedFolder();
    if (what === "an orphan") await kill((await startChild(folder)).child);
    const four = await Promise.all(Array.from({ length: 4 }, () => startChild(folder)));
    const owners = four.filter(({ said }) => said.url !== undefined);
    const others = four.filter(({ said }) => said.url === undefined);
    expect(owners).toHaveLength(1);
    for (const { said } of others)
      expect(said).toMatchObject({ code: "embedded_in_use", owner: { pid: owners[0]?.child.pid } });
    for (const { child } of owners) await kill(child);
    expect(readdirSync(folder).filter((name) => name.startsWith("data"))).toEqual(["data"]);
  });

  test("comes back after its server was killed: what was acknowledged is there", async () => {
    const folder = usedFolder();
    const database = await startEmbedded(folder);
    const lost = new Promise<void>((gone) => database.onLost(gone));
    const store = await PostgresStore.open({ url: database.url });
    const book = await newBook(store);
    for (const key of ["a", "b"]) {
      const turn = await store.takeTurn(book, 0);
      await turn.append([record(turn, key)]);
    }
    process.kill(database.pid ?? 0, "SIGKILL");
    await lost;
    await store.close().catch(() => {});
    const next = await startEmbedded(folder);
    const again = await PostgresStore.open({ url: next.url });
    expect((await again.read(book, 0, 10)).map(({ key }) => key)).toEqual(["a", "b"]);
    await again.close();
    await next.stop();
  });

  test("works under a path that is too long for a socket", async () => {
    const folder = join(newFolder(), "x".repeat(90));
    cpSync(join(template, "data"), join(folder, "data"), { recursive: true });
    const database = await startEmbedded(folder);
    const store = await PostgresStore.open({ url: database.url });
    expect(await store.books()).toEqual([]);
    await store.close();
    await database.stop();
    folders.push(folder);
  });

  test("of another version is named, and left alone", async () => {
    const folder = newFolder();
    mkdirSync(join(folder, "data"));
    writeFileSync(join(folder, "data", "PG_VERSION"), "11\n");
    await expect(startEmbedded(folder)).rejects.toMatchObject({ code: "embedded_other_version" });
    expect(readdirSync(join(folder, "data"))).toEqual(["PG_VERSION"]);
  });

  test("that cannot start says why, with its last words", async () => {
    const folder = usedFolder();
    writeFileSync(join(folder, "data", "postgresql.conf"), "no such line\n");
    await expect(startEmbedded(folder)).rejects.toMatchObject({
      code: "embedded_start_failed",
      message: expect.stringContaining("syntax error") as string,
    });
  });
});

test("the links that an install script would have made are made", () => {
  const { postgres } = findBinaries(newFolder());
  const native = join(postgres, "..", "..");
  const links = JSON.parse(readFileSync(join(native, "pg-symlinks.json"), "utf8")) as { target: string }[];
  expect(links.length).toBeGreaterThan(3);
  for (const { target } of links) expect(existsSync(join(native, "..", target))).toBe(true);
});
