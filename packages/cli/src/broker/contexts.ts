import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { EXIT } from "../terminal/exit-codes.ts";
import { done, failed, type Outcome } from "../terminal/failures.ts";
import type { Io } from "../terminal/io.ts";

/** A broker that somebody is logged in at, and for whom they act there. */
export interface Context {
  readonly address: string;
  readonly token: string;
  readonly book: string;
  readonly party: string;
}

export interface Contexts {
  readonly current?: string;
  readonly contexts: Readonly<Record<string, Context>>;
}

const NONE: Contexts = { contexts: {} };

/** Where the contexts are kept: `OFFTAKE_CONFIG`, or the folder for settings of the desktop's conventions. */
export function contextsPath({ env }: Pick<Io, "env">): string {
  const named = env["OFFTAKE_CONFIG"];
  if (named !== undefined && named !== "") return join(named, "contexts.json");
  const settings = env["XDG_CONFIG_HOME"];
  return join(
    settings === undefined || settings === "" ? join(homedir(), ".config") : settings,
    "offtake/contexts.json",
  );
}

/** The contexts that are kept; none where there is no file. */
export function readContexts(io: Pick<Io, "env">): Outcome<Contexts> {
  const path = contextsPath(io);
  try {
    const kept: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (isContexts(kept)) return done(kept);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return done(NONE);
    if (!(error instanceof SyntaxError)) return failed(broken(path, `it cannot be read (${code})`));
  }
  return failed(broken(path, "it is no list of contexts; remove it and log in again"));
}

const broken = (path: string, why: string) => ({
  code: "contexts_unreadable",
  message: `${path}: ${why}`,
  exit: EXIT.failed,
});

function isContexts(value: unknown): value is Contexts {
  if (typeof value !== "object" || value === null) return false;
  const { contexts, current } = value as { readonly contexts?: unknown; readonly current?: unknown };
  if (typeof contexts !== "object" || contexts === null) return false;
  return (current === undefined || typeof current === "string") && Object.values(contexts).every(isContext);
}

function isContext(value: unknown): value is Context {
  const context = (value ?? {}) as Readonly<Record<string, unknown>>;
  return ["address", "token", "book", "party"].every((key) => typeof context[key] === "string");
}

/** Keeps the contexts, readable by their owner alone: tokens are in them. Written whole or not at all. */
export function writeContexts(io: Pick<Io, "env">, contexts: Contexts): Outcome<string> {
  const path = contextsPath(io);
  const made = `${path}.${process.pid}.new`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(made, `${JSON.stringify(contexts, null, 2)}\n`, { mode: 0o600 });
    chmodSync(made, 0o600);
    renameSync(made, path);
    return done(path);
  } catch (error) {
    rmSync(made, { force: true });
    const { code = "" } = error as NodeJS.ErrnoException;
    return failed({ code: "contexts_unwritable", message: `${path} cannot be written (${code})`, exit: EXIT.failed });
  }
}
