import { DISCLOSED_BY, type DisclosureOptions, type DisclosureState } from "@offtake/core/disclosure";
import type { PartyId } from "@offtake/core/kernel";
import type { FeedEntry, FeedHead, FeedObject, FeedStore, ObjectKey, Projection } from "@offtake/store/feeds";
import type { BookName, Hash, LogRecord, LogStore } from "@offtake/store/log";
import type { DecidedEvents } from "../books/index.ts";
import { Breath } from "./breath.ts";
import { nameOf, ObjectFolder, StaleObject } from "./fold-objects.ts";
import { handleMaker } from "./handles.ts";
import { saveState, type StateAt, stateAt } from "./projection-state.ts";
import { rebuildObjects } from "./rebuild.ts";
import {
  type Batch,
  discloseRecord,
  emptyBatch,
  place,
  type RecordToTell,
  recordToTell,
  type ToldEvent,
} from "./tell.ts";

export interface ProjectorOptions {
  readonly log: LogStore;
  readonly feeds: FeedStore;
  readonly book: BookName;
  readonly hash: Hash;
  /** How many records are told in one step at most; 64 when absent: what more of them make is old before it is let go. */
  readonly batchMax?: number;
  /** How long the log is known to be, where somebody knows. */
  readonly logLength?: () => number;
  /** How much of objects is kept at hand from step to step, in characters; 2 Mi when absent. */
  readonly keptChars?: number;
  /** After how many records a state is saved to start from; 10,000 when absent. */
  readonly saveEvery?: number;
  /** What this node has decided itself, where it decides. */
  readonly decided?: Pick<DecidedEvents, "has" | "take">;
  /** Called with what was just told by this node. */
  readonly told?: (entries: ReadonlyMap<PartyId, readonly FeedEntry[]>, projectedTo: number) => void;
}

/** A part of the log made ready to be told: nothing of it is written yet. */
interface Part extends Pick<Projection, "tellings" | "objects">, Pick<Batch, "entries"> {
  readonly from: number;
  readonly to: number;
  /** As of its end. */
  readonly state: DisclosureState;
  /** There may be more behind it. */
  readonly isFull: boolean;
  /** How long it took. */
  readonly ms: number;
}

/** How long a step is to take, about: nodes that wait see from step to step that the book is being told, and do not step in. */
const STEP_MS = 120;
/** Records of a first step, and the fewest of any. */
const FIRST_RECORDS = 64;
const RECORDS_MIN = 32;

/**
 * Tells one book's log to everybody it concerns: reads it in order, discloses it, and writes what follows in one step for each part.
 * Any number of nodes may do so; a step that somebody else was quicker with changes nothing, and is begun anew from where that one ended.
 */
export class Projector {
  private readonly options: Required<Omit<ProjectorOptions, "told" | "decided" | "logLength" | "keptChars">> &
    Pick<ProjectorOptions, "told" | "decided" | "logLength">;
  private readonly objects: ObjectFolder;
  private readonly heads = new Map<PartyId, FeedHead>();
  private disclosure: DisclosureOptions | undefined;
  /** As of what has been told; undefined after a step that failed or that somebody else took. */
  private at: StateAt | undefined;
  /** Further than what this node has told: good once somebody has told as much. */
  private ahead: StateAt | undefined;
  private saved = 0;
  /** How many records a step takes, by how long the last one took. */
  private stepRecords = FIRST_RECORDS;
  /** What is at hand of feeds and objects may be out of date. */
  private isStale = false;
  /** What the last step told that was this node's; undefined once somebody else has written. */
  private last: Pick<Projection, "tellings" | "objects"> | undefined;
  /** What follows on the part that is being written. */
  private ready: { readonly from: StateAt; readonly part: Promise<Part | undefined> } | undefined;
  private next: { readonly from: number; readonly records: Promise<readonly LogRecord[]> } | undefined;

  constructor(options: ProjectorOptions) {
    this.options = { batchMax: 64, saveEvery: 10_000, ...options };
    this.objects = new ObjectFolder(options.keptChars);
  }

  /**
   * Tells the next part of the log. While the database writes it the part after it is made ready, where there is one: the next step tells that.
   *
   * @returns how many records have been told by now, and whether there was something to tell; "lost" where another node was quicker
   * @throws UnreadableRecord, or what the stores throw; the next step begins anew
   */
  step(): Promise<{ readonly outcome: "told" | "nothing" | "lost"; readonly projectedTo: number }> {
    return this.tellNext(false);
  }

  private async tellNext(
    isLast: boolean,
  ): Promise<{ readonly outcome: "told" | "nothing" | "lost"; readonly projectedTo: number }> {
    const { feeds, book } = this.options;
    const part = await this.nextPart();
    if ("length" in part) return { outcome: "nothing", projectedTo: part.length };
    const { from, to, state, tellings, objects, entries } = part;
    const begun = performance.now();
    const writing = feeds.project(book, from, { to, disclosedBy: DISCLOSED_BY, tellings, objects });
    if (!isLast && this.isMoreAfter(part)) this.makeReady(part);
    const isOurs = await writing.catch(async (error: unknown) => {
      await this.dropReady();
      throw error;
    });
    this.measure(to - from, part.ms + performance.now() - begun);
    if (!isOurs) {
      this.ahead = this.ready === undefined ? { state, length: to } : await this.dropReady();
      this.forgetNow();
      return { outcome: "lost", projectedTo: await feeds.projectedTo(book) };
    }
    if (this.ready === undefined) this.at = { state, length: to };
    this.last = { tellings, objects };
    this.options.told?.(entries, to);
    if (to - this.saved >= this.options.saveEvery) await this.save();
    return { outcome: "told", projectedTo: to };
  }

  /** What comes next, or where the log has been told to its end. */
  private async nextPart(): Promise<Part | StateAt> {
    const { ready } = this;
    this.ready = undefined;
    const made = await ready?.part;
    if (made !== undefined) return made;
    if (ready !== undefined) this.at = ready.from;
    if (this.isStale) this.forgetNow();
    const from = this.at ?? (await this.load());
    return (await this.prepare(from, [])) ?? from;
  }

  /**
   * Makes the next records ready to be told; undefined where there are none, which leaves the state as it is.
   *
   * @param unwritten objects on their way into the database: they count in place of what is there
   */
  private async prepare({ state, length: from }: StateAt, unwritten: readonly FeedObject[]): Promise<Part | undefined> {
    const { decided, book } = this.options;
    const begun = performance.now();
    const records = await this.read(from);
    if (records.length === 0) return undefined;
    // From here on the state runs ahead of what is told: it is good again only when the step succeeds.
    this.at = undefined;
    const to = from + records.length;
    const isFull = records.length >= this.recordsMax;
    if (isFull && decided?.has(book, to) !== true) this.readAhead(to);
    const breath = new Breath();
    const { tellings, events, entries } = await this.tell(state, records, breath);
    const objects = await this.folded(events, unwritten, breath);
    return { from, to, state, tellings, objects, entries, isFull, ms: performance.now() - begun };
  }

  /** Not where the state is to be saved as it is after this part, or what is at hand is to be forgotten first. */
  private isMoreAfter({ to, isFull }: Part): boolean {
    if (this.isStale || to - this.saved >= this.options.saveEvery) return false;
    return isFull || this.isKnown(to);
  }

  private makeReady({ state, to, objects }: Part): void {
    const from = { state, length: to };
    const part = this.prepare(from, objects);
    // What goes wrong is told by the step that it was meant for.
    part.catch(() => {});
    this.ready = { from, part };
  }

  /** The part before it was not written. Gives the state as far as it has run ahead, where that is known. */
  private async dropReady(): Promise<StateAt | undefined> {
    const { ready } = this;
    this.ready = undefined;
    this.at = undefined;
    try {
      const part = await ready?.part;
      return part === undefined ? ready?.from : { state: part.state, length: part.to };
    } catch {
      return undefined;
    } finally {
      this.at = undefined;
    }
  }

  /**
   * Where a party's feed ended after a record, and an object of its view, as the last step wrote them: what a look at the store would give right
   * after it. Undefined where that step did not tell both.
   */
  justTold(record: number, key: ObjectKey): { readonly head: FeedHead; readonly object: FeedObject } | undefined {
    const { party, kind, id } = key;
    const telling = this.last?.tellings.find((one) => one.record === record && one.party === party);
    const object = this.last?.objects.find((one) => one.id === id && one.kind === kind && one.party === party);
    if (telling === undefined || object === undefined) return undefined;
    return { head: { length: telling.position + telling.told.length, hash: telling.hash }, object };
  }

  private get recordsMax(): number {
    return Math.min(this.stepRecords, this.options.batchMax);
  }

  private measure(records: number, ms: number): void {
    if (ms > 2 * STEP_MS) this.stepRecords = Math.max(RECORDS_MIN, Math.floor(records / 2));
    else if (ms < STEP_MS && records === this.stepRecords)
      this.stepRecords = Math.min(2 * records, this.options.batchMax);
  }

  /**
   * The next records: those that this node has decided itself and has at hand, and between them what others have, as far as the log is known to go;
   * those that were asked for while the last were told, or are read now.
   */
  private async read(from: number): Promise<readonly (RecordToTell | LogRecord)[]> {
    const { recordsMax } = this;
    const records: (RecordToTell | LogRecord)[] = [];
    while (records.length < recordsMax) {
      const at = from + records.length;
      const own = this.decided(at);
      if (own !== undefined) records.push(own);
      else if (records.length > 0 && !this.isKnown(at)) break;
      else {
        const others = await this.readLog(at, recordsMax - records.length);
        records.push(...others);
        if (others.length === 0) break;
      }
    }
    return records;
  }

  /** At most so many from a place on, and no further than to what is at hand. */
  private async readLog(from: number, most: number): Promise<readonly LogRecord[]> {
    const { log, book } = this.options;
    const { next } = this;
    this.next = undefined;
    const limit = this.othersFrom(from, most);
    const ahead = next?.from === from ? await next.records.catch(() => []) : [];
    return ahead.length > 0 ? ahead.slice(0, limit) : log.read(book, from, limit);
  }

  private othersFrom(from: number, most: number): number {
    const { decided, book } = this.options;
    let count = 1;
    while (count < most && decided?.has(book, from + count) !== true) count += 1;
    return count;
  }

  /** Whether the log is known to have a record there. */
  private isKnown(position: number): boolean {
    const { decided, book, logLength } = this.options;
    return decided?.has(book, position) === true || position < (logLength?.() ?? 0);
  }

  private decided(position: number): RecordToTell | undefined {
    const events = this.options.decided?.take(this.options.book, position);
    return events === undefined ? undefined : { position, events: events.map((event) => ({ event })) };
  }

  /** Discloses records, and gives what everybody is told its place. */
  private async tell(
    state: DisclosureState,
    records: readonly (RecordToTell | LogRecord)[],
    breath: Breath,
  ): Promise<Batch> {
    const batch = emptyBatch();
    for (const record of records) {
      const parts = discloseRecord(state, "events" in record ? record : recordToTell(record));
      if (parts.some(({ party }) => !this.heads.has(party))) await this.findHeads(parts);
      place(parts, this.heads, this.options.hash, batch);
      if (breath.isDue) await breath.take();
    }
    return batch;
  }

  private readAhead(from: number): void {
    const records = this.options.log.read(this.options.book, from, this.othersFrom(from, this.recordsMax));
    // What goes wrong is told by the read that it was meant for.
    records.catch(() => {});
    this.next = { from, records };
  }

  /** Tells all that there is, as of now. */
  async catchUp(): Promise<number> {
    for (;;) {
      const { outcome, projectedTo } = await this.step();
      if (outcome === "nothing") return projectedTo;
    }
  }

  /** Saves the state, where it has moved on since it last was: the next start begins there. What is ready is told first. */
  async save(): Promise<void> {
    if (this.ready !== undefined) await this.tellNext(true);
    const { at } = this;
    if (at === undefined || at.length === this.saved) return;
    await saveState(this.options.feeds, this.options.book, at);
    this.saved = at.length;
  }

  /** Somebody else has written: what is at hand of feeds and objects may be out of date. The state is still good for its own place. */
  forget(): void {
    // Not in the middle of a step.
    this.isStale = true;
    this.last = undefined;
  }

  private forgetNow(): void {
    this.isStale = false;
    this.last = undefined;
    this.heads.clear();
    this.objects.forget();
  }

  private async load(): Promise<StateAt> {
    const { log, feeds, book } = this.options;
    this.forgetNow();
    this.disclosure ??= { handleOf: handleMaker(await feeds.secret(book)) };
    const length = await feeds.projectedTo(book);
    const { ahead } = this;
    this.ahead = undefined;
    this.at = await stateAt(length, { log, feeds, book }, this.disclosure, ahead);
    this.saved = Math.max(this.saved, length - (length % this.options.saveEvery));
    return this.at;
  }

  private async findHeads(parts: readonly { readonly party: PartyId }[]): Promise<void> {
    const unknown = [...new Set(parts.map(({ party }) => party))].filter((party) => !this.heads.has(party));
    const { feeds, book } = this.options;
    await Promise.all(unknown.map(async (party) => this.heads.set(party, await feeds.head(book, party))));
  }

  private async folded(
    events: readonly ToldEvent[],
    unwritten: readonly FeedObject[],
    breath: Breath,
  ): ReturnType<ObjectFolder["fold"]> {
    const { feeds, book } = this.options;
    const known = new Map(unwritten.map((object) => [nameOf(object.party, object), object]));
    const read = async (keys: readonly ObjectKey[]): Promise<readonly FeedObject[]> => {
      const own = keys.flatMap((key) => known.get(nameOf(key.party, key)) ?? []);
      const others = own.length === 0 ? keys : keys.filter((key) => !known.has(nameOf(key.party, key)));
      return others.length === 0 ? own : [...own, ...(await feeds.objectsAt(book, others))];
    };
    for (;;) {
      try {
        return await this.objects.fold(events, read, breath);
      } catch (error) {
        // Written in a form that is not read any more: folded again from what the party was told.
        if (!(error instanceof StaleObject)) throw error;
        this.objects.forget();
        await rebuildObjects(feeds, book, error.party);
      }
    }
  }
}
