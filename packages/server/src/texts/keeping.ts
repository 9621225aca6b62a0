import type { BookName } from "@offtake/store/log";
import type { Pool, PoolClient } from "pg";
import { FileProblem } from "../files/problem.ts";

/** For how long what is about an agreement is kept, and what holds it beyond that. */
export interface KeepingRule {
  /** Of one agreement; of all of the book when absent. */
  readonly agreement?: string;
  /** Free words and files are kept for so many days after they came. */
  readonly keepDays?: number;
  /** While there is a reason nothing about the agreement is erased, names neither. */
  readonly legalHold?: string;
}

type Asked = Pick<Pool | PoolClient, "query">;

/** Retention and legal hold, by agreement. */
export class Keeping {
  private readonly pool: Pool;

  constructor(pool: Pool) {
    this.pool = pool;
  }

  async list(book: BookName): Promise<readonly KeepingRule[]> {
    const { rows } = await this.pool.query<{ agreement: string; keep_days: number | null; legal_hold: string | null }>(
      "select agreement, keep_days, legal_hold from keeping where book = $1 order by agreement",
      [book],
    );
    return rows.map(({ agreement, keep_days, legal_hold }) => ({
      ...(agreement === "" ? {} : { agreement }),
      ...(keep_days === null ? {} : { keepDays: keep_days }),
      ...(legal_hold === null ? {} : { legalHold: legal_hold }),
    }));
  }

  /** Takes the place of the rule that there was; one that says nothing takes it away. */
  async set(book: BookName, { agreement = "", keepDays, legalHold }: KeepingRule, by: string): Promise<void> {
    if (keepDays === undefined && legalHold === undefined) {
      await this.pool.query("delete from keeping where book = $1 and agreement = $2", [book, agreement]);
      return;
    }
    await this.pool.query(
      `insert into keeping (book, agreement, keep_days, legal_hold, set_by) values ($1, $2, $3, $4, $5)
       on conflict (book, agreement) do update set keep_days = excluded.keep_days, legal_hold = excluded.legal_hold,
         set_by = excluded.set_by, set_at = clock_timestamp()`,
      [book, agreement, keepDays ?? null, legalHold ?? null, by],
    );
  }

  /**
   * @param isName of a person: those are kept by holds alone
   * @param on the connection of a transaction that goes on by the answer: it does not wait for another one meanwhile
   * @throws FileProblem where a hold or a rule keeps what is about any of the agreements
   */
  async assertMayErase(
    book: BookName,
    agreements: readonly string[],
    since: Date,
    isName = false,
    on: Asked = this.pool,
  ): Promise<void> {
    const { rows } = await on.query<{ held: boolean; kept: boolean }>(
      `select coalesce(bool_or(legal_hold is not null), false) as held,
              coalesce(bool_or($3::timestamptz + make_interval(days => keep_days) > clock_timestamp()), false) as kept
       from keeping where book = $1 and agreement = any($2)`,
      [book, ["", ...agreements], since],
    );
    if (rows[0]?.held === true) throw new FileProblem("file_on_hold", "A legal hold keeps this.");
    if (rows[0]?.kept === true && !isName)
      throw new FileProblem("file_kept_by_rule", "A rule of retention keeps this longer.");
  }
}
