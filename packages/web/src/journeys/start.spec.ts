import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { goTo, hasBrowser, launch, look } from "./browser.fixture.ts";
import { printed } from "./served-broker.fixture.ts";

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));
const MOST_PACKAGES = 150;

/** Loaded before anything else of a process: whoever asks another machine is written down, and gets no line. */
const guardOf = (asked: string): string => `
import { appendFileSync } from "node:fs";
import net from "node:net";
import dns from "node:dns";
const OWN = /^(?:localhost|127\\.|::1$|0\\.0\\.0\\.0$)/;
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...given) {
  const [options] = Array.isArray(given[0]) ? given[0] : given;
  const host = typeof options === "object" ? (options.path === undefined ? (options.host ?? "localhost") : "localhost") : typeof given[1] === "string" ? given[1] : "localhost";
  if (!OWN.test(host)) { appendFileSync(${JSON.stringify(asked)}, "connect " + host + "\\n"); this.destroy(new Error("no network")); return this; }
  return connect.apply(this, given);
};
for (const name of ["lookup", "resolve", "resolve4"]) {
  const real = dns[name];
  dns[name] = (host, ...rest) => { if (!OWN.test(host)) appendFileSync(${JSON.stringify(asked)}, name + " " + host + "\\n"); return real(host, ...rest); };
}
`;

/** Processes of which a folder is named in their command. */
const processesOf = (folder: string): readonly string[] =>
  execFileSync("ps", ["-eo", "pid=,args="], { encoding: "utf8", maxBuffer: 1 << 24 })
    .split("\n")
    .filter((line) => line.includes(folder));

describe.skipIf(!hasBrowser())("npm start, as a newcomer has it", { timeout: 120_000 }, () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "offtake-newcomer-"));
    mkdirSync(join(folder, "tmp"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("[H3] asks no other machine for anything, nor do its pages, and [H4] Ctrl-C leaves no process and no temporary file behind", async () => {
    const asked = join(folder, "asked.txt");
    const guard = join(folder, "guard.mjs");
    writeFileSync(asked, "");
    writeFileSync(guard, guardOf(asked));
    const { DATABASE_URL: _, ...env } = process.env;
    const child = spawn(
      process.execPath,
      [join(ROOT, "scripts/start.mjs"), "--listen", "127.0.0.1:0", "--log", "silent"],
      {
        cwd: folder,
        env: { ...env, TMPDIR: join(folder, "tmp"), NODE_OPTIONS: `--import ${pathToFileURL(guard).href}` },
        // As at a terminal: what Ctrl-C ends is the whole group.
        detached: true,
      },
    );
    const told = await printed(child, /In a browser: \S+\n/);
    const login = /In a browser: (\S+)\n/.exec(told)?.[1] ?? "";
    const origin = new URL(login).origin;
    expect(processesOf(folder).length).toBeGreaterThan(0);
    const browser = await launch();
    const { page, wrongs } = await look(browser, origin, {});
    await page.goto(login);
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByRole("heading", { level: 1, name: "Queue" }).waitFor();
    for (const [path, heading] of [
      ["/requests/inference-2025", "inference-2025"],
      ["/position", "Position"],
      ["/prices", "Prices"],
      ["/admin/system", "System"],
    ] as const)
      await goTo(page, path, heading);
    await page.getByText("live", { exact: true }).waitFor();
    await browser.close();
    expect(wrongs).toEqual([]);
    expect(readFileSync(asked, "utf8")).toBe("");
    process.kill(-(child.pid ?? 0), "SIGINT");
    if (child.exitCode === null) await once(child, "exit");
    expect(child.exitCode).toBe(0);
    expect(processesOf(folder)).toEqual([]);
    expect(readdirSync(join(folder, "tmp"))).toEqual([]);
  });

  test("the guard that sees to it sees what goes out", () => {
    const asked = join(folder, "tried.txt");
    const guard = join(folder, "tried.mjs");
    writeFileSync(asked, "");
    writeFileSync(guard, guardOf(asked));
    const tries = 'fetch("http://offtake.invalid/").catch(() => fetch("http://192.0.2.1/")).catch(() => {})';
    execFileSync(process.execPath, ["--import", pathToFileURL(guard).href, "-e", tries]);
    expect(readFileSync(asked, "utf8")).toMatch(/offtake\.invalid[\s\S]*192\.0\.2\.1/);
  });
});

interface Lock {
  readonly packages: Readonly<
    Record<
      string,
      {
        readonly dev?: boolean;
        readonly devOptional?: boolean;
        readonly optional?: boolean;
        readonly link?: boolean;
        readonly os?: readonly string[];
      }
    >
  >;
}

test("[H5] fewer than 150 packages are installed to run it, those of one platform counted", () => {
  const { packages } = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")) as Lock;
  const run = Object.entries(packages).filter(
    ([name, { dev, link, os }]) =>
      name.startsWith("node_modules/") && dev !== true && link !== true && (os === undefined || os.includes("linux")),
  );
  expect(run.length).toBeGreaterThan(20);
  expect(run.length).toBeLessThan(MOST_PACKAGES);
});
