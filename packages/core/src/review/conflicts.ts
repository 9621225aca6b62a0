import {
  type AgreementVersion,
  type Conflict,
  type ConflictKind,
  findClause,
  findConflicts,
} from "../agreements/index.ts";
import type { PartyId } from "../kernel/index.ts";
import { scopesOverlap } from "../scope/index.ts";
import { type Finding, finding } from "./finding.ts";
import { currentVersions, type Reviewed } from "./reviewed.ts";

const SAYS: Readonly<Record<ConflictKind, string>> = {
  two_exclusives: "both make their holder the only one who may supply",
  exclusive_and_option:
    "one makes its holder the only one who may supply, and once the other is exercised somebody else does",
  rank_tie: "both must be asked at the same rank, and nothing says how their holders share",
  cyclic_encumbrance: "each waits for the other: whoever grants the one must ask a holder that must ask back",
};

const REMEDY: Readonly<Record<ConflictKind, string>> = {
  two_exclusives: "narrow the scope of one, end one, or decide which prevails",
  exclusive_and_option: "carve the option out of the exclusivity, or decide which prevails",
  rank_tie: "state `rank`, or one `sameRank` rule in both",
  cyclic_encumbrance: "narrow one of the scopes, or end one of the rights",
};

/** The conflicts that the engine finds when agreements take force, found before they do; every option counts as exercised. */
export function conflictFindings(reviewed: Reviewed): Finding[] {
  const versions = currentVersions(reviewed);
  const parties = { get: (id: PartyId) => reviewed.parties?.get(id) };
  const seen = new Set<string>();
  return versions.flatMap((version, index) =>
    findConflicts(version, versions.slice(0, index), scopesOverlap, parties, () => true).flatMap((conflict) => {
      const key = keyOf(conflict);
      if (seen.has(key)) return [];
      seen.add(key);
      return conflictFinding(version, versions, conflict);
    }),
  );
}

function keyOf({ kind, agreement, clause, withAgreement, withClause }: Conflict): string {
  return [kind, ...[`${agreement}/${clause}`, `${withAgreement}/${withClause}`].sort()].join(" ");
}

function conflictFinding(version: AgreementVersion, all: readonly AgreementVersion[], conflict: Conflict): Finding[] {
  const { kind, withAgreement, withClause, certain } = conflict;
  const clause = findClause(version, conflict.clause);
  const other = all.find((one) => one.id === withAgreement && findClause(one, withClause) !== undefined);
  if (clause === undefined || other === undefined) return [];
  const maybe = certain ? "" : " (as far as their scopes can be read, they may meet)";
  const words = [clause, findClause(other, withClause)]
    .flatMap((one) => one?.text ?? [])
    .map((text) => `"${shortened(text)}"`);
  const quoted = words.length === 0 ? "" : `: ${words.join(" and ")}`;
  const message = `${clause.id} and ${withAgreement}/${withClause} collide: ${SAYS[kind]}${maybe}${quoted}`;
  return [
    finding(kind, version, clause, message, REMEDY[kind], { with: { agreement: withAgreement, clause: withClause } }),
  ];
}

const QUOTE_CHARS = 160;

const shortened = (text: string): string => (text.length > QUOTE_CHARS ? `${text.slice(0, QUOTE_CHARS)}...` : text);
