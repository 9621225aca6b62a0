import { DISCLOSED_BY, type DisclosureOptions, type DisclosureState } from "@offtake/core/disclosure";
import type { PartyId } from "@offtake/core/kernel";
import type { FeedEntry, FeedHead, FeedObject, FeedStore, ObjectKey, Projection } from "@offtake/store/feeds";
import type { BookName, Hash, LogRecord, LogStore } from "@offtake/store/log";
import type { DecidedEvents } from "../books/index.ts";
import { Breath } from "./breath.ts";
import { ObjectFolder, StaleObject } from "./fold-objects.ts";
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
  /** How many records are told in one step at most; 200 when absent. */
  readonly batchMax?: number;
  /** After how many records a state is saved to start from; 10,000 when absent. */
  readonly saveEvery?: number;
  /** What this node has decided itself, where it decides. */
  readonly decided?: Pick<DecidedEvents, "has" | "take">;
  /** Called with what was just told by this node. */
  readonly told?: (entries: ReadonlyMap<PartyId, readonly FeedEntry[]>, projectedTo: number) => void;
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
  private readonly options: Required<Omit<ProjectorOptions, "told" | "decided">> &
    Pick<ProjectorOptions, "told" | "decided">;
  private readonly objects = new ObjectFolder();
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
  private next: { readonly from: number; readonly records: Promise<readonly LogRecord[]> } | undefined;

  constructor(options: ProjectorOptions) {
    this.options = { batchMax: 200, saveEvery: 10_000, ...options };
  }

  /**
   * Tells the next part of the log.
   *
   * @returns how many records have been told by now, and whether there was something to tell; "lost" where another node was quicker
   * @throws UnreadableRecord, or what the stores throw; the next step begins anew
   */
  async step(): Promise<{ readonly outcome: "told" | "nothing" | "lost"; readonly projectedTo: number }> {
    const { feeds, book } = this.options;
    if (this.isStale) this.forgetNow();
    const from = this.at ?? (await this.load());
    const begun = performance.now();
    const records = await this.read(from.length);
    if (records.length === 0) return { outcome: "nothing", projectedTo: from.length };
    // From here on the state runs ahead of what is told: it is good again only when the step succeeds.
    this.at = undefined;
    const to = from.length + records.length;
    if (records.length >= this.recordsMax && this.options.decided?.has(book, to) !== true) this.readAhead(to);
    const breath = new Breath();
    const { tellings, events, entries } = await this.tell(from.state, records, breath);
    const objects = await this.folded(events, breath);
    const isOurs = await feeds.project(book, from.length, { to, disclosedBy: DISCLOSED_BY, tellings, objects });
    this.measure(records.length, performance.now() - begun);
    if (!isOurs) {
      this.ahead = { state: from.state, length: to };
      this.forgetNow();
      return { outcome: "lost", projectedTo: await feeds.projectedTo(book) };
    }
    this.at = { state: from.state, length: to };
    this.last = { tellings, objects };
    this.options.told?.(entries, to);
    if (to - this.saved >= this.options.saveEvery) await this.save();
    return { outcome: "told", projectedTo: to };
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
   * The next records: those that this node has decided itself and has at hand, as far as they go; or else those that were read while the last
   * were told, or are read now.
   */
  private async read(from: number): Promise<readonly RecordToTell[]> {
    const { log, book } = this.options;
    const { next, recordsMax } = this;
    this.next = undefined;
    const own: RecordToTell[] = [];
    for (let one = this.decided(from); one !== undefined; one = this.decided(from + own.length)) {
      own.push(one);
      if (own.length === recordsMax) break;
    }
    if (own.length > 0) return own;
    const ahead = next?.from === from ? await next.records.catch(() => []) : [];
    const records = ahead.length > 0 ? ahead : await log.read(book, from, recordsMax);
    return records.map((record) => this.decided(record.position) ?? recordToTell(record));
  }

  private decided(position: number): RecordToTell | undefined {
    const events = this.options.decided?.take(this.options.book, position);
    return events === undefined ? undefined : { position, events: events.map((event) => ({ event })) };
  }

  /** Discloses records, and gives what everybody is told its place. */
  private async tell(state: DisclosureState, records: readonly RecordToTell[], breath: Breath): Promise<Batch> {
    const batch = emptyBatch();
    for (const record of records) {
      const parts = discloseRecord(state, record);
      if (parts.some(({ party }) => !this.heads.has(party))) await this.findHeads(parts);
      place(parts, this.heads, this.options.hash, batch);
      if (breath.isDue) await breath.take();
    }
    return batch;
  }

  private readAhead(from: number): void {
    const records = this.options.log.read(this.options.book, from, this.recordsMax);
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

  /** Saves the state, where it has moved on since it last was: the next start begins there. */
  async save(): Promise<void> {
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

  private async folded(events: readonly ToldEvent[], breath: Breath): ReturnType<ObjectFolder["fold"]> {
    const { feeds, book } = this.options;
    for (;;) {
      try {
        return await this.objects.fold(events, (keys) => feeds.objectsAt(book, keys), breath);
      } catch (error) {
        // Written in a form that is not read any more: folded again from what the party was told.
        if (!(error instanceof StaleObject)) throw error;
        this.objects.forget();
        await rebuildObjects(feeds, book, error.party);
      }
    }
  }
}
