import { createHash } from "node:crypto";
import type { PartyId } from "@offtake/core/kernel";
import type { BookName } from "@offtake/store/log";
import { changed, type PeopleContext, rowsOf } from "./database.ts";
import type { PersonId } from "./principal.ts";
import { type Role, rolesOf } from "./roles.ts";
import { hashOf, isToken, newToken } from "./secrets.ts";

export type SessionKind = "browser" | "terminal";

/** After how long without use a session ends, and after how long anyway; milliseconds. */
export const SESSION_TIMES: Readonly<Record<SessionKind, { readonly idleMs: number; readonly wholeMs: number }>> = {
  browser: { idleMs: 3_600_000, wholeMs: 12 * 3_600_000 },
  terminal: { idleMs: 24 * 3_600_000, wholeMs: 7 * 24 * 3_600_000 },
};

/** Use is written down at most this often, so that reading does not write. */
const SEEN_EVERY_MS = 60_000;

export interface OpenedSession {
  /** Shown once. */
  readonly token: string;
  readonly csrf: string;
  readonly expiresAt: number;
}

/** One of the parties that somebody may act for. */
export interface Membership {
  readonly book: BookName;
  readonly party: PartyId;
  readonly person: PersonId;
  readonly roles: readonly Role[];
  readonly signsAs?: string;
  readonly name: string | null;
}

/** A live session: whose it is, and for whom it may act. */
export interface SessionView {
  readonly login: string;
  readonly via: "session" | "bootstrap";
  readonly kind: SessionKind;
  readonly csrf: string;
  readonly expiresAt: number;
  readonly chosen?: { readonly book: BookName; readonly party: PartyId };
  readonly memberships: readonly Membership[];
}

/** What a page must send back to change something: only who has the session can know it, and it does not tell the session. */
export function csrfOf(token: string): string {
  return createHash("sha256").update("offtake csrf\n").update(token).digest("base64url");
}

interface SessionRow {
  readonly login: string;
  readonly via: SessionView["via"];
  readonly kind: SessionKind;
  readonly book: BookName | null;
  readonly party: PartyId | null;
  seenAt: number;
  readonly expiresAt: number;
}

interface MembershipRow {
  readonly book: BookName;
  readonly party: PartyId;
  readonly person: PersonId;
  readonly roles: readonly Role[];
  readonly group_roles: readonly Role[];
  readonly signs_as: string | null;
  readonly name: string | null;
}

/** Sessions are rows: ending one ends it on this node at once, and on every other when it hears of it, within a second at the latest. */
export class Sessions {
  private readonly context: PeopleContext;

  constructor(context: PeopleContext) {
    this.context = context;
  }

  async open(login: string, via: SessionView["via"], kind: SessionKind): Promise<OpenedSession> {
    const token = newToken("session");
    const now = this.context.now();
    const expiresAt = now + SESSION_TIMES[kind].wholeMs;
    await changed(
      this.context.pool,
      `insert into sessions (hash, login, via, kind, made_at, seen_at, expires_at) values ($1, $2, $3, $4, $5, $5, $6)`,
      [hashOf(token), login, via, kind, now, expiresAt],
    );
    return { token, csrf: csrfOf(token), expiresAt };
  }

  /** The session of a token, where it is live; a browser's token is good in a cookie only, and a terminal's in the header only. */
  async find(token: string, kind: SessionKind): Promise<SessionView | undefined> {
    if (!isToken("session", token)) return undefined;
    const { pool, now, remembered } = this.context;
    const at = now();
    const hash = hashOf(token);
    const found = await remembered.find(`session ${hash.toString("base64")}`, () => this.look(hash));
    if (found === undefined) return undefined;
    const { row, memberships } = found;
    if (row.kind !== kind || row.expiresAt <= at || row.seenAt <= at - SESSION_TIMES[kind].idleMs) return undefined;
    if (at - row.seenAt >= SEEN_EVERY_MS) {
      row.seenAt = at;
      await changed(pool, "update sessions set seen_at = greatest(seen_at, $2) where hash = $1", [hash, at]);
    }
    const { login, via, expiresAt, book, party } = row;
    return {
      login,
      via,
      kind,
      csrf: csrfOf(token),
      expiresAt,
      ...(book === null || party === null ? {} : { chosen: { book, party } }),
      memberships,
    };
  }

  private async look(
    hash: Buffer,
  ): Promise<{ readonly row: SessionRow; readonly memberships: readonly Membership[] } | undefined> {
    const [row] = await rowsOf<SessionRow>(
      this.context.pool,
      `select login, via, kind, book, party, seen_at::float8 as "seenAt", expires_at::float8 as "expiresAt"
       from sessions where hash = $1`,
      [hash],
    );
    return row === undefined ? undefined : { row, memberships: await membershipsOf(this.context, row.login) };
  }

  /** @returns whether one may act for that party; where not, nothing changes */
  async choose(token: string, book: BookName, party: PartyId): Promise<boolean> {
    const { pool, remembered } = this.context;
    const chosen = await remembered.changing(() =>
      changed(
        pool,
        `update sessions s set book = $2, party = $3 where s.hash = $1 and exists (
           select 1 from members m where m.login = s.login and m.book = $2 and m.party = $3 and m.removed_at is null)`,
        [hashOf(token), book, party],
      ),
    );
    return chosen === 1;
  }

  async end(token: string): Promise<void> {
    const { pool, remembered } = this.context;
    await remembered.changing(() => changed(pool, "delete from sessions where hash = $1", [hashOf(token)]));
  }

  /** Takes away what has ended; how many there were. */
  async sweep(): Promise<number> {
    const at = this.context.now();
    const idle = Object.entries(SESSION_TIMES).map(([kind, { idleMs }]) => [kind, at - idleMs] as const);
    const ended = await Promise.all(
      idle.map(([kind, seenBefore]) =>
        changed(this.context.pool, "delete from sessions where kind = $1 and (expires_at <= $2 or seen_at <= $3)", [
          kind,
          at,
          seenBefore,
        ]),
      ),
    );
    return ended.reduce((sum, count) => sum + count, 0);
  }
}

async function membershipsOf({ pool }: PeopleContext, login: string): Promise<readonly Membership[]> {
  const rows = await rowsOf<MembershipRow>(
    pool,
    `select book, party, person, roles, group_roles, signs_as, name from members
     where login = $1 and removed_at is null order by book collate "C", party collate "C"`,
    [login],
  );
  return rows.map(({ book, party, person, roles, group_roles, signs_as, name }) => ({
    book,
    party,
    person,
    roles: rolesOf(roles, group_roles),
    ...(signs_as === null ? {} : { signsAs: signs_as }),
    name,
  }));
}
