import type { Instant } from "@offtake/core/kernel";
import type { Intake } from "../files/problem.ts";
import { accept, refuse } from "../files/problem.ts";
import { LineLimit, linesOf } from "./lines.ts";
import { openTrace } from "./open.ts";
import type { TraceDropCode, TraceRow } from "./row.ts";
import { readTraceRow } from "./row.ts";

const HEADER = "timestamp,duration,num_gpus,gpu_time,cluster";
const BYTES_MAX = 256 * 1024 * 1024;
const LINE_CHARS_MAX = 1024;
const LINES_MAX = 5_000_000;

/** How many dropped rows are kept for the report; all are counted. */
const DROPPED_SHOWN_MAX = 1000;

export interface TraceOptions {
  /**
   * What becomes of a row that repeats an earlier one exactly: `keep` it, the default, since two equal jobs may well have been
   * sent in the same second, or `drop` it. They are counted either way.
   */
  readonly repeated?: "keep" | "drop";
  /** Most bytes, unpacked: 256 MiB unless given. A larger file is refused. */
  readonly bytesMax?: number;
  /** Most lines, blank ones and the header included: five million unless given. A longer file is refused. */
  readonly linesMax?: number;
}

export interface DroppedTraceRow {
  readonly line: number;
  readonly code: TraceDropCode;
  /** At most 200 characters. */
  readonly text: string;
}

export interface TraceReport {
  /** The file that was really read. */
  readonly file: string;
  /** Rows under the header, blank ones left out: `read = rows + dropped`. */
  readonly read: number;
  readonly rows: number;
  readonly dropped: number;
  readonly droppedByCode: Readonly<Partial<Record<TraceDropCode, number>>>;
  /** The first thousand. */
  readonly droppedRows: readonly DroppedTraceRow[];
  /** Rows that repeat an earlier one exactly, kept or not. */
  readonly repeated: number;
  readonly blankLines: number;
  /** Rows whose stated accelerator-seconds are not duration times count; they are kept. */
  readonly mismatches: number;
  readonly tenants: number;
  /** First and last submission; absent where no row was taken. */
  readonly from?: Instant;
  readonly to?: Instant;
  readonly acceleratorSeconds: bigint;
  readonly notes: readonly string[];
}

export interface Trace {
  /** In the order of the file, which is not that of time. */
  readonly rows: readonly TraceRow[];
  readonly report: TraceReport;
}

/**
 * Reads a trace of jobs, packed or not, in one pass.
 *
 * Rows that cannot be a job are dropped and counted; a file of another form, a corrupt archive and a file past the bounds
 * (`options`, and 1,024 characters a line) are refused as a whole.
 */
export async function readTrace(path: string, options: TraceOptions = {}): Promise<Intake<Trace>> {
  const opened = await openTrace(path);
  if (!opened.ok) return opened;
  const { path: file, bytes } = opened.value;
  const { repeated = "keep", bytesMax = BYTES_MAX, linesMax = LINES_MAX } = options;
  const reader = new TraceReader(repeated);
  try {
    for await (const lines of linesOf(bytes, { bytesMax, lineCharsMax: LINE_CHARS_MAX })) {
      for (const line of lines) {
        if (!reader.take(line)) return refuse("unknown_trace", file, `a trace starts with the line ${HEADER}`, 1);
      }
      if (reader.line > linesMax) return refuse("too_many_rows", file, `a trace has at most ${linesMax} lines`);
    }
  } catch (cause) {
    return refuseBytes(file, reader.line, bytesMax, cause);
  } finally {
    bytes.destroy();
  }
  return reader.line === 0 ? refuse("empty_file", file, "the file is empty") : accept(reader.finish(file));
}

function refuseBytes(file: string, line: number, bytesMax: number, cause: unknown): ReturnType<typeof refuse> {
  if (cause instanceof LineLimit) {
    return cause.bound === "bytes"
      ? refuse("file_too_large", file, `a trace has at most ${bytesMax} bytes unpacked`)
      : refuse("record_too_long", file, `a row has at most ${LINE_CHARS_MAX} characters`, line + 1 + cause.linesBefore);
  }
  const code = (cause as NodeJS.ErrnoException).code ?? "";
  if (code.startsWith("Z_"))
    return refuse("corrupt_archive", file, `the archive cannot be unpacked (${code})`, line + 1);
  if (code === "ERR_ENCODING_INVALID_ENCODED_DATA")
    return refuse("not_text", file, "the file is not UTF-8 text", line + 1);
  if (/^E[A-Z]+$/.test(code)) return refuse("file_unreadable", file, `the file cannot be read (${code})`);
  throw cause;
}

/** Takes line after line; holds what the report needs. */
class TraceReader {
  line = 0;
  private read = 0;
  private dropped = 0;
  private repeated = 0;
  private blankLines = 0;
  private mismatches = 0;
  private acceleratorSeconds = 0n;
  private readonly rows: TraceRow[] = [];
  private readonly seen = new Set<string>();
  private readonly byCode: Partial<Record<TraceDropCode, number>> = {};
  private readonly droppedRows: DroppedTraceRow[] = [];
  private readonly onRepeat: "keep" | "drop";

  constructor(onRepeat: "keep" | "drop") {
    this.onRepeat = onRepeat;
  }

  /** False for a first line that is not the header. */
  take(line: string): boolean {
    this.line += 1;
    if (this.line === 1) return line.replace(/^\uFEFF/, "").trim() === HEADER;
    if (line.trim() === "") {
      this.blankLines += 1;
      return true;
    }
    this.read += 1;
    const values = line.split(",");
    const row = readTraceRow(values, this.line);
    if (typeof row === "string") this.drop(row, line);
    else this.keep(row, line, values[3] ?? "");
    return true;
  }

  private keep(row: TraceRow, line: string, statedSeconds: string): void {
    if (this.seen.has(line)) {
      this.repeated += 1;
      if (this.onRepeat === "drop") return this.drop("repeated_row", line);
    } else {
      this.seen.add(line);
    }
    const seconds = row.durationSeconds * row.acceleratorCount;
    if (Number(statedSeconds) !== seconds) this.mismatches += 1;
    this.acceleratorSeconds += BigInt(seconds);
    this.rows.push(row);
  }

  private drop(code: TraceDropCode, line: string): void {
    this.dropped += 1;
    this.byCode[code] = (this.byCode[code] ?? 0) + 1;
    if (this.droppedRows.length < DROPPED_SHOWN_MAX)
      this.droppedRows.push({ line: this.line, code, text: line.slice(0, 200) });
  }

  finish(file: string): Trace {
    let from = Number.POSITIVE_INFINITY as Instant;
    let to = Number.NEGATIVE_INFINITY as Instant;
    const tenants = new Set<string>();
    for (const row of this.rows) {
      if (row.submittedAt < from) from = row.submittedAt;
      if (row.submittedAt > to) to = row.submittedAt;
      tenants.add(row.tenant);
    }
    const report: TraceReport = {
      file,
      read: this.read,
      rows: this.rows.length,
      dropped: this.dropped,
      droppedByCode: this.byCode,
      droppedRows: this.droppedRows,
      repeated: this.repeated,
      blankLines: this.blankLines,
      mismatches: this.mismatches,
      tenants: tenants.size,
      ...(this.rows.length === 0 ? {} : { from, to }),
      acceleratorSeconds: this.acceleratorSeconds,
      notes: ["the source states no zone: its local times are read as UTC"],
    };
    return { rows: this.rows, report };
  }
}
