import type { DisclosedEvent } from "@offtake/core/disclosure";
import type { PartyId } from "@offtake/core/kernel";
import type { FeedStore } from "@offtake/store/feeds";
import type { BookName } from "@offtake/store/log";
import { decodeDisclosed } from "@offtake/wire/codecs";
import type { FileStore } from "../files/index.ts";
import type { TextStore } from "../texts/index.ts";
import type { EvidenceDocument } from "./document.ts";
import { noticesSent } from "./request.ts";

const PAGE = 1_000;
const ENTRIES_MAX = 1_000_000;

/** References of files in the text of an entry. */
const REFERENCE = /fil_[0-9a-f]{40}/g;

/** What evidence is to be of: one notice, or all notices of a request. */
export type EvidenceSubject = { readonly notice: string } | { readonly request: string };

/**
 * Evidence from a party's own feed: all of it up to its end, so that the chain can be followed, and the files that entries about the notices
 * refer to and that the party owns. Undefined where the feed does not tell of the notice, or of the request.
 */
export async function collectEvidence(
  feeds: Pick<FeedStore, "readFeed">,
  files: FileStore,
  texts: Pick<TextStore, "openings">,
  book: BookName,
  party: PartyId,
  subject: EvidenceSubject,
): Promise<EvidenceDocument | undefined> {
  const feed: FeedPart[] = [];
  for (;;) {
    const entries = await feeds.readFeed(book, party, feed.length, PAGE);
    for (const { position, body, hash } of entries) feed.push({ position, body, hash });
    if (entries.length < PAGE || feed.length >= ENTRIES_MAX) break;
  }
  const notices = "notice" in subject ? [subject.notice] : noticesIn(feed, subject.request);
  const about = entriesAbout(feed, "notice" in subject ? notices : [subject.request, ...notices]);
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
  const of = "notice" in subject ? subject : { ...subject, notices: [...notices] };
  return { schema: "offtake/evidence@1", book, party, ...of, feed, files: opened, texts: [...openings] };
}

interface FeedPart {
  readonly position: number;
  readonly body: string;
  readonly hash: string;
}

function entriesAbout<Entry extends { readonly body: string }>(
  feed: readonly Entry[],
  ids: readonly string[],
): readonly Entry[] {
  const quoted = ids.map((id) => JSON.stringify(id));
  return feed.filter(({ body }) => quoted.some((id) => body.includes(id)));
}

/** The notices of a request, as its reader knows it, in the order in which they were sent. */
function noticesIn(feed: readonly FeedPart[], request: string): readonly string[] {
  return entriesAbout(feed, [request]).flatMap(({ body }) => {
    const told = decodeDisclosed(JSON.parse(body));
    return told.ok ? noticesSent(told.value, request) : [];
  });
}

/** What says what the agreements of the notices are called, and who their holders are: entries that record either. */
function underlying<Entry extends { readonly body: string }>(
  feed: readonly Entry[],
  about: readonly Entry[],
): readonly Entry[] {
  const sent = about.flatMap(({ body }) => {
    const told = decodeDisclosed(JSON.parse(body));
    return told.ok && isSent(told.value) ? [told.value.notice] : [];
  });
  const names = new Set<string>(
    sent.flatMap((notice) => ["right" in notice ? notice.right.agreement : notice.agreement, notice.holder]),
  );
  return entriesAbout(feed, [...names]).filter(({ body }) => {
    const told = decodeDisclosed(JSON.parse(body));
    return told.ok && names.has(recordedIn(told.value) ?? "");
  });
}

type Sent = Extract<DisclosedEvent, { readonly type: "noticeSent" | "ownNoticeSent" }>;

const isSent = (event: DisclosedEvent): event is Sent => event.type === "noticeSent" || event.type === "ownNoticeSent";

/** The agreement or the party that an entry records. */
function recordedIn(event: DisclosedEvent): string | undefined {
  switch (event.type) {
    case "agreementRecorded":
    case "ownAgreementRecorded":
    case "ownAgreementTakenOver":
      return event.agreement.id;
    case "partyRecorded":
    case "ownPartyRecorded":
      return event.party.id;
    default:
      return undefined;
  }
}
