import type { PartyId } from "@offtake/core/kernel";
import type { BookName } from "@offtake/store/log";
import type { Pool } from "pg";
import type { Reached } from "../reminders/index.ts";

/** Who looks after a party's dealings where nobody is named: the desks that answer. */
const DESKS = ["procurement", "legal", "provider-desk"];

/**
 * Addresses of the named owner (by the name, the address or the id of a member), else of a member of a desk; and of whoever stands in for that
 * person now.
 */
export async function reachedBy(
  pool: Pool,
  book: BookName,
  party: PartyId,
  owner: string | undefined,
  nowMs: number,
): Promise<Reached> {
  const { rows } = await pool.query<{ owner: string | null; deputy: string | null }>(
    `with own as (
       select person, email, coalesce(name = $3 or email = $3 or person = $3, false) as named
       from members
       where book = $1 and party = $2 and removed_at is null and email is not null
         and (name = $3 or email = $3 or person = $3 or roles && $4::text[] or group_roles && $4::text[])
       order by named desc, invited_at, person limit 1
     )
     select own.email as owner, (
       select m.email from deputies d join members m on m.book = d.book and m.party = d.party and m.person = d.deputy
       where d.book = $1 and d.party = $2 and d.person = own.person and m.removed_at is null
         and d.from_at <= $5 and (d.to_at is null or d.to_at > $5)
       order by d.from_at desc limit 1
     ) as deputy from own`,
    [book, party, owner ?? null, DESKS, nowMs],
  );
  const { owner: address = null, deputy = null } = rows[0] ?? {};
  return { ...(address === null ? {} : { owner: address }), ...(deputy === null ? {} : { deputy }) };
}
