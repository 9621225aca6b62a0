import type { PoolClient } from "pg";
import { openBallots } from "./ballots.ts";
import { changed } from "./database.ts";
import type { PersonId, Seat } from "./principal.ts";
import { PeopleProblem } from "./problems.ts";
import { approversOf, type Staff } from "./rules.ts";
import { staffOf } from "./staff.ts";

export interface HandOver {
  readonly by: Seat & { readonly person: string };
  /** Who was removed, just now. */
  readonly person: PersonId;
  readonly deputy?: PersonId;
  readonly now: number;
}

/**
 * What a removed person was asked to approve goes to a deputy: the one that is named now, else whoever stands in for the person today, else
 * whoever was named last. Where there is none, approvals that nobody can give any more are told, so that somebody else can be asked.
 */
export async function handOver(
  client: PoolClient,
  { by, person, deputy, now }: HandOver,
): Promise<{ readonly deputy?: PersonId; readonly orphaned: readonly string[] }> {
  const { book, party } = by;
  // Whoever is gone stands in for nobody.
  await changed(client, "delete from deputies where book = $1 and party = $2 and deputy = $3 and from_at >= $4", [
    book,
    party,
    person,
    now,
  ]);
  await changed(
    client,
    `update deputies set to_at = $4 where book = $1 and party = $2 and deputy = $3
     and from_at < $4 and (to_at is null or to_at > $4)`,
    [book, party, person, now],
  );
  const before = await staffOf(client, by, now);
  const chosen = deputy === undefined ? ownDeputy(before, person) : named(before, deputy, person);
  if (chosen !== undefined)
    await changed(
      client,
      `insert into deputies (book, party, person, deputy, from_at, to_at, named_by) values ($1, $2, $3, $4, $5, null, $6)
       on conflict (book, party, person, deputy, from_at) do update set to_at = null`,
      [book, party, person, chosen, now, by.person],
    );
  const staff = await staffOf(client, by, now);
  const open = await openBallots(client, by);
  const orphaned = open.filter((ballot) => approversOf(ballot, staff).length === 0).map(({ approval }) => approval);
  return { ...(chosen === undefined ? {} : { deputy: chosen }), orphaned };
}

function named({ roles }: Staff, deputy: PersonId, person: PersonId): PersonId {
  if (deputy === person || !roles.has(deputy)) throw new PeopleProblem("deputy_not_possible");
  return deputy;
}

function ownDeputy({ deputies, roles, at }: Staff, person: PersonId): PersonId | undefined {
  const own = deputies.filter((row) => row.person === person && roles.has(row.deputy));
  const today = own.find(({ from, to }) => from <= at && (to === undefined || at < to));
  return (today ?? own.at(-1))?.deputy;
}
