import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT, readSources } from "../sources.ts";
import { impurities } from "./purity.ts";

describe("the core", () => {
  const sources = readSources("packages/core/src", /(?<!\.spec)\.ts$/);

  test("computes only what is the same on every engine", () => {
    expect(sources.length).toBeGreaterThan(0);
    expect(sources.flatMap(impurities)).toEqual([]);
  });

  test.each([
    ["const a = Math.sin(1);", 1],
    ['const a = Math["exp"](1);', 1],
    ["const M = Math;", 1],
    ["const { log } = Math;", 1],
    ["const a = [1].map(Math.cbrt);", 1],
    ["const a = 2 ** 0.5;", 1],
    ["let a = 2; a **= 3;", 1],
    ["const a = Math.floor(1) + Math.max(1, 2);", 0],
    ["const a = 10n ** BigInt(3);", 0],
    ["const a = base ** BigInt(depth);", 0],
    ["const a = base ** depth;", 1],
    ["// Math.sin(1) and 2 ** 3", 0],
  ])("%s: %i impurities found", (text, count) => {
    expect(impurities({ path: "packages/core/src/kernel/a.ts", text })).toHaveLength(count);
  });
});

/** The guards that others run, proved on a small copy of the repository with something planted in the core. */
describe("in a copy with a planted violation", () => {
  let copy: string;

  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), "offtake-purity-"));
    for (const path of [
      "tsconfig.base.json",
      "packages/core/tsconfig.json",
      "packages/core/package.json",
      "package.json",
    ]) {
      mkdirSync(dirname(join(copy, path)), { recursive: true });
      cpSync(join(ROOT, path), join(copy, path));
    }
    const lint = JSON.parse(readFileSync(join(ROOT, ".oxlintrc.json"), "utf8")) as Record<string, unknown>;
    writeFileSync(join(copy, ".oxlintrc.json"), JSON.stringify({ ...lint, options: { typeAware: false } }));
    symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
    mkdirSync(join(copy, "packages/core/src"));
  });

  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  function complaints(program: readonly string[], file: string, text: string): string {
    const path = join(copy, "packages/core/src", file);
    writeFileSync(path, text);
    const [script = "", ...args] = program;
    const { stdout } = spawnSync(process.execPath, [join(ROOT, "node_modules", script), ...args], {
      cwd: copy,
      encoding: "utf8",
    });
    rmSync(path);
    return stdout;
  }

  const compile = (file: string, text: string): string =>
    complaints(["typescript/bin/tsc", "-p", "packages/core"], file, text);
  const lint = (text: string): string => complaints(["oxlint/bin/oxlint", "packages"], "planted.ts", text);

  test("what is neither Node nor a browser compiles, in sources and in specs", () => {
    expect(compile("planted.ts", "export const a: number = [1].length;\n")).toBe("");
    const spec = 'import fc from "fast-check";\nimport { expect, test } from "vitest";\n';
    expect(
      compile("planted.spec.ts", `${spec}test("a", () => expect(fc.sample(fc.nat(), 1)).toHaveLength(1));\n`),
    ).toBe("");
  });

  test.each(["process.env", "console.log", "setTimeout", "window", "document", "structuredClone", "Buffer", "fetch"])(
    "%s is a compile error, in sources and in specs",
    (expression) => {
      for (const file of ["planted.ts", "planted.spec.ts"]) {
        expect(compile(file, `export const a: unknown = ${expression};\n`)).toContain("Cannot find name");
      }
    },
  );

  test("an import from Node is a compile error", () => {
    expect(compile("planted.ts", 'export { readFileSync } from "node:fs";\n')).toContain("TS2591");
  });

  test.each([
    "Date.now()",
    "new Date(0)",
    "Math.random()",
    "Math.exp(1)",
    'Math["log"](1)',
    "globalThis.Date",
    "Temporal.Now.instant()",
    "polyfill.Temporal.Now",
    "performance.now()",
    "Intl.DateTimeFormat()",
    '"a".localeCompare("b")',
    "(1).toLocaleString()",
    "crypto.randomUUID()",
  ])("%s is a lint error", (expression) => {
    expect(lint(`export const a: unknown = ${expression};\n`)).toMatch(/no-restricted-(globals|properties)/);
  });

  test("a harmless expression is no lint error", () => {
    expect(lint("export const a: unknown = Math.floor(1.5);\n")).not.toContain("no-restricted");
  });
});
