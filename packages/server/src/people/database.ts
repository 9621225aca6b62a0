import type { Database } from "@offtake/store/postgres";
import type { Remembered } from "./remembered.ts";
import type { Pool, PoolClient, QueryResultRow } from "pg";

/** What everything about people is made from. */
export interface PeopleContext {
  readonly pool: Pool;
  /** All or nothing; what is remembered of people is forgotten afterwards. */
  readonly atOnce: Database["transaction"];
  readonly remembered: Remembered;
  /** Milliseconds since 1970: of sessions, keys and one-time logins. Deadlines go by the database's clock, and not by this one. */
  readonly now: () => number;
}

export type Queryable = Pick<Pool | PoolClient, "query">;

export async function rowsOf<Row extends QueryResultRow>(
  on: Queryable,
  text: string,
  values: readonly unknown[],
): Promise<readonly Row[]> {
  const { rows } = await (on as Pool).query<Row>(text, [...values]);
  return rows;
}

/** How many rows a statement changed. */
export async function changed(on: Queryable, text: string, values: readonly unknown[]): Promise<number> {
  const { rowCount } = await (on as Pool).query(text, [...values]);
  return rowCount ?? 0;
}
