import { createHash } from "node:crypto";
import type { PartyId } from "@offtake/core/kernel";
import { exportFeed, type FeedStore, type Receipt } from "@offtake/store/feeds";
import type { BookName } from "@offtake/store/log";
import { VIEW_KINDS } from "@offtake/wire/views";
import { valueOf } from "./export-book.ts";
import type { FileStore } from "../files/index.ts";
import { TEXT_REFERENCE, type TextStore } from "../texts/index.ts";

const PAGE = 500;

/**
 * All that a party has of a book, as lines of JSON without line ends: its feed as `offtake verify` takes it, what it sees, the files that it
 * may read with their contents, the names and words that references in all of it stand for, its receipt, the end. Of others it holds nothing
 * that the party was not told.
 *
 * @param files absent where none are kept
 * @param texts absent where none are kept
 */
export async function* exportParty(
  feeds: FeedStore,
  files: FileStore | undefined,
  texts: Pick<TextStore, "openings"> | undefined,
  book: BookName,
  party: PartyId,
): AsyncGenerator<string, void, void> {
  const sum = createHash("sha256");
  const references = new Set<string>();
  const line = (value: unknown): string => {
    const text = JSON.stringify(value);
    sum.update(`${text}\n`);
    for (const reference of text.match(TEXT_REFERENCE) ?? []) references.add(reference);
    return text;
  };
  const { length, hash } = await feeds.head(book, party);
  yield line({ schema: "offtake/party-export@1", book, party, feed: { length, hash } });
  let entries = 0;
  for await (const text of exportFeed(feeds, book, party, length)) {
    const entry = JSON.parse(text) as Readonly<Record<string, unknown>>;
    if ("schema" in entry) continue;
    entries += 1;
    yield line({ entry });
  }
  let objects = 0;
  for await (const { kind, id, status, version, body } of objectsOf(feeds, book, party)) {
    objects += 1;
    yield line({ object: { kind, id, status, version }, value: valueOf(body) });
  }
  const readable = (await files?.list(book, party)) ?? [];
  for (const file of readable) {
    const content = await files?.content(book, party, file.reference);
    yield line({ file, ...(content === undefined ? {} : { content: content.toString("base64") }) });
  }
  const opened = (await texts?.openings(book, party, [...references].join(" "))) ?? [];
  for (const text of opened) yield line({ text });
  yield line({ receipt: { schema: "offtake/receipt@1", book, party, length, hash } satisfies Receipt });
  yield JSON.stringify({
    end: { entries, objects, files: readable.length, texts: opened.length, sha256: sum.digest("hex") },
  });
}

async function* objectsOf(feeds: FeedStore, book: BookName, party: PartyId) {
  for (const kind of VIEW_KINDS) {
    for (let after: string | undefined; ; ) {
      const page = await feeds.listObjects(book, party, {
        kind,
        order: "id",
        limit: PAGE,
        ...(after === undefined ? {} : { after }),
      });
      yield* page.objects;
      after = page.next;
      if (after === undefined) break;
    }
  }
}
