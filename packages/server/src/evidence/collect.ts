import type { PartyId } from "@offtake/core/kernel";
import type { FeedStore } from "@offtake/store/feeds";
import type { BookName } from "@offtake/store/log";
import type { FileStore } from "../files/index.ts";
import type { TextStore } from "../texts/index.ts";
import type { EvidenceDocument } from "./document.ts";

const PAGE = 1_000;
const ENTRIES_MAX = 1_000_000;

/** References of files in the text of an entry. */
const REFERENCE = /fil_[0-9a-f]{40}/g;

/**
 * Evidence of a notice from a party's own feed: all of it up to its end, so that the chain can be followed, and the files that entries about
 * the notice refer to and that the party owns. Undefined where the feed does not tell of the notice.
 */
export async function collectEvidence(
  feeds: Pick<FeedStore, "readFeed">,
  files: FileStore,
  texts: Pick<TextStore, "openings">,
  book: BookName,
  party: PartyId,
  notice: string,
): Promise<EvidenceDocument | undefined> {
  const feed: { position: number; body: string; hash: string }[] = [];
  for (;;) {
    const entries = await feeds.readFeed(book, party, feed.length, PAGE);
    for (const { position, body, hash } of entries) feed.push({ position, body, hash });
    if (entries.length < PAGE || feed.length >= ENTRIES_MAX) break;
  }
  const about = feed.filter(({ body }) => body.includes(JSON.stringify(notice)));
  if (about.length === 0) return undefined;
  const references = new Set(about.flatMap(({ body }) => body.match(REFERENCE) ?? []));
  const opened: EvidenceDocument["files"] = [];
  for (const reference of references) {
    const [known, opening] = [await files.find(book, party, reference), await files.opening(book, party, reference)];
    // A privileged file stays with its owner, also here: evidence is there to be given to others.
    if (known === undefined || opening === undefined || known.privileged) continue;
    const content = await files.content(book, party, reference);
    opened.push({ reference, ...opening, name: known.name, ...(content && { content: content.toString("base64") }) });
  }
  const openings = await texts.openings(book, about.map(({ body }) => body).join("\n"));
  return { schema: "offtake/evidence@1", book, party, notice, feed, files: opened, texts: [...openings] };
}
