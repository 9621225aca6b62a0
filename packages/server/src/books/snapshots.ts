import { BookState, dump, fold, load, STATE_FORM } from "@offtake/core/book";
import {
  brokenLink,
  type BookName,
  emptyHead,
  type Hash,
  type Head,
  type LogStore,
  type Snapshot,
  snapshotHash,
} from "@offtake/store/log";
import { recordedFrom, UnreadableRecord } from "./stored.ts";

/** Something that is wrong and was got around; the log itself is in order. */
export interface BookWarning {
  /**
   * `snapshot_damaged`: it is not what was written. `snapshot_form`: another program wrote it. `snapshot_astray`: it is of another log.
   * `state_differs`: what a node decides on is not what the log folds into. `changes_differ`: what another node said that an append changed is not what
   * its records change.
   */
  readonly code: "snapshot_damaged" | "snapshot_form" | "snapshot_astray" | "state_differs" | "changes_differ";
  /** The length of the log at which it was. */
  readonly position: number;
}

interface Sources {
  readonly store: LogStore;
  readonly book: BookName;
  readonly hash: Hash;
  readonly warned: (problem: BookWarning) => void;
  /** Told the length of the log at a snapshot that is about to be tried: what comes after it may be asked for meanwhile. */
  readonly trying?: (length: number) => void;
}

/** Records folded in one go while somebody may wait for this process: some milliseconds. */
const SLICE = 25;

export function sealed(snapshot: Omit<Snapshot, "hash">, hash: Hash): Snapshot {
  return { ...snapshot, hash: snapshotHash(snapshot, hash) };
}

/** The state at the newest sound snapshot, not after `upTo`; undefined where there is none. What is wrong with others is told. */
export async function findStart(
  { store, book, hash, warned, trying }: Sources,
  upTo = Infinity,
): Promise<{ readonly state: BookState; readonly head: Head } | undefined> {
  for await (const snapshot of store.snapshotsOf(book)) {
    const { head, form, canonical, beside } = snapshot;
    if (head.length >= upTo) continue;
    if (form !== STATE_FORM) {
      warned({ code: "snapshot_form", position: head.length });
      continue;
    }
    trying?.(head.length);
    const atHead = store.read(book, head.length - 1, 1);
    const isWhole = snapshot.hash === snapshotHash(snapshot, hash);
    const isOfLog = (await atHead)[0]?.hash === head.hash;
    if (isWhole && isOfLog) return { state: load(canonical, beside), head };
    warned({ code: isWhole ? "snapshot_astray" : "snapshot_damaged", position: head.length });
  }
  return undefined;
}

/** Whether the log, from an earlier snapshot or from its start, folds into the state of this one, byte for byte. */
export async function isFoldOf({ head, canonical }: Snapshot, sources: Sources): Promise<boolean> {
  const { store, book, hash } = sources;
  const start = await findStart({ ...sources, warned: () => {} }, head.length);
  const state = start?.state ?? new BookState();
  let last = start?.head ?? emptyHead(book, hash);
  while (last.length < head.length) {
    const records = await store.read(book, last.length, Math.min(SLICE, head.length - last.length));
    const broken = brokenLink(last, records, hash);
    if (broken !== undefined) throw new UnreadableRecord(broken.position, `the chain is broken (${broken.why})`);
    const end = records.at(-1);
    if (end === undefined) throw new UnreadableRecord(last.length, "it is not there");
    for (const record of records) fold(state, recordedFrom(record));
    last = { length: end.position + 1, hash: end.hash };
  }
  return last.hash === head.hash && dump(state).canonical === canonical;
}
