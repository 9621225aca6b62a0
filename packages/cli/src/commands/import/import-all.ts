import { createReadStream, existsSync } from "node:fs";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import type { Imported } from "@offtake/server/carry";
import { codedFailure, dataSource } from "../../terminal/data-source.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { countOf, done, failed, type Outcome, tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";
import { Progress } from "../../terminal/progress.ts";
import { styleOf } from "../../terminal/style.ts";

export interface ImportAllOptions {
  readonly data: string;
  readonly json?: true;
}

/** Makes a book of an export, and says what was found in it. */
export async function importAll(io: Io, file: string, options: ImportAllOptions): Promise<ExitCode> {
  const json = options.json === true;
  const read = await imports(io, file, options);
  if (!read.ok) return tellFailure(io, read.failure, json);
  const { book, log, state, feeds, withheld } = read.value;
  if (json) {
    io.out(jsonText({ file, ...read.value }));
    return EXIT.ok;
  }
  const entries = feeds.reduce((sum, { length }) => sum + length, 0);
  const style = styleOf(io);
  io.out(
    `${style.good("✓")} ${book}: ${countOf(log.length, "record")} and ${countOf(entries, "entry", "entries")} of ${countOf(feeds.length, "party", "parties")}, every link holds, every view is the same\n`,
  );
  io.out(`  ends at ${log.length} ${log.hash}\n  state ${state}\n`);
  if (withheld > 0) io.out(`  ${countOf(withheld, "privileged file")} stayed where the export was made\n`);
  io.out("Members and keys are not in an export: invite them again.\n");
  return EXIT.ok;
}

async function imports(io: Io, file: string, options: ImportAllOptions): Promise<Outcome<Imported>> {
  const path = resolve(io.cwd, file);
  if (file !== "-" && !existsSync(path))
    return failed({ code: "file_unreadable", message: `${file}: there is no such file`, exit: EXIT.notFound });
  const target = await dataSource(io, options.data, true);
  if (!target.ok) return target;
  const { withDatabase } = await import("@offtake/server/backup");
  const { CarryProblem, importBook } = await import("@offtake/server/carry");
  const { Database } = await import("@offtake/store/postgres");
  const damaged = (cause: unknown): Error =>
    new CarryProblem("export_damaged", "The file is cut off or changed.", cause);
  const progress = new Progress(io, "Records written");
  try {
    return done(
      await withDatabase(target.value, async (url) => {
        // Brings the schema up to date, in a new database too.
        await (await Database.open({ url })).close();
        return importBook(url, linesOf(file === "-" ? undefined : path, damaged), (count, total) =>
          progress.update(count, total),
        );
      }),
    );
  } catch (error) {
    const failure = codedFailure(error);
    return failed({ ...failure, message: `${file}: ${failure.message}. Nothing was imported` });
  } finally {
    progress.end();
  }
}

/** Lines of a file, unpacked where its name ends so, or of standard input. */
async function* linesOf(path: string | undefined, damaged: (cause: unknown) => Error): AsyncGenerator<string> {
  const plain: NodeJS.ReadableStream = path === undefined ? process.stdin : createReadStream(path);
  const input = path?.endsWith(".gz") === true ? plain.pipe(createGunzip()) : plain;
  // What goes wrong while the file is read comes out of the loop below, and not past it.
  const failing = new Promise<never>((_, reject) => {
    for (const one of [plain, input]) one.once("error", reject);
  });
  failing.catch(() => {});
  const lines = createInterface({ input, crlfDelay: Infinity })[Symbol.asyncIterator]();
  for (;;) {
    const next = await Promise.race([lines.next(), failing]).catch((error: unknown) => {
      throw (error as { readonly code?: string }).code?.startsWith("Z_") === true ? damaged(error) : error;
    });
    if (next.done === true) return;
    yield next.value;
  }
}
