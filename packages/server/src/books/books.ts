import type { BookName, LogStore } from "@offtake/store/log";
import { BookNode, type BookNodeOptions } from "./book-node.ts";

/** What every book of a server is served with. */
export type BooksOptions = Omit<BookNodeOptions, "book"> & {
  /** How often each open book is looked at though nobody said that it has grown: a notice may be lost. */
  readonly pollMs?: number;
  /** How many records a node that has nothing to do leaves without a snapshot; a busy one, and one that closes, leaves more. */
  readonly unsavedMax?: number;
};

const POLL_MS = 5_000;
const UNSAVED_MAX = 1_000;
/** Records that a node which closes folds once more to keep a snapshot: about a second. The next start folds what is more. */
const CLOSING_MAX = 2_000;
/** A snapshot holds up a busy book for as long as its state takes to write down: it is made more seldom. */
const BUSY_FACTOR = 20;

/**
 * The books that this node serves, each opened when it is first asked for and kept up with what other nodes append. Any number of
 * nodes may serve the same books.
 */
export class Books {
  private readonly store: LogStore;
  private readonly options: BooksOptions;
  private readonly opened = new Map<BookName, Promise<BookNode>>();
  private readonly openListeners = new Set<(node: BookNode) => void>();
  private readonly saving = new Set<BookNode>();
  private stopListening: (() => Promise<void>) | undefined;
  private poll: ReturnType<typeof setInterval> | undefined;
  private isClosed = false;

  private constructor(options: BooksOptions) {
    this.store = options.store;
    this.options = options;
  }

  /** Starts to hear of growth; opens no book yet. */
  static async open(options: BooksOptions): Promise<Books> {
    const books = new Books(options);
    books.stopListening = await options.store.onGrowth((book, length) => books.heard(book, length));
    books.poll = setInterval(() => books.lookAround(), options.pollMs ?? POLL_MS);
    books.poll.unref?.();
    return books;
  }

  /** The names of all books of the store, in order. */
  names(): Promise<readonly BookName[]> {
    return this.store.books();
  }

  /** Makes an empty book and opens it; undefined where there is one of that name. */
  async create(book: BookName): Promise<BookNode | undefined> {
    return (await this.store.createBook(book)) ? this.openOnce(book) : undefined;
  }

  /**
   * The node of a book, with all that was in the log when it was asked for; undefined where there is no such book.
   *
   * @throws UnreadableRecord, or what the store throws
   */
  async get(book: BookName): Promise<BookNode | undefined> {
    const open = this.opened.get(book);
    if (open !== undefined) return open;
    const names = await this.store.books();
    return names.includes(book) ? this.openOnce(book) : undefined;
  }

  /** Calls `opened` for every book that is open already, soon, and for each that is opened later. Returns the way to stop. */
  onOpen(opened: (node: BookNode) => void): () => void {
    this.openListeners.add(opened);
    for (const open of this.opened.values())
      open.then(
        (node) => {
          if (this.openListeners.has(opened)) opened(node);
        },
        () => {},
      );
    return () => this.openListeners.delete(opened);
  }

  /** Answers what waits in every book, and takes nothing more; keeps what it knows for the next start. The store stays open. */
  async close(): Promise<void> {
    this.isClosed = true;
    clearInterval(this.poll);
    await this.stopListening?.();
    const closeOne = async (open: Promise<BookNode>): Promise<void> => {
      const node = await open;
      await node.close();
      if (node.unsaved <= CLOSING_MAX) await node.takeSnapshot();
    };
    await Promise.all([...this.opened.values()].map((open) => closeOne(open).catch(() => {})));
    this.openListeners.clear();
  }

  private openOnce(book: BookName): Promise<BookNode> {
    const open = this.opened.get(book);
    if (open !== undefined) return open;
    const opening = this.openBook(book);
    this.opened.set(book, opening);
    // A book that could not be read is tried again by whoever asks next.
    opening.catch(() => this.opened.delete(book));
    return opening;
  }

  private async openBook(book: BookName): Promise<BookNode> {
    const { pollMs: _, unsavedMax: __, ...options } = this.options;
    const node = new BookNode({ ...options, book });
    await node.catchUp();
    if (this.isClosed) await node.close();
    else for (const opened of this.openListeners) opened(node);
    return node;
  }

  /** Somebody has appended, perhaps this node itself. */
  private heard(book: BookName, length: number): void {
    this.opened
      .get(book)
      ?.then((node) => (this.isClosed ? undefined : node.catchUp(length)))
      // What could not be read now is read by the next look, or by the next turn, which says what is wrong.
      .catch(() => {});
  }

  private lookAround(): void {
    for (const [book, open] of this.opened) {
      // Before it is busy with being looked at. What could not be kept now is tried again at the next look.
      open.then((node) => this.save(node)).catch(() => {});
      this.heard(book, Infinity);
    }
  }

  private async save(node: BookNode): Promise<void> {
    const { unsavedMax = UNSAVED_MAX } = this.options;
    const most = node.isIdle ? unsavedMax : unsavedMax * BUSY_FACTOR;
    if (this.isClosed || this.saving.has(node) || node.unsaved < most) return;
    this.saving.add(node);
    await node.takeSnapshot().finally(() => this.saving.delete(node));
  }
}
