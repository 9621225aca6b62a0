import type { PartyId } from "@offtake/core/kernel";
import type { BookName } from "@offtake/store/log";
import { changed, type PeopleContext, rowsOf } from "./database.ts";
import type { Authenticator, CredentialHeaders, KeyId, PersonId, Principal } from "./principal.ts";
import { type Role, rolesOf } from "./roles.ts";
import { hashOf, isSameHash, parseKey, type ShownKey } from "./secrets.ts";
import type { Sessions, SessionView } from "./sessions.ts";

/** The prefix makes browsers refuse it from another host, without TLS, or for a part of the site only. */
export const SESSION_COOKIE = "__Host-offtake";

/** Use of a key is written down at most this often. */
const USED_EVERY_MS = 60_000;

/** Where a session's token was found, and its text. */
export interface FoundToken {
  readonly kind: SessionView["kind"];
  readonly token: string;
}

/** The token of a session: in the header that of a terminal, in the cookie that of a browser. A header that is there counts alone. */
export function sessionTokenOf({ authorization, cookie }: CredentialHeaders): FoundToken | undefined {
  if (authorization !== undefined) {
    const token = bearerOf(authorization);
    return token === undefined ? undefined : { kind: "terminal", token };
  }
  const token = cookieOf(cookie, SESSION_COOKIE);
  return token === undefined ? undefined : { kind: "browser", token };
}

function bearerOf(authorization: string): string | undefined {
  return /^Bearer +([A-Za-z0-9_-]{20,120})$/i.exec(authorization)?.[1];
}

/** The one value of a cookie; undefined also where it is there twice, since nobody says which is meant. */
export function cookieOf(header: string | undefined, name: string): string | undefined {
  const values = (header ?? "")
    .split(";")
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`));
  return values.length === 1 ? values[0]?.slice(name.length + 1) : undefined;
}

/** `BOOK/PARTY`. */
export function parsePartyHeader(text: string): { readonly book: BookName; readonly party: PartyId } | undefined {
  const [book, party, ...more] = text.split("/");
  if (book === undefined || party === undefined || book === "" || party === "" || more.length > 0) return undefined;
  return { book: book as BookName, party: party as PartyId };
}

export class DatabaseAuthenticator implements Authenticator {
  private readonly context: PeopleContext;
  private readonly sessions: Sessions;

  constructor(context: PeopleContext, sessions: Sessions) {
    this.context = context;
    this.sessions = sessions;
  }

  async authenticate(headers: CredentialHeaders): Promise<Principal | undefined> {
    const bearer = headers.authorization === undefined ? undefined : bearerOf(headers.authorization);
    const key = bearer === undefined ? undefined : parseKey(bearer);
    const principal = key === undefined ? await this.ofSession(headers) : await this.ofKey(key);
    if (principal === undefined) return undefined;
    const asked = headers["offtake-party"];
    if (asked === undefined) return principal;
    return asked === `${principal.book}/${principal.party}` ? principal : undefined;
  }

  /** A live session, also one that has not chosen a party yet. */
  async session(headers: CredentialHeaders): Promise<SessionView | undefined> {
    const found = sessionTokenOf(headers);
    return found === undefined ? undefined : this.sessions.find(found.token, found.kind);
  }

  private async ofSession(headers: CredentialHeaders): Promise<Principal | undefined> {
    const session = await this.session(headers);
    if (session === undefined) return undefined;
    const { memberships, via, chosen } = session;
    const asked = headers["offtake-party"];
    const wanted = asked === undefined ? chosen : parsePartyHeader(asked);
    if (asked !== undefined && wanted === undefined) return undefined;
    const member =
      wanted === undefined
        ? memberships.length === 1
          ? memberships[0]
          : undefined
        : memberships.find(({ book, party }) => book === wanted.book && party === wanted.party);
    if (member === undefined) return undefined;
    const { book, party, person, roles, signsAs } = member;
    return { book, party, person, roles, via, ...(signsAs === undefined ? {} : { signsAs }) };
  }

  private async ofKey({ key, secret }: ShownKey): Promise<Principal | undefined> {
    const { pool, now, remembered } = this.context;
    const at = now();
    const row = await remembered.find(`key ${key}`, () => this.look(key));
    if (row === undefined || row.expiresAt <= at || !isSameHash(row.hash, hashOf(secret))) return undefined;
    if (row.usedAt === null || at - row.usedAt >= USED_EVERY_MS) {
      row.usedAt = at;
      await changed(pool, "update api_keys set last_used_at = $2 where key = $1", [key, at]);
    }
    const held = rolesOf(row.given, row.group_roles);
    const { book, party, person, signs_as } = row;
    return {
      book,
      party,
      person,
      roles: row.roles.filter((role) => held.includes(role)),
      via: "key",
      key,
      ...(signs_as === null ? {} : { signsAs: signs_as }),
    };
  }

  private async look(key: KeyId): Promise<KeyRow | undefined> {
    const [row] = await rowsOf<KeyRow>(
      this.context.pool,
      `select k.hash, k.book, k.party, k.person, k.roles, m.roles as given, m.group_roles, m.signs_as,
              k.expires_at::float8 as "expiresAt", k.last_used_at::float8 as "usedAt"
       from api_keys k join members m on m.book = k.book and m.party = k.party and m.person = k.person
       where k.key = $1 and k.revoked_at is null and m.removed_at is null`,
      [key],
    );
    return row;
  }
}

interface KeyRow {
  readonly hash: Buffer;
  readonly book: BookName;
  readonly party: PartyId;
  readonly person: PersonId;
  readonly roles: readonly Role[];
  readonly given: readonly Role[];
  readonly group_roles: readonly Role[];
  readonly signs_as: string | null;
  readonly expiresAt: number;
  usedAt: number | null;
}
