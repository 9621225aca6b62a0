import { compareText, type Instant, type RequestId } from "../kernel/index.ts";
import { controlGroupOf, isAffiliate } from "../agreements/affiliates.ts";
import type { AgreementVersion } from "../agreements/agreement.ts";
import type { EntitlementClause } from "../agreements/clause.ts";
import { findClause } from "../agreements/timeline.ts";
import { deMinimis } from "../notices/de-minimis.ts";
import { lotFacts } from "../requests/facts.ts";
import type { Lot } from "../requests/lot.ts";
import type { ComputeRequest } from "../requests/request.ts";
import { assessRights, type Collected, type LotView, type RightsWorld } from "../rights/assess.ts";
import type { Assessment } from "../rights/assessment.ts";
import { isEligible, nextEligibility } from "./eligible.ts";
import { conflictKey } from "./evolve-agreements.ts";
import { pinned, sameRight } from "./lookup.ts";
import { sendNotice } from "./notify.ts";
import type { LotState } from "./request-state.ts";
import type { BookState } from "./state.ts";
import { clear } from "./stages.ts";
import type { Turn } from "./turn.ts";

/** Finds out which rights weigh on a lot, records every one with its reason, and clears those that do not block. */
export function attachRights(turn: Turn, lot: LotState): void {
  const { state } = turn;
  const request = state.requests.get(lot.lot.request)?.request;
  if (request === undefined) return;
  const collected = collect(turn, request, lot.lot);
  const assessments = countDeMinimis(turn, request, lot.lot, exhaustCaps(turn, lot, yieldDecided(state, collected.assessments)));
  turn.emit({ type: "rightsAssessed", at: turn.at, lot: lot.lot.id, request: request.id, assessments });
  for (const assessment of assessments) clearWhatDoesNotBlock(turn, lot, assessment);
  const held = conflictsAmong(state, assessments);
  if (held.length > 0) {
    turn.emit({ type: "requestHeld", at: turn.at, request: request.id, lot: lot.lot.id, why: "conflict_undecided", rights: held.map((item) => item.right) });
  }
}

/** How one right reads a lot today, in the version that is in force today; undefined where it is in no version any more. */
export function readAnew(turn: Turn, lot: LotState, right: Pick<Assessment["right"], "agreement" | "clause">): Assessment | undefined {
  const request = turn.state.requests.get(lot.lot.request)?.request;
  if (request === undefined) return undefined;
  return collect(turn, request, lot.lot).assessments.find((item) => item.right.agreement === right.agreement && item.right.clause === right.clause);
}

/** Entitlement that a request calls on, where it names one. */
export function entitlementOf(state: BookState, request: ComputeRequest, lineIndex: number): { clause: EntitlementClause; version: AgreementVersion } | undefined {
  const under = request.lines[lineIndex]?.under;
  if (under === undefined) return undefined;
  for (const version of [...(state.agreements.get(under.agreement)?.versions ?? [])].reverse()) {
    const clause = findClause(version, under.clause);
    if (clause?.kind === "entitlement") return { clause, version };
  }
  return undefined;
}

/** Like requests are burdened alike: the answer is kept while nothing that it rests on has changed. */
function collect(turn: Turn, request: ComputeRequest, lot: Lot): Collected {
  const { state, at } = turn;
  const line = request.lines[lot.lineIndex];
  const plain = line?.under === undefined && request.sale === undefined && !hasServiceWindows(state);
  const key = plain ? factsKey(request, lot) : "";
  const known = plain ? state.rightsCache.get(key) : undefined;
  if (known !== undefined && known.epoch === state.epoch && known.from <= at && (known.collected.staleAt === undefined || at < known.collected.staleAt)) {
    return known.collected;
  }
  const collected = assessRights(viewOf(request, lot), worldOf(state, request, lot), at);
  if (plain) {
    if (state.rightsCache.size > CACHE_MAX) state.rightsCache.clear();
    state.rightsCache.set(key, { epoch: state.epoch, from: at, collected: untilEligibilityChanges(state, collected, at) });
  }
  return collected;
}

const CACHE_MAX = 10_000;

/** What was recorded of somebody for a later date is another answer from then on. */
function untilEligibilityChanges(state: BookState, collected: Collected, at: Instant): Collected {
  const next = nextEligibility(state, at);
  return next === undefined || (collected.staleAt !== undefined && collected.staleAt <= next) ? collected : { ...collected, staleAt: next };
}

function factsKey(request: ComputeRequest, lot: Lot): string {
  let key = `${request.buyer}|${lot.side}|${lot.purposes.join(",")}|${lot.purposeDeclared ? 1 : 0}|${lot.terms.channel ?? ""}|${lot.terms.sourceClass ?? ""}|${lot.newCapacity ? 1 : 0}`;
  for (const alternative of lot.alternatives) key += `|${alternative.acceleratorType} ${alternative.region}`;
  return key;
}

/** By list of agreements: another list is made whenever one of them changes. */
const serviceWindows = new WeakMap<ReturnType<typeof agreementsOf>, boolean>();

function hasServiceWindows(state: BookState): boolean {
  const agreements = agreementsOf(state);
  let some = serviceWindows.get(agreements);
  if (some === undefined) {
    some = agreements.some(({ versions }) =>
      versions.some(({ clauses }) => clauses.some((clause) => "attachBy" in clause && clause.attachBy === "service-window")),
    );
    serviceWindows.set(agreements, some);
  }
  return some;
}

function viewOf(request: ComputeRequest, lot: Lot): LotView {
  const blocks = request.sale?.blocks ?? [];
  return {
    side: lot.side,
    owner: request.buyer,
    window: lot.window,
    facts: lot.alternatives.map((alternative) => lotFacts(lot, alternative)),
    blocks,
    ...(request.sale === undefined ? {} : { counterparty: request.sale.to }),
  };
}

export function agreementsOf(state: BookState): NonNullable<BookState["lists"]>["agreements"] {
  if (state.lists === undefined || state.lists.epoch !== state.epoch) {
    state.lists = { epoch: state.epoch, agreements: state.agreements.sortedValues(), waivers: state.waivers.sortedValues() };
  }
  return state.lists.agreements;
}

function worldOf(state: BookState, request: ComputeRequest, lot: Lot): RightsWorld {
  const agreements = agreementsOf(state);
  const entitlement = entitlementOf(state, request, lot.lineIndex);
  const negotiated = request.lines[lot.lineIndex]?.under?.negotiated === true;
  return {
    agreements,
    waivers: state.lists?.waivers ?? [],
    bindsBuyer: (grantor, buyer, clause, version) =>
      grantor === buyer || (clause.affiliates.aggregate && isAffiliate(grantor, buyer, state.parties, version.affiliateBp)),
    eligible: (party, at) => isEligible(state, party, at),
    inDefault: (party, agreement) => state.defaults.has(`${party} ${agreement}`),
    isNewFor: (version) => lot.newCapacity && (entitlement === undefined || negotiated || isNew(state, entitlement, version)),
  };
}

/** Contracted before the right began, or stated in a notice that was cleared: not new capacity (domain rows A7, A9, A15). */
function isNew(state: BookState, entitlement: { clause: EntitlementClause; version: AgreementVersion }, right: AgreementVersion): boolean {
  const signedAt = entitlement.version.signedAt ?? entitlement.version.effectiveFrom;
  if (signedAt < right.effectiveFrom) return false;
  if (entitlement.clause.act === "renewal") return false;
  const { statedIn } = entitlement.clause;
  return statedIn === undefined || !state.statedOptions.has(statedIn as RequestId);
}

/** A right with a cap on its count does not reach the lots behind the first that use it up. */
function exhaustCaps(turn: Turn, lot: LotState, assessments: readonly Assessment[]): readonly Assessment[] {
  if (!assessments.some((item) => item.limit !== undefined && item.verdict === "applies")) return assessments;
  const others = turn.state.requests.get(lot.lot.request)?.lots.filter((item) => item.lot.id !== lot.lot.id && item.lot.lineIndex === lot.lot.lineIndex) ?? [];
  return assessments.map((assessment) => {
    if (assessment.limit === undefined || assessment.verdict !== "applies") return assessment;
    let used = 0;
    for (const other of others) {
      if (other.assessments.some((item) => item.verdict === "applies" && sameRight(item.right, assessment.right))) used += other.lot.count;
    }
    return used >= assessment.limit ? { ...assessment, verdict: "cap_exhausted" as const, facts: [`cap=${assessment.limit}`] } : assessment;
  });
}

/** Where a person has decided which of two conflicting clauses prevails, the other yields. */
function yieldDecided(state: BookState, assessments: readonly Assessment[]): readonly Assessment[] {
  if (state.conflicts.size === 0) return assessments;
  return assessments.map((a) => {
    if (a.verdict !== "applies") return a;
    const yields = assessments.some((b) => {
      if (a === b || b.verdict !== "applies") return false;
      const decided = state.conflicts.get(conflictKey({ agreement: a.right.agreement, clause: a.right.clause, withAgreement: b.right.agreement, withClause: b.right.clause }));
      return decided !== undefined && decided !== "open" && decided !== a.right.agreement;
    });
    return yields ? { ...a, verdict: "yields" as const } : a;
  });
}

/** Small submissions are clear while they stay small together (G15); each one counts, also those that are noticed. */
function countDeMinimis(turn: Turn, request: ComputeRequest, lot: Lot, assessments: readonly Assessment[]): readonly Assessment[] {
  let result = assessments;
  assessments.forEach((assessment, index) => {
    if (assessment.verdict !== "applies") return;
    const agreement = turn.state.agreements.get(assessment.right.agreement);
    const version = agreement?.versions.find((item) => item.version === assessment.right.version);
    const clause = version === undefined ? undefined : findClause(version, assessment.right.clause);
    if (version === undefined || clause === undefined || !("deMinimis" in clause) || clause.deMinimis === undefined) return;
    const who = clause.deMinimis.by === "project" ? (request.project ?? "") : controlGroupOf(request.buyer, turn.state.parties);
    const key = `${assessment.right.agreement}#${assessment.right.clause} ${who}`;
    const history = turn.state.deMinimis.get(key) ?? [];
    const result_ = deMinimis(history, { at: turn.at, count: lot.count }, clause.deMinimis, version.zone);
    turn.emit({
      type: "deMinimisCounted", at: turn.at, right: assessment.right, key, count: lot.count, sum: result_.sum, clear: result_.clear,
      request: request.id, earlier: result_.earlier.map((item) => (item as { request: RequestId }).request),
    });
    if (!result_.clear) return;
    const changed = [...result];
    changed[index] = { ...assessment, verdict: "below_de_minimis", facts: [`sum=${result_.sum}`, `limit=${clause.deMinimis.count}`] };
    result = changed;
  });
  return result;
}

const NOT_APPLICABLE: ReadonlySet<string> = new Set(["carved_out", "below_de_minimis", "not_new_capacity", "cap_exhausted", "yields"]);
const SUSPENDED: ReadonlySet<string> = new Set(["holder_in_default", "holder_not_eligible"]);

function clearWhatDoesNotBlock(turn: Turn, lot: LotState, assessment: Assessment): void {
  const { verdict } = assessment;
  if (NOT_APPLICABLE.has(verdict)) {
    return clear(turn, lot, pinned(turn.state, assessment.right, lot), { reason: "not_applicable", why: verdict, count: lot.lot.count });
  }
  if (verdict === "standing_waiver") {
    return clear(turn, lot, pinned(turn.state, assessment.right, lot), { reason: "waived", why: assessment.facts[0] ?? "", count: lot.lot.count });
  }
  if (!SUSPENDED.has(verdict)) return;
  const right = pinned(turn.state, assessment.right, lot);
  // A consent is never dropped because its holder is away: silence blocks (step 5).
  if (right.clause.kind === "consent") return;
  clear(turn, lot, right, { reason: "suspended", why: verdict, count: lot.lot.count });
  sendNotice(turn, { kind: "information", right, lot, count: lot.lot.count, terms: lot.lot.terms, termsText: lot.lot.termsText });
}

/** Rights of this lot whose conflict nobody has decided (step 6); never resolved by the broker. */
function conflictsAmong(state: BookState, assessments: readonly Assessment[]): readonly Assessment[] {
  if (state.conflicts.size === 0) return [];
  const live = assessments.filter((item) => item.verdict === "applies");
  const inConflict = new Set<Assessment>();
  for (const a of live) {
    for (const b of live) {
      if (a === b) continue;
      const key = conflictKey({ agreement: a.right.agreement, clause: a.right.clause, withAgreement: b.right.agreement, withClause: b.right.clause });
      if (state.conflicts.get(key) === "open") inConflict.add(a).add(b);
    }
  }
  return [...inConflict].sort((a, b) => compareText(a.right.agreement, b.right.agreement));
}
