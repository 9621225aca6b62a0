import { codeText } from "@offtake/core/explanation";
import type { Award } from "@offtake/core/awards";
import type { DisclosedEvent, ViewKind, ViewObject } from "@offtake/core/disclosure";
import type { NoticeId, PartyId } from "@offtake/core/kernel";
import type { FeedEntry, FeedObject, FeedStore } from "@offtake/store/feeds";
import type { BookName } from "@offtake/store/log";
import { decodeDisclosed } from "@offtake/wire/codecs";
import { decodeView, unpackView } from "@offtake/wire/views";
import type { FollowedEntry, FollowedFeeds } from "../dispatch/index.ts";
import type { LetterSource } from "../letters/index.ts";
import type { NoticeKnown } from "../links/index.ts";
import type { TextStore } from "../texts/index.ts";

/** Objects of parties' views, read from their feeds' rows, with words in the place of references: what is written to people is made of them. */
export class PartyViews {
  private readonly feeds: FeedStore;
  private readonly texts: Pick<TextStore, "reveal">;

  constructor(feeds: FeedStore, texts: Pick<TextStore, "reveal">) {
    this.feeds = feeds;
    this.texts = texts;
  }

  async find<Kind extends ViewKind>(
    book: BookName,
    party: PartyId,
    kind: Kind,
    id: string,
  ): Promise<ViewObject<Kind> | undefined> {
    const object = await this.feeds.getObject(book, party, kind, id);
    return object === undefined ? undefined : this.viewOf(book, party, kind, object);
  }

  /** A notice for its holder. Of another's notice, and of one that is not there, nothing. */
  async notice(book: BookName, party: PartyId, id: NoticeId): Promise<NoticeKnown | undefined> {
    const view = await this.find(book, party, "notices", id);
    if (view?.as !== "party") return undefined;
    const { notice, clock, status, answers } = view;
    const version = await this.find(book, party, "agreementVersions", `${notice.agreement}:${notice.version}`);
    const agreement = version?.as === "party" ? version.agreement : undefined;
    const source: LetterSource = {
      notice,
      names: await this.names(book, party, notice.thirdParty?.provider),
      ...(clock === undefined ? {} : { clock }),
      ...(agreement === undefined ? {} : { agreement }),
    };
    const answered = answers.map(
      ({ answer, verdict }) =>
        `On record: ${SAID[answer.type]}${answer.count === undefined ? "" : ` ${answer.count}`} (${codeText(verdict)})`,
    );
    return { source, status, answered };
  }

  /** Those of the awards that there are, as their keeper has them. */
  async awards(book: BookName, keeper: PartyId, ids: readonly string[]): Promise<readonly Award[]> {
    const objects = await this.feeds.getObjects(book, keeper, "awards", ids);
    const views = await Promise.all(objects.map((object) => this.viewOf(book, keeper, "awards", object)));
    return views.flatMap((view) => (view.as === "keeper" ? [view.award] : []));
  }

  private async viewOf<Kind extends ViewKind>(
    book: BookName,
    party: PartyId,
    kind: Kind,
    { body }: FeedObject,
  ): Promise<ViewObject<Kind>> {
    const unpacked = unpackView(body);
    const decoded = unpacked.ok
      ? decodeView(kind, JSON.parse(await this.texts.reveal(book, party, JSON.stringify(unpacked.value))))
      : unpacked;
    if (!decoded.ok) throw new Error(`Broken belief: a row of ${kind} can be read (${decoded.problem.message})`);
    return decoded.value;
  }

  private async names(
    book: BookName,
    party: PartyId,
    other: PartyId | undefined,
  ): Promise<ReadonlyMap<PartyId, string>> {
    const name = other === undefined ? undefined : (await this.find(book, party, "parties", other))?.name;
    return other === undefined || name === undefined ? new Map() : new Map([[other, name]]);
  }
}

const SAID = { accept: "accepted", refuse: "refused", object: "objected" } as const;

/** The feeds of parties as they are followed. */
export function followedFeeds(feeds: FeedStore, books: () => Promise<readonly BookName[]>): FollowedFeeds {
  return {
    books,
    lengths: (book) => feeds.lengths(book),
    read: async (book, party, from, limit) => {
      const entries = await feeds.readFeed(book, party, from, limit);
      return entries.map((entry) => new Followed(entry));
    },
    onGrowth: (heard) => feeds.onFeedGrowth((book) => heard(book)),
  };
}

/** An entry of a feed, whose event is read when somebody asks for it. */
class Followed implements FollowedEntry {
  readonly position: number;
  readonly hash: string;
  readonly type: DisclosedEvent["type"];
  private readonly json: { readonly type: DisclosedEvent["type"] };
  private read: DisclosedEvent | undefined;

  constructor({ position, hash, body }: FeedEntry) {
    this.position = position;
    this.hash = hash;
    this.json = JSON.parse(body) as { readonly type: DisclosedEvent["type"] };
    this.type = this.json.type;
  }

  get event(): DisclosedEvent {
    this.read ??= this.decoded();
    return this.read;
  }

  private decoded(): DisclosedEvent {
    const decoded = decodeDisclosed(this.json);
    if (decoded.ok) return decoded.value;
    throw new Error(`Broken belief: an entry of a feed can be read (${decoded.problem.message})`);
  }
}
