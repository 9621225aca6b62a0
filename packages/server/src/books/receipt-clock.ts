import type { Instant } from "@offtake/core/kernel";

/** A receipt is at most this long before its stamp (DESIGN: a command that waited in the queue counts from its arrival). */
const WAITED_MAX_MS = 5_000;

/**
 * When a command arrived, by the database's clock: this process's monotonic clock, offset to the database's. The offset is taken from
 * the stamp of a turn and the moment the turn was asked for, which is before the stamp was made: so a receipt is never dated later
 * than it was, by this way, and never after the stamp of its batch.
 */
export class ReceiptClock {
  private readonly monotonic: () => number;
  private offset: number | undefined;

  constructor(monotonic: () => number) {
    this.monotonic = monotonic;
  }

  /** Notes what the database said at some moment after `asked`. */
  heard(stamp: Instant, asked: number): void {
    // The truth lies between the two moments; the later one dates receipts earlier, and nobody is late because a reply was slow.
    const offset = stamp - this.monotonic();
    // The stamp is cut to the millisecond.
    const most = stamp + 1 - asked;
    this.offset = this.offset === undefined ? offset : Math.min(Math.max(this.offset, offset), most);
  }

  /** The database's time, never ahead of it; undefined as long as it has said nothing. */
  now(): Instant | undefined {
    return this.offset === undefined ? undefined : (Math.floor(this.monotonic() + this.offset) as Instant);
  }

  /** When what arrived at `arrived` counts as received, for a batch of that stamp. */
  receivedAt(arrived: number, stamp: Instant): Instant {
    const at = Math.floor(arrived + (this.offset ?? 0));
    return Math.min(stamp, Math.max(at, stamp - WAITED_MAX_MS)) as Instant;
  }
}
