import type { CommitmentClause } from "../agreements/clause.ts";
import { type AgreementId, compareText, contains, type Instant } from "../kernel/index.ts";
import { isGroup, type Scope, type ScopeRule } from "../scope/index.ts";

/** A commitment and the agreement it stands in. */
export interface Commitment {
  readonly agreement: AgreementId;
  readonly clause: CommitmentClause;
}

export type CommitmentPeriod = CommitmentClause["schedule"][number];

/** A draw-down commitment counts money, or accelerator-seconds; a minimum share is a constraint and draws nothing. */
export function measureOf(type: CommitmentClause["type"]): "money" | "accelerator-seconds" | undefined {
  if (type === "minimum-share") return undefined;
  return type === "spend" || type === "prepaid" ? "money" : "accelerator-seconds";
}

/** The period that holds an instant; undefined before, between and after them. */
export function periodOf(clause: CommitmentClause, at: Instant): CommitmentPeriod | undefined {
  return clause.schedule.find((period) => contains(period, at));
}

/** Whether it weighs in a decision: signed and in force. */
export function isCounted(clause: CommitmentClause): boolean {
  return clause.status === "active";
}

/** Whether it is not in force yet and is only shown for what it would change. */
export function isScenario(clause: CommitmentClause): boolean {
  return clause.status === "proposed" || clause.status === "pending";
}

/** First instant after its last period; what never expires comes last. */
function expiryOf(clause: CommitmentClause): number {
  return clause.schedule.length === 0 ? Infinity : Math.max(...clause.schedule.map((period) => period.to));
}

/** How narrow a scope is: the tests it makes; a global scope is as wide as one that tests nothing. */
export function testsOf(scope: Scope): number {
  const count = (rules: readonly ScopeRule[] = []): number =>
    rules.reduce((sum, rule) => sum + (isGroup(rule) ? count(rule.Rules) : 1), 0);
  return count(scope.Inclusions) + count(scope.Exclusions);
}

/**
 * The order in which commitments take a use: declared stackPriority (lower first), then earliest expiry, then the narrowest scope
 * by number of tests, then clause id, then agreement id.
 *
 * @source Rule CMT6 in ./SPEC.md
 */
export function drawOrder(commitments: readonly Commitment[]): readonly Commitment[] {
  if (commitments.length < 2) return commitments;
  return commitments.toSorted(
    (a, b) =>
      a.clause.stackPriority - b.clause.stackPriority ||
      compareNumbers(expiryOf(a.clause), expiryOf(b.clause)) ||
      testsOf(b.clause.scope) - testsOf(a.clause.scope) ||
      compareText(a.clause.id, b.clause.id) ||
      compareText(a.agreement, b.agreement),
  );
}

function compareNumbers(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
