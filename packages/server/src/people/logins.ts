import { Attempts } from "./attempts.ts";
import { changed, type PeopleContext, type Queryable, rowsOf } from "./database.ts";
import { PeopleProblem } from "./problems.ts";
import { hashOf, isToken, newToken, randomId } from "./secrets.ts";
import type { OpenedSession, SessionKind, Sessions } from "./sessions.ts";

/** How long a one-time login is good for; milliseconds. */
export const ONE_TIME_MS = { bootstrap: 3_600_000, invitation: 72 * 3_600_000 } as const;
export type OneTimePurpose = keyof typeof ONE_TIME_MS;

export interface OneTimeLogin {
  /** Shown once. */
  readonly code: string;
  readonly expiresAt: number;
}

/** Somebody who has no identity provider here: comes in by one-time logins only. */
export async function addLocalLogin(on: Queryable, now: number, { isFirst = false } = {}): Promise<string> {
  const login = randomId<string>("lgn");
  await changed(on, "insert into logins (login, made_at, is_first) values ($1, $2, $3)", [login, now, isFirst]);
  return login;
}

/** Somebody of an identity provider, by the address that the provider vouches for. One login for one address, whoever invites it. */
export async function providerLogin(on: Queryable, provider: string, email: string, now: number): Promise<string> {
  await changed(
    on,
    `insert into logins (login, provider, email, made_at) values ($1, $2, $3, $4)
     on conflict (provider, lower(email)) do nothing`,
    [randomId("lgn"), provider, email, now],
  );
  const [row] = await rowsOf<{ login: string }>(
    on,
    "select login from logins where provider = $1 and lower(email) = lower($2)",
    [provider, email],
  );
  if (row === undefined) throw new Error("a login that was just made is not there");
  return row.login;
}

/** A one-time login; those made earlier for the same person and purpose end. */
export async function oneTimeLogin(
  on: Queryable,
  login: string,
  purpose: OneTimePurpose,
  now: number,
): Promise<OneTimeLogin> {
  const code = newToken("oneTime");
  const expiresAt = now + ONE_TIME_MS[purpose];
  await changed(on, "delete from login_links where login = $1 and purpose = $2 and used_at is null", [login, purpose]);
  await changed(on, "insert into login_links (hash, login, purpose, made_at, expires_at) values ($1, $2, $3, $4, $5)", [
    hashOf(code),
    login,
    purpose,
    now,
    expiresAt,
  ]);
  return { code, expiresAt };
}

export class Logins {
  private readonly context: PeopleContext;
  private readonly sessions: Sessions;
  private readonly attempts: Attempts;

  constructor(context: PeopleContext, sessions: Sessions) {
    this.context = context;
    this.sessions = sessions;
    this.attempts = new Attempts(context);
  }

  /**
   * A session for a one-time code. A code is good once, also where two come with it at the same moment.
   *
   * @param address where it comes from, for the limit of attempts
   * @throws PeopleProblem `login_refused`, the same for unknown, used and too old; `too_many_attempts`
   */
  async exchange(code: string, kind: SessionKind, address: string): Promise<OpenedSession> {
    await this.attempts.assertFree(address);
    const now = this.context.now();
    const [used] = isToken("oneTime", code)
      ? await rowsOf<{ login: string; purpose: OneTimePurpose }>(
          this.context.pool,
          `update login_links set used_at = $2 where hash = $1 and used_at is null and expires_at > $2
           returning login, purpose`,
          [hashOf(code), now],
        )
      : [];
    if (used === undefined || !(await this.isMember(used.login))) return this.refuse(address);
    return this.sessions.open(used.login, used.purpose === "bootstrap" ? "bootstrap" : "session", kind);
  }

  /** Counts a failed attempt and says no, in the words for every reason. */
  async refuse(address: string): Promise<never> {
    await this.attempts.failed(address);
    throw new PeopleProblem("login_refused");
  }

  assertFree(address: string): Promise<void> {
    return this.attempts.assertFree(address);
  }

  async isMember(login: string): Promise<boolean> {
    const rows = await rowsOf(
      this.context.pool,
      "select 1 from members where login = $1 and removed_at is null limit 1",
      [login],
    );
    return rows.length > 0;
  }

  /** Takes away what can be of no use any more. */
  async sweep(): Promise<void> {
    const now = this.context.now();
    await this.context.atOnce(async (client) => {
      await changed(client, "delete from login_links where expires_at <= $1", [now]);
      await changed(client, "delete from login_journeys where expires_at <= $1", [now]);
    });
    await this.attempts.sweep();
  }
}
