import { changed, type PeopleContext, type Queryable, rowsOf } from "./database.ts";
import type { Seat } from "./principal.ts";
import { PeopleProblem } from "./problems.ts";
import type { Role } from "./roles.ts";

/** Members whom the identity provider counts to the group have these roles as well. A group makes nobody a member. */
export interface GroupRoles {
  readonly provider: string;
  readonly group: string;
  readonly roles: readonly Role[];
}

export class Groups {
  private readonly context: PeopleContext;

  constructor(context: PeopleContext) {
    this.context = context;
  }

  list({ book, party }: Seat): Promise<readonly GroupRoles[]> {
    return rowsOf<GroupRoles & Record<string, unknown>>(
      this.context.pool,
      `select provider, group_name as "group", roles from group_roles where book = $1 and party = $2
       order by provider collate "C", group_name collate "C"`,
      [book, party],
    );
  }

  /** From now on, also for who is logged in. */
  async set(seat: Seat, { provider, group, roles }: GroupRoles): Promise<void> {
    await this.context.atOnce(async (client) => {
      await changed(
        client,
        `insert into group_roles (book, party, provider, group_name, roles) values ($1, $2, $3, $4, $5)
         on conflict (book, party, provider, group_name) do update set roles = excluded.roles`,
        [seat.book, seat.party, provider, group, [...new Set(roles)]],
      );
      await refresh(client, "m.book = $1 and m.party = $2", [seat.book, seat.party]);
    });
  }

  async remove(seat: Seat, provider: string, group: string): Promise<void> {
    await this.context.atOnce(async (client) => {
      const removed = await changed(
        client,
        "delete from group_roles where book = $1 and party = $2 and provider = $3 and group_name = $4",
        [seat.book, seat.party, provider, group],
      );
      if (removed === 0) throw new PeopleProblem("not_found");
      await refresh(client, "m.book = $1 and m.party = $2", [seat.book, seat.party]);
    });
  }
}

/** What the provider says today replaces what it said before. */
export async function keepGroups(on: Queryable, login: string, groups: readonly string[]): Promise<void> {
  await changed(on, "update logins set groups = $2 where login = $1", [login, [...new Set(groups)]]);
  await refresh(on, "m.login = $1", [login]);
}

async function refresh(on: Queryable, where: string, values: readonly unknown[]): Promise<void> {
  await changed(
    on,
    `update members m set group_roles = array(
       select distinct r from group_roles g, unnest(g.roles) r
       where g.book = m.book and g.party = m.party and g.provider = l.provider and g.group_name = any (l.groups) order by r)
     from logins l where l.login = m.login and m.removed_at is null and ${where}`,
    values,
  );
}
