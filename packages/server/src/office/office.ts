import type { Instant, NoticeId, PartyId } from "@offtake/core/kernel";
import type { FeedStore } from "@offtake/store/feeds";
import type { BookName } from "@offtake/store/log";
import type { Database } from "@offtake/store/postgres";
import type { Answer as Outcome, Submission } from "../books/index.ts";
import { Keeping, TextStore } from "../texts/index.ts";
import { FeedFollower, mailSender, NoticeForms, noticeMail, receiptMail, MAIL_CHANNEL } from "../dispatch/index.ts";
import { FileStore } from "../files/index.ts";
import { CalendarFeeds } from "../ical/index.ts";
import { type Addressee, letterOf, letterPdf, type NoticeForm } from "../letters/index.ts";
import { type LinkBroker, NoticeLinks } from "../links/index.ts";
import { Mailer, type MailSettings } from "../mail/index.ts";
import { ProviderTasks } from "../manual/index.ts";
import { Outbox, OUTBOX_CHANNEL, OutboxWorker } from "../outbox/index.ts";
import { ChatChannels, deadlinesOf, Reminding } from "../reminders/index.ts";
import { type EgressRules, PUBLIC_ONLY, webhookSender, Webhooks } from "../webhooks/index.ts";
import { reachedBy } from "./reached.ts";
import { followedFeeds, PartyViews } from "./views.ts";

export interface OfficeOptions {
  readonly database: Database;
  readonly feeds: FeedStore;
  readonly books: () => Promise<readonly BookName[]>;
  readonly keeperOf: (book: BookName) => Promise<PartyId | undefined>;
  readonly zoneOf: (book: BookName) => Promise<string | undefined>;
  /** Decides a command, and returns once feeds tell of it. */
  readonly submit: (book: BookName, submission: Submission) => Promise<Outcome>;
  /** Where others reach the broker; without it no link is made. */
  readonly address?: () => string;
  /** Without it nothing leaves by mail: notices by mail wait to be delivered by hand. */
  readonly mail?: MailSettings;
  readonly egress?: EgressRules;
  /** Font files for characters of letters that the usual font does not show. */
  readonly letterFonts?: readonly Uint8Array[];
  readonly failed: (error: unknown) => void;
  readonly now?: () => number;
}

/** Days ahead that a calendar shows. */
const CALENDAR_DAYS = 400;

/**
 * Everything by which a broker reaches people and programs outside it, and they it: letters, files, mail, links, webhooks, chats, reminders,
 * calendars, and the tasks of providers that are set up by hand. Every node has one; what one does not get to another one does.
 */
export class Office {
  readonly files: FileStore;
  readonly texts: TextStore;
  readonly keeping: Keeping;
  readonly forms: NoticeForms;
  readonly outbox: Outbox;
  readonly webhooks: Webhooks;
  readonly chats: ChatChannels;
  readonly calendars: CalendarFeeds;
  readonly tasks: ProviderTasks;
  readonly links: NoticeLinks;
  readonly views: PartyViews;
  private readonly options: OfficeOptions;
  private readonly started: (() => Promise<void> | void)[] = [];

  private constructor(options: OfficeOptions, links: NoticeLinks) {
    const { database, feeds, keeperOf, egress: rules = PUBLIC_ONLY } = options;
    const { pool } = database;
    this.options = options;
    this.links = links;
    this.keeping = new Keeping(pool);
    this.texts = new TextStore(pool, this.keeping);
    this.files = new FileStore(options.database);
    this.forms = new NoticeForms(pool);
    this.outbox = new Outbox(database);
    this.webhooks = new Webhooks(database, this.outbox, rules);
    this.chats = new ChatChannels(database, { rules });
    this.calendars = new CalendarFeeds(pool);
    this.views = new PartyViews(feeds, this.texts);
    this.tasks = new ProviderTasks({
      database,
      keeperOf,
      awardsOf: (book, keeper, ids) => this.views.awards(book, keeper, ids),
    });
  }

  static async open(options: OfficeOptions): Promise<Office> {
    const office = new Office(options, await NoticeLinks.open(options.database.pool, options.now));
    await office.start();
    return office;
  }

  /** What the pages of links need. */
  get linkBroker(): LinkBroker {
    return {
      links: this.links,
      fonts: this.fonts,
      known: (book, party, notice) => this.views.notice(book, party, notice),
      form: (book, party, agreement) => this.form(book, party, agreement),
      submit: this.options.submit,
    };
  }

  /** To whom, by whom and how a notice to a party is written; by the bare names where no form is on record. */
  async form(
    book: BookName,
    party: PartyId,
    agreement = "",
  ): Promise<{ readonly sender: Addressee; readonly form: NoticeForm } | undefined> {
    const keeper = await this.options.keeperOf(book);
    if (keeper === undefined) return undefined;
    const [own, theirs] = [
      await this.forms.find(book, keeper, agreement),
      await this.forms.find(book, party, agreement),
    ];
    const nameOf = async (one: PartyId): Promise<string> => {
      return (await this.views.find(book, keeper, "parties", one))?.name ?? one;
    };
    const bare = async (one: PartyId): Promise<NoticeForm> => ({
      addressee: { name: await nameOf(one), lines: [] },
      copies: [],
      language: "en",
    });
    return { sender: (own ?? (await bare(keeper))).addressee, form: theirs ?? (await bare(party)) };
  }

  /** The letter of a notice as PDF. The keeper gets what the holder gets: it is the holder's. */
  async letter(book: BookName, holder: PartyId, notice: NoticeId): Promise<Buffer | undefined> {
    const [known, addressed] = [await this.views.notice(book, holder, notice), undefined];
    if (known === undefined) return addressed;
    const form = await this.form(book, holder, known.source.notice.agreement);
    return form === undefined
      ? undefined
      : letterPdf(letterOf({ source: known.source, ...form }), { fonts: this.fonts });
  }

  /** The address of a new link to a notice; undefined where this broker has none that others can open. */
  async link(book: BookName, party: PartyId, notice: NoticeId): Promise<string | undefined> {
    const { address } = this.options;
    return address === undefined ? undefined : `${address()}/n/${await this.links.make(book, notice, party)}`;
  }

  async calendar(book: BookName, party: PartyId): Promise<string> {
    const now = this.now();
    const deadlines = await deadlinesOf(this.options.feeds, book, party, now, CALENDAR_DAYS);
    return this.calendars.text(book, party, deadlines, now);
  }

  async close(): Promise<void> {
    for (const close of this.started.splice(0).reverse()) await close();
  }

  /** Further fonts of letters. */
  get fonts(): readonly Uint8Array[] {
    return this.options.letterFonts ?? [];
  }

  private now(): Instant {
    return (this.options.now ?? Date.now)() as Instant;
  }

  private async start(): Promise<void> {
    const {
      database,
      feeds,
      books,
      keeperOf,
      zoneOf,
      submit,
      mail,
      failed,
      egress: rules = PUBLIC_ONLY,
    } = this.options;
    const { outbox, files } = this;
    const mailer = mail === undefined ? undefined : new Mailer(mail);
    if (mailer !== undefined) this.started.push(() => mailer.close());
    const worker = new OutboxWorker({
      outbox,
      senders: {
        webhook: webhookSender(this.webhooks, { rules, now: () => new Date() }),
        chat: this.chats.sender(),
        ...(mailer === undefined ? {} : { mail: mailSender({ mailer, files, keeperOf, submit }) }),
      },
      listen: (heard) => database.listen(OUTBOX_CHANNEL, heard),
      random: Math.random,
      failed,
    });
    await worker.start();
    this.started.push(() => worker.close());
    const follower = new FeedFollower({
      database,
      feeds: followedFeeds(feeds, books),
      outbox,
      consequences: [
        ...(mailer === undefined ? [] : this.mails()),
        this.webhooks.consequences,
        this.tasks.consequences,
      ],
      failed,
    });
    await follower.start();
    this.started.push(() => follower.close());
    const reminding = new Reminding({
      feeds,
      books,
      outbox,
      zoneOf,
      failed,
      now: () => this.now(),
      chats: (book, party) => this.chats.list(book, party),
      reached: async (book, party, agreement) =>
        mailer === undefined
          ? {}
          : reachedBy(database.pool, book, party, await this.ownerOf(book, party, agreement), this.now()),
    });
    reminding.start();
    this.started.push(() => reminding.close());
  }

  private mails() {
    const { keeperOf, address } = this.options;
    const form = (book: BookName, party: PartyId, agreement?: string) => this.form(book, party, agreement);
    const link = (book: BookName, party: PartyId, notice: NoticeId) =>
      this.link(book, party, notice) as Promise<string>;
    return [
      noticeMail({
        keeperOf,
        form,
        files: this.files,
        fonts: this.fonts,
        known: (book, party, notice) => this.views.notice(book, party, notice),
        ...(address === undefined ? {} : { link }),
      }),
      receiptMail({ form, isToldByMail: (book, party) => this.isToldByMail(book, party) }),
    ];
  }

  /** A party whose notices go out by mail is told by mail what became of them. */
  private async isToldByMail(book: BookName, party: PartyId): Promise<boolean> {
    const own = await this.views.find(book, party, "parties", party);
    return own?.party?.notice?.channels.includes(MAIL_CHANNEL) === true;
  }

  private async ownerOf(book: BookName, party: PartyId, agreement: string | undefined): Promise<string | undefined> {
    if (agreement === undefined) return undefined;
    const view = await this.views.find(book, party, "agreements", agreement);
    return view?.as === "keeper" ? view.agreement.owner : undefined;
  }
}
