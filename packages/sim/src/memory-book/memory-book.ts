import { audit, type Finding, type RecordedCommand } from "@offtake/core/audit";
import {
  type BookEvent,
  BookState,
  type Command,
  type CommandBody,
  type Decision,
  fold,
  type Recorded,
  recordedOf,
  type Rejection,
  run,
} from "@offtake/core/book";
import { type DisclosedEvent, feedOf } from "@offtake/core/disclosure";
import { DAY_MS, type Instant, type PartyId } from "@offtake/core/kernel";

/** One append to the log, with its place in it, counted from 0 without gaps. */
export interface BookRecord extends Recorded {
  readonly position: number;
}

/** What comes with a command beside its content. */
export interface Submission {
  /** Stamp: never before that of the last record. */
  readonly at: Instant;
  readonly actor: PartyId;
  /** Arrival, at most 5 s before `at`; `at` itself when absent. */
  readonly receivedAt?: Instant;
  /** Retry key; one of its own when absent. */
  readonly key?: string;
  /** What it says, in short, so that another command under its key is told from a retry; its sender and kind tell it when absent. */
  readonly fingerprint?: string;
  /** Where its ids are drawn from; drawn from the book's seed when absent. */
  readonly nonce?: string;
  /** The length of the log that the sender knows. Where the log has grown, nothing is decided and `conflict` says so. */
  readonly expected?: number;
}

export interface Receipt extends Decision {
  /** Length of the log afterwards. */
  readonly head: number;
  /** The log was longer than the sender expected: read on and decide again. */
  readonly conflict?: true;
}

/**
 * A book in memory: its log, and the state that its log folds into. Ids come from the seed, so that the same submissions give the
 * same bytes. Nothing happens by itself: `passTime` does what timers would do.
 */
export class MemoryBook {
  readonly state = new BookState();
  /** Every command that reached the core, in order, also those that were rejected. */
  readonly commands: Command[] = [];
  /** What the core said no to, of each command: most often nothing. */
  readonly rejections: (Rejection | undefined)[] = [];
  private readonly log: BookRecord[] = [];
  private readonly seed: string;

  constructor(seed = "memory") {
    this.seed = seed;
  }

  get head(): number {
    return this.log.length;
  }

  records(): readonly BookRecord[] {
    return this.log;
  }

  history(): BookEvent[] {
    return this.log.flatMap((record) => record.events);
  }

  /** Decides a command on the newest state and appends what follows. */
  submit(body: CommandBody, submission: Submission): Receipt {
    if (submission.expected !== undefined && submission.expected !== this.head) {
      return { events: [], head: this.head, conflict: true };
    }
    const given = this.commands.length;
    const { at, actor, receivedAt, key = `key ${given}`, fingerprint, nonce = `${this.seed} ${given}` } = submission;
    return this.perform({
      ...body,
      at,
      actor,
      key,
      ...(fingerprint === undefined ? {} : { fingerprint }),
      nonce,
      ...(receivedAt === undefined ? {} : { receivedAt }),
    });
  }

  /** The same for a command that is complete. */
  perform(command: Command): Receipt {
    this.commands.push(command);
    const decision = run(this.state, command);
    this.rejections.push(decision.rejection);
    const recorded = recordedOf(command, decision);
    if (recorded !== undefined) this.log.push({ position: this.head, ...recorded });
    return { ...decision, head: this.head };
  }

  /** The nearest instant at which something may fall due; undefined where nothing will happen by itself. */
  nextDue(): Instant | undefined {
    return this.state.timers.peek()?.at;
  }

  /**
   * Lets time pass up to `until`, inclusive: one command at each instant at which something falls due, as timers would.
   *
   * @returns the events that followed
   */
  passTime(until: Instant): BookEvent[] {
    const events: BookEvent[] = [];
    const actor = this.state.header?.keeper;
    if (actor === undefined) return events;
    for (let due = this.nextDue(); due !== undefined && due <= until; due = this.nextDue()) {
      const size = this.state.timers.size;
      const at = Math.max(due, this.state.now) as Instant;
      const receipt = this.submit({ type: "passTime" }, { at, actor });
      if (receipt.rejection !== undefined) {
        throw new Error(
          `Broken belief: time can pass; it was rejected with ${receipt.rejection.code}: ${receipt.rejection.detail}`,
        );
      }
      if (receipt.events.length === 0 && this.state.timers.size >= size) {
        throw new Error("Broken belief: what falls due is done with");
      }
      events.push(...receipt.events);
    }
    return events;
  }

  /** A fresh state folded from the log: its canonical text is that of the live one. */
  replay(): BookState {
    const state = new BookState();
    for (const record of this.log) fold(state, record);
    return state;
  }

  /** The same commands decided anew in another book: an honest core gives the same log. */
  repeat(commands: readonly Command[] = this.commands): MemoryBook {
    const again = new MemoryBook(this.seed);
    for (const command of commands) again.perform(command);
    return again;
  }

  /** Everything that a party may know, in order. */
  feedOf(party: PartyId): DisclosedEvent[] {
    return feedOf(this.history(), party);
  }

  /** Looks for what no honest history shows; empty where all is well. */
  audit(): Finding[] {
    return audit(this.history(), this.recordedCommands());
  }

  /** Commands that took effect, as the audit wants them. */
  recordedCommands(): RecordedCommand[] {
    const recorded: RecordedCommand[] = [];
    // A key is one command for a day; used again after that it is another.
    const lastAt = new Map<string, { readonly at: Instant; readonly use: number }>();
    let position = 0;
    for (const record of this.log) {
      const { key, actor, type, fingerprint = "", took, events, at } = record;
      const last = lastAt.get(key);
      const use = last === undefined ? 0 : at - last.at > DAY_MS ? last.use + 1 : last.use;
      if (took) {
        lastAt.set(key, { at, use });
        recorded.push({
          position,
          key: use === 0 ? key : `${key} use ${use}`,
          fingerprint: `${actor} ${type} ${fingerprint}`,
        });
      }
      position += events.length;
    }
    return recorded;
  }
}
