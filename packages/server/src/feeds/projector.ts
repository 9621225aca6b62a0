import { DISCLOSED_BY, type DisclosureOptions } from "@offtake/core/disclosure";
import type { PartyId } from "@offtake/core/kernel";
import type { FeedEntry, FeedHead, FeedStore } from "@offtake/store/feeds";
import type { BookName, Hash, LogRecord, LogStore } from "@offtake/store/log";
import { ObjectFolder, StaleObject } from "./fold-objects.ts";
import { handleMaker } from "./handles.ts";
import { saveState, type StateAt, stateAt } from "./projection-state.ts";
import { rebuildObjects } from "./rebuild.ts";
import { discloseRecords, place } from "./tell.ts";

export interface ProjectorOptions {
  readonly log: LogStore;
  readonly feeds: FeedStore;
  readonly book: BookName;
  readonly hash: Hash;
  /** How many records are told in one step at most; 200 when absent. */
  readonly batchMax?: number;
  /** After how many records a state is saved to start from; 10,000 when absent. */
  readonly saveEvery?: number;
  /** Called with what was just told by this node. */
  readonly told?: (entries: ReadonlyMap<PartyId, readonly FeedEntry[]>, projectedTo: number) => void;
}

/**
 * Tells one book's log to everybody it concerns: reads it in order, discloses it, and writes what follows in one step for each part.
 * Any number of nodes may do so; a step that somebody else was quicker with changes nothing, and is begun anew from where that one ended.
 */
export class Projector {
  private readonly options: Required<Omit<ProjectorOptions, "told">> & Pick<ProjectorOptions, "told">;
  private readonly objects = new ObjectFolder();
  private readonly heads = new Map<PartyId, FeedHead>();
  private disclosure: DisclosureOptions | undefined;
  /** As of what has been told; undefined after a step that failed or that somebody else took. */
  private at: StateAt | undefined;
  /** Further than what this node has told: good once somebody has told as much. */
  private ahead: StateAt | undefined;
  private saved = 0;
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
    const { feeds, book, batchMax } = this.options;
    const from = this.at ?? (await this.load());
    const records = await this.read(from.length);
    if (records.length === 0) return { outcome: "nothing", projectedTo: from.length };
    // From here on the state runs ahead of what is told: it is good again only when the step succeeds.
    this.at = undefined;
    const to = from.length + records.length;
    if (records.length >= batchMax) this.readAhead(to);
    const parts = discloseRecords(from.state, records);
    await this.findHeads(parts.map(({ party }) => party));
    const { tellings, events, entries } = place(parts, this.heads, this.options.hash);
    const objects = await this.folded(events);
    const isOurs = await feeds.project(book, from.length, { to, disclosedBy: DISCLOSED_BY, tellings, objects });
    if (!isOurs) {
      this.ahead = { state: from.state, length: to };
      this.forget();
      return { outcome: "lost", projectedTo: await feeds.projectedTo(book) };
    }
    this.at = { state: from.state, length: to };
    this.options.told?.(entries, to);
    if (to - this.saved >= this.options.saveEvery) await this.save();
    return { outcome: "told", projectedTo: to };
  }

  /** The next records: those that were read while the last were told, where there were any. */
  private async read(from: number): Promise<readonly LogRecord[]> {
    const { next } = this;
    this.next = undefined;
    const ahead = next?.from === from ? await next.records.catch(() => []) : [];
    return ahead.length > 0 ? ahead : this.options.log.read(this.options.book, from, this.options.batchMax);
  }

  private readAhead(from: number): void {
    const records = this.options.log.read(this.options.book, from, this.options.batchMax);
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
    this.heads.clear();
    this.objects.forget();
  }

  private async load(): Promise<StateAt> {
    const { log, feeds, book } = this.options;
    this.forget();
    this.disclosure ??= { handleOf: handleMaker(await feeds.secret(book)) };
    const length = await feeds.projectedTo(book);
    const { ahead } = this;
    this.ahead = undefined;
    this.at = await stateAt(length, { log, feeds, book }, this.disclosure, ahead);
    this.saved = Math.max(this.saved, length - (length % this.options.saveEvery));
    return this.at;
  }

  private async findHeads(parties: readonly PartyId[]): Promise<void> {
    const unknown = [...new Set(parties)].filter((party) => !this.heads.has(party));
    const { feeds, book } = this.options;
    await Promise.all(unknown.map(async (party) => this.heads.set(party, await feeds.head(book, party))));
  }

  private async folded(events: Parameters<ObjectFolder["fold"]>[0]): ReturnType<ObjectFolder["fold"]> {
    const { feeds, book } = this.options;
    for (;;) {
      try {
        return await this.objects.fold(events, (keys) => feeds.objectsAt(book, keys));
      } catch (error) {
        // Written in a form that is not read any more: folded again from what the party was told.
        if (!(error instanceof StaleObject)) throw error;
        this.objects.forget();
        await rebuildObjects(feeds, book, error.party);
      }
    }
  }
}
