import { type AcceleratorType, type Instant, parseInstant } from "@offtake/core/kernel";
import type { RequestLine } from "@offtake/core/requests";
import { readTrace, type Trace } from "@offtake/intake/traces";
import { replayTrace, type TraceOptions, type TraceTerms, WorldRejected } from "@offtake/sim/trace";
import { type Book, type WorldCommand, worldCommands } from "@offtake/wire/book";
import { parseShorthand } from "@offtake/wire/requests";
import { resolve } from "node:path";
import { bookFiles, type LoadedBook, loadBook } from "../../documents/book.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { done, failed, type Failure, invalidDocument, type Outcome, tellFailure } from "../../terminal/failures.ts";
import { type Io, pause, uninterrupted } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";
import { Progress } from "../../terminal/progress.ts";
import { replayJson, tellReplay, type Replayed } from "./report.ts";

export interface ReplayOptions {
  readonly book: string;
  readonly accelerator?: string;
  readonly region: readonly string[];
  readonly cap?: string;
  readonly start?: string;
  readonly repeated: string;
  readonly durable?: true;
  readonly json?: true;
}

/** Runs a trace through a book and reports what became of its jobs. */
export async function replay(io: Io, path: string, options: ReplayOptions): Promise<ExitCode> {
  const outcome = await replayed(io, path, options);
  if (!outcome.ok) return tellFailure(io, outcome.failure, options.json === true);
  if (await pause(io)) return EXIT.interrupted;
  if (options.json === true) io.out(jsonText(replayJson(outcome.value)));
  else tellReplay(io, outcome.value);
  return EXIT.ok;
}

const usage = (message: string): Failure => ({ code: "usage", message, exit: EXIT.usage });

async function replayed(io: Io, path: string, options: ReplayOptions): Promise<Outcome<Replayed>> {
  const startedAt = performance.now();
  const { repeated } = options;
  if (repeated !== "keep" && repeated !== "drop")
    return failed(usage(`--repeated takes keep or drop, not ${repeated.slice(0, 40)}`));
  const start = options.start === undefined ? undefined : parseInstant(options.start);
  if (options.start !== undefined && start === undefined)
    return failed(usage(`--start ${options.start.slice(0, 40)} is no instant with its offset`));
  const files = bookFiles(options.book, io.cwd);
  if (!files.ok) return files;
  const loaded = await loadBook(files.value, io.cwd);
  if (!loaded.ok) return loaded;
  const terms = termsOf(loaded.value.book, options);
  if (!terms.ok) return terms;
  const trace = await readTrace(resolve(io.cwd, path), { repeated });
  if (!trace.ok) {
    const { code, file, line, detail } = trace.problem;
    const exit = code === "file_not_found" ? EXIT.notFound : EXIT.invalid;
    return failed({ code, message: `${file}${line === undefined ? "" : `:${line}`}: ${detail}`, exit });
  }
  const readAt = performance.now();
  return play(io, trace.value, loaded.value, terms.value, start, {
    startedAt,
    readAt,
    isDurable: options.durable === true,
  });
}

interface Run {
  readonly startedAt: number;
  readonly readAt: number;
  readonly isDurable: boolean;
}

async function play(
  io: Io,
  trace: Trace,
  { book, offers }: LoadedBook,
  terms: TraceTerms,
  startAt: Instant | undefined,
  { startedAt, readAt, isDurable }: Run,
): Promise<Outcome<Replayed>> {
  const { keeper } = book.header;
  const world = [
    ...worldCommands(book),
    ...offers.map((offer) => ({ actor: keeper, body: { type: "listOffer", offer } as const })),
  ];
  const progress = new Progress(io, "jobs");
  const onProgress = (jobs: number): void => progress.update(jobs, trace.rows.length);
  const options = { ...terms, progress: onProgress, ...(startAt === undefined ? {} : { startAt }) };
  const read = { trace: trace.report, readMs: readAt - startedAt };
  try {
    if (isDurable) return await durably(io, trace, world, options, read);
    const report = uninterrupted(() => replayTrace(trace.rows, world, options));
    return done({ ...read, report, replayMs: performance.now() - readAt });
  } catch (error) {
    if (!(error instanceof WorldRejected)) throw error;
    return failed({
      code: error.code,
      message: `the book cannot be set up at the time of the trace: ${error.message}`,
      exit: EXIT.invalid,
    });
  } finally {
    progress.end();
  }
}

async function durably(
  io: Io,
  trace: Trace,
  world: readonly WorldCommand[],
  options: TraceOptions,
  read: Pick<Replayed, "trace" | "readMs">,
): Promise<Outcome<Replayed>> {
  const { NotOverYet, replayDurably } = await import("./durable.ts");
  try {
    const kept = await replayDurably(trace.rows, world, options, async () => !(await pause(io)));
    if (kept === undefined) return failed({ code: "interrupted", message: "nothing is kept", exit: EXIT.interrupted });
    const { report, records, decidedMs, toldMs } = kept;
    return done({ ...read, report, replayMs: toldMs, durable: { records, decidedMs } });
  } catch (error) {
    if (!(error instanceof NotOverYet)) throw error;
    return failed(
      usage(`--durable keeps what has been, and the trace reaches to ${error.message}: give an earlier --start`),
    );
  }
}

/** What every job asks for beside its own count and time, read as the one-line form is. */
function termsOf(book: Book, { accelerator, region, cap }: ReplayOptions): Outcome<TraceTerms> {
  const known = [...new Set<string>([...book.blocks, ...book.offers].map((item) => item.acceleratorType))];
  const [only] = known;
  const name = accelerator ?? (known.length === 1 ? only : undefined);
  if (name === undefined)
    return failed(usage(`say with --accelerator what the jobs run on; the book has ${known.join(", ") || "none"}`));
  const { keeper: buyer, zone } = book.header;
  const text = `${name}:1${region.length === 0 ? "" : `@${region.join(",")}`}${cap === undefined ? "" : ` <=${cap}`}`;
  const window = { from: 0 as Instant, to: 3_600_000 as Instant };
  const parsed = parseShorthand(text, { names: book.names, zone, buyer, window }, "--accelerator, --region, --cap");
  if (!parsed.ok) return failed(invalidDocument(parsed.problems));
  const [line] = parsed.value.lines as readonly [RequestLine];
  const [first] = line.accelerators;
  if (first === undefined) throw new Error("Broken belief: a request names an accelerator");
  const acceleratorType: AcceleratorType = first.acceleratorType;
  return done({ buyer, acceleratorType, regions: line.regions, ...(line.cap === undefined ? {} : { cap: line.cap }) });
}
