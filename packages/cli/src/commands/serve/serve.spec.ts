import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

const START = fileURLToPath(new URL("../../../../../scripts/start.mjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "offtake-start-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Running {
  readonly out: () => string;
  readonly err: () => string;
  /** Settles with the exit code. */
  readonly ended: Promise<number | null>;
  readonly stop: () => void;
}

function start(...args: readonly string[]): Running {
  const { DATABASE_URL: _, ...env } = process.env;
  const child = spawn(process.execPath, [START, ...args], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  return { out: () => out, err: () => err, ended, stop: () => child.kill("SIGTERM") };
}

async function until(running: Running, pattern: RegExp): Promise<string> {
  for (;;) {
    const found = pattern.exec(running.out())?.[1];
    if (found !== undefined) return found;
    const code = await Promise.race([
      running.ended,
      new Promise<undefined>((go) => setTimeout(() => go(undefined), 50)),
    ]);
    if (code !== undefined) throw new Error(`it ended with ${code}: ${running.err()}`);
  }
}

test("npm start plays the story, leaves it running as a book, prints a login, and stops when it is told to", async () => {
  const running = start("--listen", "127.0.0.1:0");
  const code = await until(running, /One-time login, good for an hour: (\S+)\n/);
  const address = await until(running, /Serving at (\S+)\n/);
  expect(running.out()).toContain("inference-2025 of OpenAI");
  const login = await fetch(`${address}/v1/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code }),
  });
  const { token } = (await login.json()) as { token: string };
  const notices = await fetch(`${address}/v1/books/stargate-2025/notices`, {
    headers: { authorization: `Bearer ${token}`, "offtake-party": "stargate-2025/microsoft" },
  });
  expect(((await notices.json()) as { data: unknown[] }).data.length).toBeGreaterThan(3);
  const second = start("--listen", "127.0.0.1:0");
  expect(await second.ended).toBe(6);
  expect(second.err()).toContain(`It answers at ${address}`);
  running.stop();
  expect(await running.ended).toBe(0);
  expect(running.err()).not.toContain(code);
}, 120_000);
