import { randomBytes } from "node:crypto";
import type { PartyId } from "@offtake/core/kernel";
import type { BookName } from "@offtake/store/log";
import type { Database, PartyReader } from "@offtake/store/postgres";
import type { Pool } from "pg";
import { CHAT_SCHEDULE, type Sender, type Sent } from "../outbox/index.ts";
import { postChecked, type PostOptions, urlProblem, WebhookProblem } from "../webhooks/index.ts";

export type ChatKind = "slack" | "teams";

export interface ChatChannel {
  readonly id: string;
  readonly kind: ChatKind;
}

/** A message that links and never decides. */
export interface ChatMessage {
  readonly title: string;
  readonly text: string;
  readonly link?: string;
}

/** Chats that a party has told. Their addresses are secrets: whoever has one can write into the chat. They are never shown again. */
export class ChatChannels {
  private readonly pool: Pool;
  private readonly reader: PartyReader;
  private readonly options: PostOptions;

  constructor({ pool, reader }: Pick<Database, "pool" | "reader">, options: PostOptions) {
    this.pool = pool;
    this.reader = reader;
    this.options = options;
  }

  /** @throws WebhookProblem where the address is not taken */
  async add(book: BookName, party: PartyId, kind: ChatKind, url: string): Promise<ChatChannel> {
    const problem = urlProblem(url, this.options.rules);
    if (problem !== undefined)
      throw new WebhookProblem(problem, "The address of a chat's incoming webhook is expected.");
    const id = `cht_${randomBytes(12).toString("hex")}`;
    await this.pool.query("insert into chat_channels (book, id, party, kind, url) values ($1, $2, $3, $4, $5)", [
      book,
      id,
      party,
      kind,
      url,
    ]);
    return { id, kind };
  }

  async list(book: BookName, party: PartyId): Promise<readonly ChatChannel[]> {
    const { rows } = await this.reader.query<ChatChannel>(book, party, {
      text: "select id, kind from chat_channels where book = $1 and party = $2 order by created_at, id",
      values: [book, party],
    });
    return rows;
  }

  async remove(book: BookName, party: PartyId, id: string): Promise<boolean> {
    const { rowCount } = await this.pool.query("delete from chat_channels where book = $1 and party = $2 and id = $3", [
      book,
      party,
      id,
    ]);
    return rowCount === 1;
  }

  /** Sends messages to chats, in the form that each takes. */
  sender(): Sender {
    return {
      schedule: CHAT_SCHEDULE,
      timeoutMs: 25_000,
      send: async ({ book, body }, signal): Promise<Sent> => {
        const { channel, message } = body as { readonly channel: string; readonly message: ChatMessage };
        const { rows } = await this.pool.query<{ url: string; kind: ChatKind }>(
          "select url, kind from chat_channels where book = $1 and id = $2",
          [book, channel],
        );
        const [row] = rows;
        if (row === undefined) return { outcome: "refused", detail: "the chat is not told any more" };
        const text = JSON.stringify(row.kind === "slack" ? slackBody(message) : teamsBody(message));
        const { status } = await postChecked(
          new URL(row.url),
          { "content-type": "application/json" },
          text,
          this.options,
          signal,
        );
        if (status >= 200 && status < 300) return { outcome: "sent", detail: String(status) };
        return { outcome: status === 404 || status === 410 ? "refused" : "failed", detail: String(status) };
      },
    };
  }
}

/** Slack reads `&`, `<` and `>` as its own. */
const slackText = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

export function slackBody({ title, text, link }: ChatMessage): unknown {
  const more = link === undefined ? "" : `\n<${link}|Open>`;
  return { text: `*${slackText(title)}*\n${slackText(text)}${more}` };
}

/** An adaptive card: what Teams' incoming webhooks (Workflows) take. */
export function teamsBody({ title, text, link }: ChatMessage): unknown {
  return {
    type: "message",
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        content: {
          $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
          type: "AdaptiveCard",
          version: "1.4",
          body: [
            { type: "TextBlock", text: title, weight: "Bolder", wrap: true },
            { type: "TextBlock", text, wrap: true },
          ],
          ...(link === undefined ? {} : { actions: [{ type: "Action.OpenUrl", title: "Open", url: link }] }),
        },
      },
    ],
  };
}
