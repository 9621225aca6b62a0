import { createTransport } from "nodemailer";

/** How mail leaves: by which server, and what it means that the server took it. */
export interface MailSettings {
  /** `smtp://user:password@host:587`, `smtps://...`. */
  readonly url: string;
  /** `Offtake <notices@lab.example>`. */
  readonly from: string;
  /**
   * What it means that the server took a notice: `sent`, for a server that passes it on, so that somebody has to say when it arrived;
   * `delivered`, where the server is the addressee's own or answers for the arrival.
   */
  readonly accepted: "sent" | "delivered";
}

export interface Attachment {
  readonly name: string;
  readonly mediaType: string;
  readonly content: Buffer;
}

export interface Mail {
  readonly to: string;
  readonly copies: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  /** The same mail sent again has the same name, so that it can be told. */
  readonly name: string;
  readonly replyTo?: string;
}

/** What a mail server said. */
export type MailOutcome =
  | { readonly outcome: "sent"; readonly detail: string }
  | { readonly outcome: "failed"; readonly detail: string }
  | { readonly outcome: "refused"; readonly detail: string };

/** A permanent answer of a mail server (RFC 5321, 4.2.1). */
const isPermanent = (code: number | undefined): boolean => code !== undefined && code >= 500 && code < 600;

/** Sends mail by the server that the settings name. */
export class Mailer {
  readonly settings: MailSettings;
  private readonly transport: ReturnType<typeof createTransport>;

  constructor(settings: MailSettings) {
    this.settings = settings;
    this.transport = createTransport(settings.url, {
      connectionTimeout: 20_000,
      greetingTimeout: 20_000,
      socketTimeout: 40_000,
    } as never);
  }

  /** One attempt. A copy that is refused does not make the mail refused; its addressee does. */
  async send(mail: Mail): Promise<MailOutcome> {
    const host = /@([^>\s]+)/.exec(this.settings.from)?.[1] ?? "localhost";
    try {
      const info = (await this.transport.sendMail({
        from: this.settings.from,
        to: mail.to,
        cc: [...mail.copies],
        subject: mail.subject,
        text: mail.text,
        messageId: `<${mail.name}@${host}>`,
        ...(mail.replyTo === undefined ? {} : { replyTo: mail.replyTo }),
        attachments: mail.attachments.map(({ name, mediaType, content }) => ({
          filename: name,
          contentType: mediaType,
          content,
        })),
        headers: { "Auto-Submitted": "auto-generated" },
        disableFileAccess: true,
        disableUrlAccess: true,
      })) as { readonly response?: string; readonly rejected?: readonly unknown[] };
      const rejected = (info.rejected ?? []).map(String);
      if (rejected.some((address) => address.toLowerCase() === mail.to.toLowerCase()))
        return { outcome: "refused", detail: `the server does not take mail for ${mail.to}` };
      return { outcome: "sent", detail: (info.response ?? "taken").slice(0, 300) };
    } catch (error) {
      const { responseCode, message } = error as { readonly responseCode?: number; readonly message?: string };
      const detail = (message ?? "unknown").slice(0, 300);
      return { outcome: isPermanent(responseCode) ? "refused" : "failed", detail };
    }
  }

  close(): void {
    this.transport.close();
  }
}
