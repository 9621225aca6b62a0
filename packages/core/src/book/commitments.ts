import type { AgreementVersion } from "../agreements/agreement.ts";
import type { Clause, CommitmentClause } from "../agreements/clause.ts";
import { type AgreementState, clauseEnd, isInForce, versionAt } from "../agreements/timeline.ts";
import type { Commitment } from "../commitments/index.ts";
import type { Instant, PartyId, TimeWindow } from "../kernel/index.ts";
import { lotFacts } from "../requests/facts.ts";
import { type CompiledScope, compileScope, evaluateScope, type Fractions } from "../scope/index.ts";
import { alternativeOf } from "../tenders/form.ts";
import { agreementsOf } from "./lists.ts";
import type { LotState, RequestState } from "./request-state.ts";
import type { BookState } from "./state.ts";
import type { Turn } from "./turn.ts";

type Agreements = ReturnType<typeof agreementsOf>;

/** An agreement in force that holds a commitment at all, with those of each version. */
interface Committing {
  readonly agreement: AgreementState;
  readonly clauses: ReadonlyMap<AgreementVersion, readonly CommitmentClause[]>;
}

/** By list of agreements: another list is made whenever one of them changes. */
const committing = new WeakMap<Agreements, readonly Committing[]>();

function committingOf(state: BookState): readonly Committing[] {
  const all = agreementsOf(state);
  let found = committing.get(all);
  if (found === undefined) {
    found = all.filter(isInForce).flatMap((agreement) => {
      const clauses = new Map(agreement.versions.map((version) => [version, version.clauses.filter(isCommitment)]));
      return [...clauses.values()].some(({ length }) => length > 0) ? [{ agreement, clauses }] : [];
    });
    committing.set(all, found);
  }
  return found;
}

function isCommitment(clause: Clause): clause is CommitmentClause {
  return clause.kind === "commitment";
}

/**
 * Commitments that the buyer of this request has made: in the versions in force, and, where they are active, in those that will
 * be in force while one of the lots is served. What has ended by now is none any more.
 */
export function commitmentsOf(
  turn: Pick<Turn, "state" | "at">,
  request: Pick<RequestState, "request">,
  lots: readonly Pick<LotState, "lot">[],
): Commitment[] {
  const found: Commitment[] = [];
  for (const { agreement, clauses } of committingOf(turn.state)) {
    // Only another version can have a clause of the same name.
    const seen = clauses.size > 1 ? new Set<string>() : undefined;
    for (const version of versionsFor(agreement, turn.at, lots)) {
      for (const clause of clauses.get(version) ?? []) {
        if (clause.obligor !== request.request.buyer || seen?.has(clause.id)) continue;
        if (!isWeighed(agreement, version, clause, turn.at)) continue;
        seen?.add(clause.id);
        found.push({ agreement: agreement.id, clause });
      }
    }
  }
  return found;
}

/** The one of today comes first: it is the word on every clause that it has. */
function versionsFor(
  agreement: AgreementState,
  at: Instant,
  lots: readonly Pick<LotState, "lot">[],
): readonly AgreementVersion[] {
  const now = versionAt(agreement, at);
  if (now !== undefined && agreement.versions.length === 1) return agreement.versions;
  const later = agreement.versions.filter(
    (version) => version !== now && lots.some(({ lot }) => isServedUnder(agreement, version, lot.window, at)),
  );
  return now === undefined ? later : [now, ...later];
}

function isServedUnder(agreement: AgreementState, version: AgreementVersion, window: TimeWindow, at: Instant): boolean {
  const from = Math.max(version.effectiveFrom, window.from) as Instant;
  return version.effectiveFrom > at && from < window.to && versionAt(agreement, from) === version;
}

function isWeighed(
  agreement: AgreementState,
  version: AgreementVersion,
  clause: CommitmentClause,
  at: Instant,
): boolean {
  const end = clauseEnd(agreement, version, clause.id);
  if (end !== undefined && end.at <= at) return false;
  return version.effectiveFrom <= at || clause.status === "active";
}

const scopes = new WeakMap<CommitmentClause, CompiledScope>();

/** Who supplies a part of a lot, and what of it: what is left out is that of the lot's first alternative that fits the rest. */
export interface Supplied {
  readonly provider: PartyId;
  readonly host?: PartyId | undefined;
  readonly acceleratorType?: string | undefined;
  readonly region?: string | undefined;
}

/**
 * Which part of it a commitment counts; undefined where none, and where nothing of the lot is what is supplied. What counts is a
 * benefit: only what is known does.
 */
export function countedBy(
  lot: Pick<LotState, "lot"> | undefined,
  { clause }: Commitment,
  supplied: Supplied,
): Fractions | undefined {
  const alternative = lot === undefined ? undefined : alternativeOf(supplied, lot.lot);
  if (lot === undefined || alternative === undefined) return undefined;
  const { provider, host, region } = supplied;
  const scope = scopes.get(clause) ?? compileScope(clause.scope);
  scopes.set(clause, scope);
  const facts = lotFacts(lot.lot, alternative, {
    ServiceProviderName: provider,
    HostProviderName: host ?? provider,
    ...(region === undefined ? {} : { RegionId: region }),
  });
  const inside = evaluateScope(scope, facts, "known");
  return inside.applies ? inside.fractions : undefined;
}
