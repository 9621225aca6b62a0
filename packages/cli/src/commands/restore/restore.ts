import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Restored } from "@offtake/server/backup";
import { codedFailure, dataSource } from "../../terminal/data-source.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { countOf, done, failed, type Outcome, tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";
import { Progress } from "../../terminal/progress.ts";
import { styleOf } from "../../terminal/style.ts";

export interface RestoreOptions {
  readonly data: string;
  readonly check?: true;
  readonly json?: true;
}

/** Restores a backup, or tries whether it could be, and says what was found in it. */
export async function restoreFile(io: Io, file: string, options: RestoreOptions): Promise<ExitCode> {
  const json = options.json === true;
  const restored = await restoring(io, file, options);
  if (!restored.ok) return tellFailure(io, restored.failure, json);
  const { content, books } = restored.value;
  const isTried = options.check === true;
  if (json) {
    io.out(jsonText({ file, restored: !isTried, madeAt: content.madeAt, sha256: content.sha256, books }));
    return EXIT.ok;
  }
  const style = styleOf(io);
  for (const { book, log, state, feeds } of books) {
    const entries = feeds.reduce((sum, { length }) => sum + length, 0);
    io.out(
      `${style.good("✓")} ${book}: ${countOf(log.length, "record")} and ${countOf(entries, "entry", "entries")} of ${countOf(feeds.length, "party", "parties")}, every link holds\n`,
    );
    io.out(`  ends at ${log.length} ${log.hash}\n  state ${state}\n`);
  }
  io.out(
    isTried
      ? `The backup of ${content.madeAt} can be restored. Nothing was kept.\n`
      : `Restored as of ${content.madeAt}. What was sent after that is sent again; start it with offtake serve.\n`,
  );
  return EXIT.ok;
}

async function restoring(io: Io, file: string, options: RestoreOptions): Promise<Outcome<Restored>> {
  const path = resolve(io.cwd, file);
  if (!existsSync(path))
    return failed({ code: "file_unreadable", message: `${file}: there is no such file`, exit: EXIT.notFound });
  const { restore, tryBackup } = await import("@offtake/server/backup");
  const [checking, rows, following] = [
    new Progress(io, "Rows read"),
    new Progress(io, "Rows restored"),
    new Progress(io, "Records and entries followed"),
  ];
  let steps = 0;
  const progress = {
    checking: (count: number, total: number) => checking.update(count, total),
    restoring: (count: number, total: number) => rows.update(count, total),
    followed: (more: number) => following.count((steps += more)),
  };
  try {
    if (options.check === true) return done(await tryBackup(path, progress));
    const target = await dataSource(io, options.data, true);
    return target.ok ? done(await restore(path, target.value, progress)) : target;
  } catch (error) {
    const failure = codedFailure(error);
    return failed({ ...failure, message: `${file}: ${failure.message}. Nothing was restored` });
  } finally {
    for (const one of [checking, rows, following]) one.end();
  }
}
