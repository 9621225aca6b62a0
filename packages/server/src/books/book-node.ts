import {
  applyChanges,
  BookState,
  changesSince,
  type Command,
  type CommandBody,
  type Decision,
  dump,
  fold,
  nextDue,
  run,
  sayTheSame,
  STATE_FORM,
  tidy,
} from "@offtake/core/book";
import type { Instant, PartyId } from "@offtake/core/kernel";
import {
  brokenLink,
  type BookName,
  emptyHead,
  type Hash,
  type Head,
  type KeptChanges,
  type LogRecord,
  type LogStore,
  type NewRecord,
  type Tail,
} from "@offtake/store/log";
import { hiddenIn } from "../texts/hidden-fields.ts";
import type { DecidedEvents } from "./decided.ts";
import { ReceiptClock } from "./receipt-clock.ts";
import { type BookWarning, findStart, isFoldOf, sealed } from "./snapshots.ts";
import { fingerprintOf, keptOf, recordedFrom, recordOf, UnreadableRecord } from "./stored.ts";
import { type Answer, type Submission, Unavailable } from "./submission.ts";

export interface BookNodeOptions {
  readonly store: LogStore;
  readonly book: BookName;
  readonly hash: Hash;
  /** Randomness for ids, one text for each command. */
  readonly nonce: () => string;
  /** Milliseconds that never go back, of this process alone; `performance.now` when absent. */
  readonly monotonic?: () => number;
  /** How many commands are decided in one batch at most. */
  readonly batchMax?: number;
  /** How long turns go through the queue after a conflict. */
  readonly queueForMs?: number;
  /** Of how many appends of others that are followed in short one is held against the log. */
  readonly checkEvery?: number;
  /** How long a command is tried again while the store cannot be reached. */
  readonly retryForMs?: number;
  /** What of a command is kept beside the log, and by which reference the log knows it; nothing when absent. */
  readonly hide?: (book: BookName, body: CommandBody, actor: PartyId) => Promise<CommandBody>;
  /** Where the events of a record are kept that was just appended, for whoever tells them; nowhere when absent. */
  readonly decided?: DecidedEvents;
  /**
   * Awaited before each batch where it gives anything: what follows from earlier ones is behind, and would only come to be more so. It ends by
   * itself, also where nobody catches up.
   */
  readonly pace?: (book: BookName) => Promise<unknown> | undefined;
  /** How many commands a batch takes at most for what follows from it to be small; `batchMax` where it gives nothing. */
  readonly batchOf?: (book: BookName) => number | undefined;
  /** Told of what is wrong and is got around: a snapshot that cannot be used, a state that is not what the log folds into. */
  readonly warned?: (problem: BookWarning) => void;
}

/** Who wants to know what others have appended. */
interface Reader {
  /** How long the log is known to be; Infinity where nobody knows. */
  readonly length: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

interface Waiting {
  readonly submission: Submission;
  readonly arrived: number;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** What the core made of a command of the batch; `failure` is a broken belief of ours, which takes down nothing but its own command. */
interface Decided {
  readonly waiting: Waiting;
  readonly made?: {
    readonly fingerprint: string;
    readonly decision: Decision;
    /** Undefined where nothing is kept. */
    readonly record: NewRecord | undefined;
  };
  readonly failure?: unknown;
}

/** How many records are read at once while a node catches up. */
const PAGE = 1_000;
/** How many appends are followed at once. */
const CHANGES_PAGE = 500;
const PAUSE_MS = 20;
const CHECK_EVERY = 32;
/** Longer appends are left to the snapshot: a turn may wait for the check. */
const CHECKED_MAX = 64;

/**
 * One node's side of one book: gathers the commands that wait, decides them in order on the newest log, appends what follows in one
 * statement, and then answers all. Any number of nodes may do so on the same log; a batch that somebody else was quicker than is
 * undone and decided again.
 */
export class BookNode {
  private readonly options: Required<Omit<BookNodeOptions, "hide" | "decided" | "pace" | "batchOf">>;
  private readonly pace: BookNodeOptions["pace"];
  private readonly batchOf: BookNodeOptions["batchOf"];
  private readonly decided: DecidedEvents | undefined;
  private readonly hide: BookNodeOptions["hide"];
  /** Settles when those that came before have been hidden what is hidden of them. */
  private hiding: Promise<void> | undefined;
  private readonly clock: ReceiptClock;
  private state = new BookState();
  private hasStarted = false;
  /** Of which form changes are followed; undefined once they have led astray. */
  private form: number | undefined = STATE_FORM;
  /** The state is not what the log folds into. */
  private isAstray = false;
  /** What has come since the snapshot that is being read. */
  private asked: { readonly from: number; readonly changes: Promise<readonly KeptChanges[]> } | undefined;
  /** How many appends of others have been followed in short. */
  private followed = 0;
  private readonly waiting: Waiting[] = [];
  private readonly readers: Reader[] = [];
  private readonly looks: (() => void)[] = [];
  private readonly listeners = new Set<() => void>();
  private head: Head;
  private snapshotAt = 0;
  private queuedUntil = -Infinity;
  private working: Promise<void> | undefined;
  private isClosed = false;

  constructor(options: BookNodeOptions) {
    this.hide = options.hide;
    this.decided = options.decided;
    this.pace = options.pace;
    this.batchOf = options.batchOf;
    this.options = {
      monotonic: () => performance.now(),
      batchMax: 256,
      queueForMs: 1_000,
      checkEvery: CHECK_EVERY,
      retryForMs: 30_000,
      warned: () => {},
      ...options,
    };
    this.clock = new ReceiptClock(this.options.monotonic);
    this.head = emptyHead(options.book, options.hash);
  }

  /** The book's name. */
  get book(): BookName {
    return this.options.book;
  }

  /** How many records this node has folded. */
  get length(): number {
    return this.head.length;
  }

  /** The state that the log folds into, as far as this node has read. Only to be read, and only between turns. */
  get view(): BookState {
    return this.state;
  }

  /** The nearest instant at which something may fall due by itself. */
  nextDue(): Instant | undefined {
    return nextDue(this.state);
  }

  /** The time by the database's clock, as far as this node knows it: never ahead of it. Undefined before the log was first read. */
  now(): Instant | undefined {
    return this.clock.now();
  }

  /** Calls `changed` whenever records have been folded in, own ones or others'. Returns the way to stop. */
  onChange(changed: () => void): () => void {
    this.listeners.add(changed);
    return () => this.listeners.delete(changed);
  }

  /**
   * Decides a command.
   *
   * @throws Unavailable where the store cannot be reached for too long or the node is closed: the command may be sent again
   */
  submit(submission: Submission): Promise<Answer> {
    const arrived = this.options.monotonic();
    const isPlain = this.hide === undefined || hiddenIn(submission.body).length === 0;
    if (isPlain && this.hiding === undefined) return this.take(submission, arrived);
    // Whoever comes later is decided later, also where this one is kept waiting for the database.
    const before = this.hiding;
    const made = isPlain ? undefined : this.hide?.(this.book, submission.body, submission.actor);
    const turn = Promise.all([made, before]).then(([body = submission.body]) => body);
    const settled = turn.then(
      () => {},
      () => {},
    );
    this.hiding = settled;
    void settled.then(() => {
      if (this.hiding === settled) this.hiding = undefined;
    });
    return turn.then(
      (body) => this.take({ ...submission, body }, arrived),
      (error: unknown) => {
        throw new Unavailable("The database could not be reached.", error);
      },
    );
  }

  private take(submission: Submission, arrived: number): Promise<Answer> {
    if (this.isClosed) return Promise.reject(new Unavailable("The broker is going down."));
    return new Promise((resolve, reject) => {
      this.waiting.push({ submission, arrived, resolve, reject });
      this.working ??= this.work();
    });
  }

  /**
   * Reads what others have appended, and the database's clock; where the log is known to have a length, only if that is not reached.
   *
   * @throws UnreadableRecord, or what the store throws
   */
  catchUp(length = Infinity): Promise<void> {
    return new Promise((resolve, reject) => {
      this.readers.push({ length, resolve, reject });
      this.working ??= this.work();
    });
  }

  /** How many records there are since the newest snapshot that this node knows of. */
  get unsaved(): number {
    return this.head.length - this.snapshotAt;
  }

  /** Whether nobody waits for anything. */
  get isIdle(): boolean {
    return this.working === undefined;
  }

  /**
   * Keeps the state as it stands between two turns as a snapshot, once the log was seen to fold into the same bytes.
   *
   * @returns false where it does not, which is told: the state of this node is then wrong, and is read anew before the next turn
   */
  async takeSnapshot(): Promise<boolean> {
    if (this.unsaved === 0) return true;
    const { head, ...texts } = await this.betweenTurns(() => ({ head: this.head, ...dump(this.state) }));
    const snapshot = sealed({ head, form: STATE_FORM, ...texts }, this.options.hash);
    if (!(await isFoldOf(snapshot, this.options))) {
      this.options.warned({ code: "state_differs", position: head.length });
      // What was told in short may be wrong as well: by this node, or to it.
      await this.options.store.dropChanges(this.options.book);
      this.isAstray = true;
      return false;
    }
    await this.options.store.putSnapshot(this.options.book, snapshot);
    this.snapshotAt = Math.max(this.snapshotAt, head.length);
    return true;
  }

  /** Answers what waits already, and takes nothing more. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.working;
    this.listeners.clear();
  }

  /** The only one who changes the state: one thing after the other. */
  private async work(): Promise<void> {
    // What arrives in the same turn of the event loop goes into the same batch.
    await Promise.resolve();
    for (;;) {
      for (const look of this.looks.splice(0)) look();
      if (this.readers.length > 0) await this.readOn(this.readers.splice(0));
      else if (this.waiting.length > 0) {
        await this.pace?.(this.book);
        const { batchMax } = this.options;
        await this.workOff(this.waiting.splice(0, Math.min(batchMax, this.batchOf?.(this.book) ?? batchMax)));
      } else if (this.looks.length === 0) break;
    }
    // In the same breath as the look at empty lists: whoever submits next finds nobody working.
    this.working = undefined;
  }

  private async readOn(readers: readonly Reader[]): Promise<void> {
    const { store, book, monotonic } = this.options;
    try {
      const isStart = !this.hasStarted;
      if (isStart) await this.start();
      const wanted = Math.max(...readers.map(({ length }) => length));
      if (this.head.length < wanted) await this.followChanges(isStart);
      while (this.head.length < wanted) {
        const records = await store.read(book, this.head.length, PAGE);
        this.foldAll(records);
        if (records.length === PAGE) continue;
        const asked = monotonic();
        const turn = await store.takeTurn(book, this.head.length, this.form === undefined ? {} : { form: this.form });
        await turn.release();
        this.clock.heard(turn.tail.stamp, asked);
        await this.follow(turn.tail);
        break;
      }
      for (const { resolve } of readers) resolve();
    } catch (error) {
      for (const { reject } of readers) reject(error);
    }
  }

  /** Looks at the state while nothing is being decided. */
  private betweenTurns<Seen>(look: () => Seen): Promise<Seen> {
    if (this.working === undefined) return Promise.resolve(look());
    return new Promise((resolve) => {
      this.looks.push(() => resolve(look()));
    });
  }

  /** Begins at the newest snapshot that is sound, or at the start of the log. */
  private async start(): Promise<void> {
    const found =
      this.head.length === 0 ? await findStart({ ...this.options, trying: (at) => this.askAhead(at) }) : undefined;
    if (found !== undefined) {
      this.state = found.state;
      this.head = found.head;
      this.snapshotAt = found.head.length;
    }
    this.hasStarted = true;
  }

  /** While a snapshot is read the database looks for what has come since. */
  private askAhead(from: number): void {
    const { store, book } = this.options;
    if (this.form === undefined) return;
    const changes = store.readChanges(book, from, this.form, CHANGES_PAGE);
    // What goes wrong is told by the read that it was meant for.
    changes.catch(() => {});
    this.asked = { from, changes };
  }

  private async workOff(batch: readonly Waiting[]): Promise<void> {
    const giveUpAt = this.options.monotonic() + this.options.retryForMs;
    for (;;) {
      try {
        if (await this.tryOnce(batch)) return;
      } catch (error) {
        // Lost connections, unknown outcomes: the keys tell on the next turn what has happened. A log that cannot be read stays so.
        if (error instanceof UnreadableRecord || this.options.monotonic() > giveUpAt) {
          for (const { reject } of batch) reject(new Unavailable("The log cannot be reached or read.", error));
          return;
        }
        await pause(PAUSE_MS);
      }
    }
  }

  /** One turn. False where the batch is to be decided again on what others have appended. */
  private async tryOnce(batch: readonly Waiting[]): Promise<boolean> {
    const { store, book, monotonic, queueForMs } = this.options;
    const asked = monotonic();
    const turn = await store.takeTurn(book, this.head.length, {
      queued: asked < this.queuedUntil,
      ...(this.form === undefined ? {} : { form: this.form }),
    });
    this.clock.heard(turn.tail.stamp, asked);
    // As long as others append the queue is kept to: each batch that goes without it would meet theirs, and be decided twice.
    if (asked < this.queuedUntil && turn.tail.head.length > this.head.length) this.queuedUntil = asked + queueForMs;
    try {
      await this.follow(turn.tail);
    } catch (error) {
      await turn.release();
      throw error;
    }
    tidy(this.state);
    const mark = this.state.checkpoint();
    try {
      const decided = batch.map((waiting) => this.decide(waiting, turn.tail.stamp));
      const records = decided.flatMap(({ made }) => made?.record ?? []);
      const text = records.length === 0 ? undefined : changesSince(this.state, mark);
      const appended = await turn.append(records, text === undefined ? undefined : { form: STATE_FORM, text });
      if (appended.outcome === "appended") {
        this.state.commit();
        const from = this.head.length;
        this.head = appended.head;
        await this.answer(decided, from);
        this.tellChange();
        return true;
      }
      if (appended.outcome === "conflict") this.queuedUntil = monotonic() + queueForMs;
    } catch (error) {
      this.state.rollback(mark);
      throw error;
    }
    this.state.rollback(mark);
    return false;
  }

  /** Comes to where a turn found the log. */
  private async follow({ head, changes, records }: Tail): Promise<void> {
    if (this.isAstray) await this.startAnew();
    else if (changes === undefined) this.foldAll(records);
    else await this.applyAll(changes, false);
    // Where changes were damaged or wrong the tail leads nowhere.
    while (this.head.length < head.length)
      this.foldAll(await this.options.store.read(this.options.book, this.head.length, PAGE));
  }

  /** What has been told in short: a start after a long time need not read records one by one. */
  private async followChanges(isStart: boolean): Promise<void> {
    const { store, book } = this.options;
    while (this.form !== undefined) {
      const { asked } = this;
      this.asked = undefined;
      const from = this.head.length;
      const changes = await (asked?.from === from
        ? asked.changes
        : store.readChanges(book, from, this.form, CHANGES_PAGE));
      if (changes.length === 0) return;
      await this.applyAll(changes, isStart);
    }
  }

  /** @param isStart nothing of it is held against the log: the next snapshot is */
  private async applyAll(changes: readonly KeptChanges[], isStart: boolean): Promise<void> {
    const { store, book, warned } = this.options;
    for (const one of changes) {
      const { length } = this.head;
      const problem =
        !isStart && this.isToBeChecked(one)
          ? this.holdAgainst(one, await store.read(book, one.from, one.head.length - one.from))
          : this.apply(one);
      if (problem === undefined) continue;
      warned({ code: problem, position: length });
      // Whoever else was told in short may have been told wrong as well.
      if (problem === "changes_differ") await store.dropChanges(book);
      await this.startAnew();
      break;
    }
    if (changes.length > 0) this.tellChange();
  }

  private apply({ text, head }: Pick<KeptChanges, "text" | "head">): "state_differs" | undefined {
    try {
      applyChanges(this.state, text);
    } catch {
      return "state_differs";
    }
    this.head = head;
    return undefined;
  }

  /** Every so many appends that are followed one is, so that a node which says something wrong is found while it does. */
  private isToBeChecked({ from, head }: KeptChanges): boolean {
    this.followed += 1;
    return this.followed % this.options.checkEvery === 0 && head.length - from <= CHECKED_MAX;
  }

  /**
   * Folds the records of an append, and compares what that changes with what was told. The same can be told in other words: where the texts differ it
   * is the states that are compared.
   */
  private holdAgainst(
    { text, head }: KeptChanges,
    records: readonly LogRecord[],
  ): "changes_differ" | "state_differs" | undefined {
    const isOfLog =
      brokenLink(this.head, records, this.options.hash) === undefined && records.at(-1)?.hash === head.hash;
    if (!isOfLog) return "changes_differ";
    const mark = this.state.checkpoint();
    let folded: string;
    try {
      for (const record of records) fold(this.state, recordedFrom(record));
      const changed = changesSince(this.state, mark);
      if (changed !== undefined && sayTheSame(changed, text)) {
        this.state.commit();
        this.head = head;
        return undefined;
      }
      folded = this.state.canonical();
    } catch {
      this.state.rollback(mark);
      return "changes_differ";
    }
    this.state.rollback(mark);
    return this.apply({ text, head }) ?? (this.state.canonical() === folded ? undefined : "changes_differ");
  }

  /** Forgets what was told in short and reads the log itself. */
  private async startAnew(): Promise<void> {
    this.isAstray = false;
    this.form = undefined;
    this.state = new BookState();
    this.head = emptyHead(this.options.book, this.options.hash);
    this.snapshotAt = 0;
    await this.start();
  }

  private foldAll(records: Parameters<typeof brokenLink>[1]): void {
    const broken = brokenLink(this.head, records, this.options.hash);
    if (broken !== undefined) throw new UnreadableRecord(broken.position, `the chain is broken (${broken.why})`);
    for (const record of records) {
      fold(this.state, recordedFrom(record));
      this.head = { length: record.position + 1, hash: record.hash };
    }
    if (records.length > 0) this.tellChange();
  }

  private tellChange(): void {
    for (const changed of this.listeners) changed();
  }

  private decide(waiting: Waiting, stamp: Instant): Decided {
    const { body, actor, key } = waiting.submission;
    const receivedAt = this.clock.receivedAt(waiting.arrived, stamp);
    const command: Command = {
      ...body,
      actor,
      key,
      nonce: this.options.nonce(),
      at: stamp,
      ...(receivedAt === stamp ? {} : { receivedAt }),
    };
    try {
      const fingerprint = fingerprintOf(command, this.options.hash);
      const known = { ...command, fingerprint: keptOf(fingerprint) };
      const decision = run(this.state, known);
      const record = recordOf(known, fingerprint, decision);
      return { waiting, made: { fingerprint, decision, record } };
    } catch (failure) {
      return { waiting, failure };
    }
  }

  private async answer(decided: readonly Decided[], from: number): Promise<void> {
    let position = from;
    for (const { waiting, made, failure } of decided) {
      const { resolve, reject, submission } = waiting;
      if (made === undefined) {
        reject(failure);
        continue;
      }
      const { decision, fingerprint } = made;
      if (made.record !== undefined) this.decided?.keep(this.book, position, decision.events);
      if (decision.repeated === true) await this.repeat(submission, fingerprint).then(resolve, reject);
      else if (decision.rejection !== undefined) resolve({ outcome: "rejected", rejection: decision.rejection });
      else resolve({ outcome: "accepted", position, events: decision.events, repeated: false });
      if (made.record !== undefined) position += 1;
    }
  }

  /** The same key again: the answer that it got, where it is the same command. */
  private async repeat({ key }: Submission, fingerprint: string): Promise<Answer> {
    const record = await this.options.store.findKey(this.options.book, key);
    if (record === undefined || record.fingerprint !== fingerprint)
      return {
        outcome: "rejected",
        rejection: { code: "retry_differs", detail: "This key was used for another command." },
      };
    return { outcome: "accepted", position: record.position, events: recordedFrom(record).events, repeated: true };
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((go) => setTimeout(go, ms));
}
