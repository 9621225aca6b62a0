import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BOOK, caseOf, Desk } from "./cli.fixture.ts";

const MAIN = join(import.meta.dirname, "main.ts");
const TSX = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** The command in a process of its own, sources as they are. `during` is called with every piece of output. */
function offtake(
  args: readonly string[],
  cwd: string,
  during?: (kill: (signal: NodeJS.Signals) => void, out: string) => void,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--import", TSX, MAIN, ...args], {
      cwd,
      env: { ...process.env, NO_COLOR: "1" },
    });
    let out = "";
    let err = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
      during?.((signal) => child.kill(signal), out);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      err += text;
    });
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code, signal, out, err }));
  });
}

let desk: Desk;

beforeAll(() => {
  desk = new Desk();
  desk.write("world.yaml", BOOK);
  for (let index = 0; index < 60; index += 1)
    desk.write(`cases/c${index}.yaml`, caseOf(`c${index}`).replace("world.yaml", "../world.yaml"));
});

afterAll(() => desk.clear());

describe("the command as a process", () => {
  test("writes data to stdout, messages to stderr, and ends with its code", async () => {
    const good = await offtake(["test", "cases/c1.yaml", "--json"], desk.folder);
    expect([good.code, good.err]).toEqual([0, ""]);
    expect(JSON.parse(good.out)).toMatchObject({ passed: 1 });
    const bad = await offtake(["validate", "nowhere.yaml"], desk.folder);
    expect([bad.code, bad.out]).toEqual([5, ""]);
    expect(bad.err).toBe("offtake: nowhere.yaml: there is no such file or folder. [file_not_found]\n");
  });

  test("starts without the parts that a command does not need", async () => {
    const { out } = await offtake(["--help"], desk.folder);
    expect(out).toContain("Usage: offtake");
    const loaded = await new Promise<string>((resolve, reject) => {
      const child = spawn(process.execPath, ["--import", TSX, MAIN, "--version"], {
        cwd: desk.folder,
        env: { ...process.env, NODE_DEBUG: "esm" },
      });
      let text = "";
      child.stderr.setEncoding("utf8").on("data", (piece: string) => {
        text += piece;
      });
      child.once("error", reject);
      child.once("close", () => resolve(text));
    });
    expect(loaded).not.toMatch(/packages\/(sim|intake|wire|core)\//);
  });

  test("ends with 130 on Ctrl-C, having written whole lines only", async () => {
    let sent = false;
    const { code, out, err } = await offtake(["test", "cases"], desk.folder, (kill) => {
      if (!sent) kill("SIGINT");
      sent = true;
    });
    expect(code).toBe(130);
    expect(err).toContain("offtake: interrupted");
    expect(out.endsWith("\n")).toBe(true);
    expect(out).not.toContain("passed,");
  });
});
