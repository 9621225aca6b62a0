import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Rebuilt } from "@offtake/server/broker";
import { nearNames } from "@offtake/wire/problems";
import { databaseUrl } from "../../terminal/data-source.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { countOf, tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";

export interface RebuildOptions {
  readonly data: string;
  readonly json?: true;
}

/** Folds the objects of parties again, and says of whom and from how much. */
export async function rebuild(io: Io, book: string | undefined, options: RebuildOptions): Promise<ExitCode> {
  const json = options.json === true;
  const named = databaseUrl(io);
  if (!named.ok) return tellFailure(io, named.failure, json);
  const url = named.value;
  const folder = resolve(io.cwd, options.data);
  if (url === undefined && !existsSync(folder)) {
    const message = `there is no broker's data in ${options.data}: name its folder with --data, or set DATABASE_URL`;
    return tellFailure(io, { code: "no_data", message, exit: EXIT.notFound }, json);
  }
  const { rebuildFeeds } = await import("@offtake/server/broker");
  const done: Rebuilt[] = [];
  let books: readonly string[];
  try {
    books = await rebuildFeeds(url === undefined ? { folder } : { url }, book, (one) => {
      done.push(one);
      if (!json) io.out(`${one.book}: ${one.party}, ${countOf(one.entries, "entry", "entries")}\n`);
    });
  } catch (error) {
    const { code, message } = error as { readonly code?: unknown; readonly message: string };
    if (typeof code !== "string" || !/^[a-z]+(_[a-z]+)+$/.test(code)) throw error;
    const exit = code === "embedded_in_use" ? EXIT.conflict : EXIT.failed;
    return tellFailure(io, { code, message: message.replace(/\.$/, ""), exit }, json);
  }
  if (book !== undefined && !books.includes(book)) {
    const didYouMean = nearNames(book, books);
    return tellFailure(
      io,
      { code: "unknown_book", message: `there is no book ${book.slice(0, 64)}`, exit: EXIT.notFound, didYouMean },
      json,
    );
  }
  if (json) io.out(jsonText({ rebuilt: done }));
  else if (done.length === 0) io.out("Nobody was told anything yet: there is nothing to fold.\n");
  return EXIT.ok;
}
