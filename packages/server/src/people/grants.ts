import { changed, type PeopleContext, rowsOf } from "./database.ts";
import { living } from "./living.ts";
import type { PersonId, Principal, Seat } from "./principal.ts";
import { PeopleProblem } from "./problems.ts";
import { randomId } from "./secrets.ts";

/** How long a grant lasts at most; milliseconds. */
export const GRANT_LONGEST_MS = 366 * 86_400_000;

/** What an auditor may read, and when: requests by id, with all that hangs on them. */
export interface Grant {
  readonly granted: string;
  readonly person: PersonId;
  readonly requests: readonly string[];
  /** Inclusive. */
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  readonly givenAt: number;
  readonly givenBy: PersonId;
  readonly why: string;
  readonly revokedAt: number | null;
}

const COLUMNS = `granted, person, requests, from_at::float8 as "from", to_at::float8 as "to", given_at::float8 as "givenAt",
  given_by as "givenBy", why, revoked_at::float8 as "revokedAt"`;

export class Grants {
  private readonly context: PeopleContext;

  constructor(context: PeopleContext) {
    this.context = context;
  }

  list({ book, party }: Seat): Promise<readonly Grant[]> {
    return rowsOf<Grant & Record<string, unknown>>(
      this.context.pool,
      `select ${COLUMNS} from grants where book = $1 and party = $2 order by given_at, granted collate "C"`,
      [book, party],
    );
  }

  /** Those that let this caller read today. */
  live({ book, party, person }: Pick<Principal, "book" | "party" | "person">): Promise<readonly Grant[]> {
    return rowsOf<Grant & Record<string, unknown>>(
      this.context.pool,
      `select ${COLUMNS} from grants where book = $1 and party = $2 and person = $3
       and from_at <= $4 and to_at > $4 and revoked_at is null order by given_at, granted collate "C"`,
      [book, party, person, this.context.now()],
    );
  }

  /** @throws PeopleProblem `not_found` where the person is no member who audits, `invalid_period` */
  async give(
    by: Seat & { readonly person: string },
    wish: Pick<Grant, "person" | "requests" | "from" | "to" | "why">,
  ): Promise<string> {
    const { person, requests, from, to, why } = wish;
    if (!(from < to && to - from <= GRANT_LONGEST_MS) || requests.length === 0)
      throw new PeopleProblem("invalid_period");
    return this.context.atOnce(async (client) => {
      const { roles } = await living(client, by, person);
      if (!roles.includes("auditor")) throw new PeopleProblem("not_found");
      const granted = randomId<string>("grt");
      await changed(
        client,
        `insert into grants (book, party, granted, person, requests, from_at, to_at, given_at, given_by, why)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [by.book, by.party, granted, person, [...new Set(requests)], from, to, this.context.now(), by.person, why],
      );
      return granted;
    });
  }

  async revoke({ book, party }: Seat, granted: string): Promise<void> {
    const revoked = await changed(
      this.context.pool,
      `update grants set revoked_at = coalesce(revoked_at, $4) where book = $1 and party = $2 and granted = $3`,
      [book, party, granted, this.context.now()],
    );
    if (revoked === 0) throw new PeopleProblem("not_found");
  }
}
