import { EXIT } from "./exit-codes.ts";

/** Where a command reads from and writes to: the process in use, strings in tests. Data goes to `out`, messages to `err`. */
export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
  /** Whether somebody can be asked; absent: nobody. */
  readonly inIsTerminal?: boolean;
  /** Characters in a line of the terminal; where there is none, as COLUMNS says, or 100. Never fewer than 60. */
  readonly width: number;
  /** Aborted once somebody presses Ctrl-C. */
  readonly signal: AbortSignal;
}

const WIDTH_DEFAULT = 100;
const WIDTH_MIN = 60;

export function processIo(signal: AbortSignal): Io {
  endQuietlyWhenNobodyReads();
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    env: process.env,
    cwd: process.cwd(),
    outIsTerminal: process.stdout.isTTY === true,
    errIsTerminal: process.stderr.isTTY === true,
    inIsTerminal: process.stdin.isTTY === true,
    width: Math.max(WIDTH_MIN, process.stdout.columns ?? columnsOf(process.env["COLUMNS"]) ?? WIDTH_DEFAULT),
    signal,
  };
}

/** What the variable asks for, where it is a number that makes sense. */
function columnsOf(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9]\d{0,3}$/.test(text) ? Number(text) : undefined;
}

/** `offtake ... | head` closes the pipe early: that is no failure of ours, and nothing more needs to be written. */
function endQuietlyWhenNobodyReads(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    // A disk that is full, mostly. What was printed is not whole, and whoever reads it must not take it for that.
    process.stderr.write(`offtake: standard output cannot be written (${error.code ?? error.message})\n`);
    process.exit(EXIT.failed);
  });
}

/** Lets pending signals and timers through between two long steps; true once the command is to stop. */
export async function pause(io: Io): Promise<boolean> {
  await new Promise((resolve) => setImmediate(resolve));
  return io.signal.aborted;
}

/** Does something that takes long and cannot pause. Meanwhile Ctrl-C ends the process at once, as it does without any handler. */
export function uninterrupted<Value>(work: () => Value): Value {
  const handlers = process.listeners("SIGINT");
  process.removeAllListeners("SIGINT");
  try {
    return work();
  } finally {
    for (const handler of handlers) process.on("SIGINT", handler);
  }
}
