import { createWriteStream, existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { PartyId } from "@offtake/core/kernel";
import type { CarriedEnd } from "@offtake/server/carry";
import type { BookName } from "@offtake/store/log";
import { codedFailure, dataSource } from "../../terminal/data-source.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { countOf, done, failed, type Outcome, tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";
import { Progress } from "../../terminal/progress.ts";

export interface ExportAllOptions {
  readonly data: string;
  readonly for?: string;
  readonly force?: true;
  readonly json?: true;
}

type End = CarriedEnd["end"];

/** Writes a whole book, and says how much was in it. */
export async function exportAll(
  io: Io,
  book: string,
  named: string | undefined,
  options: ExportAllOptions,
): Promise<ExitCode> {
  const json = options.json === true;
  const file = named ?? `${book}.ndjson.gz`;
  const written = await write(io, book, file, options);
  if (!written.ok) return tellFailure(io, written.failure, json);
  const end = written.value;
  if (json && file !== "-") io.out(jsonText({ file, book, ...end }));
  else if (file !== "-")
    io.out(
      `${file}: ${countOf(end.records, "record")}, ${countOf(end.tellings, "telling")} to parties, ${countOf(end.rows, "row")} beside them\n`,
    );
  if (end.withheld > 0)
    io.err(
      `offtake: ${countOf(end.withheld, "privileged file")} of other parties ${end.withheld === 1 ? "is" : "are"} not in it; a backup has all\n`,
    );
  return EXIT.ok;
}

async function write(io: Io, book: string, file: string, options: ExportAllOptions): Promise<Outcome<End>> {
  const source = await dataSource(io, options.data);
  if (!source.ok) return source;
  const path = resolve(io.cwd, file);
  if (file !== "-" && existsSync(path) && options.force !== true)
    return failed({
      code: "already_there",
      message: `${file} is there already; with --force it is replaced`,
      exit: EXIT.conflict,
    });
  const { withDatabase } = await import("@offtake/server/backup");
  const { exportBook } = await import("@offtake/server/carry");
  const partial = join(dirname(path), `.${basename(path)}.${process.pid}.partial`);
  const progress = new Progress(io, "Records and entries written");
  let end: End | undefined;
  const lines = async function* (url: string): AsyncGenerator<string> {
    const owner = options.for === undefined ? {} : { owner: options.for as PartyId };
    const counted = (count: number, total: number) => progress.update(count, total);
    for await (const line of exportBook(url, book as BookName, { ...owner, counted })) {
      if (line.startsWith('{"end":')) ({ end } = JSON.parse(line) as CarriedEnd);
      yield `${line}\n`;
    }
  };
  try {
    await withDatabase(source.value, async (url) => {
      if (file === "-") for await (const line of lines(url)) io.out(line);
      else await pipeline([Readable.from(lines(url)), ...packing(file), createWriteStream(partial, { mode: 0o600 })]);
    });
    if (file !== "-") await rename(partial, path);
    return end === undefined
      ? failed({ code: "export_failed", message: "the export has no end", exit: EXIT.failed })
      : done(end);
  } catch (error) {
    await rm(partial, { force: true });
    return failed(codedFailure(error));
  } finally {
    progress.end();
  }
}

const packing = (file: string): (NodeJS.ReadWriteStream & Writable)[] => (file.endsWith(".gz") ? [createGzip()] : []);
