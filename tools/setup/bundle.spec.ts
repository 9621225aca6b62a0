import { spawn } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { builtCommand } from "../../scripts/bundle.mjs";
import { ROOT } from "../sources.ts";

/** A clone with a command of two modules, one of them loaded late, and a package that it stands on. */
let clone: string;
let home: string;

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(clone, path)), { recursive: true });
  writeFileSync(join(clone, path), text);
};

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), "offtake-bundle-"));
  home = mkdtempSync(join(tmpdir(), "offtake-home-"));
  write("package-lock.json", "{}");
  write("packages/cli/package.json", JSON.stringify({ dependencies: { "@offtake/core": "0.1.0", other: "1.0.0" } }));
  write("packages/core/package.json", "{}");
  write("packages/core/src/index.ts", "export const answer: number = 42;");
  write(
    "packages/cli/src/late.ts",
    'export const place: string = import.meta.url;\nexport { answer } from "../../core/src/index.ts";',
  );
  write(
    "packages/cli/src/main.ts",
    'export const late = () => import("./late.ts");\nexport const said: string = "first";\nexport const Named = class Kept {};',
  );
});

afterEach(() => {
  rmSync(clone, { recursive: true, force: true });
  rmSync(home, { recursive: true, force: true });
});

const built = (env: Record<string, string> = {}) => builtCommand({ root: clone, env, home });
const inClone = () => join(clone, "node_modules/.cache/offtake");

async function load(path: string | undefined): Promise<{ said: string; late: () => Promise<Record<string, unknown>> }> {
  if (path === undefined) throw new Error("there is no build");
  return import(/* @vite-ignore */ pathToFileURL(path).href) as ReturnType<typeof load>;
}

describe("the built command", () => {
  test("runs as its sources would, each module knowing its own place", async () => {
    const command = await load(await built());
    expect(command.said).toBe("first");
    expect({ ...(await command.late()) }).toEqual({
      answer: 42,
      place: pathToFileURL(join(clone, "packages/cli/src/late.ts")).href,
    });
  });

  test("is built once, and used as long as the sources are what they were", async () => {
    const first = await built();
    const madeAt = statSync(first ?? "").mtimeMs;
    utimesSync(join(clone, "packages/cli/src/main.ts"), new Date(), new Date());
    expect(await built()).toBe(first);
    expect(statSync(first ?? "").mtimeMs).toBe(madeAt);
    expect(readdirSync(inClone())).toHaveLength(1);
  });

  test.each([
    ["a source of the command", "packages/cli/src/main.ts", 'export const said: string = "again";'],
    ["a source that it stands on", "packages/core/src/index.ts", "export const answer: number = 43;"],
    ["a new source", "packages/core/src/deep/new.ts", "export {};"],
    ["a manifest", "packages/core/package.json", '{ "version": "2.0.0" }'],
    ["the lockfile", "package-lock.json", "{ }"],
  ])("is another one after a change of %s", async (_, path, text) => {
    const before = await built();
    write(path, text);
    const after = await built();
    expect(after).not.toBe(before);
    await load(after);
  });

  test("is not touched by specs and what they are made of", async () => {
    const before = await built();
    write("packages/core/src/index.spec.ts", "1");
    write("packages/core/src/small.fixture.ts", "1");
    expect(await built()).toBe(before);
  });

  test("a change back finds the build that was there", async () => {
    const text = readFileSync(join(clone, "packages/cli/src/main.ts"), "utf8");
    const before = await built();
    write("packages/cli/src/main.ts", `${text}\nexport const more = 1;`);
    await built();
    write("packages/cli/src/main.ts", text);
    const madeAt = statSync(before ?? "").mtimeMs;
    expect(await built()).toBe(before);
    expect(statSync(before ?? "").mtimeMs).toBe(madeAt);
  });

  test("several processes at once all get it, and one build is left", async () => {
    const script = `import(${JSON.stringify(pathToFileURL(join(ROOT, "scripts/bundle.mjs")).href)}).then(async ({ builtCommand }) => {
      const path = await builtCommand({ root: ${JSON.stringify(clone)}, env: {}, home: ${JSON.stringify(home)} });
      const { late } = await import(path);
      process.stdout.write(String((await late()).answer));
    });`;
    const outputs = await Promise.all(
      [1, 2, 3, 4].map(
        () =>
          new Promise<string>((resolve) => {
            const child = spawn(process.execPath, ["-e", script]);
            let said = "";
            child.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
            child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
            child.once("close", () => resolve(said));
          }),
      ),
    );
    expect(outputs).toEqual(["42", "42", "42", "42"]);
    expect(readdirSync(inClone())).toHaveLength(1);
  });

  test("is built anew where a part of it is gone", async () => {
    const first = await built();
    const folder = dirname(first ?? "");
    const chunk = readdirSync(folder).find((name) => /^late-.*\.mjs$/.test(name));
    rmSync(join(folder, chunk ?? ""));
    expect(await built()).toBe(first);
    expect(readdirSync(folder)).toContain(chunk);
  });

  test("stands with the user's caches where the clone cannot be written", async () => {
    write("node_modules/.cache", "a file in the way of the folder");
    expect(await built()).toMatch(new RegExp(`^${join(home, ".cache/offtake/")}`));
    expect(await built({ XDG_CACHE_HOME: join(home, "mine") })).toMatch(new RegExp(`^${join(home, "mine/offtake/")}`));
  });

  test("stands where OFFTAKE_CACHE says, and nowhere where it says off", async () => {
    expect(await built({ OFFTAKE_CACHE: join(home, "here") })).toMatch(new RegExp(`^${join(home, "here/")}`));
    expect(await built({ OFFTAKE_CACHE: "off" })).toBeUndefined();
    expect(readdirSync(home)).toEqual(["here"]);
  });

  test("is none where it can be kept nowhere, or where the sources do not build; nothing is left behind", async () => {
    write("node_modules/.cache", "a file in the way of the folder");
    writeFileSync(join(home, ".cache"), "another");
    expect(await built()).toBeUndefined();
    rmSync(join(clone, "node_modules/.cache"));
    write("packages/cli/src/main.ts", "export const half =");
    expect(await built()).toBeUndefined();
    expect(readdirSync(inClone())).toEqual([]);
  });

  test("old builds and what killed processes left are removed, young ones stay", async () => {
    await built();
    const old = new Date(Date.now() - 24 * 3_600_000);
    for (const name of ["a", "b", "c", "d", "e", "f", ".building-1-x"]) {
      mkdirSync(join(inClone(), name));
      if (name !== "f") utimesSync(join(inClone(), name), old, old);
    }
    mkdirSync(join(inClone(), ".building-2-y"));
    write("packages/cli/src/main.ts", "export const said = 2;");
    const now = dirname((await built()) ?? "");
    const left = readdirSync(inClone());
    expect(left).toContain(now.slice(inClone().length + 1));
    expect(left).toContain("f");
    expect(left).toContain(".building-2-y");
    expect(left).not.toContain(".building-1-x");
    expect(left.filter((name) => ["a", "b", "c", "d", "e"].includes(name))).toHaveLength(2);
  });
});
