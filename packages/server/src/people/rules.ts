import type { Money } from "@offtake/core/kernel";
import type { APPROVAL_KINDS } from "@offtake/wire/api";
import type { PersonId } from "./principal.ts";
import type { Role } from "./roles.ts";

export { APPROVAL_KINDS } from "@offtake/wire/api";

/** What may need approval. */
export type ApprovalKind = (typeof APPROVAL_KINDS)[number];

/** One line of a party's own rules: which acts need which approval. */
export interface ApprovalRule {
  /** Also the name of the approval where the core keeps it (a request's `approvals`). */
  readonly id: string;
  readonly kinds: readonly ApprovalKind[];
  /** From this amount on, inclusive; any amount when absent. */
  readonly from?: Money;
  /** Only acts with a related party. */
  readonly relatedParty?: true;
  /** Who approves: whoever has one of the roles ... */
  readonly roles: readonly Role[];
  /** ... or, where people are named, those and nobody else. */
  readonly persons?: readonly PersonId[];
  /** Asked as well, in one case: by an administrator, where those of the rule cannot. */
  readonly also?: readonly PersonId[];
  /** How many different people; at least 1. */
  readonly people: number;
}

/** Something that somebody wants to do for a party. */
export interface Act {
  readonly kind: ApprovalKind;
  /** What it would cost or bind at most; undefined where that is not known. */
  readonly amount?: Money | undefined;
  /** Undefined where that is not known. */
  readonly relatedParty?: boolean | undefined;
}

/**
 * The rules that an act meets. What is not known takes the reading that asks for more: an unknown amount, and one in another currency than
 * the rule's, counts as large; an unknown relation as related.
 */
export function rulesFor(rules: readonly ApprovalRule[], act: Act): readonly ApprovalRule[] {
  return rules.filter(
    (rule) =>
      rule.kinds.includes(act.kind) &&
      (rule.relatedParty === undefined || act.relatedParty !== false) &&
      isFrom(rule.from, act.amount),
  );
}

function isFrom(from: Money | undefined, amount: Money | undefined): boolean {
  if (from === undefined || amount === undefined) return true;
  return amount.currency !== from.currency || amount.micros >= from.micros;
}

/** Somebody stands in for somebody else; `from` inclusive, `to` exclusive, in milliseconds since 1970. */
export interface Deputy {
  readonly person: PersonId;
  readonly deputy: PersonId;
  readonly from: number;
  /** Without end when absent: a removed person's deputy. */
  readonly to?: number;
}

/** What one person said; `seat` is whose place it was: one's own, or that of whom one stood in for. */
export interface ApprovalDecision {
  readonly person: PersonId;
  readonly seat: PersonId;
  readonly approves: boolean;
}

export interface Ballot {
  readonly rule: ApprovalRule;
  /** Who wants the act done. Four eyes: never who approves it, and nobody approves in this person's place. */
  readonly proposer: PersonId;
  readonly proposedAt: number;
  readonly decisions: readonly ApprovalDecision[];
}

/** What is needed of the people of a party, to know who may decide. */
export interface Staff {
  /** Roles of those who are members now. */
  readonly roles: ReadonlyMap<PersonId, readonly Role[]>;
  /** Those who were removed: what was open then is still theirs to decide, by their deputy. */
  readonly left: ReadonlyMap<PersonId, { readonly roles: readonly Role[]; readonly at: number }>;
  readonly deputies: readonly Deputy[];
  readonly at: number;
}

export type Standing = "waits" | "given" | "denied";

/** One who denies is enough; otherwise as many different people in as many different places as the rule asks. */
export function standingOf({ rule, decisions }: Pick<Ballot, "rule" | "decisions">): Standing {
  if (decisions.some(({ approves }) => !approves)) return "denied";
  return decisions.length >= rule.people ? "given" : "waits";
}

export type NotAllowed = "own_proposal" | "not_an_approver" | "decided_already" | "not_waiting";

/**
 * In whose place somebody decides: one's own where the rule names it, else that of the first whom one stands in for today. A deputy does not
 * pass on what was passed to it.
 */
export function seatFor(
  ballot: Ballot,
  staff: Staff,
  who: PersonId,
): { readonly seat: PersonId } | { readonly not: NotAllowed } {
  const { proposer, decisions } = ballot;
  if (standingOf(ballot) !== "waits") return { not: "not_waiting" };
  if (who === proposer) return { not: "own_proposal" };
  if (!staff.roles.has(who)) return { not: "not_an_approver" };
  const isTaken = (seat: PersonId): boolean => decisions.some((decision) => decision.seat === seat);
  if (decisions.some(({ person }) => person === who)) return { not: "decided_already" };
  const seats = [who, ...standsInFor(staff, who)].filter((seat) => seat !== proposer && hasSeat(ballot, staff, seat));
  if (seats.length === 0) return { not: "not_an_approver" };
  const free = seats.find((seat) => !isTaken(seat));
  return free === undefined ? { not: "decided_already" } : { seat: free };
}

function standsInFor({ deputies, at }: Staff, who: PersonId): readonly PersonId[] {
  return deputies
    .filter(({ deputy, from, to }) => deputy === who && from <= at && (to === undefined || at < to))
    .map(({ person }) => person);
}

/** By name or by role. Who was removed keeps the place that was named, and by role the place in what was open then. */
function hasSeat({ rule, proposedAt }: Ballot, staff: Staff, person: PersonId): boolean {
  if (rule.also?.includes(person) ?? false) return true;
  if (rule.persons !== undefined) return rule.persons.includes(person);
  const left = staff.left.get(person);
  const roles = staff.roles.get(person) ?? (left !== undefined && proposedAt <= left.at ? left.roles : []);
  return roles.some((role) => rule.roles.includes(role));
}

/** Everybody who could decide now, so that they can be told, and so that nothing waits for nobody unseen. */
export function approversOf(ballot: Ballot, staff: Staff): readonly PersonId[] {
  return [...staff.roles.keys()].filter((person) => "seat" in seatFor(ballot, staff, person));
}
