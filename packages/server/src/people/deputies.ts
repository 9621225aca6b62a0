import { changed, type PeopleContext } from "./database.ts";
import { living } from "./living.ts";
import type { PersonId, Seat } from "./principal.ts";
import { PeopleProblem } from "./problems.ts";
import type { Deputy } from "./rules.ts";
import { staffOf } from "./staff.ts";

/** How long somebody can stand in for a member; milliseconds. */
export const DEPUTY_LONGEST_MS = 366 * 86_400_000;

/** Who stands in for whom, and when. What a deputy may decide is in `rules.ts`; it gets no other permission of the absent person. */
export class Deputies {
  private readonly context: PeopleContext;

  constructor(context: PeopleContext) {
    this.context = context;
  }

  async list(seat: Seat): Promise<readonly Deputy[]> {
    return (await staffOf(this.context.pool, seat, this.context.now())).deputies;
  }

  /**
   * @param wish `from` inclusive, `to` exclusive
   * @throws PeopleProblem `not_found`, `deputy_not_possible`, `invalid_period`
   */
  async set(by: Seat & { readonly person: string }, wish: Required<Deputy>): Promise<void> {
    const { person, deputy, from, to } = wish;
    if (!(from < to && to - from <= DEPUTY_LONGEST_MS)) throw new PeopleProblem("invalid_period");
    if (person === deputy) throw new PeopleProblem("deputy_not_possible");
    await this.context.atOnce(async (client) => {
      await living(client, by, person);
      await living(client, by, deputy).catch(() => {
        throw new PeopleProblem("deputy_not_possible");
      });
      await changed(
        client,
        `insert into deputies (book, party, person, deputy, from_at, to_at, named_by) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (book, party, person, deputy, from_at) do update set to_at = excluded.to_at, named_by = excluded.named_by`,
        [by.book, by.party, person, deputy, from, to, by.person],
      );
    });
  }

  /** Ends it now; what has not begun never does. */
  async end({ book, party }: Seat, person: PersonId, deputy: PersonId): Promise<void> {
    const now = this.context.now();
    const ended = await this.context.atOnce(async (client) => {
      const key = [book, party, person, deputy, now];
      const where = "book = $1 and party = $2 and person = $3 and deputy = $4";
      const never = await changed(client, `delete from deputies where ${where} and from_at >= $5`, key);
      const sooner = await changed(
        client,
        `update deputies set to_at = $5 where ${where} and from_at < $5 and (to_at is null or to_at > $5)`,
        key,
      );
      return never + sooner;
    });
    if (ended === 0) throw new PeopleProblem("not_found");
  }
}
