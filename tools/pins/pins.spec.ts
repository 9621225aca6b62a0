import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT } from "../sources.ts";

interface Manifest {
  readonly engines?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly overrides?: Readonly<Record<string, string>>;
}

const manifest = (path: string) => JSON.parse(readFileSync(join(ROOT, path), "utf8")) as Manifest;

const MANIFESTS = [
  "package.json",
  ...readdirSync(join(ROOT, "packages")).map((name) => `packages/${name}/package.json`),
];

describe("the pins", () => {
  test.each(MANIFESTS)("of %s are exact", (path) => {
    const { dependencies, devDependencies, optionalDependencies, overrides } = manifest(path);
    const all = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies, ...overrides });
    expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+(-[0-9a-z.]+)?$/.test(version))).toEqual([]);
  });

  test.each(MANIFESTS)("of %s run no script of ours at install", (path) => {
    const scripts = Object.keys(manifest(path).scripts ?? {});
    expect(scripts.filter((name) => /install|prepare|prepublish/.test(name))).toEqual([]);
  });

  test("name one oldest Node, the same that setup refuses to go below", () => {
    const oldest = manifest("package.json").engines?.["node"];
    expect(oldest).toBe(">=20.19");
    expect(readFileSync(join(ROOT, "scripts/setup.mjs"), "utf8")).toContain("OLDEST_NODE = [20, 19]");
  });
});

describe("the lockfile", () => {
  const lockfile = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")) as {
    packages: Record<string, { resolved?: string; integrity?: string; link?: boolean }>;
  };
  const installed = Object.entries(lockfile.packages).filter(
    ([path, one]) => path.includes("node_modules/") && !one.link,
  );

  test("names no registry, so that it works beside any", () => {
    expect(installed.length).toBeGreaterThan(50);
    expect(installed.filter(([, one]) => one.resolved !== undefined).map(([path]) => path)).toEqual([]);
  });

  test("holds the hash of every package", () => {
    expect(installed.filter(([, one]) => !one.integrity?.startsWith("sha512-")).map(([path]) => path)).toEqual([]);
  });
});
