import { resolve } from "node:path";
import type { Instant } from "@offtake/core/kernel";
import type { WantedRequest } from "@offtake/core/planning";
import { readRequestList } from "@offtake/intake/request-lists";
import type { Book } from "@offtake/wire/book";
import { checkRequestColumns, parseRequestRows } from "@offtake/wire/requests";
import { EXIT } from "../terminal/exit-codes.ts";
import { done, failed, invalidDocument, type Outcome } from "../terminal/failures.ts";
import { shownPath } from "./files.ts";
import { defaultsOf } from "./requests.ts";

/** The requests of a list, each at its own time; one that does not say when it was sent is sent at `at`. */
export async function listedRequests(
  path: string,
  book: Book,
  at: Instant,
  cwd: string,
): Promise<Outcome<readonly WantedRequest[]>> {
  const absolute = resolve(cwd, path);
  const name = shownPath(absolute, cwd);
  const table = await readRequestList(absolute, name);
  if (!table.ok) {
    const { code, detail, line } = table.problem;
    const exit = code === "file_not_found" ? EXIT.notFound : EXIT.invalid;
    return failed({ code, message: `${name}${line === undefined ? "" : `:${line}`}: ${detail}`, exit });
  }
  const { columns, rows } = table.value;
  const problems = checkRequestColumns(name, columns);
  if (problems.length > 0) return failed(invalidDocument(problems));
  // When it is needed is never made up for a request of the past.
  const { window: _, ...options } = defaultsOf(book, at);
  const listed = parseRequestRows(name, rows, options);
  if (!listed.ok) return failed(invalidDocument(listed.problems));
  return done(listed.value.map((one) => ({ request: one.request, at: one.at ?? at, answers: one.answers })));
}
