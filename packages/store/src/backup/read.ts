import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { type BackupContent, type BackupHeader, type Counting, rowsOf, type SavedTable } from "./format.ts";
import { BackupProblem } from "./problem.ts";
import { newlines } from "./write.ts";

const LINE_MAX = 64 * 1024 * 1024;

/**
 * Reads a backup from its beginning to its end, table by table.
 *
 * @param take is given each table with its lines, and must take all of them before it settles
 * @throws BackupProblem where it is no backup, or not what was written
 */
export async function readBackup(
  file: string,
  take: (table: SavedTable, lines: AsyncGenerator<Buffer>, header: BackupHeader) => Promise<void>,
): Promise<BackupContent> {
  const reading = new Reading(createReadStream(file, { highWaterMark: 1024 * 1024 }));
  try {
    const header = parseHeader(await reading.line());
    for (const table of header.tables) {
      await take(table, reading.lines(table.rows), header);
    }
    const sha256 = reading.sum();
    const { sha256: written } = parse(await reading.line()) ?? {};
    if (written !== sha256 || !(await reading.isAtEnd())) throw damaged();
    return { ...header, sha256 };
  } finally {
    reading.close();
  }
}

/**
 * Whether a backup is what was written, without a database: every byte is read.
 *
 * @throws BackupProblem
 */
export async function checkBackup(file: string, counted: Counting = () => {}): Promise<BackupContent> {
  let done = 0;
  return readBackup(file, async ({ name }, lines, header) => {
    for await (const chunk of lines) {
      done += newlines(chunk);
      counted(done, rowsOf(header), name);
    }
  });
}

const damaged = (cause?: unknown): BackupProblem =>
  new BackupProblem("backup_damaged", "The backup is not what was written: it is cut off or changed.", cause);

/** Codes of zlib that tell of bytes that it did not write. */
const BROKEN = /^Z_/;
/** What it says of a file that was never compressed by it. */
const NOT_GZIP = "incorrect header check";

/** The text of a backup as it comes out of the compressed file. */
class Reading {
  private readonly source: AsyncIterator<Buffer>;
  private readonly file: NodeJS.ReadableStream & { destroy(): void };
  private readonly hash: Hash = createHash("sha256");
  private held: Buffer = Buffer.alloc(0);
  private isFirst = true;

  constructor(file: NodeJS.ReadableStream & { destroy(): void }) {
    this.file = file;
    const gunzip = createGunzip({ chunkSize: 256 * 1024 });
    file.on("error", (error: Error) => gunzip.destroy(error));
    this.source = file.pipe(gunzip)[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  /** The next line, without its end. */
  async line(): Promise<string> {
    for (;;) {
      const end = this.held.indexOf(10);
      if (end !== -1) return this.cut(end + 1).toString("utf8", 0, end);
      if (this.held.length > LINE_MAX || !(await this.more())) throw this.isFirst ? unreadable() : damaged();
    }
  }

  /** Pieces of so many lines, line ends and all. */
  async *lines(count: number): AsyncGenerator<Buffer> {
    this.isFirst = false;
    for (let left = count; left > 0; ) {
      if (this.held.length === 0 && !(await this.more())) throw damaged();
      let end = -1;
      let at = this.held.indexOf(10);
      for (; at !== -1 && left > 0; at = this.held.indexOf(10, at + 1)) {
        end = at;
        left -= 1;
      }
      // Where lines are still to come all of it belongs to them.
      yield this.cut(left > 0 ? this.held.length : end + 1);
    }
  }

  /** Over everything that was read so far. */
  sum(): string {
    return this.hash.copy().digest("hex");
  }

  async isAtEnd(): Promise<boolean> {
    return this.held.length === 0 && !(await this.more());
  }

  close(): void {
    this.file.destroy();
  }

  private cut(length: number): Buffer {
    const piece = this.held.subarray(0, length);
    this.held = this.held.subarray(length);
    this.hash.update(piece);
    return piece;
  }

  private async more(): Promise<boolean> {
    try {
      const next = await this.source.next();
      if (next.done === true) return false;
      const { value } = next;
      this.held = this.held.length === 0 ? value : Buffer.concat([this.held, value]);
      return true;
    } catch (error) {
      const { code, message } = error as { readonly code?: string; readonly message: string };
      if (!BROKEN.test(code ?? "")) throw error;
      throw message === NOT_GZIP ? unreadable(error) : damaged(error);
    }
  }
}

const unreadable = (cause?: unknown): BackupProblem =>
  new BackupProblem("backup_unreadable", "This is no backup of Offtake.", cause);

function parseHeader(line: string): BackupHeader {
  const header = parse(line) as Partial<BackupHeader> | undefined;
  if (header?.schema !== "offtake/backup@1" || !Array.isArray(header.tables) || !Array.isArray(header.steps))
    throw unreadable();
  return header as BackupHeader;
}

function parse(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}
