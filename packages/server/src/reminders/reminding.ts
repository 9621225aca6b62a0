import { deadlineText, parseZone, UTC } from "@offtake/core/calendar";
import type { Instant, PartyId } from "@offtake/core/kernel";
import type { FeedStore } from "@offtake/store/feeds";
import type { BookName } from "@offtake/store/log";
import type { QueuedMail } from "../dispatch/index.ts";
import type { NewDelivery, Outbox } from "../outbox/index.ts";
import type { ChatChannel, ChatMessage } from "./chat.ts";
import { DEADLINE_TITLE, deadlinesOf } from "./deadlines.ts";
import { dueReminder, type Reminder } from "./plan.ts";

/** Addresses of those who look after something: the named owner first, then the deputy. */
export interface Reached {
  readonly owner?: string;
  readonly deputy?: string;
}

export interface RemindingOptions {
  readonly feeds: Pick<FeedStore, "listObjects" | "parties">;
  readonly books: () => Promise<readonly BookName[]>;
  readonly outbox: Outbox;
  readonly chats: (book: BookName, party: PartyId) => Promise<readonly ChatChannel[]>;
  readonly reached: (book: BookName, party: PartyId, agreement: string | undefined) => Promise<Reached>;
  readonly zoneOf: (book: BookName) => Promise<string | undefined>;
  /** Where a person reads more: the address of an object of a party. */
  readonly link?: (book: BookName, kind: string, id: string) => string;
  readonly now: () => Instant;
  readonly everyMs?: number;
  readonly failed?: (error: unknown) => void;
}

/** As far ahead as the first reminder of a date. */
const AHEAD_DAYS = 91;

/**
 * Reminds the people of each party of its deadlines: by mail the owner, then also the deputy, and in the party's chats. A reminder is one
 * delivery, whoever looks and however often; after a time when nobody looked only the last one is sent.
 */
export class Reminding {
  private readonly options: RemindingOptions;
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> | undefined;

  constructor(options: RemindingOptions) {
    this.options = options;
  }

  start(): void {
    const look = (): void => {
      this.working ??= this.lookAll().finally(() => {
        this.working = undefined;
      });
    };
    this.timer = setInterval(look, this.options.everyMs ?? 60_000);
    this.timer.unref();
    look();
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.working;
  }

  /** Queues what is due by now for the parties of a book. */
  async look(book: BookName): Promise<void> {
    const { feeds, outbox, now } = this.options;
    for (const party of await feeds.parties(book)) {
      const at = now();
      const due = (await deadlinesOf(feeds, book, party, at, AHEAD_DAYS)).flatMap(
        (deadline) => dueReminder(deadline, at) ?? [],
      );
      const made: NewDelivery[] = [];
      for (const reminder of due) made.push(...(await this.deliveries(book, party, reminder)));
      await outbox.add(made);
    }
  }

  private async lookAll(): Promise<void> {
    try {
      for (const book of await this.options.books()) await this.look(book);
    } catch (error) {
      this.options.failed?.(error);
    }
  }

  private async deliveries(book: BookName, party: PartyId, reminder: Reminder): Promise<readonly NewDelivery[]> {
    const { reached, chats, link, zoneOf } = this.options;
    const { deadline, left, toDeputy } = reminder;
    const { kind, id, at, agreement } = deadline;
    const zone = parseZone((await zoneOf(book)) ?? "") ?? UTC;
    const address = link?.(book, kind, id);
    const title = `${DEADLINE_TITLE[kind]} by ${deadlineText(zone, at)}`;
    const text = `${id}. This is the reminder of ${left === "half of the time" ? left : `${left} before`}.`;
    const message: ChatMessage = { title, text, ...(address === undefined ? {} : { link: address }) };
    const key = `reminder/${party}/${kind}/${id}/${at}/${left}`;
    const { owner, deputy } = await reached(book, party, agreement);
    const people = [owner, ...(toDeputy || owner === undefined ? [deputy] : [])].flatMap((to) => to ?? []);
    const mails = people.map((to): NewDelivery => {
      const body: QueuedMail = {
        what: "reminder",
        to,
        copies: [],
        subject: `${title} (${id})`,
        text: mailText(message),
      };
      return {
        book,
        party,
        kind: "mail",
        endpoint: `mail:${to.toLowerCase()}`,
        key: `${key}/${to.toLowerCase()}`,
        body,
      };
    });
    const told = (await chats(book, party)).map(
      (channel): NewDelivery => ({
        book,
        party,
        kind: "chat",
        endpoint: `chat:${book}/${channel.id}`,
        key: `${key}/${channel.id}`,
        body: { channel: channel.id, message },
      }),
    );
    return [...mails, ...told];
  }
}

const mailText = ({ title, text, link }: ChatMessage): string =>
  [title, text, ...(link === undefined ? [] : ["", link]), ""].join("\n");
