import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { MadeBackup } from "@offtake/server/backup";
import { codedFailure, dataSource } from "../../terminal/data-source.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { countOf, failed, type Outcome, done, tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";
import { Progress } from "../../terminal/progress.ts";

export interface BackupOptions {
  readonly data: string;
  readonly force?: true;
  readonly json?: true;
}

/** Writes a backup, and says what is in it. */
export async function backup(io: Io, named: string | undefined, options: BackupOptions): Promise<ExitCode> {
  const json = options.json === true;
  const file = named ?? `offtake-${new Date().toISOString().slice(0, 19).replaceAll(":", "")}Z.backup`;
  const made = await make(io, file, options);
  if (!made.ok) return tellFailure(io, made.failure, json);
  const { value } = made;
  if (json) io.out(jsonText(summaryOf(file, value)));
  else {
    io.out(`${file}: ${countOf(value.books.length, "book")}, ${sizeOf(value.bytes)}, as of ${value.madeAt}\n`);
    for (const { book, length } of value.books) io.out(`  ${book}  ${countOf(length, "record")}\n`);
    io.out(`Try it: offtake restore ${file} --check\n`);
  }
  return EXIT.ok;
}

async function make(io: Io, file: string, options: BackupOptions): Promise<Outcome<MadeBackup>> {
  const { backUp } = await import("@offtake/server/backup");
  const source = await dataSource(io, options.data);
  if (!source.ok) return source;
  const path = resolve(io.cwd, file);
  if (existsSync(path) && options.force !== true) {
    const message = `${file} is there already; with --force it is replaced`;
    return failed({ code: "already_there", message, exit: EXIT.conflict });
  }
  const progress = new Progress(io, "Rows written");
  try {
    return done(await backUp(source.value, path, (count, total) => progress.update(count, total)));
  } catch (error) {
    return failed(codedFailure(error));
  } finally {
    progress.end();
  }
}

function summaryOf(file: string, { madeAt, postgres, books, tables, sha256, bytes }: MadeBackup) {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  return { file, bytes, madeAt, postgres, sha256, rows, books };
}

export function sizeOf(bytes: number): string {
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} kB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
