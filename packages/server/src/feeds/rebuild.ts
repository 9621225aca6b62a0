import type { PartyId } from "@offtake/core/kernel";
import type { FeedStore } from "@offtake/store/feeds";
import type { BookName } from "@offtake/store/log";
import { decodeDisclosed } from "@offtake/wire/codecs";
import { ObjectFolder } from "./fold-objects.ts";
import type { ToldEvent } from "./tell.ts";

/** How many entries are folded at once. */
const PAGE = 1_000;

/** An entry of a feed cannot be read: told by a newer program, or damaged. */
export class UnreadableEntry extends Error {
  constructor(book: BookName, party: PartyId, position: number, detail: string) {
    super(`Entry ${position} of the feed of ${party} in ${book} cannot be read: ${detail}`);
    this.name = "UnreadableEntry";
  }
}

/**
 * Folds the objects of a party again from its feed: of what the party was told, and of nothing else. The same bytes come out as had
 * been folded entry by entry. Begins anew where the party is told more meanwhile.
 *
 * @returns how many entries were folded
 * @throws UnreadableEntry
 */
export async function rebuildObjects(feeds: FeedStore, book: BookName, party: PartyId): Promise<number> {
  for (;;) {
    const { length } = await feeds.head(book, party);
    const isDone = await feeds.refold(book, party, length, async (rows) => {
      const folder = new ObjectFolder();
      for (let at = 0; at < length; ) {
        const events = await eventsFrom(feeds, book, party, at, Math.min(PAGE, length - at));
        await rows.write(await folder.fold(events, (keys) => rows.read(keys)));
        at += events.length;
      }
    });
    if (isDone) return length;
  }
}

async function eventsFrom(
  feeds: FeedStore,
  book: BookName,
  party: PartyId,
  from: number,
  limit: number,
): Promise<readonly ToldEvent[]> {
  const entries = await feeds.readFeed(book, party, from, limit);
  if (entries.length === 0) throw new UnreadableEntry(book, party, from, "it is not there");
  return entries.map(({ position, body }) => {
    const event = decodeDisclosed(JSON.parse(body));
    if (event.ok) return { party, position, event: event.value };
    const { code, path, message } = event.problem;
    throw new UnreadableEntry(book, party, position, `${code} at ${path}: ${message}`);
  });
}
