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
