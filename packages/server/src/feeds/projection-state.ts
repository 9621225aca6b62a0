import {
  advanceDisclosure,
  type DisclosureOptions,
  type DisclosureState,
  emptyDisclosure,
} from "@offtake/core/disclosure";
import type { FeedStore } from "@offtake/store/feeds";
import type { BookName, LogStore } from "@offtake/store/log";
import { DISCLOSURE_STATE_VERSION, decodeDisclosureState, encodeDisclosureState } from "@offtake/wire/views";
import { recordedFrom } from "../books/index.ts";

/** A state of disclosure, and how many records it holds. */
export interface StateAt {
  readonly state: DisclosureState;
  readonly length: number;
}

const PAGE = 500;

/**
 * The state after the first `length` records: from what is at hand or was saved, whichever is further, and the log from there on.
 *
 * @param own a state at hand; changed in place where it is taken
 */
export async function stateAt(
  length: number,
  { log, feeds, book }: { readonly log: LogStore; readonly feeds: FeedStore; readonly book: BookName },
  options: DisclosureOptions,
  own?: StateAt,
): Promise<StateAt> {
  let from = own !== undefined && own.length <= length ? own : undefined;
  if (from?.length !== length) {
    const saved = await feeds.newestState(book, DISCLOSURE_STATE_VERSION);
    if (saved !== undefined && saved.length <= length && saved.length > (from?.length ?? 0)) {
      const restored = decodeDisclosureState(JSON.parse(saved.body), options);
      // One that does not read is as none: the log has it all.
      if (restored.ok) from = { state: restored.value, length: saved.length };
    }
  }
  const { state, length: known } = from ?? { state: emptyDisclosure(options), length: 0 };
  for (let at = known; at < length; ) {
    const records = await log.read(book, at, Math.min(PAGE, length - at));
    if (records.length === 0) throw new Error(`Broken belief: what was told of ${book} is in its log`);
    for (const event of records.flatMap((record) => recordedFrom(record).events)) advanceDisclosure(state, event);
    at += records.length;
  }
  return { state, length };
}

export async function saveState(feeds: FeedStore, book: BookName, { state, length }: StateAt): Promise<void> {
  const body = JSON.stringify(encodeDisclosureState(state));
  await feeds.saveState(book, { length, version: DISCLOSURE_STATE_VERSION, body });
}
