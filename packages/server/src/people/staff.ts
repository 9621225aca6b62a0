import { type Queryable, rowsOf } from "./database.ts";
import type { PersonId, Seat } from "./principal.ts";
import { type Role, rolesOf } from "./roles.ts";
import type { Deputy, Staff } from "./rules.ts";

interface StaffRow {
  readonly person: PersonId;
  readonly roles: readonly Role[];
  readonly group_roles: readonly Role[];
  readonly removedAt: number | null;
}

interface DeputyRow {
  readonly person: PersonId;
  readonly deputy: PersonId;
  readonly from: number;
  readonly to: number | null;
}

/** The people of a party and who stands in for whom, as the rules of approval want to know them. */
export async function staffOf(on: Queryable, { book, party }: Seat, at: number): Promise<Staff> {
  const people = await rowsOf<StaffRow & Record<string, unknown>>(
    on,
    `select person, roles, group_roles, removed_at::float8 as "removedAt" from members
     where book = $1 and party = $2 order by invited_at, person collate "C"`,
    [book, party],
  );
  const deputies = await rowsOf<DeputyRow & Record<string, unknown>>(
    on,
    `select person, deputy, from_at::float8 as "from", to_at::float8 as "to" from deputies
     where book = $1 and party = $2 order by from_at, person collate "C", deputy collate "C"`,
    [book, party],
  );
  const roles = new Map<PersonId, readonly Role[]>();
  const left = new Map<PersonId, { readonly roles: readonly Role[]; readonly at: number }>();
  for (const row of people) {
    const held = rolesOf(row.roles, row.group_roles);
    if (row.removedAt === null) roles.set(row.person, held);
    else left.set(row.person, { roles: held, at: row.removedAt });
  }
  return { roles, left, deputies: deputies.map(deputyOf), at };
}

function deputyOf({ person, deputy, from, to }: DeputyRow): Deputy {
  return { person, deputy, from, ...(to === null ? {} : { to }) };
}
