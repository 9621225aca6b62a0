import {
  type AgreementVersion,
  type Clause,
  type CommitmentClause,
  isRight,
  rightsOverlap,
} from "../agreements/index.ts";
import type { CapacityBlock } from "../capacity/index.ts";
import { missingIn } from "../commitments/index.ts";
import { compileScope, declareFacts, evaluateScope, scopesOverlap, type Scope } from "../scope/index.ts";
import { type Finding, finding } from "./finding.ts";
import { currentVersions, type Reviewed } from "./reviewed.ts";

/** Clauses that can reach nothing, and promises that cannot be kept with what there is. */
export function reachFindings(reviewed: Reviewed): Finding[] {
  return currentVersions(reviewed).flatMap((version) =>
    version.clauses.flatMap((clause) => {
      const never = scopeFinding(version, clause);
      if (never !== undefined) return [never];
      return clause.kind === "commitment" && clause.status === "active"
        ? commitmentFindings(version, clause, reviewed)
        : [];
    }),
  );
}

/** A scope that does not even meet itself. */
function scopeFinding(version: AgreementVersion, clause: Clause): Finding | undefined {
  if (!("scope" in clause)) return undefined;
  const overlap = isRight(clause) ? rightsOverlap(clause, clause, scopesOverlap) : meetsItself(clause.scope);
  if (overlap !== "no") return undefined;
  const message = "nothing can be inside its scope: what it includes it takes out again";
  return finding("scope_never_matches", version, clause, message, "correct `scope` or the carve-outs", {
    key: "scope",
  });
}

function meetsItself(scope: Scope) {
  const compiled = compileScope(scope);
  return scopesOverlap(compiled, compiled).overlap;
}

function commitmentFindings(version: AgreementVersion, clause: CommitmentClause, { blocks, at }: Reviewed): Finding[] {
  const own = blocks.filter((block) => block.provider === clause.beneficiary);
  // Of a provider whose capacity nobody recorded nothing is known; of one whose capacity is, all of it is taken to be.
  if (own.length === 0) return [];
  const eligible = own.filter((block) => mayCount(clause, block));
  if (eligible.length === 0) {
    const message = `none of the capacity of ${clause.beneficiary} in the book counts towards it: whatever is bought, it is missed`;
    return [
      finding(
        "commitment_nobody_supplies",
        version,
        clause,
        message,
        "correct `scope`, or record the capacity that counts",
        { key: "scope" },
      ),
    ];
  }
  return clause.schedule.flatMap((period, index) => {
    const missing = missingSeconds(clause, period);
    if (missing === undefined || period.to <= at) return [];
    const supply = eligible.reduce((sum, block) => sum + secondsIn(block, Math.max(period.from, at), period.to), 0n);
    if (supply >= missing) return [];
    const message = `${hours(missing)} accelerator-hours are still to be taken, and all that ${clause.beneficiary} has in scope until then comes to ${hours(supply)}`;
    return [
      finding("commitment_out_of_reach", version, clause, message, "record more capacity, or plan for the shortfall", {
        key: `schedule.${index}`,
      }),
    ];
  });
}

/** Accelerator-seconds that a period still misses; of money, as many as it pays for at the committed price. Undefined: not known. */
function missingSeconds(clause: CommitmentClause, period: CommitmentClause["schedule"][number]): bigint | undefined {
  if (period.acceleratorSeconds !== undefined) return missingIn(clause, { ...period, expectedOtherSeconds: 0n });
  const { price } = clause;
  if (price === undefined || price.microsPerHour <= 0n || period.amount?.currency !== price.currency) return undefined;
  const { expectedOther: _, ...alone } = period;
  return (missingIn(clause, alone) * 3600n) / price.microsPerHour;
}

/** What is not known of a block, such as its purpose, counts for it: only what cannot count is left out. */
function mayCount(clause: CommitmentClause, block: CapacityBlock): boolean {
  const facts = declareFacts({
    x_AcceleratorClass: block.acceleratorType,
    RegionId: block.region,
    ServiceProviderName: block.provider,
    x_BlockId: block.id,
    ...(block.host === undefined ? {} : { HostProviderName: block.host }),
  });
  return evaluateScope(compileScope(clause.scope), facts, "burdened").verdict !== "no";
}

function secondsIn({ window, quantity }: CapacityBlock, from: number, to: number): bigint {
  const ms = Math.min(window.to, to) - Math.max(window.from, from);
  return ms <= 0 ? 0n : (BigInt(ms) * BigInt(quantity)) / 1000n;
}

const hours = (seconds: bigint): string => (seconds / 3600n).toString().replace(/\B(?=(\d{3})+$)/g, ",");
