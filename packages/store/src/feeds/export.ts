import type { PartyId } from "@offtake/core/kernel";
import type { BookName } from "../log/record.ts";
import type { ExportHeader } from "./receipt.ts";
import type { FeedStore } from "./store.ts";

const PAGE = 500;

/**
 * A party's feed as lines of JSON (NDJSON, without line ends): whose it is, and then each entry with its place, its link, and the event as
 * the text that the link is made of. It can be verified by whoever has it, without the broker.
 *
 * @param length how much of the feed; all that there is when absent
 */
export async function* exportFeed(
  feeds: FeedStore,
  book: BookName,
  party: PartyId,
  length = Infinity,
): AsyncGenerator<string, void, void> {
  const header: ExportHeader = { schema: "offtake/feed@1", book, party };
  yield JSON.stringify(header);
  for (let at = 0; at < length; ) {
    const entries = await feeds.readFeed(book, party, at, Math.min(PAGE, length - at));
    if (entries.length === 0) return;
    for (const { position, hash, body } of entries) yield JSON.stringify({ position, hash, body });
    at += entries.length;
  }
}
