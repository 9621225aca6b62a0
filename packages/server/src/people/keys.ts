import { changed, type PeopleContext, rowsOf } from "./database.ts";
import { living } from "./living.ts";
import type { KeyId, PersonId, Seat } from "./principal.ts";
import { PeopleProblem } from "./problems.ts";
import type { Role } from "./roles.ts";
import { hashOf, newKey, showKey } from "./secrets.ts";
import type { PoolClient } from "pg";

const DAY_MS = 86_400_000;
/** How long a key lives at most, and while a second takes its place; milliseconds. */
export const KEY_TIMES = { longestMs: 366 * DAY_MS, usualMs: 90 * DAY_MS, overlapMs: 7 * DAY_MS } as const;

/** A key as it is listed: never with its secret. */
export interface ApiKey {
  /** The visible part. */
  readonly key: KeyId;
  readonly person: PersonId;
  readonly label: string;
  readonly roles: readonly Role[];
  readonly madeAt: number;
  readonly expiresAt: number;
  /** To the minute. */
  readonly lastUsedAt: number | null;
  readonly revokedAt: number | null;
}

export interface MadeKey {
  readonly key: KeyId;
  /** The whole key, shown this once. */
  readonly shown: string;
  readonly expiresAt: number;
}

export interface KeyWish {
  /** Whose key: it ends with that person's membership, and can do nothing that the person may not. */
  readonly person: PersonId;
  readonly label: string;
  readonly roles: readonly Role[];
  /** 90 days when absent; 366 at most. */
  readonly livesMs?: number;
}

/** Keys for machines, scoped to one party of one book and to roles of their owner. */
export class ApiKeys {
  private readonly context: PeopleContext;

  constructor(context: PeopleContext) {
    this.context = context;
  }

  async list({ book, party }: Seat): Promise<readonly ApiKey[]> {
    return rowsOf<ApiKey & Record<string, unknown>>(
      this.context.pool,
      `select key, person, label, roles, made_at::float8 as "madeAt", expires_at::float8 as "expiresAt",
              last_used_at::float8 as "lastUsedAt", revoked_at::float8 as "revokedAt"
       from api_keys where book = $1 and party = $2 order by made_at, key`,
      [book, party],
    );
  }

  /** @throws PeopleProblem `not_found`, `roles_not_held`, `invalid_period`, `two_keys_live` */
  async create(by: Seat & { readonly person: string }, wish: KeyWish): Promise<MadeKey> {
    return this.context.atOnce((client) => this.add(client, by, wish));
  }

  /**
   * A second key beside the first, which then ends after a while.
   *
   * @param overlapMs how long both are good; 7 days when absent, and never longer than the first lives anyway
   */
  async rotate(by: Seat & { readonly person: string }, key: KeyId, overlapMs?: number): Promise<MadeKey> {
    const overlap = overlapMs ?? KEY_TIMES.overlapMs;
    if (!(overlap >= 0)) throw new PeopleProblem("invalid_period");
    return this.context.atOnce(async (client) => {
      const now = this.context.now();
      const [first] = await rowsOf<ApiKey & Record<string, unknown>>(
        client,
        `select person, label, roles, made_at::float8 as "madeAt", expires_at::float8 as "expiresAt",
                revoked_at::float8 as "revokedAt"
         from api_keys where book = $1 and party = $2 and key = $3`,
        [by.book, by.party, key],
      );
      if (first === undefined) throw new PeopleProblem("not_found");
      if (first.revokedAt !== null || first.expiresAt <= now) throw new PeopleProblem("key_not_live");
      const { person, label, madeAt, expiresAt } = first;
      const { roles: held } = await living(client, by, person);
      // What the owner has lost since, the new key does not get.
      const roles = first.roles.filter((role) => held.includes(role));
      const made = await this.add(client, by, { person, label, roles, livesMs: expiresAt - madeAt });
      await changed(client, "update api_keys set expires_at = least(expires_at, $2) where key = $1", [
        key,
        now + overlap,
      ]);
      return made;
    });
  }

  async revoke({ book, party }: Seat, key: KeyId): Promise<void> {
    const { pool, remembered, now } = this.context;
    const revoked = await remembered.changing(() =>
      changed(
        pool,
        "update api_keys set revoked_at = coalesce(revoked_at, $4) where book = $1 and party = $2 and key = $3",
        [book, party, key, now()],
      ),
    );
    if (revoked === 0) throw new PeopleProblem("not_found");
  }

  private async add(client: PoolClient, by: Seat & { readonly person: string }, wish: KeyWish): Promise<MadeKey> {
    const { person, label, livesMs = KEY_TIMES.usualMs } = wish;
    if (!(livesMs > 0 && livesMs <= KEY_TIMES.longestMs)) throw new PeopleProblem("invalid_period");
    // The member is held until the key is there: of two who ask at once the second sees the first's key, and a removal sees both.
    const { roles } = await living(client, by, person);
    if (!wish.roles.every((role) => roles.includes(role))) throw new PeopleProblem("roles_not_held");
    const now = this.context.now();
    const live = await rowsOf(
      client,
      `select 1 from api_keys where book = $1 and party = $2 and person = $3 and label = $4
       and revoked_at is null and expires_at > $5`,
      [by.book, by.party, person, label, now],
    );
    if (live.length >= 2) throw new PeopleProblem("two_keys_live");
    const made = newKey();
    const expiresAt = now + livesMs;
    await changed(
      client,
      `insert into api_keys (key, book, party, person, label, hash, roles, made_at, made_by, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        made.key,
        by.book,
        by.party,
        person,
        label,
        hashOf(made.secret),
        [...new Set(wish.roles)],
        now,
        by.person,
        expiresAt,
      ],
    );
    return { key: made.key, shown: showKey(made), expiresAt };
  }
}
