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

/** What a request waits for, and whose it was when it was sent. */
export interface AskedFor {
  readonly names: readonly string[];
  /** Undefined where two sent it at the same time. */
  readonly proposer: PersonId | undefined;
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

  /**
   * The names of all approvals that a request needs: those it states, and those of the rules. To be called before it is submitted: who
   * submits it is remembered from here on, and `submitted` says that it was accepted.
   */
  async namesFor(by: By, request: string, stated: readonly string[], act: Omit<Act, "kind">): Promise<AskedFor> {
    const [rules, proposer] = await Promise.all([
      this.needed(by, { ...act, kind: "request" }),
      rememberSender(this.context, by, request),
    ]);
    return { names: [...new Set([...stated, ...rules.map(({ id }) => id)])], proposer };
  }

  /**
   * The request was accepted as this person sent it, with these approvals.
   *
   * @param isNew that it was no revision: then nobody else's was accepted between, and who was remembered before stays so
   */
  async submitted(
    by: By,
    request: string,
    { names, proposer }: AskedFor,
    { isNew, ...act }: { readonly isNew: boolean } & Proposal["act"],
  ): Promise<void> {
    if (!isNew || proposer !== by.person) await rememberAccepted(this.context, by, request);
    if (names.length === 0) return;
    await this.context.atOnce(async (client) => {
      for (const name of names) await this.openRequest(client, by, request, name, act);
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
  async decideRequest(by: By, request: string, name: string, approves: boolean, note?: string): Promise<Decided> {
    return this.context.atOnce(async (client) => {
      const approval = await this.openRequest(client, by, request, name, {});
      return this.decideIn(client, by, approval, approves, note);
    });
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

  /** The approval of that name of a request, made where it is not there yet. */
  private async openRequest(
    client: PoolClient,
    by: By,
    request: string,
    name: string,
    act: Proposal["act"],
  ): Promise<string> {
    const [open] = await ballotsOf(
      client,
      by,
      "a.kind = 'request' and a.subject = $3 and a.rule = $4 order by a.proposed_at desc limit 1",
      [request, name],
    );
    if (open !== undefined) return open.approval;
    const rule = (await rulesOf(client, by)).find(({ id }) => id === name) ?? usualRule(name);
    const [proposer] = await rowsOf<{ person: PersonId }>(
      client,
      "select person from proposers where book = $1 and party = $2 and kind = 'request' and subject = $3",
      [by.book, by.party, request],
    );
    return this.insert(client, by, {
      kind: "request",
      subject: request,
      act,
      rule,
      proposal: request,
      together: false,
      proposer: proposer?.person ?? null,
      onGiven: null,
    });
  }

  private async insert(client: PoolClient, { book, party }: Seat, row: NewApproval): Promise<string> {
    const approval = randomId("apr");
    const inserted = await changed(
      client,
      `insert into approvals (book, party, approval, kind, subject, proposal, together, rule, rule_body, proposer,
         proposed_at, act, on_given, retry_key, retry_hash, place, standing)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 'waits')
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

type Remembering = Pick<PeopleContext, "pool" | "now">;

/**
 * Whoever sent it first counts until it is accepted. Written without waiting for the disk: what follows from the request is written later,
 * and once that is safe this is as well.
 *
 * @returns who counts now
 */
async function rememberSender(
  { pool, now }: Remembering,
  { book, party, person }: By,
  request: string,
): Promise<PersonId | undefined> {
  const [known] = await rowsOf<{ person: PersonId }>(
    pool,
    `with unhurried as materialized (select set_config('synchronous_commit', 'off', true)),
       made as (
         insert into proposers (book, party, kind, subject, person, at)
         select $1, $2, 'request', $3, $4, $5 from unhurried on conflict (book, party, kind, subject) do nothing
         returning person
       )
     select person from made
     union all select person from proposers where book = $1 and party = $2 and kind = 'request' and subject = $3`,
    [book, party, request, person, now()],
  );
  return known?.person;
}

/** Whoever it was accepted from counts then. What is so already costs no commit. */
async function rememberAccepted(
  { pool, now }: Remembering,
  { book, party, person }: By,
  request: string,
): Promise<void> {
  await changed(
    pool,
    `with known as (select person from proposers where book = $1 and party = $2 and kind = 'request' and subject = $3)
     insert into proposers (book, party, kind, subject, person, at)
     select $1, $2, 'request', $3, $4, $5 where not exists (select from known where person = $4)
     on conflict (book, party, kind, subject) do update set person = excluded.person, at = excluded.at`,
    [book, party, request, person, now()],
  );
}
