import type { BookEvent } from "@offtake/core/book";
import type { BookName } from "@offtake/store/log";

/** Records at hand; a resolved request is some 30 kB of objects. */
const KEPT_MAX = 500;

/**
 * The events of records that this node has just appended, for whoever tells them: they need not be read from the log and put together again.
 * A few of them, of all books; what is not here is in the log. Events are never changed, so the log's are the same.
 */
export class DecidedEvents {
  private readonly kept = new Map<string, readonly BookEvent[]>();

  /** The record at a place of a book's log is known to be appended. */
  keep(book: BookName, position: number, events: readonly BookEvent[]): void {
    this.kept.set(nameOf(book, position), events);
    if (this.kept.size <= KEPT_MAX) return;
    // Oldest first.
    for (const name of this.kept.keys()) {
      this.kept.delete(name);
      return;
    }
  }

  has(book: BookName, position: number): boolean {
    return this.kept.has(nameOf(book, position));
  }

  /** Gives them once. */
  take(book: BookName, position: number): readonly BookEvent[] | undefined {
    const name = nameOf(book, position);
    const events = this.kept.get(name);
    if (events !== undefined) this.kept.delete(name);
    return events;
  }
}

const nameOf = (book: BookName, position: number): string => `${book} ${position}`;
