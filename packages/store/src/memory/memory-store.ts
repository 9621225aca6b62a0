import type { Instant } from "@offtake/core/kernel";
import { chained, emptyHead, type Hash } from "../log/chain.ts";
import type { BookName, Head, LogRecord, NewRecord } from "../log/record.ts";
import { type Snapshot, SNAPSHOTS_KEPT } from "../log/snapshot.ts";
import {
  APPEND_BOUND_MS,
  type Appended,
  type BookTurn,
  type KeptChanges,
  type LogStore,
  type TurnOptions,
  UnknownBook,
} from "../log/store.ts";
import { sha256 } from "./sha256.ts";

interface MemoryLog {
  readonly records: LogRecord[];
  readonly changes: KeptChanges[];
  /** Newest record of each key. */
  readonly keys: Map<string, LogRecord>;
  head: Head;
  /** Settles when the turn that holds the queue has ended. */
  queue: Promise<void>;
}

export interface MemoryStoreOptions {
  /** Milliseconds since 1970 in UTC; the simulator brings its own clock. */
  readonly clock: () => number;
  readonly hash?: Hash;
}

/** Logs in memory, for the simulator, specs and the browser: gone with the process. The same behaviour as on PostgreSQL. */
export class MemoryStore implements LogStore {
  private readonly logs = new Map<BookName, MemoryLog>();
  private readonly snapshots = new Map<BookName, readonly Snapshot[]>();
  private readonly listeners = new Set<(book: BookName, length: number) => void>();
  private readonly clock: () => number;
  private readonly hash: Hash;

  constructor({ clock, hash = sha256 }: MemoryStoreOptions) {
    this.clock = clock;
    this.hash = hash;
  }

  createBook(book: BookName): Promise<boolean> {
    const isNew = !this.logs.has(book);
    if (isNew)
      this.logs.set(book, {
        records: [],
        changes: [],
        keys: new Map(),
        head: emptyHead(book, this.hash),
        queue: Promise.resolve(),
      });
    return Promise.resolve(isNew);
  }

  books(): Promise<readonly BookName[]> {
    return Promise.resolve([...this.logs.keys()].sort());
  }

  async takeTurn(book: BookName, from: number, { queued = false, form }: TurnOptions = {}): Promise<BookTurn> {
    const log = this.logOf(book);
    const leave = queued ? await enterQueue(log) : () => {};
    const { head } = log;
    const last = log.records.at(-1)?.at ?? 0;
    const stamp = Math.max(Math.floor(this.clock()), last) as Instant;
    const changes = form === undefined ? [] : changesFrom(log, from, form);
    const leadsThere = (changes.at(-1)?.head.length ?? from) === head.length && changes.length > 0;
    return {
      tail: leadsThere
        ? { stamp, head, records: [], changes }
        : { stamp, head, records: log.records.slice(from, head.length) },
      append: (records, changed) => {
        const appended = this.appendAt(book, log, head, stamp, records);
        if (appended.outcome === "appended" && changed !== undefined && records.length > 0)
          log.changes.push({ ...changed, from: head.length, head: appended.head });
        leave();
        return Promise.resolve(appended);
      },
      release: () => {
        leave();
        return Promise.resolve();
      },
    };
  }

  private appendAt(
    book: BookName,
    log: MemoryLog,
    head: Head,
    stamp: Instant,
    records: readonly NewRecord[],
  ): Appended {
    if (log.head.length !== head.length) return { outcome: "conflict" };
    if (this.clock() > stamp + APPEND_BOUND_MS) return { outcome: "too_late" };
    const linked = chained(head, records, this.hash);
    for (const record of linked.records) {
      log.records.push(record);
      log.keys.set(record.key, record);
    }
    log.head = linked.head;
    if (records.length > 0) for (const heard of this.listeners) queueMicrotask(() => heard(book, linked.head.length));
    return { outcome: "appended", head: linked.head };
  }

  async read(book: BookName, from: number, limit: number): Promise<readonly LogRecord[]> {
    return this.logOf(book).records.slice(from, from + limit);
  }

  async readChanges(book: BookName, from: number, form: number, limit: number): Promise<readonly KeptChanges[]> {
    return changesFrom(this.logOf(book), from, form).slice(0, limit);
  }

  async dropChanges(book: BookName): Promise<void> {
    this.logOf(book).changes.length = 0;
  }

  async findKey(book: BookName, key: string): Promise<LogRecord | undefined> {
    return this.logOf(book).keys.get(key);
  }

  putSnapshot(book: BookName, snapshot: Snapshot): Promise<void> {
    const kept = this.snapshots.get(book)?.filter(({ head }) => head.length !== snapshot.head.length) ?? [];
    kept.push(snapshot);
    kept.sort((a, b) => b.head.length - a.head.length);
    this.snapshots.set(book, kept.slice(0, SNAPSHOTS_KEPT));
    const oldest = kept.slice(0, SNAPSHOTS_KEPT).at(-1)?.head.length ?? 0;
    const { changes } = this.logOf(book);
    const first = changes.findIndex(({ from }) => from >= oldest);
    changes.splice(0, first < 0 ? changes.length : first);
    return Promise.resolve();
  }

  async *snapshotsOf(book: BookName): AsyncGenerator<Snapshot> {
    yield* this.snapshots.get(book) ?? [];
  }

  onGrowth(heard: (book: BookName, length: number) => void): Promise<() => Promise<void>> {
    this.listeners.add(heard);
    return Promise.resolve(() => {
      this.listeners.delete(heard);
      return Promise.resolve();
    });
  }

  close(): Promise<void> {
    this.listeners.clear();
    return Promise.resolve();
  }

  private logOf(book: BookName): MemoryLog {
    const log = this.logs.get(book);
    if (log === undefined) throw new UnknownBook(book);
    return log;
  }
}

/** Those that begin at a place and where the one before ends. */
function changesFrom({ changes }: MemoryLog, from: number, form: number): readonly KeptChanges[] {
  const found: KeptChanges[] = [];
  let next = from;
  for (const one of changes) {
    if (one.from !== next || one.form !== form) continue;
    found.push(one);
    next = one.head.length;
  }
  return found;
}

/** Waits for everybody who came before; the answer lets the next one in. */
async function enterQueue(log: MemoryLog): Promise<() => void> {
  const before = log.queue;
  const { promise, resolve } = withResolvers();
  log.queue = promise;
  await before;
  return resolve;
}

/** `Promise.withResolvers` came after the oldest Node that is supported. */
function withResolvers(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let settle: () => void = () => {};
  const promise = new Promise<void>((resolve) => {
    settle = resolve;
  });
  return { promise, resolve: () => settle() };
}
