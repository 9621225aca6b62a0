import type { AgreementVersion } from "../agreements/agreement.ts";
import type { RightClause } from "../agreements/clause.ts";
import type { PartyId } from "../kernel/index.ts";
import type { RightRef } from "./assessment.ts";

/** A right that weighs on a lot, with the version it was found in: later versions do not reach it (domain rule G8). */
export interface LiveRight {
  readonly ref: RightRef;
  readonly clause: RightClause;
  readonly version: AgreementVersion;
  /** The holder today: an assignment may have put another in its place. */
  readonly holder: PartyId;
  /** Which alternatives of the lot it burdens, by index. */
  readonly alternatives: readonly number[];
  /** Reaches at most so many accelerators. */
  readonly limit?: number;
}

/** Rights that are asked at the same time, in the order of the ladder. */
export interface Stage {
  readonly kind: "consent" | "first-ship" | "option" | "exclusivity" | "refusal";
  readonly rights: readonly LiveRight[];
}

/** Rights of these kinds weigh on a request as soon as it is made; the others wait for an offer, or for a period's end. */
export function stageKindOf(clause: RightClause): Stage["kind"] | "match" | "period" {
  switch (clause.kind) {
    case "consent":
      return "consent";
    case "first-ship":
      return "first-ship";
    case "option":
    case "soft-hold":
      return "option";
    case "exclusivity":
      return "exclusivity";
    case "first-offer":
      return "refusal";
    case "first-refusal":
      return clause.trigger === "request" ? "refusal" : "match";
    case "match":
      return "match";
    case "minimum-share":
    case "most-favoured":
      return "period";
  }
}

const LADDER: readonly Stage["kind"][] = ["consent", "first-ship", "option", "exclusivity", "refusal"];

/**
 * Stages in the order of the algorithm's step 7: prohibitions and consents, what must ship first, options and holds,
 * exclusivity, first refusal by rank. Rights of one rank are asked together, and so are neighbouring ranks that are all declared parallel.
 */
export function orderStages(rights: readonly LiveRight[]): Stage[] {
  const stages: Stage[] = [];
  for (const kind of LADDER) {
    const ofKind = rights.filter((right) => stageKindOf(right.clause) === kind).sort(byRank);
    if (kind === "consent" || kind === "first-ship") {
      if (ofKind.length > 0) stages.push({ kind, rights: ofKind });
      continue;
    }
    for (const group of askedTogether(ofKind)) stages.push({ kind, rights: group });
  }
  return stages;
}

/**
 * Cuts rights in order of rank into those that are asked at the same time: of one rank, or of neighbouring ranks declared parallel.
 * Nobody of another rank is asked beside a holder that names its terms first: they bound what the others may be asked for.
 */
export function askedTogether(rights: readonly LiveRight[]): readonly (readonly LiveRight[])[] {
  if (rights.length < 2) return rights.length === 0 ? [] : [rights];
  const groups: LiveRight[][] = [];
  for (const right of rights) {
    const group = groups[groups.length - 1];
    const last = group?.[group.length - 1];
    const together =
      last !== undefined && (last.clause.rank === right.clause.rank || (mayJoin(last) && right.clause.parallel));
    if (together) group?.push(right);
    else groups.push([right]);
  }
  return groups;
}

function mayJoin({ clause }: LiveRight): boolean {
  return clause.parallel && clause.kind !== "first-offer";
}

/** By rank, then by agreement and clause: never by the order of recording. */
export function byRank(a: LiveRight, b: LiveRight): number {
  if (a.clause.rank !== b.clause.rank) return a.clause.rank - b.clause.rank;
  const left = `${a.ref.agreement}#${a.ref.clause}`;
  const right = `${b.ref.agreement}#${b.ref.clause}`;
  return left < right ? -1 : left > right ? 1 : 0;
}
