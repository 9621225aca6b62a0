import { changed, type PeopleContext, type Queryable, rowsOf } from "./database.ts";
import type { Seat } from "./principal.ts";
import { PeopleProblem } from "./problems.ts";
import { type ApprovalRule } from "./rules.ts";
import { ruleFrom, type StoredRule, storedRule } from "./stored-rule.ts";

/** A party's own rules of approval. */
export class ApprovalRules {
  private readonly context: PeopleContext;

  constructor(context: PeopleContext) {
    this.context = context;
  }

  list(seat: Seat): Promise<readonly ApprovalRule[]> {
    return rulesOf(this.context.pool, seat);
  }

  /** As they are, or were a moment ago where another node has changed them since. */
  async current(seat: Seat): Promise<readonly ApprovalRule[]> {
    const { pool, remembered } = this.context;
    return (await remembered.find(`rules ${seat.book}/${seat.party}`, () => rulesOf(pool, seat))) ?? [];
  }

  /**
   * From now on; what waits already goes on under the rule as it was.
   *
   * @throws PeopleProblem `rule_invalid` where nobody could ever approve, `not_found` where a named person is no member
   */
  async set(by: Seat & { readonly person: string }, rule: ApprovalRule): Promise<void> {
    const { persons, people, roles, kinds } = rule;
    const isPossible =
      Number.isInteger(people) &&
      people >= 1 &&
      kinds.length > 0 &&
      (persons === undefined ? roles.length > 0 : new Set(persons).size >= people);
    if (!isPossible) throw new PeopleProblem("rule_invalid");
    const { pool, now, remembered } = this.context;
    const known = await rowsOf(
      pool,
      "select 1 from members where book = $1 and party = $2 and removed_at is null and person = any ($3)",
      [by.book, by.party, persons ?? []],
    );
    if (known.length !== new Set(persons ?? []).size) throw new PeopleProblem("not_found");
    await remembered.changing(() =>
      changed(
        pool,
        `insert into approval_rules (book, party, rule, body, set_at, set_by) values ($1, $2, $3, $4, $5, $6)
         on conflict (book, party, rule) do update set body = excluded.body, set_at = excluded.set_at, set_by = excluded.set_by`,
        [by.book, by.party, rule.id, JSON.stringify(storedRule(rule)), now(), by.person],
      ),
    );
  }

  async remove({ book, party }: Seat, rule: string): Promise<void> {
    const { pool, remembered } = this.context;
    const removed = await remembered.changing(() =>
      changed(pool, "delete from approval_rules where book = $1 and party = $2 and rule = $3", [book, party, rule]),
    );
    if (removed === 0) throw new PeopleProblem("not_found");
  }
}

export async function rulesOf(on: Queryable, { book, party }: Seat): Promise<readonly ApprovalRule[]> {
  const rows = await rowsOf<{ body: StoredRule }>(
    on,
    `select body from approval_rules where book = $1 and party = $2 order by rule collate "C"`,
    [book, party],
  );
  return rows.map(({ body }) => ruleFrom(body));
}

/** For an approval that a request or the policy names, and no rule says whose it is: one other person of those who answer for money or paper. */
export function usualRule(id: string): ApprovalRule {
  return { id, kinds: ["request"], roles: ["procurement", "finance", "legal"], people: 1 };
}
