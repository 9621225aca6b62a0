import type { CommandBody } from "@offtake/core/book";
import type { PartyId } from "@offtake/core/kernel";
import type { BookName } from "@offtake/store/log";
import type { PoolClient } from "pg";
import { type ApprovalRules, rulesOf, usualRule } from "./approval-rules.ts";
import { type Approval, type ApprovalStanding, ballotsOf } from "./ballots.ts";
import { changed, type PeopleContext, rowsOf } from "./database.ts";
import { bodyFrom, requestApproval, storedBody } from "./effects.ts";
import type { PersonId, Seat } from "./principal.ts";
import { PeopleProblem } from "./problems.ts";
import {
  type Act,
  type ApprovalKind,
  type ApprovalRule,
  approversOf,
  rulesFor,
  seatFor,
  type Staff,
  standingOf,
} from "./rules.ts";
import { randomId } from "./secrets.ts";
import { staffOf } from "./staff.ts";
import { storedRule } from "./stored-rule.ts";

type By = Seat & { readonly person: PersonId };

/** Something to be done for a party once the others who are asked agree. */
export interface Proposal {
  readonly kind: Exclude<ApprovalKind, "request">;
  /** The id of the award, agreement, notice ... that it is about. */
  readonly subject: string;
  /** What the approvers see of it; text of people, beside the log. */
  readonly act: Readonly<Record<string, string | number | boolean | null>>;
  readonly rules: readonly ApprovalRule[];
  readonly command: CommandBody;
  /** The call that asks for it, where it may be sent again. */
  readonly retry?: Retry;
}

/** A call that may be sent again: its key, and a hash of all that it said. */
export interface Retry {
  readonly key: string;
  readonly hash: Buffer;
}

/** What a request asks of its approvers, as its party sees it. */
export interface AskedFor {
  readonly request: string;
  /** The approvals that it names, or has come to need. */
  readonly names: readonly string[];
  /** Since when it asks so: another time is another thing to decide on. */
  readonly askedAt: number;
  /** Who asks so, and therefore does not decide; undefined where nobody knows. */
  readonly askedBy: PersonId | undefined;
  /** What the approvers see of it. */
  readonly act: Proposal["act"];
}

/** A command to send now, and to be reported as done: again and again under the same key until it is. */
export interface Effect {
  readonly book: BookName;
  readonly party: PartyId;
  readonly approval: string;
  /** The retry key of the command. */
  readonly key: string;
  readonly body: CommandBody;
}

export interface Decided {
  readonly standing: ApprovalStanding;
  readonly effect?: Effect;
}

/** An approval as people see it, with whom it waits for. */
export interface ShownApproval extends Approval {
  readonly approvers: readonly PersonId[];
}

/**
 * Who approved what. Approvals of requests are kept by the core, which holds notices and awards back until they are given; what is kept here
 * is who may give them, and who did. Everything else waits here, as the command that will follow.
 */
export class Approvals {
  private readonly context: PeopleContext;

  private readonly rules: Pick<ApprovalRules, "current">;

  constructor(context: PeopleContext, rules: Pick<ApprovalRules, "current">) {
    this.context = context;
    this.rules = rules;
  }

  /** The rules that an act of this party meets; none where it can be done at once. */
  async needed(seat: Seat, act: Act): Promise<readonly ApprovalRule[]> {
    return rulesFor(await this.rules.current(seat), act);
  }

  /** The names of all approvals that a request needs: those it states, and those of the rules. */
  async namesFor(seat: Seat, stated: readonly string[], act: Omit<Act, "kind">): Promise<readonly string[]> {
    const rules = await this.needed(seat, { ...act, kind: "request" });
    return [...new Set([...stated, ...rules.map(({ id }) => id)])];
  }

  /**
   * Has what a request asks wait for its approvers. What waits for what it asked before is taken back, whatever was decided of it: nobody has
   * seen this. Said once more, or by somebody who is late, it changes nothing.
   */
  async asked(seat: Seat, asked: AskedFor): Promise<void> {
    if (asked.names.length === 0) return;
    await this.context.atOnce(async (client) => {
      for (const name of asked.names) await this.openRequest(client, seat, asked, name);
    });
  }

  /**
   * All of them, or none.
   *
   * @returns the ids of what waits now, one for each rule; each command follows when all of its own are given
   * @throws PeopleProblem `waits_already` where the same rule has something of that kind and subject wait
   */
  async propose(by: By, ...proposals: readonly Proposal[]): Promise<readonly string[]> {
    return this.context.atOnce(async (client) => {
      const made: string[] = [];
      for (const { kind, subject, act, rules, command, retry } of proposals) {
        const common = {
          kind,
          subject,
          act,
          proposal: randomId("prp"),
          together: true,
          proposer: by.person,
          onGiven: storedBody(command, by.party),
          ...(retry === undefined ? {} : { retry }),
        };
        for (const rule of rules) made.push(await this.insert(client, by, { ...common, rule, place: made.length }));
      }
      return made;
    });
  }

  /** What a call under the same key was told, whatever became of it since, and whether it said the same; undefined where there was none. */
  async proposedBy(
    { book, party }: Seat,
    { key, hash }: Retry,
  ): Promise<{ readonly approvals: readonly string[]; readonly isSame: boolean } | undefined> {
    const rows = await rowsOf<{ approval: string; retry_hash: Buffer }>(
      this.context.pool,
      "select approval, retry_hash from approvals where book = $1 and party = $2 and retry_key = $3 order by place",
      [book, party, key],
    );
    if (rows.length === 0) return undefined;
    const isSame = rows.every((row) => row.retry_hash.equals(hash));
    return { approvals: rows.map(({ approval }) => approval), isSame };
  }

  /** @throws PeopleProblem `not_found`, `own_proposal`, `not_an_approver`, `decided_already`, `not_waiting` */
  async decide(by: By, approval: string, approves: boolean, note?: string): Promise<Decided> {
    return this.context.atOnce((client) => this.decideIn(client, by, approval, approves, note));
  }

  /**
   * The same for an approval that the core keeps, by the request and its name: also one that only the market brought up, such as that of an
   * award to a related party.
   */
  async decideRequest(by: By, asked: AskedFor, name: string, approves: boolean, note?: string): Promise<Decided> {
    return this.context.atOnce(async (client) => {
      const approval = await this.openRequest(client, by, asked, name);
      return this.decideIn(client, by, approval, approves, note);
    });
  }

  /** The requests that have something wait, with the earliest time that they asked it. */
  async waitingRequests({
    book,
    party,
  }: Seat): Promise<readonly { readonly request: string; readonly askedAt: number }[]> {
    return rowsOf<{ request: string; askedAt: number }>(
      this.context.pool,
      `select subject as request, min(coalesce(asked_at, -1))::float8 as "askedAt" from approvals
       where book = $1 and party = $2 and kind = 'request' and standing = 'waits' group by subject`,
      [book, party],
    );
  }

  /** Of what requests ask, that of which nothing is on record yet, by names. */
  async notYetAsked({ book, party }: Seat, asked: readonly AskedFor[]): Promise<readonly AskedFor[]> {
    if (asked.length === 0) return [];
    const rows = await rowsOf<{ request: string; rule: string; askedAt: number }>(
      this.context.pool,
      `select subject as request, rule, max(asked_at)::float8 as "askedAt" from approvals
       where book = $1 and party = $2 and kind = 'request' and subject = any($3) and asked_at is not null group by subject, rule`,
      [book, party, asked.map(({ request }) => request)],
    );
    const known = new Map(rows.map(({ request, rule, askedAt }) => [JSON.stringify([request, rule]), askedAt]));
    return asked.flatMap((one) => {
      const names = one.names.filter((name) => (known.get(JSON.stringify([one.request, name])) ?? -1) < one.askedAt);
      return names.length === 0 ? [] : [{ ...one, names }];
    });
  }

  /** A request that is over waits for nobody. */
  async over({ book, party }: Seat, request: string): Promise<void> {
    await changed(
      this.context.pool,
      `update approvals set standing = 'withdrawn', settled_at = $4
       where book = $1 and party = $2 and kind = 'request' and subject = $3 and standing = 'waits'`,
      [book, party, request, this.context.now()],
    );
  }

  async list(seat: Seat, standing?: ApprovalStanding): Promise<readonly ShownApproval[]> {
    const { pool, now } = this.context;
    const found = await ballotsOf(
      pool,
      seat,
      `($3::text is null or a.standing = $3) order by a.proposed_at, a.approval collate "C"`,
      [standing ?? null],
    );
    const staff = await staffOf(pool, seat, now());
    return found.map((ballot) => shown(ballot, staff));
  }

  async find(seat: Seat, approval: string): Promise<ShownApproval | undefined> {
    const { pool, now } = this.context;
    const [ballot] = await ballotsOf(pool, seat, "a.approval = $3", [approval]);
    if (ballot === undefined) return undefined;
    return shown(ballot, await staffOf(pool, seat, now()));
  }

  /** Somebody else is asked as well, where nobody is left who could approve, or the rule's people are away. Never who proposed it. */
  async assign(seat: Seat, approval: string, person: PersonId): Promise<void> {
    await this.context.atOnce(async (client) => {
      const ballot = await held(client, seat, approval);
      const staff = await staffOf(client, seat, this.context.now());
      if (ballot.standing !== "waits") throw new PeopleProblem("not_waiting");
      if (person === ballot.proposer) throw new PeopleProblem("own_proposal");
      if (!staff.roles.has(person)) throw new PeopleProblem("not_found");
      const rule = { ...ballot.rule, also: [...(ballot.rule.also ?? []), person] };
      await changed(client, "update approvals set rule_body = $4 where book = $1 and party = $2 and approval = $3", [
        seat.book,
        seat.party,
        approval,
        JSON.stringify(storedRule(rule)),
      ]);
    });
  }

  /** Who proposed it takes it back, with all that went together. What the core keeps is taken back by withdrawing the request. */
  async withdraw(by: By, approval: string): Promise<void> {
    await this.context.atOnce(async (client) => {
      const ballot = await held(client, by, approval);
      if (ballot.proposer !== by.person || !ballot.together) throw new PeopleProblem("not_found");
      if (ballot.standing !== "waits") throw new PeopleProblem("not_waiting");
      await this.settleRest(client, by, ballot.proposal, "withdrawn");
    });
  }

  /** Commands whose approval is given and that nobody has reported as done: after a crash between the two. */
  async undone(): Promise<readonly Effect[]> {
    const rows = await rowsOf<{ book: BookName; party: PartyId; approval: string; effect: string }>(
      this.context.pool,
      "select book, party, approval, effect from approvals where done_at is null and effect is not null order by settled_at",
      [],
    );
    return rows.map(({ effect, ...row }) => ({ ...row, key: keyOf(row.approval), body: bodyFrom(effect) }));
  }

  /** @param outcome `accepted`, or the code of the rejection */
  async done({ book, party, approval }: Omit<Effect, "body" | "key">, outcome: string): Promise<void> {
    await changed(
      this.context.pool,
      "update approvals set done_at = $4, outcome = $5 where book = $1 and party = $2 and approval = $3 and done_at is null",
      [book, party, approval, this.context.now(), outcome],
    );
  }

  private async decideIn(
    client: PoolClient,
    by: By,
    approval: string,
    approves: boolean,
    note: string | undefined,
  ): Promise<Decided> {
    const now = this.context.now();
    const ballot = await held(client, by, approval);
    if (ballot.standing !== "waits") throw new PeopleProblem("not_waiting");
    const found = seatFor(ballot, await staffOf(client, by, now), by.person);
    if ("not" in found) throw new PeopleProblem(found.not);
    await changed(
      client,
      `insert into approval_decisions (book, party, approval, person, seat, approves, at, note)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [by.book, by.party, approval, by.person, found.seat, approves, now, note ?? null],
    );
    const decisions = [...ballot.decisions, { person: by.person, seat: found.seat, approves }];
    const standing = standingOf({ rule: ballot.rule, decisions });
    if (standing === "waits") return { standing };
    const body = await this.settle(client, by, ballot, standing);
    if (body === undefined) return { standing };
    await changed(client, "update approvals set effect = $4 where book = $1 and party = $2 and approval = $3", [
      by.book,
      by.party,
      approval,
      storedBody(body, by.party),
    ]);
    return { standing, effect: { book: by.book, party: by.party, approval, key: keyOf(approval), body } };
  }

  /** @returns the command that follows now, if any */
  private async settle(
    client: PoolClient,
    by: By,
    ballot: Approval,
    standing: "given" | "denied",
  ): Promise<CommandBody | undefined> {
    await changed(
      client,
      "update approvals set standing = $4, settled_at = $5 where book = $1 and party = $2 and approval = $3",
      [by.book, by.party, ballot.approval, standing, this.context.now()],
    );
    if (!ballot.together) return requestApproval(ballot, standing === "given", by.person);
    if (standing === "denied") {
      await this.settleRest(client, by, ballot.proposal, "denied");
      return undefined;
    }
    const rest = await rowsOf<{ standing: string; on_given: string }>(
      client,
      "select standing, on_given from approvals where book = $1 and party = $2 and proposal = $3",
      [by.book, by.party, ballot.proposal],
    );
    return rest.every((row) => row.standing === "given") ? bodyFrom(rest[0]?.on_given ?? "") : undefined;
  }

  private async settleRest(
    client: PoolClient,
    seat: Seat,
    proposal: string,
    standing: ApprovalStanding,
  ): Promise<void> {
    await changed(
      client,
      `update approvals set standing = $4, settled_at = $5
       where book = $1 and party = $2 and proposal = $3 and standing in ('waits', 'given')`,
      [seat.book, seat.party, proposal, standing, this.context.now()],
    );
  }

  /** The approval of that name of what a request asks, made where it is not there yet. */
  private async openRequest(
    client: PoolClient,
    seat: Seat,
    { request, askedAt, askedBy, act }: AskedFor,
    name: string,
  ): Promise<string> {
    // One at a time: two who open the same find the same.
    await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [
      JSON.stringify(["approval", seat.book, seat.party, request, name]),
    ]);
    const [open] = await ballotsOf(
      client,
      seat,
      "a.kind = 'request' and a.subject = $3 and a.rule = $4 order by a.asked_at desc nulls last, a.proposed_at desc limit 1",
      [request, name],
    );
    if (open !== undefined && open.askedAt !== null && open.askedAt >= askedAt) return open.approval;
    await changed(
      client,
      `update approvals set standing = 'withdrawn', settled_at = $5
       where book = $1 and party = $2 and kind = 'request' and subject = $3 and rule = $4 and standing = 'waits'`,
      [seat.book, seat.party, request, name, this.context.now()],
    );
    const rule = (await rulesOf(client, seat)).find(({ id }) => id === name) ?? usualRule(name);
    return this.insert(client, seat, {
      kind: "request",
      subject: request,
      act,
      rule,
      proposal: request,
      together: false,
      proposer: askedBy ?? null,
      onGiven: null,
      askedAt,
    });
  }

  private async insert(client: PoolClient, { book, party }: Seat, row: NewApproval): Promise<string> {
    const approval = randomId("apr");
    const inserted = await changed(
      client,
      `insert into approvals (book, party, approval, kind, subject, proposal, together, rule, rule_body, proposer,
         proposed_at, act, on_given, retry_key, retry_hash, place, asked_at, standing)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 'waits')
       on conflict (book, party, kind, subject, rule) where standing = 'waits' do nothing`,
      [
        book,
        party,
        approval,
        row.kind,
        row.subject,
        row.proposal,
        row.together,
        row.rule.id,
        JSON.stringify(storedRule(row.rule)),
        row.proposer,
        this.context.now(),
        JSON.stringify(row.act),
        row.onGiven,
        row.retry?.key ?? null,
        row.retry?.hash ?? null,
        row.place ?? 0,
        row.askedAt ?? null,
      ],
    );
    // Which of two would follow, were both given, nobody could tell.
    if (inserted === 0) throw new PeopleProblem("waits_already");
    return approval;
  }
}

interface NewApproval {
  readonly kind: ApprovalKind;
  readonly subject: string;
  readonly act: Proposal["act"];
  readonly rule: ApprovalRule;
  readonly proposal: string;
  readonly together: boolean;
  readonly proposer: PersonId | null;
  readonly onGiven: string | null;
  readonly retry?: Retry;
  readonly place?: number;
  readonly askedAt?: number;
}

function shown(ballot: Approval, staff: Staff): ShownApproval {
  return { ...ballot, approvers: ballot.standing === "waits" ? approversOf(ballot, staff) : [] };
}

function keyOf(approval: string): string {
  return `approval:${approval}`;
}

/** An approval whose whole proposal is held until the transaction ends, so that of two who decide at once the second sees the first. */
async function held(client: PoolClient, seat: Seat, approval: string): Promise<Approval> {
  await rowsOf(
    client,
    `select 1 from approvals where book = $1 and party = $2 and proposal =
       (select proposal from approvals where book = $1 and party = $2 and approval = $3)
     order by approval for update`,
    [seat.book, seat.party, approval],
  );
  const [ballot] = await ballotsOf(client, seat, "a.approval = $3", [approval]);
  if (ballot === undefined) throw new PeopleProblem("not_found");
  return ballot;
}
