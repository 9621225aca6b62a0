import type { DisclosedEvent } from "@offtake/core/disclosure";
import type { PartyId } from "@offtake/core/kernel";
import type { FeedStore } from "@offtake/store/feeds";
import type { BookName } from "@offtake/store/log";
import { decodeDisclosed } from "@offtake/wire/codecs";
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
  const openings = await texts.openings(
    book,
    party,
    [...about, ...underlying(feed, about)].map(({ body }) => body).join("\n"),
  );
  return { schema: "offtake/evidence@1", book, party, notice, feed, files: opened, texts: [...openings] };
}

/** What says what the agreement of the notice is called, and who its holder is: entries that record either. */
function underlying<Entry extends { readonly body: string }>(
  feed: readonly Entry[],
  about: readonly Entry[],
): readonly Entry[] {
  const sent = about.map(({ body }) => decodeDisclosed(JSON.parse(body))).find((told) => told.ok && isSent(told.value));
  if (sent?.ok !== true || !isSent(sent.value)) return [];
  const { notice } = sent.value;
  const agreement = "right" in notice ? notice.right.agreement : notice.agreement;
  const names = [agreement, notice.holder].map((id) => JSON.stringify(id));
  return feed.filter(({ body }) => {
    if (!names.some((name) => body.includes(name))) return false;
    const told = decodeDisclosed(JSON.parse(body));
    return told.ok && isRecordOf(told.value, agreement, notice.holder);
  });
}

type Sent = Extract<DisclosedEvent, { readonly type: "noticeSent" | "ownNoticeSent" }>;

const isSent = (event: DisclosedEvent): event is Sent => event.type === "noticeSent" || event.type === "ownNoticeSent";

function isRecordOf(event: DisclosedEvent, agreement: string, party: string): boolean {
  switch (event.type) {
    case "agreementRecorded":
    case "ownAgreementRecorded":
    case "ownAgreementTakenOver":
      return event.agreement.id === agreement;
    case "partyRecorded":
    case "ownPartyRecorded":
      return event.party.id === party;
    default:
      return false;
  }
}
