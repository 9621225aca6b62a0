import type { BookName } from "@offtake/store/log";
import { Projector, type ProjectorOptions } from "./projector.ts";

export interface TellerOptions {
  /** How long this node waits for another that tells the book before it tells it itself; 300 ms when absent. */
  readonly graceMs?: number;
  /** Told what went wrong with a step; each is tried again. */
  readonly failed?: (error: unknown) => void;
  readonly batchMax?: number;
  readonly saveEvery?: number;
}

/** Whoever decides goes on while no more is left to tell than takes about so long: a third of what feeds may be behind at most. */
const ROOM_MS = 300;
/** Feeds that are so far behind are waited for until they move on, however little is left. */
const FAR_BEHIND_MS = 500;
/** In records: as long as nobody knows how long one takes, and at least. A step needs something to tell while the next batch is decided. */
const ROOM_FIRST = 256;
const ROOM_MIN = 32;
/** A batch fills so much of it at most: several nodes put theirs on top at once. */
const BATCHES = 4;
/** How long a batch of commands waits for feeds at most. */
const PACE_MAX_MS = 2_000;
/** What a step of so many records took counts for half of what one is taken to take: small steps say little of it. */
const HALF_KNOWN = 64;
/** The first steps that are heeded have so many. */
const FIRST_HEEDED = 16;
/** Another node is waited for as long as its steps take, some times over; after a quiet time that is not known. */
const RHYTHMS = 3;
const RHYTHM_MAX_MS = 700;
const BLINK_MS = 20;
/** A step that has been heard of ends at once, or it is not waited for. */
const STEP_ENDS_MS = 20;
/** After a step that failed the next one waits this long. */
const RETRY_MS = 200;

/** Who waits until so many records have been told. */
interface Waiting {
  readonly length: number;
  readonly go: (isThere: boolean) => void;
  /** Goes on where nothing can be told: it waits for no more than a better time. */
  readonly isPaced: boolean;
}

/**
 * One node's part in telling one book. Whoever told it last goes on at once; the others wait, and step in when the log has grown and nobody
 * has told it for a while: because its node was killed, or hangs. Two that tell at once do no harm, and one of them stops.
 */
export class Teller {
  private readonly projector: Projector;
  private readonly options: ProjectorOptions & TellerOptions;
  private readonly graceMs: number;
  private readonly waiting = new Set<Waiting>();
  private isActive = false;
  /** The last step did. */
  private hasFailed = false;
  private logLength = 0;
  private toldTo = 0;
  /** When the feeds last grew, and how long they had not before. */
  private toldAt = 0;
  private rhythmMs = 0;
  /** How long a record takes to be told, by whomever, in steps that follow one another; undefined before there were any. */
  private recordMs: number | undefined;
  /** How long the log was known to be, and since when, oldest first: what of it is told already is dropped. */
  private readonly known: { length: number; readonly since: number }[] = [];
  private working: Promise<void> | undefined;
  /** The step in hand, while there is one, and how much had been told before. */
  private stepping: { readonly from: number; readonly ended: Promise<unknown> } | undefined;
  private isClosed = false;

  constructor(options: ProjectorOptions & TellerOptions & { readonly book: BookName }) {
    this.options = options;
    // Nodes that wait for the same one do not step in all at once.
    this.graceMs = (options.graceMs ?? 300) * (1 + Math.random() / 2);
    this.projector = new Projector({ ...options, logLength: () => this.logLength });
  }

  get isIdle(): boolean {
    return this.working === undefined;
  }

  lag(): { readonly records: number; readonly ms: number } {
    const [oldest] = this.known;
    const ms = oldest === undefined ? 0 : performance.now() - oldest.since;
    return { records: Math.max(0, this.logLength - this.toldTo), ms: Math.round(ms) };
  }

  /**
   * Where more is left to tell than takes a moment, or nothing has been told for long: a wait until what is left now has become little enough, for
   * whoever would put more on top. What others append meanwhile is theirs to wait for, so that nobody is overtaken for ever. Undefined where there is room.
   */
  pace(): Promise<unknown> | undefined {
    // Where it cannot be told at all nobody waits for it.
    if (this.isClosed || this.hasFailed) return undefined;
    const isFarBehind = this.lag().ms >= FAR_BEHIND_MS;
    const enough = Math.max(this.logLength - this.room, isFarBehind ? this.toldTo + 1 : 0);
    return enough <= this.toldTo ? undefined : this.until(enough, PACE_MAX_MS, true);
  }

  /** How many commands are decided at once for what follows to be told in a moment; undefined as long as nobody knows. */
  batchMax(): number | undefined {
    return this.recordMs === undefined ? undefined : Math.ceil(this.room / BATCHES);
  }

  /** How many records may be left to tell. */
  private get room(): number {
    return this.recordMs === undefined ? ROOM_FIRST : Math.max(ROOM_MIN, Math.floor(ROOM_MS / this.recordMs));
  }

  /** The log has so many records now. */
  logGrew(length: number): void {
    this.logLength = Math.max(this.logLength, length);
    if (this.logLength <= this.toldTo || this.isClosed) return;
    this.note(this.logLength);
    this.working ??= this.work().finally(() => {
      this.working = undefined;
      // What came while the last step ended.
      if (this.logLength > this.toldTo) this.logGrew(this.logLength);
    });
  }

  /** So many records have been told, by whomever. True where that is news. */
  feedsGrew(to: number): boolean {
    if (to <= this.toldTo) return false;
    const sinceMs = performance.now() - this.toldAt;
    this.rhythmMs = sinceMs > RHYTHM_MAX_MS ? 0 : sinceMs;
    this.measure(to - this.toldTo);
    this.toldAt += sinceMs;
    this.toldTo = to;
    this.logLength = Math.max(this.logLength, to);
    while ((this.known[0]?.length ?? Infinity) <= to) this.known.shift();
    for (const one of this.waiting) if (one.length <= to) this.release(one, true);
    return true;
  }

  /** So many records have just been told: in the time since the last were, or since there were any to tell. */
  private measure(records: number): void {
    const [oldest] = this.known;
    if (oldest === undefined || (this.recordMs === undefined && records < FIRST_HEEDED)) return;
    const recordMs = (performance.now() - Math.max(this.toldAt, oldest.since)) / records;
    const part = records / (records + HALF_KNOWN);
    this.recordMs = recordMs * part + (this.recordMs ?? recordMs) * (1 - part);
  }

  /** What comes within a blink is as old as the first of it. */
  private note(length: number): void {
    const now = performance.now();
    const last = this.known.at(-1);
    if (last !== undefined && last.length >= length) return;
    if (last !== undefined && now - last.since < BLINK_MS) last.length = length;
    else this.known.push({ length, since: now });
  }

  /** Looks at the stores themselves: what they said may have been lost. */
  async look(): Promise<void> {
    const { log, feeds, book } = this.options;
    this.feedsGrew(await feeds.projectedTo(book));
    const beyond = await log.read(book, this.toldTo, 1);
    if (beyond.length > 0) this.logGrew(this.toldTo + 1);
  }

  /** Waits until so many records have been told; false where that takes longer, or this node goes down. */
  async until(length: number, timeoutMs: number, isPaced = false): Promise<boolean> {
    if (this.toldTo >= length) return true;
    if (this.isClosed) return false;
    return new Promise((resolve) => {
      const one: Waiting = {
        length,
        isPaced,
        go: (isThere: boolean): void => {
          clearTimeout(timer);
          resolve(isThere);
        },
      };
      const timer = setTimeout(() => this.release(one, false), timeoutMs);
      this.waiting.add(one);
      this.logGrew(length);
    });
  }

  /** What this node has told just now of a record; see `Projector`. That feeds have grown may be heard before the step that did it has ended. */
  async justTold(...of: Parameters<Projector["justTold"]>): Promise<ReturnType<Projector["justTold"]>> {
    const known = this.projector.justTold(...of);
    const { stepping } = this;
    if (known !== undefined || stepping === undefined || of[0] < stepping.from) return known;
    await Promise.race([stepping.ended, pause(STEP_ENDS_MS)]);
    return this.projector.justTold(...of);
  }

  /** The objects were written by somebody else. */
  forget(): void {
    this.projector.forget();
  }

  async close(): Promise<void> {
    this.isClosed = true;
    for (const one of this.waiting) this.release(one, false);
    await this.working;
    if (this.isActive) await this.projector.save().catch(this.options.failed ?? ignore);
  }

  private async work(): Promise<void> {
    while (!this.isClosed && this.toldTo < this.logLength) {
      if (!this.isActive && (await this.isToldByAnother())) continue;
      try {
        const step = this.projector.step();
        this.stepping = { from: this.toldTo, ended: step.catch(ignore) };
        const { outcome, projectedTo } = await step;
        this.isActive = outcome !== "lost";
        this.hasFailed = false;
        this.feedsGrew(projectedTo);
        // Told to the end: what was said of the log's length was of a place not read yet, or wrong.
        if (outcome === "nothing" && projectedTo >= this.toldTo) {
          this.logLength = projectedTo;
          this.known.length = 0;
        }
      } catch (error) {
        this.isActive = false;
        this.hasFailed = true;
        for (const one of this.waiting) if (one.isPaced) this.release(one, false);
        this.options.failed?.(error);
        await pause(RETRY_MS);
      } finally {
        this.stepping = undefined;
      }
    }
  }

  private async isToldByAnother(): Promise<boolean> {
    const before = this.toldTo;
    // On a machine that has too much to do each step takes its time: whoever steps in then does the same work once more.
    await pause(Math.max(this.graceMs, RHYTHMS * this.rhythmMs));
    try {
      this.feedsGrew(await this.options.feeds.projectedTo(this.options.book));
    } catch (error) {
      this.options.failed?.(error);
    }
    return this.toldTo > before;
  }

  private release(one: Waiting, isThere: boolean): void {
    this.waiting.delete(one);
    one.go(isThere);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((go) => setTimeout(go, ms));
}

function ignore(): void {}
