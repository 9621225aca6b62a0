import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { type FeedEntry, followFeed } from "@offtake/client";
import { type BrokerOptions, type Line, lineOf } from "../../broker/connect.ts";
import { asked } from "../../broker/failures.ts";
import { whenText } from "../../broker/texts.ts";
import { isReplaceable, NOT_REPLACEABLE } from "../../documents/replaceable.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { done, failed, type Failure, fileFailure, type Outcome, tellFailure } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { Progress } from "../../terminal/progress.ts";

export interface FeedOptions extends BrokerOptions {
  readonly from?: string;
  readonly limit?: string;
  readonly out?: string;
}

export interface WaitOptions extends BrokerOptions {
  readonly timeout: string;
}

const PAGE = 500;

/** Prints what the party was told so far. */
export async function printFeed(io: Io, options: FeedOptions): Promise<ExitCode> {
  const json = options.json === true;
  const bounds = boundsOf(options);
  if (!bounds.ok) return tellFailure(io, bounds.failure, json);
  const line = lineOf(io, options);
  if (!line.ok) return tellFailure(io, line.failure, json);
  if (options.out !== undefined) return exportFeed(io, line.value, options.out, json);
  const { from, limit } = bounds.value;
  let next = from;
  for (let printed = 0; printed < limit && !io.signal.aborted; ) {
    const query = { from: next, limit: Math.min(PAGE, limit - printed) };
    const { client, book } = line.value;
    const page = await asked(
      line.value,
      async () => (await client.call("feedRead", { params: { book }, query })).value,
    );
    if (!page.ok) return tellFailure(io, page.failure, json);
    const { data } = page.value;
    for (const entry of data) io.out(entryText(entry, json));
    if (data.length === 0) {
      if (printed === 0) io.err("Nothing yet. Next: offtake watch\n");
      break;
    }
    printed += data.length;
    next = page.value.next;
  }
  return EXIT.ok;
}

/** Writes the whole feed as the broker exports it. The file is there at the end, whole, or not at all. */
async function exportFeed(io: Io, line: Line, out: string, json: boolean): Promise<ExitCode> {
  const path = resolve(io.cwd, out);
  if (!isReplaceable(path)) return tellFailure(io, unwritable(out, NOT_REPLACEABLE), json);
  const progress = new Progress(io, "bytes of the feed");
  const { client, book } = line;
  const written = await asked(line, async () => {
    const answer = await client.send("feedReadExport", { params: { book }, query: {}, signal: io.signal });
    return writeWhole(path, out, counted(answer.body as unknown as AsyncIterable<Uint8Array>, progress));
  });
  progress.end();
  if (!written.ok) return tellFailure(io, written.failure, json);
  if (!written.value.ok) return tellFailure(io, written.value.failure, json);
  io.err(`Wrote ${out}. Next: offtake verify ${out}\n`);
  return EXIT.ok;
}

async function* counted(chunks: AsyncIterable<Uint8Array>, progress: Progress): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    progress.update(bytes, bytes);
    yield chunk;
  }
}

/** A full disk, or a folder that is not there, is a failure of the file; that the broker stopped sending is thrown on. */
async function writeWhole(path: string, shown: string, chunks: AsyncIterable<Uint8Array>): Promise<Outcome<string>> {
  const part = `${path}.part`;
  try {
    await pipeline(chunks, createWriteStream(part, { mode: 0o600 }));
    await rename(part, path);
    return done(shown);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (code === undefined || !FILE_CALLS.has(syscall ?? "")) throw error;
    return failed(unwritable(shown, `it cannot be written (${code})`));
  }
}

/** Calls of the system that fail where a file cannot be written; those of a connection are others, or none. */
const FILE_CALLS: ReadonlySet<string> = new Set(["open", "write", "close", "rename"]);

const unwritable = (path: string, message: string): Failure => fileFailure({ code: "file_unwritable", path, message });

/** Follows the feed from its end until it is stopped. */
export async function watchFeed(io: Io, about: string | undefined, options: FeedOptions): Promise<ExitCode> {
  const json = options.json === true;
  const line = lineOf(io, options);
  if (!line.ok) return tellFailure(io, line.failure, json);
  const { client, book } = line.value;
  const end = await asked(line.value, () => endOf(line.value));
  if (!end.ok) return tellFailure(io, end.failure, json);
  io.err(`offtake: watching ${line.value.party} in ${book}; stop with Ctrl-C\n`);
  const followed = await asked(line.value, async () => {
    for await (const entry of followFeed(client, book, end.value, io.signal))
      if (about === undefined || isAbout(entry.event, about)) io.out(entryText(entry, json));
  });
  return followed.ok || io.signal.aborted ? EXIT.ok : tellFailure(io, followed.failure, json);
}

/** Where the feed ends now: found by looking at single places, since a feed may be long. */
export async function endOf({ client, book }: Line): Promise<number> {
  const isThere = async (from: number): Promise<boolean> =>
    (await client.call("feedRead", { params: { book }, query: { from, limit: 1 } })).value.data.length > 0;
  let [last, end] = [-1, 0];
  while (await isThere(end)) [last, end] = [end, 2 * end + 1];
  while (end - last > 1) {
    const middle = last + Math.floor((end - last) / 2);
    if (await isThere(middle)) last = middle;
    else end = middle;
  }
  return end;
}

/** Whether an id stands anywhere in what was told. */
export function isAbout(value: unknown, id: string): boolean {
  if (value === id) return true;
  return typeof value === "object" && value !== null && Object.values(value).some((part) => isAbout(part, id));
}

/** `noticeReceived` as "notice received". */
const worded = (type: string): string => type.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function entryText(entry: FeedEntry, json: boolean): string {
  if (json) return `${JSON.stringify(entry)}\n`;
  const { type: _type, at: _at, ...rest } = entry.event;
  const names = namesOf(rest).join(" ");
  return `${String(entry.position).padStart(6)}  ${whenText(entry.at)}  ${worded(entry.type)}${names === "" ? "" : `  ${names}`}\n`;
}

const NAMED: ReadonlySet<string> = new Set([
  "id",
  "request",
  "notice",
  "award",
  "invitation",
  "bid",
  "agreement",
  "party",
]);

/** The ids that a person may go on with, as they stand in the entry. */
function namesOf(event: object): readonly string[] {
  const found = Object.entries(event).flatMap(([key, part]: [string, unknown]) => {
    if (!NAMED.has(key)) return [];
    return typeof part === "string" ? [part] : idOf(part);
  });
  return [...new Set(found)];
}

function idOf(part: unknown): readonly string[] {
  const { id } = (part ?? {}) as { readonly id?: unknown };
  return typeof id === "string" ? [id] : [];
}

function boundsOf({ from = "0", limit }: FeedOptions): Outcome<{ readonly from: number; readonly limit: number }> {
  const bad = (option: string, typed: string) =>
    failed({ code: "usage", message: `${option} takes a whole number, not ${typed.slice(0, 40)}`, exit: EXIT.usage });
  if (!/^\d{1,12}$/.test(from)) return bad("--from", from);
  if (limit !== undefined && !/^[1-9]\d{0,9}$/.test(limit)) return bad("--limit", limit);
  return done({ from: Number(from), limit: limit === undefined ? Number.POSITIVE_INFINITY : Number(limit) });
}
