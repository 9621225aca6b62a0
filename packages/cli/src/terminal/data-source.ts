import { resolve } from "node:path";
import type { Where } from "@offtake/server/backup";
import { EXIT } from "./exit-codes.ts";
import { done, type Failure, failed, type Outcome } from "./failures.ts";
import type { Io } from "./io.ts";

/**
 * The database that DATABASE_URL names; undefined where it is not set. It may have a password in it, so what it is is never printed.
 */
export function databaseUrl(io: Pick<Io, "env">): Outcome<string | undefined> {
  const url = io.env["DATABASE_URL"] ?? "";
  if (url === "") return done(undefined);
  if (/^postgres(ql)?:\/\/./.test(url)) return done(url);
  return failed({
    code: "usage",
    message:
      "DATABASE_URL names no PostgreSQL: it begins with postgres://, such as postgres://offtake@db.example/offtake",
    exit: EXIT.usage,
  });
}

/**
 * Where a broker's data are: DATABASE_URL, or the folder of a database of its own.
 *
 * @param mayBeNew whether one is made where there is none
 */
export async function dataSource(io: Io, data: string, mayBeNew = false): Promise<Outcome<Where>> {
  const url = databaseUrl(io);
  if (!url.ok) return url;
  if (url.value !== undefined) return done({ url: url.value });
  const { isDataFolder } = await import("@offtake/server/backup");
  const folder = resolve(io.cwd, data);
  if (mayBeNew || isDataFolder(folder)) return done({ folder });
  const message = `there is no broker's data in ${data}: name its folder with --data, or set DATABASE_URL`;
  return failed({ code: "no_data", message, exit: EXIT.notFound });
}

const CONFLICTS: ReadonlySet<string> = new Set(["embedded_in_use", "database_not_empty", "book_is_there", "EEXIST"]);
const NOT_FOUND: ReadonlySet<string> = new Set(["ENOENT", "unknown_book"]);
const INVALID: ReadonlySet<string> = new Set([
  "backup_damaged",
  "backup_unreadable",
  "backup_unsound",
  "export_damaged",
  "export_unreadable",
  "export_unsound",
]);

/** What an error with a code tells, as a failure of a command; others are broken beliefs and thrown on. */
export function codedFailure(error: unknown): Failure {
  const { code, message } = error as { readonly code?: unknown; readonly message: string };
  if (typeof code !== "string") throw error;
  const exit = CONFLICTS.has(code)
    ? EXIT.conflict
    : NOT_FOUND.has(code)
      ? EXIT.notFound
      : INVALID.has(code)
        ? EXIT.invalid
        : EXIT.failed;
  if (/^[a-z]+(_[a-z]+)+$/.test(code)) return { code, message: message.replace(/\.$/, ""), exit };
  // The database or the file system itself: what it says, under a code of ours.
  return { code: /^E[A-Z]+$/.test(code) ? "file_unusable" : "database_failed", message, exit };
}
