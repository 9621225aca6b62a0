import { type AgreementState, clauseEnd, isInForce, standsFor, termEnd, versionAt } from "../agreements/timeline.ts";
import type { AgreementVersion } from "../agreements/agreement.ts";
import { isRight, type RightClause } from "../agreements/clause.ts";
import type { AgreementId, Instant, PartyId, TimeWindow } from "../kernel/index.ts";
import { NO_PRODUCT } from "../requests/product.ts";
import { type CompiledScope, compileScope, evaluateScope, type Facts } from "../scope/index.ts";
import type { Assessment, RightRef, Verdict, Waiver } from "./assessment.ts";
import { decisiveDefaults } from "./decisive.ts";
import type { LiveRight } from "./live.ts";

/** What the assessment asks of the world around it. */
export interface RightsWorld {
  readonly agreements: readonly AgreementState[];
  readonly waivers: readonly Waiver[];
  /** True where `grantor` is the buyer, or an affiliate whose demand a clause aggregates. */
  bindsBuyer(grantor: PartyId, buyer: PartyId, clause: RightClause, version: AgreementVersion): boolean;
  eligible(party: PartyId, at: Instant): boolean;
  inDefault(party: PartyId, agreement: AgreementId): boolean;
  /** Whether what is asked for is new to a right: what is called under a contract that is older than it is not. */
  isNewFor(clause: RightClause): boolean;
  /** What of an option on so many accelerators has not been taken yet. */
  leftOf(option: RightRef, count: number): number;
  /** Whether two blocks have machines in common. */
  sameMachines(a: string, b: string): boolean;
}

/** The lot as the scopes see it: one set of facts for each of its alternatives. */
export interface LotView {
  readonly side: "demand" | "capacity";
  readonly owner: PartyId;
  readonly window: TimeWindow;
  readonly count: number;
  readonly facts: readonly Facts[];
  /** It announces the release of a product, and nothing is bought. */
  readonly isRelease?: true;
  /** Who would build it, where the request says so. */
  readonly sources?: readonly PartyId[];
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
  const { withRights, changes } = standingOf(world.agreements);
  note(firstAfter(changes, at));
  for (const agreement of withRights) {
    for (const [version, clause] of weighed(agreement, lot.window, at)) {
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

/** What a list of agreements comes to for every lot. */
interface Standing {
  /** Those in force that give some right. Restated ones come before those they restate, so that a repeated right is found in the newer one (row V11). */
  readonly withRights: readonly AgreementState[];
  /** When any version of any agreement in force begins, or ends by its term or before, in order. */
  readonly changes: readonly Instant[];
}

/** By list of agreements: a book makes another one whenever one of them changes, and asks about the same one for every lot. */
const standing = new WeakMap<readonly AgreementState[], Standing>();

function standingOf(agreements: readonly AgreementState[]): Standing {
  let found = standing.get(agreements);
  if (found === undefined) {
    found = makeStanding(agreements.filter(isInForce));
    standing.set(agreements, found);
  }
  return found;
}

function makeStanding(inForce: readonly AgreementState[]): Standing {
  const changes = inForce.flatMap((agreement) => [
    ...agreement.versions.flatMap((version) => [version.effectiveFrom, termEnd(agreement, version) ?? []].flat()),
    ...agreement.endings.map(({ at }) => at),
  ]);
  return {
    withRights: inForce
      .filter(({ versions }) => versions.some(({ clauses }) => clauses.some(isRight)))
      .sort((a, b) => firstFrom(b) - firstFrom(a) || (a.id < b.id ? -1 : 1)),
    changes: changes.sort((a, b) => a - b),
  };
}

/** The first of ordered instants that comes after `at`. */
function firstAfter(ordered: readonly Instant[], at: Instant): Instant | undefined {
  let [low, high] = [0, ordered.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ordered[middle] ?? at) > at) high = middle;
    else low = middle + 1;
  }
  return ordered[low];
}

function firstFrom(agreement: AgreementState): number {
  return agreement.versions[0]?.effectiveFrom ?? 0;
}

/** The rights of the version in force, and of those that attach by service window, the ones in force when the service begins. */
function* weighed(
  agreement: AgreementState,
  window: TimeWindow,
  at: Instant,
): Generator<[AgreementVersion, RightClause]> {
  const now = versionAt(agreement, at);
  const then = versionAt(agreement, window.from);
  for (const clause of now?.clauses ?? []) {
    if (
      now !== undefined &&
      isRight(clause) &&
      (clause.attachBy !== "service-window" || then === now || then === undefined)
    )
      yield [now, clause];
  }
  if (then === undefined || then === now) return;
  for (const clause of then.clauses) if (isRight(clause) && clause.attachBy === "service-window") yield [then, clause];
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
  const say = (verdict: Verdict, facts: readonly string[] = NONE, undeclared: readonly string[] = NONE) => {
    const assessment: Assessment = { right: ref, verdict, facts, undeclared, unconfirmedReading };
    const defaults = decisiveDefaults(verdict, clause, version);
    return { assessment: defaults.length === 0 ? assessment : { ...assessment, defaults } };
  };
  if (clause.burdens !== lot.side) return say("other_side");
  const holder = standsFor(agreement, clause.holder);
  const grantor = standsFor(agreement, clause.grantor);
  if (!world.bindsBuyer(grantor, lot.owner, clause, version)) return say("grantor_not_buyer");
  if (holder === lot.counterparty) return say("holder_is_counterparty");
  if (lot.isRelease === true && clause.kind !== "first-ship") return say("nothing_bought");
  const end = clauseEnd(agreement, version, clause.id);
  if (end !== undefined && end.at <= at) return say("ended");
  if (!attaches(clause, version, lot.window, at, end?.at)) return say("not_live");
  if (clause.option !== undefined && world.leftOf(ref, clause.option.count) <= 0)
    return say("cap_exhausted", [`option=${clause.option.count}`]);
  if (clause.option !== undefined && (clause.option.until <= at || !reachesBlocks(clause, lot, world))) {
    return clause.option.until <= at ? say("ended") : say("out_of_scope", clause.option.blocks);
  }
  const product = clause.kind === "first-ship" ? productIn(lot) : "";
  if (product === NO_PRODUCT) return say("no_release");
  // A call under a contract that is older, or that states it, is nobody's offer: what waits for an offer is not due by it.
  const wantsNew = clause.newCapacityOnly || clause.trigger === "third-party-offer";
  if (wantsNew && !world.isNewFor(clause)) return say("not_new_capacity");
  const scoped = scopeOf(clause, lot);
  if (scoped.alternatives.length === 0) return say(scoped.verdict, scoped.facts, scoped.undeclared);
  if (lineages.has(clause.lineageId)) return say("same_lineage");
  const waiver = world.waivers.find((item) => waives(item, ref, clause, lot, at));
  if (waiver !== undefined) return say("standing_waiver", [waiver.id]);
  const suspended = clause.kind === "consent" ? undefined : suspension(clause, holder, agreement, world, at);
  if (suspended !== undefined) return say(suspended, [holder]);
  const limit = limitOf(clause, ref, world);
  const base: LiveRight = { ref, clause, version, holder, alternatives: scoped.alternatives };
  // What it serves was not declared: it may be a launch.
  const undeclared = product === undefined ? [...new Set([...scoped.undeclared, PRODUCT])] : scoped.undeclared;
  const { assessment } = say("applies", scoped.facts, undeclared);
  return {
    assessment: {
      ...assessment,
      ...(scoped.alternatives.length === lot.facts.length ? {} : { alternatives: scoped.alternatives }),
      ...(limit === undefined ? {} : { limit }),
    },
    live: limit === undefined ? base : { ...base, limit },
  };
}

const PRODUCT = "x_Product";

/** The product that a lot serves, in lower case; undefined where nobody has declared one. */
function productIn({ facts }: LotView): string | undefined {
  return facts[0]?.get(PRODUCT)?.one;
}

/** The most that a right reaches of a request: its cap, and of an option what may still be taken by it. */
function limitOf({ capCount, option }: RightClause, ref: RightRef, world: RightsWorld): number | undefined {
  if (option === undefined) return capCount;
  const left = world.leftOf(ref, option.count);
  return capCount === undefined ? left : Math.min(capCount, left);
}

/** A consent is never dropped because its holder may not supply: it supplies nothing. */
function suspension(
  clause: RightClause,
  holder: PartyId,
  agreement: AgreementState,
  world: RightsWorld,
  at: Instant,
): "holder_in_default" | "holder_not_eligible" | undefined {
  if (clause.suspendOnDefault && world.inDefault(holder, agreement.id)) return "holder_in_default";
  return world.eligible(holder, at) ? undefined : "holder_not_eligible";
}

/** An option without blocks reaches all that its scope does; one on blocks, all that is made of the same machines. */
function reachesBlocks(clause: RightClause, lot: LotView, world: RightsWorld): boolean {
  const blocks = clause.option?.blocks ?? [];
  return blocks.length === 0 || lot.blocks.some((id) => blocks.some((block) => world.sameMachines(block, id)));
}

/** Whether the right is in force at the instant that its clause attaches by. */
function attaches(
  clause: RightClause,
  version: AgreementVersion,
  window: TimeWindow,
  at: Instant,
  end: Instant | undefined,
): boolean {
  if (clause.attachBy !== "service-window") return version.effectiveFrom <= at;
  return version.effectiveFrom < window.to && (end === undefined || end > window.from);
}

/** A waiver for some provider or price only leaves the right where it is: its clearance carries these terms (domain row T14). */
function waives(
  waiver: Waiver,
  ref: { agreement: string; clause: string },
  clause: RightClause,
  lot: LotView,
  at: Instant,
): boolean {
  if (!waiver.standing || waiver.right.agreement !== ref.agreement || waiver.right.clause !== clause.id) return false;
  if (waiver.from > at || (waiver.to !== undefined && at >= waiver.to)) return false;
  const { purposes, countMax, provider, priceMaxMicros } = waiver.limits;
  if (provider !== undefined || priceMaxMicros !== undefined) return false;
  if (countMax !== undefined && lot.count > countMax) return false;
  if (purposes === undefined) return true;
  return lot.facts.every((facts) => {
    const purpose = facts.get("x_Purpose")?.one;
    return purpose !== undefined && purposes.some((item) => item.toLowerCase() === purpose);
  });
}

/** Whether a right reaches any of a lot's alternatives, by its scope and its carve-outs. */
export function reachesAny(clause: RightClause, facts: readonly Facts[], sources?: readonly PartyId[]): boolean {
  return scopeOf(clause, sources === undefined ? { facts } : { facts, sources }).alternatives.length > 0;
}

/** Which alternatives are burdened, with the facts that decided it for the first one. */
function scopeOf(
  clause: RightClause,
  lot: Pick<LotView, "facts" | "sources">,
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
    const carve = carveOuts.findIndex(
      (item, place) => evaluateScope(item, view, "known").applies && isBuiltBy(clause, place, lot.sources),
    );
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

/** A carve-out for own build covers only what the parties it lists build themselves (domain rule G21). */
function isBuiltBy(clause: RightClause, place: number, sources: readonly PartyId[] | undefined): boolean {
  const builders = clause.carveOuts[place]?.ownBuild;
  return builders === undefined || sources === undefined || sources.every((party) => builders.includes(party));
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
