import type { AgreementId, ClauseId, Instant, PartyId } from "../kernel/index.ts";
import type { Verdict } from "../scope/index.ts";
import { holderGroupOf, type Parties } from "./affiliates.ts";
import type { AgreementVersion } from "./agreement.ts";
import { isRight, type RightClause } from "./clause.ts";
import { rightsOverlap, type ScopesOverlap } from "./overlap.ts";
import { lastEnd } from "./renewal.ts";

export type ConflictKind = "two_exclusives" | "exclusive_and_option" | "rank_tie" | "cyclic_encumbrance";

/** Two rights that cannot both be honoured. A person decides, nothing resolves it by itself (algorithm step 6). */
export interface Conflict {
  readonly kind: ConflictKind;
  readonly agreement: AgreementId;
  readonly clause: ClauseId;
  readonly withAgreement: AgreementId;
  readonly withClause: ClauseId;
  /** False where the scopes may overlap and it is not known that they do. */
  readonly certain: boolean;
}

/** What is asked of two rights. */
interface Pairs {
  overlap(a: RightClause, b: RightClause): Verdict;
  /** Holders under common control without a recorded independent interest are one (domain rule G12). */
  sameGroup(a: PartyId, b: PartyId): boolean;
  exercised(placed: Placed): boolean;
}

interface Placed {
  readonly version: AgreementVersion;
  readonly right: RightClause;
}

/**
 * The conflicts that a version brings: of its rights with those of the others, and among its own. The others are the
 * versions in force; earlier versions of the same agreement and agreements of the same lineage are not held against it, nor
 * clauses of one lineage, nor versions whose terms do not meet. In the order of its clauses, then of the others.
 *
 * @param exercised Whether an option has been exercised: before that it takes nothing from an exclusivity.
 */
export function findConflicts(
  version: AgreementVersion,
  others: readonly AgreementVersion[],
  scopesOverlap: ScopesOverlap,
  parties: Parties,
  exercised: (agreement: AgreementId, option: ClauseId) => boolean = () => false,
): Conflict[] {
  const pairs: Pairs = {
    overlap: (a, b) => rightsOverlap(a, b, scopesOverlap),
    sameGroup: (a, b) => a === b || holderGroupOf(a, parties) === holderGroupOf(b, parties),
    exercised: (placed) => exercised(placed.version.id, placed.right.id),
  };
  const own = rightsOf(version);
  const foreign = others.filter((other) => isApart(version, other)).flatMap(rightsOf);
  const found: Conflict[] = [];
  own.forEach((right, index) => {
    for (const other of [...own.slice(index + 1), ...foreign]) {
      const conflict = conflictOf(right, other, pairs);
      if (conflict !== undefined) found.push(conflict);
    }
    // Rights before it in the version have looked for cycles through it already.
    const closing = cycleThrough(right, [...own.slice(index), ...foreign], pairs);
    if (closing !== undefined) found.push(closing);
  });
  return found;
}

function rightsOf(version: AgreementVersion): Placed[] {
  return version.clauses.filter(isRight).map((right) => ({ version, right }));
}

function isApart(version: AgreementVersion, other: AgreementVersion): boolean {
  if (other.id === version.id || other.lineageId === version.lineageId) return false;
  return other.effectiveFrom < endOf(version) && version.effectiveFrom < endOf(other);
}

function endOf(version: AgreementVersion): Instant {
  return lastEnd(version) ?? (Number.POSITIVE_INFINITY as Instant);
}

function conflictOf(a: Placed, b: Placed, pairs: Pairs): Conflict | undefined {
  if (a.right.lineageId === b.right.lineageId || pairs.sameGroup(a.right.holder, b.right.holder)) return undefined;
  const kind = kindOf(a.right, b.right, pairs);
  if (kind === undefined) return undefined;
  if (kind === "exclusive_and_option" && !pairs.exercised(a.right.kind === "option" ? a : b)) return undefined;
  const overlap = pairs.overlap(a.right, b.right);
  return overlap === "no" ? undefined : conflict(kind, a, b, overlap === "yes");
}

function conflict(kind: ConflictKind, a: Placed, b: Placed, certain: boolean): Conflict {
  return {
    kind,
    agreement: a.version.id,
    clause: a.right.id,
    withAgreement: b.version.id,
    withClause: b.right.id,
    certain,
  };
}

/** How two rights of different holders collide where their scopes meet; undefined where they can live side by side. */
function kindOf(a: RightClause, b: RightClause, pairs: Pairs): ConflictKind | undefined {
  if (a.kind === "exclusivity" && b.kind === "option") return exclusiveAndOption(a, b, pairs);
  if (a.kind === "option" && b.kind === "exclusivity") return exclusiveAndOption(b, a, pairs);
  if (a.burdens !== b.burdens || !pairs.sameGroup(a.grantor, b.grantor)) return undefined;
  if (a.kind === "exclusivity" && b.kind === "exclusivity") return "two_exclusives";
  const stage = refusalStage(a);
  if (stage === undefined || stage !== refusalStage(b) || a.rank !== b.rank) return undefined;
  return a.sameRank === "undecided" || a.sameRank !== b.sameRank ? "rank_tie" : undefined;
}

/** Either both weigh on one party's capacity, or the exclusivity weighs on the demand of the party that has the option. */
function exclusiveAndOption(
  exclusive: RightClause,
  option: RightClause,
  pairs: Pairs,
): "exclusive_and_option" | undefined {
  const sameCapacity = exclusive.burdens === option.burdens && pairs.sameGroup(exclusive.grantor, option.grantor);
  const elsewhere =
    exclusive.burdens === "demand" &&
    pairs.sameGroup(exclusive.grantor, option.holder) &&
    !pairs.sameGroup(exclusive.holder, option.grantor);
  return sameCapacity || elsewhere ? "exclusive_and_option" : undefined;
}

/** Rights asked before the market and rights asked after it never meet at one rank. */
function refusalStage(right: RightClause): "request" | "offer" | undefined {
  if (right.kind === "first-offer") return "request";
  if (right.kind === "match") return "offer";
  if (right.kind !== "first-refusal") return undefined;
  return right.trigger === "request" ? "request" : "offer";
}

const ENCUMBERING: readonly RightClause["kind"][] = ["exclusivity", "first-offer", "first-refusal", "match", "option"];

/**
 * The right that closes a cycle: whoever `start` makes ask its holder first, and that holder another, and so on back to the
 * first. Only rights that weigh on the same thing make one, and only where each can meet the first.
 */
function cycleThrough(start: Placed, all: readonly Placed[], pairs: Pairs): Conflict | undefined {
  const { right: first } = start;
  if (!ENCUMBERING.includes(first.kind) || pairs.sameGroup(first.grantor, first.holder)) return undefined;
  const seen = new Set<Placed>([start]);
  const reached: { readonly holder: PartyId; readonly certain: boolean }[] = [{ holder: first.holder, certain: true }];
  for (const step of reached) {
    for (const next of all) {
      const { right } = next;
      if (seen.has(next) || right.burdens !== first.burdens || !ENCUMBERING.includes(right.kind)) continue;
      if (!pairs.sameGroup(right.grantor, step.holder)) continue;
      const overlap = pairs.overlap(first, right);
      if (overlap === "no") continue;
      seen.add(next);
      const certain = step.certain && overlap === "yes";
      if (pairs.sameGroup(right.holder, first.grantor)) return conflict("cyclic_encumbrance", start, next, certain);
      reached.push({ holder: right.holder, certain });
    }
  }
  return undefined;
}
