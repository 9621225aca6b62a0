import type { PartyId } from "@offtake/core/kernel";
import type { BookName } from "@offtake/store/log";
import type { Database } from "@offtake/store/postgres";
import type { Submission, Answer as Outcome } from "../books/index.ts";
import { FileStore } from "../files/index.ts";
import { type LinkBroker, NoticeLinks } from "../links/index.ts";
import { FORM, LAB, SENDER, type Stage } from "../letters/stage.fixture.ts";
import { Mailer, type MailSettings } from "../mail/index.ts";
import { Outbox, OUTBOX_CHANNEL, OutboxWorker } from "../outbox/index.ts";
import { FeedFollower, type FollowedFeeds, mailSender, noticeMail, receiptMail } from "./index.ts";

export const BOOK = "aurora" as BookName;
export const MERIDIANS = { ...FORM, addressee: { ...FORM.addressee, email: "legal@meridian.example" } };

/** The feeds of a stage, as they are followed. */
export function feedsOf(stage: Stage): FollowedFeeds {
  return {
    books: () => Promise.resolve([BOOK]),
    lengths: () =>
      Promise.resolve(
        new Map((["lab", "meridian", "northlight"] as PartyId[]).map((party) => [party, stage.feed(party).length])),
      ),
    read: (_book, party, from, limit) =>
      Promise.resolve(
        stage
          .feed(party)
          .map((event, position) => ({ position, hash: `hash ${position}`, type: event.type, event }))
          .slice(from, from + limit),
      ),
    onGrowth: () => Promise.resolve(() => Promise.resolve()),
  };
}

/** Everything by which notices of a stage go out and answers come in, over a real database and a real mail server. */
export async function post(database: Database, stage: Stage, mail: Omit<MailSettings, "from">) {
  const files = new FileStore(database);
  const outbox = new Outbox(database);
  const links = await NoticeLinks.open(database.pool);
  const mailer = new Mailer({ ...mail, from: "Aurora Labs <notices@aurora.example>" });
  const keeperOf = () => Promise.resolve(LAB);
  const known: LinkBroker["known"] = (_book, party, id) => {
    const source = stage.source(party, id);
    const state = stage.state.notices.get(id);
    if (source === undefined || state === undefined) return Promise.resolve(undefined);
    const answered = state.answer === undefined ? [] : [`answered: ${state.answer.answer.type}`];
    return Promise.resolve({ source, status: state.status, answered });
  };
  const form = () => Promise.resolve({ sender: SENDER, form: MERIDIANS });
  const submit = (_book: BookName, { body, actor }: Submission): Promise<Outcome> => {
    const { events, rejection } = stage.send(body, actor);
    if (rejection !== undefined) return Promise.resolve({ outcome: "rejected", rejection });
    return Promise.resolve({ outcome: "accepted", position: 0, events, repeated: false });
  };
  const link = async (book: BookName, party: PartyId, notice: Parameters<LinkBroker["known"]>[2]) =>
    `https://offtake.aurora.example/n/${await links.make(book, notice, party)}`;
  const follower = new FeedFollower({
    database,
    feeds: feedsOf(stage),
    outbox,
    consequences: [
      noticeMail({ keeperOf, known, form, files, link }),
      receiptMail({ form, isToldByMail: (_book, party) => Promise.resolve(party === "meridian") }),
    ],
  });
  const worker = new OutboxWorker({
    outbox,
    senders: { mail: mailSender({ mailer, files, keeperOf, submit }) },
    listen: (heard) => database.listen(OUTBOX_CHANNEL, heard),
    random: () => 0.5,
    pollMs: 200,
  });
  await worker.start();
  const broker: LinkBroker = { links, known, form, submit };
  return {
    files,
    outbox,
    follower,
    broker,
    follow: () => follower.follow(BOOK),
    close: async () => {
      await worker.close();
      mailer.close();
    },
  };
}
