import type { PartyId } from "@offtake/core/kernel";
import type { BookName } from "@offtake/store/log";
import type { Submission } from "../books/index.ts";
import type { FileStore } from "../files/index.ts";
import type { Mailer } from "../mail/index.ts";
import { MAIL_SCHEDULE, type Delivery, type Sender, type Sent } from "../outbox/index.ts";
import { MAIL_CHANNEL, type QueuedMail } from "./notice-mail.ts";

export interface MailSenderOptions {
  readonly mailer: Mailer;
  readonly files: FileStore;
  readonly keeperOf: (book: BookName) => Promise<PartyId | undefined>;
  readonly submit: (book: BookName, submission: Submission) => Promise<unknown>;
}

/**
 * Sends queued mails. What a mail server says of a notice is reported to the core: refused, it bounced, and the next channel is tried; taken, it
 * was delivered where the settings say that this is what it means. What counts is then for the delivery rule of the clause.
 */
export function mailSender({ mailer, files, keeperOf, submit }: MailSenderOptions): Sender {
  return {
    schedule: MAIL_SCHEDULE,
    timeoutMs: 60_000,
    send: async ({ id, book, body }) => {
      const mail = body as QueuedMail;
      const keeper = await keeperOf(book);
      const content =
        mail.file === undefined || keeper === undefined ? undefined : await files.content(book, keeper, mail.file);
      if (mail.file !== undefined && content === undefined)
        return { outcome: "refused", detail: "the letter has been erased" };
      return mailer.send({
        ...mail,
        name: id,
        attachments:
          content === undefined ? [] : [{ name: mail.fileName ?? "notice.pdf", mediaType: "application/pdf", content }],
      });
    },
    settled: (delivery, sent) => report(delivery, sent),
  };

  async function report({ id, book, body }: Delivery, { outcome }: Sent): Promise<void> {
    const { notice } = body as QueuedMail;
    const keeper = await keeperOf(book);
    if (notice === undefined || keeper === undefined) return;
    const event = outcome !== "sent" ? "bounced" : mailer.settings.accepted === "delivered" ? "delivered" : undefined;
    if (event === undefined) return;
    await submit(book, {
      body: { type: "confirmDelivery", notice, event, channel: MAIL_CHANNEL },
      actor: keeper,
      key: `delivery/${id}/${event}`,
    });
  }
}
