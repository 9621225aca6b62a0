import type { NoticeId, PartyId } from "@offtake/core/kernel";
import type { BookName } from "@offtake/store/log";
import type { FileStore } from "../files/index.ts";
import {
  type Addressee,
  type Letter,
  letterOf,
  letterPdf,
  type LetterSource,
  type NoticeForm,
} from "../letters/index.ts";
import type { NewDelivery } from "../outbox/index.ts";
import type { Consequences, FollowedEntry } from "./follower.ts";

/** The channel of a party's notices that this is about. */
export const MAIL_CHANNEL = "mail";

/** A mail that waits in the outbox. Its letter is kept as a file: what is sent is what was made, however often it is tried. */
export interface QueuedMail {
  readonly what: "notice" | "receipt" | "reminder";
  readonly to: string;
  readonly copies: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** Reference of the letter, a file of the keeper's. */
  readonly file?: string;
  readonly fileName?: string;
  readonly replyTo?: string;
  /** The notice whose delivery it is. */
  readonly notice?: NoticeId;
}

export interface NoticeMailOptions {
  readonly keeperOf: (book: BookName) => Promise<PartyId | undefined>;
  readonly known: (
    book: BookName,
    party: PartyId,
    notice: NoticeId,
  ) => Promise<{ readonly source: LetterSource } | undefined>;
  readonly form: (
    book: BookName,
    party: PartyId,
    agreement: string,
  ) => Promise<{ readonly sender: Addressee; readonly form: NoticeForm } | undefined>;
  readonly files: FileStore;
  /** Further fonts that letters may need. */
  readonly fonts?: readonly Uint8Array[];
  /** The address of a link to a notice; undefined where the broker has no address that others can open. */
  readonly link?: (book: BookName, party: PartyId, notice: NoticeId) => Promise<string>;
}

/** Notices that go out by mail, as letters. Whoever has no mail address on record is written to by hand. */
export function noticeMail(options: NoticeMailOptions): Consequences {
  return async (book, party, entries) => {
    const made: NewDelivery[] = [];
    for (const entry of entries) {
      const sent = sentByMail(entry);
      if (sent === undefined) continue;
      const mail = await mailOf(options, book, party, sent);
      if (mail === undefined) continue;
      made.push({
        book,
        party,
        kind: "mail",
        endpoint: `mail:${mail.to.toLowerCase()}`,
        key: `${party}/${entry.position}/mail`,
        body: mail,
      });
    }
    return made;
  };
}

function sentByMail(entry: FollowedEntry): NoticeId | undefined {
  if (entry.type !== "ownNoticeSent" && entry.type !== "ownDeliveryFailed") return undefined;
  const { event } = entry;
  if (event.type === "ownNoticeSent" && event.notice.channel === MAIL_CHANNEL) return event.notice.id;
  if (event.type === "ownDeliveryFailed" && event.nextChannel === MAIL_CHANNEL) return event.notice;
  return undefined;
}

async function mailOf(
  { keeperOf, known, form, files, link, fonts = [] }: NoticeMailOptions,
  book: BookName,
  party: PartyId,
  notice: NoticeId,
): Promise<QueuedMail | undefined> {
  const [keeper, found] = [await keeperOf(book), await known(book, party, notice)];
  if (keeper === undefined || found === undefined) return undefined;
  const addressed = await form(book, party, found.source.notice.agreement);
  const to = addressed?.form.addressee.email;
  if (addressed === undefined || to === undefined) return undefined;
  const address = await link?.(book, party, notice);
  const letter = letterOf({ source: found.source, ...addressed, ...(address === undefined ? {} : { link: address }) });
  const { reference, name } = await files.add(book, {
    bytes: await letterPdf(letter, { fonts }),
    mediaType: "application/pdf",
    name: `notice-${notice}.pdf`,
    owner: keeper,
    readers: [party],
  });
  return {
    what: "notice",
    to,
    copies: addressed.form.copies.flatMap(({ email }) => (email === undefined ? [] : [email])),
    subject: `${letter.subject} (${notice})`,
    text: letterText(letter),
    file: reference,
    fileName: name,
    notice,
    ...(addressed.sender.email === undefined ? {} : { replyTo: addressed.sender.email }),
  };
}

/** What the mail itself says; the letter is attached. */
function letterText(letter: Letter): string {
  const { deadline } = letter;
  const rows = letter.terms.map(({ label, value }) => `${label}: ${value}`);
  return [
    letter.to.name,
    "",
    letter.opening,
    letter.asked,
    "",
    ...rows,
    "",
    ...letter.answering,
    "",
    deadline.when === undefined ? deadline.title : `${deadline.title} ${deadline.when} (${deadline.utc ?? ""})`,
    ...deadline.lines,
    ...(letter.silence === undefined ? [] : ["", letter.silence]),
    "",
    ...(letter.ways.length === 0 ? [] : ["Your answer may be given", ...letter.ways.map((way) => `- ${way}`), ""]),
    "The notice itself is the letter attached.",
    "",
    `For ${letter.sender.name}`,
    "",
  ].join("\n");
}
