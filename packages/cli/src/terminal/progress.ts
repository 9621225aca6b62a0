import type { Io } from "./io.ts";

/** Silent for so long: what is quick needs no progress. */
const QUIET_MS = 1000;
const BETWEEN_MS = 250;

/** Says on stderr how far something is that takes longer than a second; one line that is rewritten, or none without a terminal. */
export class Progress {
  private readonly io: Io;
  private readonly what: string;
  private readonly startedAt = performance.now();
  private lastAt = 0;
  private isShown = false;

  constructor(io: Io, what: string) {
    this.io = io;
    this.what = what;
  }

  update(done: number, total: number): void {
    this.show(`${done} of ${total}`);
  }

  /** Where nobody knows how many there will be. */
  count(done: number): void {
    this.show(String(done));
  }

  end(): void {
    if (this.isShown) this.io.err("\r\u001b[K");
  }

  private show(text: string): void {
    const now = performance.now();
    if (!this.io.errIsTerminal || now - this.startedAt < QUIET_MS || now - this.lastAt < BETWEEN_MS) return;
    this.lastAt = now;
    this.io.err(`\r${this.what}: ${text}\u001b[K`);
    this.isShown = true;
  }
}
