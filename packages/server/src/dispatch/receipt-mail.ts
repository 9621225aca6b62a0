import type { DisclosedEvent } from "@offtake/core/disclosure";
import { codesText, codeText, countText, rateText } from "@offtake/core/explanation";
import { formatInstant, type PartyId } from "@offtake/core/kernel";
import type { BookName } from "@offtake/store/log";
import type { Addressee, NoticeForm } from "../letters/index.ts";
import type { NewDelivery } from "../outbox/index.ts";
import type { Consequences, FollowedEntry } from "./follower.ts";
import type { QueuedMail } from "./notice-mail.ts";

export interface ReceiptMailOptions {
  /** The form of notices to a party in general. */
  readonly form: (
    book: BookName,
    party: PartyId,
  ) => Promise<{ readonly sender: Addressee; readonly form: NoticeForm } | undefined>;
  /** Whether a party is told by mail at all: whoever reads the portal has its receipts there. */
  readonly isToldByMail: (book: BookName, party: PartyId) => Promise<boolean>;
}

/** Receipts of what a party did, or of what was recorded for it, and of its awards: mailed when they are issued. */
export function receiptMail({ form, isToldByMail }: ReceiptMailOptions): Consequences {
  return async (book, party, entries) => {
    const told = entries.flatMap((entry) => {
      const words = wordsOf(entry.event);
      return words === undefined ? [] : [{ entry, ...words }];
    });
    if (told.length === 0 || !(await isToldByMail(book, party))) return [];
    const addressed = await form(book, party);
    const to = addressed?.form.addressee.email;
    if (addressed === undefined || to === undefined) return [];
    const { sender } = addressed;
    return told.map(({ entry, subject, text }): NewDelivery => {
      const mail: QueuedMail = {
        what: "receipt",
        to,
        copies: [],
        subject,
        text: receiptText(book, party, entry, text, sender),
        ...(sender.email === undefined ? {} : { replyTo: sender.email }),
      };
      return {
        book,
        party,
        kind: "mail",
        endpoint: `mail:${to.toLowerCase()}`,
        key: `${party}/${entry.position}/receipt`,
        body: mail,
      };
    });
  };
}

function receiptText(
  book: BookName,
  party: PartyId,
  { position, hash, event }: FollowedEntry,
  text: readonly string[],
  sender: Addressee,
): string {
  return [
    ...text,
    "",
    `Recorded ${formatInstant(event.at)}.`,
    "",
    "Receipt. Keep it: it proves later what was on record for you, and that nothing was changed since.",
    `  book      ${book}`,
    `  party     ${party}`,
    `  entry     ${position}`,
    `  hash      ${hash}`,
    "",
    `For ${sender.name}`,
    "",
  ].join("\n");
}

const SAID = { accept: "accepted", refuse: "refused", object: "objected to" } as const;

function wordsOf(event: DisclosedEvent): { readonly subject: string; readonly text: readonly string[] } | undefined {
  switch (event.type) {
    case "ownAnswerRecorded": {
      const { answer, verdict, recording, defects } = event.answer;
      const what =
        answer.type === "accept" ? ` ${answer.count === undefined ? "all of it" : countText(answer.count)}` : "";
      const price = answer.price === undefined ? "" : ` at ${rateText(answer.price)}`;
      const how =
        recording === undefined
          ? ""
          : ` It was put on record for you from a ${recording.medium} (file ${recording.file}).`;
      const why = defects.length === 0 ? "" : ` What keeps it from binding: ${codesText(defects)}.`;
      return {
        subject: `Receipt: answer to notice ${event.notice}`,
        text: [
          `On record: you ${SAID[answer.type]}${what}${price}, notice ${event.notice}.${how}`,
          `It is held to be: ${codeText(verdict)}.${why}`,
        ],
      };
    }
    case "ownBidRecorded":
      return {
        subject: `Receipt: bid ${event.bid.id}`,
        text: [
          `On record: your bid ${event.bid.id}. It is held to be: ${codeText(event.verdict)}.`,
          ...(event.bid.recording === undefined
            ? []
            : [
                `It was put on record for you from a ${event.bid.recording.medium} (file ${event.bid.recording.file}).`,
              ]),
        ],
      };
    case "ownAwardIssued":
      return {
        subject: `Award ${event.award}`,
        text: [
          `You have been awarded (award ${event.award}):`,
          ...event.supplied.map(
            ({ count, acceleratorType, region, window, price }) =>
              `- ${countText(count)} ${acceleratorType}, ${region}, from ${formatInstant(window.from)} to ${formatInstant(window.to)}${price === undefined ? "" : `, at ${rateText(price)}`}`,
          ),
        ],
      };
    case "ownAwardConfirmed":
      return { subject: `Award ${event.award} is confirmed`, text: [`Award ${event.award} is confirmed.`] };
    default:
      return undefined;
  }
}
