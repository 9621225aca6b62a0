import {
  concernedBy,
  emptyView,
  foldEvent,
  listed,
  type ViewDraft,
  type ViewKey,
  type ViewKind,
  type ViewObject,
} from "@offtake/core/disclosure";
import type { Instant, PartyId } from "@offtake/core/kernel";
import type { FeedObject, ObjectKey } from "@offtake/store/feeds";
import { packView, readView } from "@offtake/wire/views";
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

/** An object while it is folded. */
export interface Folding {
  readonly value: ViewObject;
  readonly created: number;
  readonly version: number;
  readonly updatedAt: Instant;
  /** Length of its text when it was last written or read. */
  readonly chars: number;
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
  async fold(events: readonly ToldEvent[], read: Reads): Promise<readonly FeedObject[]> {
    const concerned = events.map((told) => ({ told, keys: concernedBy(told.event) }));
    await this.load(concerned, read);
    const drafts = new Map<PartyId, ViewDraft>();
    const changed = new Map<string, ObjectKey>();
    for (const { told, keys } of concerned) {
      const { party } = told;
      const draft = drafts.get(party) ?? emptyView();
      drafts.set(party, draft);
      for (const key of keys) this.bring(draft, party, key);
      foldEvent(draft, told.event);
      for (const key of keys) if (this.take(draft, told, key)) changed.set(nameOf(party, key), { party, ...key });
    }
    const rows = [...changed.values()].map((key) => this.rowOf(key));
    this.tidy();
    return rows;
  }

  private async load(
    concerned: readonly { readonly told: ToldEvent; readonly keys: readonly ViewKey[] }[],
    read: Reads,
  ): Promise<void> {
    const missing = new Map<string, ObjectKey>();
    for (const { told, keys } of concerned) {
      for (const key of keys) {
        const name = nameOf(told.party, key);
        const kept = this.kept.get(name);
        if (kept === undefined) missing.set(name, { party: told.party, ...key });
        else {
          // Used just now: it goes to the end of the queue.
          this.kept.delete(name);
          this.kept.set(name, kept);
        }
      }
    }
    if (missing.size === 0) return;
    for (const row of await read([...missing.values()])) this.keep(nameOf(row.party, row), foldingOf(row));
  }

  /** Puts an object into the draft, where there is one. */
  private bring(draft: ViewDraft, party: PartyId, key: ViewKey): void {
    const map = mapOf(draft, key.kind);
    const known = this.kept.get(nameOf(party, key));
    if (known !== undefined && !map.has(key.id)) map.set(key.id, known.value);
  }

  /** Takes over what an event has made of an object. False where it is as it was. */
  private take(draft: ViewDraft, { party, position, event }: ToldEvent, key: ViewKey): boolean {
    const value = mapOf(draft, key.kind).get(key.id);
    const name = nameOf(party, key);
    const before = this.kept.get(name);
    if (value === undefined || value === before?.value) return false;
    const created = before?.created ?? position;
    this.kept.set(name, { value, created, version: position, updatedAt: event.at, chars: before?.chars ?? 0 });
    return true;
  }

  private keep(name: string, folding: Folding): void {
    this.chars += folding.chars - (this.kept.get(name)?.chars ?? 0);
    this.kept.set(name, folding);
  }

  private rowOf(key: ObjectKey): FeedObject {
    const folding = this.kept.get(nameOf(key.party, key));
    if (folding === undefined) throw new Error("Broken belief: what was changed is at hand");
    const { value, created, version, updatedAt } = folding;
    const kind = key.kind as ViewKind;
    const body = packView(kind, value as never);
    this.keep(nameOf(key.party, key), { ...folding, chars: body.length });
    return { ...key, ...listed(kind, value as never), created, version, updatedAt, body };
  }

  private tidy(): void {
    for (const [name, { chars }] of this.kept) {
      if (this.chars <= KEPT_CHARS) return;
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

const nameOf = (party: PartyId, { kind, id }: Omit<ObjectKey, "party">): string => `${party} ${kind} ${id}`;
const mapOf = (draft: ViewDraft, kind: ViewKind): Map<string, ViewObject> => draft[kind];
