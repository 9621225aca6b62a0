import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext } from "playwright-core";
import { launch, look, type Looking, type View } from "./browser.fixture.ts";

const START = fileURLToPath(new URL("../../../../scripts/start.mjs", import.meta.url));
export const BOOK = "stargate-2025";
/** The keeper of its book. */
export const KEEPER = `${BOOK}/openai`;

/** The broker as `npm start` serves it, with a database of its own in a folder of its own, and browsers that are logged in. */
export class ServedBroker {
  readonly origin: string;
  /** The one-time login that it printed. Opening a page uses it up. */
  readonly code: string;
  readonly browser: Browser;
  private readonly folder: string;
  private readonly child: ChildProcess;
  private kept: Promise<string> | undefined;

  private constructor(told: string, browser: Browser, folder: string, child: ChildProcess) {
    this.origin = /Serving at (\S+)\n/.exec(told)?.[1] ?? "";
    this.code = /One-time login, good for an hour: (\S+)\n/.exec(told)?.[1] ?? "";
    this.browser = browser;
    this.folder = folder;
    this.child = child;
  }

  /** @param more what stands behind `npm start --` */
  static async start(more: readonly string[] = []): Promise<ServedBroker> {
    const folder = mkdtempSync(join(tmpdir(), "offtake-served-"));
    const { DATABASE_URL: _, ...env } = process.env;
    const child = spawn(process.execPath, [START, "--listen", "127.0.0.1:0", "--log", "silent", ...more], {
      cwd: folder,
      env,
    });
    return new ServedBroker(await printed(child, /In a browser: \S+\n/), await launch(), folder, child);
  }

  /** Somebody who has not logged in yet. */
  stranger(view: View = {}): Promise<Looking> {
    return look(this.browser, this.origin, view);
  }

  /** A page of somebody who is logged in for the keeper. */
  async open(path: string, view: View = {}): Promise<Looking> {
    const looking = await look(this.browser, this.origin, view);
    await this.logIn(looking.context);
    await looking.page.goto(`${this.origin}${path}${path.includes("?") ? "&" : "?"}as=${encodeURIComponent(KEEPER)}`);
    return looking;
  }

  async logIn(context: BrowserContext): Promise<void> {
    const cookies = (await this.cookies()).split("; ").map((one) => ({
      name: one.split("=")[0] ?? "",
      value: one.slice(one.indexOf("=") + 1),
      // Browsers take this machine for a safe place, their drivers do not.
      url: this.origin.replace("http:", "https:"),
    }));
    await context.addCookies(cookies);
  }

  /** The session of whoever logged in with the code, as a program sends it along. */
  cookies(): Promise<string> {
    this.kept ??= this.newSession();
    return this.kept;
  }

  /** Whoever logged in by a page goes on to be the one whose pages are opened. */
  async keepSession(context: BrowserContext): Promise<string> {
    const kept = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
    this.kept = Promise.resolve(kept);
    return kept;
  }

  private async newSession(): Promise<string> {
    const answer = await fetch(`${this.origin}/login`, {
      method: "POST",
      redirect: "manual",
      headers: { origin: this.origin, "sec-fetch-site": "same-origin" },
      body: new URLSearchParams({ code: this.code }),
    });
    if (answer.status !== 303) throw new Error(await answer.text());
    return answer.headers
      .getSetCookie()
      .map((one) => one.split(";")[0] ?? "")
      .join("; ");
  }

  async close(): Promise<void> {
    await this.browser.close();
    this.child.kill("SIGTERM");
    // The broker answers what is on its way first, and its database stops with it.
    if (this.child.exitCode === null) await once(this.child, "exit");
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What a program printed until a pattern was in it. Throws where it ends before. */
export async function printed(child: ChildProcess, pattern: RegExp): Promise<string> {
  let told = "";
  let complained = "";
  const found = new Promise<string>((resolve, reject) => {
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      told += text;
      if (pattern.test(told)) resolve(told);
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (complained += text));
    child.once("exit", () => reject(new Error(`It ended: ${complained}`)));
  });
  return found;
}
