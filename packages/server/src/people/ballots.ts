import { type Queryable, rowsOf } from "./database.ts";
import type { PersonId, Seat } from "./principal.ts";
import type { ApprovalDecision, ApprovalKind, ApprovalRule, Ballot } from "./rules.ts";
import { type StoredRule, ruleFrom } from "./stored-rule.ts";

/** Who proposed it where nobody knows: a request from before, or from an import. No member has this id, so nobody is kept from approving. */
const UNKNOWN = "" as PersonId;

export type ApprovalStanding = "waits" | "given" | "denied" | "withdrawn";

/** What somebody decided, when and why; the note is for the party itself. */
export interface NotedDecision extends ApprovalDecision {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly note: string | null;
}

/** Something that waits, or waited, for approval. */
export interface Approval extends Ballot {
  readonly decisions: readonly NotedDecision[];
  readonly approval: string;
  readonly kind: ApprovalKind;
  /** What it is about: the id of a request, an award, an agreement, a notice. */
  readonly subject: string;
  readonly proposal: string;
  readonly together: boolean;
  readonly standing: ApprovalStanding;
  readonly settledAt: number | null;
  /** What became of the command that followed, once it was sent. */
  readonly outcome: string | null;
  /** Of a request: since when it asks what is decided on. */
  readonly askedAt: number | null;
  /** What is asked for, in few words and figures, as it was when it was proposed. */
  readonly act: unknown;
}

interface ApprovalRow {
  readonly approval: string;
  readonly kind: ApprovalKind;
  readonly subject: string;
  readonly proposal: string;
  readonly together: boolean;
  readonly rule: StoredRule;
  readonly proposer: PersonId | null;
  readonly proposedAt: number;
  readonly act: unknown;
  readonly standing: ApprovalStanding;
  readonly settledAt: number | null;
  readonly outcome: string | null;
  readonly askedAt: number | null;
  readonly decisions: readonly NotedDecision[] | null;
}

const SELECT = `select a.approval, a.kind, a.subject, a.proposal, a.together, a.rule_body as rule, a.proposer, a.act, a.standing, a.outcome,
    a.proposed_at::float8 as "proposedAt", a.settled_at::float8 as "settledAt", a.asked_at::float8 as "askedAt",
    (select json_agg(json_build_object('person', d.person, 'seat', d.seat, 'approves', d.approves, 'at', d.at, 'note', d.note) order by d.at, d.person)
     from approval_decisions d where d.book = a.book and d.party = a.party and d.approval = a.approval) as decisions
  from approvals a where a.book = $1 and a.party = $2`;

export async function ballotsOf(
  on: Queryable,
  { book, party }: Seat,
  where: string,
  values: readonly unknown[],
): Promise<readonly Approval[]> {
  const rows = await rowsOf<ApprovalRow & Record<string, unknown>>(on, `${SELECT} and ${where}`, [
    book,
    party,
    ...values,
  ]);
  return rows.map(({ rule, proposer, decisions, ...row }) => ({
    ...row,
    rule: ruleFrom(rule) satisfies ApprovalRule,
    proposer: proposer ?? UNKNOWN,
    decisions: decisions ?? [],
  }));
}

export function openBallots(on: Queryable, seat: Seat): Promise<readonly Approval[]> {
  return ballotsOf(on, seat, `a.standing = 'waits' order by a.proposed_at, a.approval collate "C"`, []);
}
