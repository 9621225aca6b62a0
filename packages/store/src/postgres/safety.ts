import type { Pool } from "pg";

/** The database would lose commits with the power, or is too old. */
export class UnsafeDatabase extends Error {
  readonly code = "unsafe_database";

  constructor(message: string) {
    super(message);
    this.name = "UnsafeDatabase";
  }
}

/** The oldest PostgreSQL that is tested. */
const OLDEST = 150_000;

const WANTED: Readonly<Record<string, readonly string[]>> = {
  fsync: ["on"],
  full_page_writes: ["on"],
  synchronous_commit: ["on", "remote_apply", "remote_write", "local"],
};

/** An acknowledged decision must still be there after a power cut, so a server that does not write through is refused unless told. */
export async function assertSafe(pool: Pool, allowUnsafe: boolean): Promise<void> {
  const { rows } = await pool.query<{ name: string; setting: string }>(
    "select name, setting from pg_settings where name = any($1)",
    [[...Object.keys(WANTED), "server_version_num"]],
  );
  const settings = new Map(rows.map(({ name, setting }) => [name, setting]));
  if (Number(settings.get("server_version_num")) < OLDEST)
    throw new UnsafeDatabase(`PostgreSQL ${OLDEST / 10_000} or newer is needed.`);
  if (allowUnsafe) return;
  for (const [name, allowed] of Object.entries(WANTED)) {
    const setting = settings.get(name) ?? "";
    if (!allowed.includes(setting))
      throw new UnsafeDatabase(
        `The database has ${name} = ${setting}: what it acknowledges may be lost with the power. Set it to ${allowed[0]}.`,
      );
  }
}

/** Whoever does not own the tables would be shown no rows at all by their rules, without a word. */
export async function assertOwner(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ held: boolean; owner: string }>(
    `select row_security_active(c.oid) as held, pg_get_userbyid(c.relowner) as owner
     from pg_class c where c.oid = 'feeds'::regclass`,
  );
  const [row] = rows;
  if (row?.held === true)
    throw new UnsafeDatabase(
      `The tables belong to ${row.owner}: connect as that user, or grant ${row.owner} to the user of DATABASE_URL.`,
    );
}
