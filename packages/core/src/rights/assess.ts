import { type AgreementState, clauseEnd, isInForce, standsFor, versionAt } from "../agreements/timeline.ts";
import type { AgreementVersion } from "../agreements/agreement.ts";
import { isRight, type RightClause } from "../agreements/clause.ts";
import type { AgreementId, Instant, PartyId, TimeWindow } from "../kernel/index.ts";
import { type CompiledScope, compileScope, evaluateScope, type Facts } from "../scope/index.ts";
import type { Assessment, Verdict, Waiver } from "./assessment.ts";
import type { LiveRight } from "./live.ts";

/** What the assessment asks of the world around it. */
export interface RightsWorld {
  readonly agreements: readonly AgreementState[];
  readonly waivers: readonly Waiver[];
  /** True where `grantor` is the buyer, or an affiliate whose demand a clause aggregates. */
  bindsBuyer(grantor: PartyId, buyer: PartyId, clause: RightClause, version: AgreementVersion): boolean;
  eligible(party: PartyId, at: Instant): boolean;
  inDefault(party: PartyId, agreement: AgreementId): boolean;
  /** Whether capacity called under an entitlement is new to a right that began when this agreement version did. */
  isNewFor(version: AgreementVersion): boolean;
}

/** The lot as the scopes see it: one set of facts for each of its alternatives. */
export interface LotView {
  readonly side: "demand" | "capacity";
  readonly owner: PartyId;
  readonly window: TimeWindow;
  readonly facts: readonly Facts[];
  /** Capacity side: the blocks on sale. */
  readonly blocks: readonly string[];
  /** Capacity side: who would buy; its own rights do not stand in its way. */
  readonly counterparty?: PartyId;
}

export interface Collected {
  readonly assessments: readonly Assessment[];
  readonly live: readonly LiveRight[];
  /** The first instant at which the same question may have another answer; without end when absent. */
  readonly staleAt?: Instant;
}

const NONE: readonly string[] = [];
const compiled = new WeakMap<
  RightClause,
  { readonly scope: CompiledScope; readonly carveOuts: readonly CompiledScope[] }
>();

function compiledOf(clause: RightClause): { scope: CompiledScope; carveOuts: readonly CompiledScope[] } {
  let found = compiled.get(clause);
  if (found === undefined) {
    found = {
      scope: compileScope(clause.scope),
      carveOuts: clause.carveOuts.map((carve) => compileScope(carve.scope)),
    };
    compiled.set(clause, found);
  }
  return found;
}

/**
 * Weighs every right of every agreement on a lot, also those that turn out not to apply, each with the reason: steps 4 and 5
 * of the algorithm, save what depends on the count (de-minimis, caps), which the caller adds.
 */
export function assessRights(lot: LotView, world: RightsWorld, at: Instant): Collected {
  const assessments: Assessment[] = [];
  const live: LiveRight[] = [];
  const lineages = new Set<string>();
  let staleAt: Instant | undefined;
  const note = (instant: Instant | undefined): void => {
    if (instant !== undefined && instant > at && (staleAt === undefined || instant < staleAt)) staleAt = instant;
  };
  for (const agreement of newestFirst(world.agreements)) {
    for (const version of agreement.versions) {
      note(version.effectiveFrom);
      note(version.effectiveTo);
    }
    for (const ending of agreement.endings) note(ending.at);
    const version = versionFor(agreement, lot.window, at);
    if (version === undefined) continue;
    for (const clause of version.clauses) {
      if (!isRight(clause)) continue;
      const judged = assessOne(agreement, version, clause, lot, world, at, lineages);
      assessments.push(judged.assessment);
      if (judged.live !== undefined) {
        live.push(judged.live);
        lineages.add(clause.lineageId);
      }
    }
  }
  for (const right of live) note(right.clause.option?.until);
  for (const waiver of world.waivers) {
    note(waiver.from);
    note(waiver.to);
  }
  return staleAt === undefined ? { assessments, live } : { assessments, live, staleAt };
}

/** Restated agreements come before those they restate, so that a repeated right is found in the newer one (row V11). */
function newestFirst(agreements: readonly AgreementState[]): AgreementState[] {
  return agreements.filter(isInForce).sort((a, b) => firstFrom(b) - firstFrom(a) || (a.id < b.id ? -1 : 1));
}

function firstFrom(agreement: AgreementState): number {
  return agreement.versions[0]?.effectiveFrom ?? 0;
}

/** The version at the instant; for rights that attach by service window, the one in force when the service begins. */
function versionFor(agreement: AgreementState, window: TimeWindow, at: Instant): AgreementVersion | undefined {
  const now = versionAt(agreement, at);
  if (now !== undefined) return now;
  const later = versionAt(agreement, window.from);
  return later?.clauses.some((clause) => isRight(clause) && clause.attachBy === "service-window") === true
    ? later
    : undefined;
}

function assessOne(
  agreement: AgreementState,
  version: AgreementVersion,
  clause: RightClause,
  lot: LotView,
  world: RightsWorld,
  at: Instant,
  lineages: ReadonlySet<string>,
): { assessment: Assessment; live?: LiveRight } {
  const ref = { agreement: agreement.id, clause: clause.id, version: version.version };
  const unconfirmedReading = clause.reading === undefined;
  const say = (verdict: Verdict, facts: readonly string[] = NONE, undeclared: readonly string[] = NONE) => ({
    assessment: { right: ref, verdict, facts, undeclared, unconfirmedReading },
  });
  if (clause.burdens !== lot.side) return say("other_side");
  const holder = standsFor(agreement, clause.holder);
  const grantor = standsFor(agreement, clause.grantor);
  if (!world.bindsBuyer(grantor, lot.owner, clause, version)) return say("grantor_not_buyer");
  if (holder === lot.counterparty) return say("holder_is_counterparty");
  const end = clauseEnd(agreement, version, clause.id);
  if (end !== undefined && end.at <= at) return say("ended");
  if (!attaches(clause, version, lot.window, at)) return say("not_live");
  if (clause.option !== undefined && (clause.option.until <= at || !reachesBlocks(clause, lot))) {
    return clause.option.until <= at ? say("ended") : say("out_of_scope", clause.option.blocks);
  }
  // A call under a contract that is older, or that states it, is nobody's offer: what waits for an offer is not due by it.
  const wantsNew = clause.newCapacityOnly || clause.trigger === "third-party-offer";
  if (wantsNew && !world.isNewFor(version)) return say("not_new_capacity");
  const scoped = scopeOf(clause, lot);
  if (scoped.alternatives.length === 0) return say(scoped.verdict, scoped.facts, scoped.undeclared);
  if (lineages.has(clause.lineageId)) return say("same_lineage");
  const waiver = world.waivers.find((item) => waives(item, ref, clause, lot, at));
  if (waiver !== undefined) return say("standing_waiver", [waiver.id]);
  if (clause.suspendOnDefault && world.inDefault(holder, agreement.id)) return say("holder_in_default", [holder]);
  if (!world.eligible(holder, at)) return say("holder_not_eligible", [holder]);
  const base: LiveRight = { ref, clause, version, holder, alternatives: scoped.alternatives };
  const limit = reachOf(clause);
  const { assessment } = say("applies", scoped.facts, scoped.undeclared);
  return {
    assessment: {
      ...assessment,
      ...(scoped.alternatives.length === lot.facts.length ? {} : { alternatives: scoped.alternatives }),
      ...(limit === undefined ? {} : { limit }),
    },
    live: limit === undefined ? base : { ...base, limit },
  };
}

/** The most that a right reaches of a request: its cap, and for an option what may be taken by it. */
function reachOf({ capCount, option }: RightClause): number | undefined {
  if (capCount === undefined || option === undefined) return capCount ?? option?.count;
  return Math.min(capCount, option.count);
}

/** An option without blocks reaches all that its scope does. */
function reachesBlocks(clause: RightClause, lot: LotView): boolean {
  const blocks = clause.option?.blocks ?? [];
  return blocks.length === 0 || lot.blocks.some((id) => blocks.some((block) => block === id));
}

/** Whether the right is in force at the instant that its clause attaches by. */
function attaches(clause: RightClause, version: AgreementVersion, window: TimeWindow, at: Instant): boolean {
  if (clause.attachBy !== "service-window") return version.effectiveFrom <= at;
  return version.effectiveFrom < window.to && (version.effectiveTo === undefined || version.effectiveTo > window.from);
}

function waives(
  waiver: Waiver,
  ref: { agreement: string; clause: string },
  clause: RightClause,
  lot: LotView,
  at: Instant,
): boolean {
  if (!waiver.standing || waiver.right.agreement !== ref.agreement || waiver.right.clause !== clause.id) return false;
  if (waiver.from > at || (waiver.to !== undefined && at >= waiver.to)) return false;
  const purposes = waiver.limits.purposes;
  if (purposes === undefined) return true;
  return lot.facts.every((facts) => {
    const purpose = facts.get("x_Purpose")?.one;
    return purpose !== undefined && purposes.some((item) => item.toLowerCase() === purpose);
  });
}

/** Which alternatives are burdened, with the facts that decided it for the first one. */
function scopeOf(
  clause: RightClause,
  lot: LotView,
): {
  alternatives: number[];
  verdict: "out_of_scope" | "carved_out";
  facts: readonly string[];
  undeclared: readonly string[];
} {
  const { scope, carveOuts } = compiledOf(clause);
  const alternatives: number[] = [];
  let verdict: "out_of_scope" | "carved_out" = "out_of_scope";
  let facts: readonly string[] = NONE;
  let undeclared: readonly string[] = NONE;
  for (let index = 0; index < lot.facts.length; index += 1) {
    const view = lot.facts[index] as Facts;
    const inside = evaluateScope(scope, view, "burdened");
    if (!inside.applies) {
      if (facts.length === 0) facts = decisive(inside.tests, "no");
      continue;
    }
    // A carve-out is a benefit of the buyer: it counts only where the facts are known.
    const carve = carveOuts.findIndex((item) => evaluateScope(item, view, "known").applies);
    if (carve >= 0) {
      verdict = "carved_out";
      facts = [clause.carveOuts[carve]?.id ?? ""];
      continue;
    }
    if (alternatives.length === 0) {
      facts = decisive(inside.tests, "yes");
      undeclared = unknowns(inside.undeclared, carveOuts, view);
    }
    alternatives.push(index);
  }
  return { alternatives, verdict, facts, undeclared };
}

function decisive(
  tests: readonly { readonly dimension: string; readonly verdict: string; readonly fact: unknown }[],
  verdict: "yes" | "no",
): string[] {
  return tests.filter((test) => test.verdict === verdict).map((test) => `${test.dimension}=${String(test.fact)}`);
}

function unknowns(undeclared: readonly string[], carveOuts: readonly CompiledScope[], facts: Facts): readonly string[] {
  let all = undeclared;
  for (const carve of carveOuts) {
    const missing = evaluateScope(carve, facts, "known");
    if (missing.verdict === "unknown") all = [...new Set([...all, ...missing.undeclared])];
  }
  return all;
}
