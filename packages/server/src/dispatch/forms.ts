import type { PartyId } from "@offtake/core/kernel";
import type { BookName } from "@offtake/store/log";
import type { Pool } from "pg";
import { z } from "zod";
import { LETTER_LANGUAGES, type NoticeForm } from "../letters/index.ts";

const line = z.string().trim().min(1).max(200);
const addressee = z.strictObject({
  name: line,
  lines: z.array(line).max(8).default([]),
  email: z.email().max(254).optional(),
});

/** What the notice clause asks of a notice to a party, as it is put in. */
export const noticeFormDocument = z.strictObject({
  addressee,
  copies: z.array(addressee).max(20).default([]),
  language: z.enum(LETTER_LANGUAGES).default("en"),
  method: line.optional(),
  clause: line.optional(),
});

/** Addresses of notices, beside the log: of a party for one agreement, or for all of them. */
export class NoticeForms {
  private readonly pool: Pool;

  constructor(pool: Pool) {
    this.pool = pool;
  }

  /** That for the agreement, else that for all. */
  async find(book: BookName, party: PartyId, agreement: string): Promise<NoticeForm | undefined> {
    const { rows } = await this.pool.query<{ form: string }>(
      "select form from notice_forms where book = $1 and party = $2 and agreement in ('', $3) order by agreement desc limit 1",
      [book, party, agreement],
    );
    return rows[0] === undefined ? undefined : (JSON.parse(rows[0].form) as NoticeForm);
  }

  async set(book: BookName, party: PartyId, agreement: string | undefined, form: NoticeForm): Promise<void> {
    await this.pool.query(
      `insert into notice_forms (book, party, agreement, form) values ($1, $2, $3, $4)
       on conflict (book, party, agreement) do update set form = excluded.form, set_at = clock_timestamp()`,
      [book, party, agreement ?? "", JSON.stringify(form)],
    );
  }

  /** Names and addresses are gone; notices to the party are written to its name again. */
  async erase(book: BookName, party: PartyId): Promise<void> {
    await this.pool.query("delete from notice_forms where book = $1 and party = $2", [book, party]);
  }
}
