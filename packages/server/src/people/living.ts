import type { PoolClient } from "pg";
import { rowsOf } from "./database.ts";
import type { PersonId, Seat } from "./principal.ts";
import { PeopleProblem } from "./problems.ts";
import { type Role, rolesOf } from "./roles.ts";

interface LivingRow {
  readonly login: string;
  readonly provider: string | null;
  readonly roles: readonly Role[];
  readonly group_roles: readonly Role[];
}

/** A member who is one now, held until the transaction ends; the roles are what keys and approvals go by. */
export async function living(
  client: PoolClient,
  { book, party }: Seat,
  person: PersonId,
): Promise<{ readonly login: string; readonly provider: string | null; readonly roles: readonly Role[] }> {
  const [row] = await rowsOf<LivingRow & Record<string, unknown>>(
    client,
    `select m.login, l.provider, m.roles, m.group_roles from members m join logins l using (login)
     where m.book = $1 and m.party = $2 and m.person = $3 and m.removed_at is null for update of m`,
    [book, party, person],
  );
  if (row === undefined) throw new PeopleProblem("not_found");
  return { login: row.login, provider: row.provider, roles: rolesOf(row.roles, row.group_roles) };
}
