import { randomBytes } from "node:crypto";
import type { NoticeId, PartyId } from "@offtake/core/kernel";
import type { BookName } from "@offtake/store/log";
import type { Pool } from "pg";
import { linkToken, readLinkToken } from "./token.ts";

/** What an opened link is good for: one notice, as one party. */
export interface OpenLink {
  readonly book: BookName;
  readonly id: string;
  readonly notice: NoticeId;
  readonly party: PartyId;
}

const DAY_MS = 86_400_000;
/** A link lives as long as a notice may, and not for ever. */
export const LINK_DAYS = 60;

/** Secret of the broker by its name, drawn at random the first time. */
export async function brokerSecret(pool: Pool, name: string): Promise<Buffer> {
  await pool.query("insert into broker_secrets (name, secret) values ($1, $2) on conflict do nothing", [
    name,
    randomBytes(32),
  ]);
  const { rows } = await pool.query<{ secret: Buffer }>("select secret from broker_secrets where name = $1", [name]);
  if (rows[0] === undefined) throw new Error(`Broken belief: the secret ${name} was just written.`);
  return rows[0].secret;
}

/** Links under which one notice is shown and can be answered without an account: signed, of limited time, and revocable. */
export class NoticeLinks {
  private readonly pool: Pool;
  private readonly secret: Buffer;
  private readonly now: () => number;

  private constructor(pool: Pool, secret: Buffer, now: () => number) {
    this.pool = pool;
    this.secret = secret;
    this.now = now;
  }

  static async open(pool: Pool, now: () => number = Date.now): Promise<NoticeLinks> {
    return new NoticeLinks(pool, await brokerSecret(pool, "notice links"), now);
  }

  /** The token of a new link; it stands behind `/n/`. */
  async make(book: BookName, notice: NoticeId, party: PartyId, days = LINK_DAYS): Promise<string> {
    const id = randomBytes(16).toString("hex");
    const expiresMs = this.now() + days * DAY_MS;
    await this.pool.query(
      "insert into notice_links (book, id, notice, party, expires_at) values ($1, $2, $3, $4, to_timestamp($5::double precision / 1000))",
      [book, id, notice, party, expiresMs],
    );
    return linkToken(this.secret, { book, id, expiresMs });
  }

  /** Undefined for what was not signed here, has expired or was revoked: nobody can tell which. */
  async find(token: string): Promise<OpenLink | undefined> {
    const name = readLinkToken(this.secret, token, this.now());
    if (name === undefined) return undefined;
    const { rows } = await this.pool.query<{ notice: string; party: string }>(
      "select notice, party from notice_links where book = $1 and id = $2 and revoked_at is null",
      [name.book, name.id],
    );
    const [row] = rows;
    return row && { book: name.book, id: name.id, notice: row.notice as NoticeId, party: row.party as PartyId };
  }

  /** No link to the notice opens anything any more. */
  async revoke(book: BookName, notice: NoticeId): Promise<void> {
    await this.pool.query(
      "update notice_links set revoked_at = clock_timestamp() where book = $1 and notice = $2 and revoked_at is null",
      [book, notice],
    );
  }
}
