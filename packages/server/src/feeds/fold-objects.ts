import {
  concernedBy,
  emptyView,
  foldEvent,
  listed,
  madeBy,
  type ViewDraft,
  type ViewKey,
  type ViewKind,
  type ViewObject,
} from "@offtake/core/disclosure";
import type { Instant, PartyId } from "@offtake/core/kernel";
import type { FeedObject, ObjectKey } from "@offtake/store/feeds";
import { packView, readView } from "@offtake/wire/views";
import { Breath } from "./breath.ts";
import type { ToldEvent } from "./tell.ts";

/** A stored object does not read any more: its party's are to be folded again from the feed. */
export class StaleObject extends Error {
  readonly party: PartyId;

  constructor({ party, kind, id }: ObjectKey, detail: string) {
    super(`The object ${kind} ${id} of ${party} cannot be read: ${detail}`);
    this.name = "StaleObject";
    this.party = party;
  }
}

/** What an object is called, and all of that in one text. */
interface NamedKey extends ObjectKey {
  readonly name: string;
}

/** An object while it is folded. */
export interface Folding {
  readonly value: ViewObject;
  readonly created: number;
  readonly version: number;
  readonly updatedAt: Instant;
  /** Length of its text when it was last written or read. */
  readonly chars: number;
}

/** An event with all that it concerns. */
interface Concerned {
  readonly told: ToldEvent;
  readonly keys: readonly NamedKey[];
  /** Names of those that it makes: nothing was there before. */
  readonly made: ReadonlySet<string>;
}

export type Reads = (keys: readonly ObjectKey[]) => Promise<readonly FeedObject[]>;

/**
 * How much of objects, in characters of their packed text, is kept at hand between batches. As values they take some twenty times that,
 * and what is kept for long is dear to collect.
 */
const KEPT_CHARS = 2 * 1024 * 1024;

/**
 * Folds what parties were told into the objects of their views. An event is folded into the objects that it concerns and no others, so
 * that it costs the same however many there are. What comes out does not depend on how the events are batched.
 */
export class ObjectFolder {
  /** Oldest use first. Holds for as long as nobody else writes objects. */
  private readonly kept = new Map<string, Folding>();
  private chars = 0;
  private readonly keptChars: number;

  constructor(keptChars = KEPT_CHARS) {
    this.keptChars = keptChars;
  }

  /** What was kept may be out of date: somebody else has written. */
  forget(): void {
    this.chars = 0;
    this.kept.clear();
  }

  /**
   * @param read those of some objects that are there
   * @returns the objects that have changed, as they stand after the events
   * @throws StaleObject
   */
  async fold(events: readonly ToldEvent[], read: Reads, breath = new Breath()): Promise<readonly FeedObject[]> {
    const concerned = events.map((told) => ({
      told,
      keys: concernedBy(told.event).map((key) => named(told, key)),
      made: new Set(madeBy(told.event).map((key) => named(told, key).name)),
    }));
    await this.load(concerned, read);
    const drafts = new Map<PartyId, ViewDraft>();
    const changed = new Map<string, NamedKey>();
    for (const { told, keys, made } of concerned) {
      const { party } = told;
      const draft = drafts.get(party) ?? emptyView();
      drafts.set(party, draft);
      for (const key of keys) this.bring(draft, key);
      foldEvent(draft, told.event);
      for (const key of keys) if (this.take(draft, told, key, made.has(key.name))) changed.set(key.name, key);
      if (breath.isDue) await breath.take();
    }
    const rows: FeedObject[] = [];
    for (const key of changed.values()) {
      rows.push(this.rowOf(key));
      if (breath.isDue) await breath.take();
    }
    this.tidy();
    return rows;
  }

  private async load(concerned: readonly Concerned[], read: Reads): Promise<void> {
    const missing = new Map<string, NamedKey>();
    const made = new Set<string>();
    for (const { keys, made: ofEvent } of concerned) {
      for (const name of ofEvent) made.add(name);
      for (const key of keys) {
        if (made.has(key.name)) continue;
        const kept = this.kept.get(key.name);
        if (kept === undefined) missing.set(key.name, key);
        else {
          // Used just now: it goes to the end of the queue.
          this.kept.delete(key.name);
          this.kept.set(key.name, kept);
        }
      }
    }
    if (missing.size === 0) return;
    for (const row of await read([...missing.values()])) this.keep(nameOf(row.party, row), foldingOf(row));
  }

  /** Puts an object into the draft, where there is one. */
  private bring(draft: ViewDraft, { name, kind, id }: NamedKey): void {
    const map = mapOf(draft, kind as ViewKind);
    if (map.has(id)) return;
    const known = this.kept.get(name);
    if (known !== undefined) map.set(id, known.value);
  }

  /** Takes over what an event has made of an object. False where it is as it was. */
  private take(
    draft: ViewDraft,
    { position, event }: ToldEvent,
    { name, kind, id }: NamedKey,
    isMade: boolean,
  ): boolean {
    const value = mapOf(draft, kind as ViewKind).get(id);
    const before = this.kept.get(name);
    if (value === undefined || value === before?.value) return false;
    const created = isMade ? position : (before?.created ?? position);
    this.kept.set(name, { value, created, version: position, updatedAt: event.at, chars: before?.chars ?? 0 });
    return true;
  }

  private keep(name: string, folding: Folding): void {
    this.chars += folding.chars - (this.kept.get(name)?.chars ?? 0);
    this.kept.set(name, folding);
  }

  private rowOf({ name, party, kind, id }: NamedKey): FeedObject {
    const folding = this.kept.get(name);
    if (folding === undefined) throw new Error("Broken belief: what was changed is at hand");
    const { value, created, version, updatedAt } = folding;
    const body = packView(kind as ViewKind, value as never);
    this.keep(name, { value, created, version, updatedAt, chars: body.length });
    return { party, kind, id, ...listed(kind as ViewKind, value as never), created, version, updatedAt, body };
  }

  private tidy(): void {
    for (const [name, { chars }] of this.kept) {
      if (this.chars <= this.keptChars) return;
      this.chars -= chars;
      this.kept.delete(name);
    }
  }
}

function foldingOf(row: FeedObject): Folding {
  const { created, version, updatedAt, body } = row;
  const restored = readView(row.kind as ViewKind, body);
  if (!restored.ok) throw new StaleObject(row, `${restored.problem.path}: ${restored.problem.message}`);
  return { value: restored.value, created, version, updatedAt, chars: body.length };
}

/** What an object of a party is called, in one text. */
export const nameOf = (party: PartyId, { kind, id }: Omit<ObjectKey, "party">): string => `${party} ${kind} ${id}`;
const named = ({ party }: ToldEvent, { kind, id }: ViewKey): NamedKey => ({
  party,
  kind,
  id,
  name: nameOf(party, { kind, id }),
});
const mapOf = (draft: ViewDraft, kind: ViewKind): Map<string, ViewObject> => draft[kind];
