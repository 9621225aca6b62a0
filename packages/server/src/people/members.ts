import type { PartyId } from "@offtake/core/kernel";
import type { BookName } from "@offtake/store/log";
import type { PoolClient } from "pg";
import { changed, type PeopleContext, type Queryable, rowsOf } from "./database.ts";
import { addLocalLogin, type OneTimeLogin, oneTimeLogin, providerLogin } from "./logins.ts";
import { living } from "./living.ts";
import type { PersonId, Seat } from "./principal.ts";
import { PeopleProblem } from "./problems.ts";
import { handOver } from "./removal.ts";
import { type Role, rolesOf } from "./roles.ts";
import { randomId } from "./secrets.ts";

export interface Member {
  readonly person: PersonId;
  /** Null where erased, or never said. */
  readonly name: string | null;
  readonly email: string | null;
  readonly roles: readonly Role[];
  /** Those that came with groups of the identity provider. */
  readonly groupRoles: readonly Role[];
  readonly signsAs: string | null;
  readonly provider: string | null;
  readonly invitedAt: number;
  readonly removedAt: number | null;
  readonly erasedAt: number | null;
}

/** A member as others of the party see it. */
export interface Colleague extends Pick<Member, "person" | "name" | "roles"> {
  readonly isMember: boolean;
}

export interface Invitation {
  readonly name: string;
  /** With `provider`, the address that the identity provider must vouch for. */
  readonly email?: string | undefined;
  /** Through which identity provider this person logs in; by one-time logins only where absent. */
  readonly provider?: string | undefined;
  readonly roles: readonly Role[];
  readonly signsAs?: string | undefined;
}

export interface Invited {
  readonly person: PersonId;
  /** Where there is no identity provider: to be handed to the person, once. */
  readonly login?: OneTimeLogin;
}

/** What ended with a removal, and what is left to look after. */
export interface Removed {
  readonly keys: number;
  readonly sessions: number;
  /** Who stands in from now on for what the person was asked to approve; undefined where nobody was named. */
  readonly deputy?: PersonId;
  /** Approvals that nobody can give any more. */
  readonly orphaned: readonly string[];
}

const COLUMNS = `m.person, m.name, m.email, m.roles, m.group_roles as "groupRoles", m.signs_as as "signsAs", l.provider,
  m.invited_at::float8 as "invitedAt", m.removed_at::float8 as "removedAt", m.erased_at::float8 as "erasedAt"`;

/** The people of a party, as its administrators see and change them. */
export class Members {
  private readonly context: PeopleContext;

  constructor(context: PeopleContext) {
    this.context = context;
  }

  async list({ book, party }: Seat): Promise<readonly Member[]> {
    return rowsOf<Member & Record<string, unknown>>(
      this.context.pool,
      `select ${COLUMNS} from members m join logins l using (login) where m.book = $1 and m.party = $2
       order by m.invited_at, m.person collate "C"`,
      [book, party],
    );
  }

  /** Who acts, or acted, for the party, without addresses: for those who work with them. */
  async colleagues(seat: Seat): Promise<readonly Colleague[]> {
    const members = await this.list(seat);
    return members.map(({ person, name, roles, groupRoles, removedAt }) => ({
      person,
      name,
      roles: rolesOf(roles, groupRoles),
      isMember: removedAt === null,
    }));
  }

  async find({ book, party }: Seat, person: PersonId): Promise<Member | undefined> {
    const [member] = await rowsOf<Member & Record<string, unknown>>(
      this.context.pool,
      `select ${COLUMNS} from members m join logins l using (login) where m.book = $1 and m.party = $2 and m.person = $3`,
      [book, party, person],
    );
    return member;
  }

  /** @throws PeopleProblem `member_exists` where the address belongs to a member already */
  async invite(by: Seat & { readonly person: string }, invitation: Invitation): Promise<Invited> {
    const { email, provider } = invitation;
    return this.context.atOnce(async (client) => {
      const now = this.context.now();
      const external = provider !== undefined && email !== undefined;
      const login = external ? await providerLogin(client, provider, email, now) : await addLocalLogin(client, now);
      const person = await addMember(client, by, login, invitation, now, by.person);
      if (person === undefined) throw new PeopleProblem("member_exists");
      return external ? { person } : { person, login: await oneTimeLogin(client, login, "invitation", now) };
    });
  }

  /** Another one-time login for somebody who has no identity provider; an earlier one that was not used ends. */
  async invitationAgain(seat: Seat, person: PersonId): Promise<OneTimeLogin> {
    return this.context.atOnce(async (client) => {
      const { login, provider } = await living(client, seat, person);
      if (provider !== null) throw new PeopleProblem("member_exists");
      return oneTimeLogin(client, login, "invitation", this.context.now());
    });
  }

  /** @throws PeopleProblem `last_admin` where the party would have no administrator left */
  async setRoles(seat: Seat, person: PersonId, roles: readonly Role[], signsAs: string | undefined): Promise<void> {
    await this.context.atOnce(async (client) => {
      await living(client, seat, person);
      await changed(
        client,
        "update members set roles = $4, signs_as = $5 where book = $1 and party = $2 and person = $3",
        [seat.book, seat.party, person, unique(roles), signsAs ?? null],
      );
      await assertAdmin(client, seat);
    });
  }

  /**
   * Removes somebody at once: sessions, keys and grants end, and what the person was asked to approve goes to the deputy.
   *
   * @param deputy who stands in, where that is not the person's own deputy
   */
  async remove(by: Seat & { readonly person: string }, person: PersonId, deputy?: PersonId): Promise<Removed> {
    return this.context.atOnce(async (client) => {
      const now = this.context.now();
      const { login } = await living(client, by, person);
      const at = [by.book, by.party, person];
      await changed(client, "update members set removed_at = $4 where book = $1 and party = $2 and person = $3", [
        ...at,
        now,
      ]);
      await assertAdmin(client, by);
      const keys = await changed(
        client,
        `update api_keys set revoked_at = $4 where book = $1 and party = $2 and person = $3 and revoked_at is null`,
        [...at, now],
      );
      await changed(
        client,
        "update grants set revoked_at = $4 where book = $1 and party = $2 and person = $3 and revoked_at is null",
        [...at, now],
      );
      const sessions = await endSessions(client, by, login);
      return {
        keys,
        sessions,
        ...(await handOver(client, { by, person, now, ...(deputy === undefined ? {} : { deputy }) })),
      };
    });
  }

  /** Takes away name and addresses of somebody who was removed. The log keeps the random id, and what it did. */
  async erase(seat: Seat, person: PersonId): Promise<void> {
    await this.context.atOnce(async (client) => {
      const [row] = await rowsOf<{ login: string; removed: boolean }>(
        client,
        `select login, removed_at is not null as removed from members
         where book = $1 and party = $2 and person = $3 for update`,
        [seat.book, seat.party, person],
      );
      if (row === undefined) throw new PeopleProblem("not_found");
      if (!row.removed) throw new PeopleProblem("member_not_removed");
      await changed(
        client,
        `update members set name = null, email = null, signs_as = null, erased_at = $4
         where book = $1 and party = $2 and person = $3`,
        [seat.book, seat.party, person, this.context.now()],
      );
      // The identity itself goes with the last of its memberships.
      await changed(
        client,
        `update logins set email = null, subject = null, groups = '{}' where login = $1
         and not exists (select 1 from members m where m.login = $1 and m.erased_at is null)`,
        [row.login],
      );
    });
  }
}

/** @returns undefined where the login is a member of the party already */
export async function addMember(
  on: Queryable,
  { book, party }: { readonly book: BookName; readonly party: PartyId },
  login: string,
  { name, email, roles, signsAs }: Pick<Invitation, "name" | "email" | "roles" | "signsAs">,
  now: number,
  invitedBy: string | undefined,
): Promise<PersonId | undefined> {
  const person = randomId<PersonId>("per");
  const added = await changed(
    on,
    `insert into members (book, party, person, login, name, email, roles, signs_as, invited_at, invited_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (login, book, party) where removed_at is null do nothing`,
    [book, party, person, login, name, email ?? null, unique(roles), signsAs ?? null, now, invitedBy ?? null],
  );
  return added === 1 ? person : undefined;
}

function unique(roles: readonly Role[]): Role[] {
  return [...new Set(roles)];
}

/** Sessions that act for the party go; where the login is a member nowhere any more, all of them, and its one-time logins. */
async function endSessions(client: PoolClient, { book, party }: Seat, login: string): Promise<number> {
  const gone = "not exists (select 1 from members m where m.login = $1 and m.removed_at is null)";
  const ended = await changed(
    client,
    `delete from sessions where login = $1 and ((book = $2 and party = $3) or ${gone})`,
    [login, book, party],
  );
  await changed(client, `delete from login_links where login = $1 and ${gone}`, [login]);
  return ended;
}

/** Checked after the change, with the party's administrators held, so that two who remove each other do not both succeed. */
async function assertAdmin(client: PoolClient, { book, party }: Seat): Promise<void> {
  await client.query("select pg_advisory_xact_lock(hashtextextended('offtake admins ' || $1 || '/' || $2, 0))", [
    book,
    party,
  ]);
  const rows = await rowsOf(
    client,
    `select 1 from members where book = $1 and party = $2 and removed_at is null
     and ('admin' = any (roles) or 'admin' = any (group_roles)) limit 1`,
    [book, party],
  );
  if (rows.length === 0) throw new PeopleProblem("last_admin");
}
