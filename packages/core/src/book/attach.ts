import { compareText } from "../kernel/index.ts";
import { type Assessment, overruled, type RightRef, type Verdict } from "../rights/assessment.ts";
import { assessLot } from "./assess-lot.ts";
import { exhaustCaps } from "./caps.ts";
import { clear } from "./clearances.ts";
import { conflictKey } from "./evolve-agreements.ts";
import { exercise, heldByOption } from "./exercise.ts";
import { pinned } from "./lookup.ts";
import { sendNotice } from "./notify.ts";
import type { LotState, RequestState } from "./request-state.ts";
import { countSmall } from "./small-submissions.ts";
import type { BookState } from "./state.ts";
import type { Turn } from "./turn.ts";

/**
 * Finds out which rights weigh on the lots of a request that have just been formed, records every one with its reason, and clears
 * those that do not block.
 */
export function attachRights(turn: Turn, request: RequestState): void {
  const forming = request.lots.filter((lot) => lot.phase === "forming");
  const assessed = new Map<LotState, readonly Assessment[]>();
  for (const lot of forming) {
    const { assessments } = assessLot(turn, request.request, lot.lot);
    const decided = exercise(
      turn,
      request.request,
      lot,
      yieldDecided(turn.state, withoutFailed(turn, request, lot, assessments)),
    );
    assessed.set(lot, exhaustCaps(request, lot, decided, assessed));
  }
  countSmall(turn, request, assessed);
  for (const [lot, assessments] of assessed) record(turn, request, lot, assessments);
}

/** How one right reads a lot today, in the version that is in force today; undefined where it is in no version any more. */
export function readAnew(
  turn: Turn,
  lot: LotState,
  right: Pick<RightRef, "agreement" | "clause">,
): Assessment | undefined {
  const request = turn.state.requests.get(lot.lot.request)?.request;
  return request === undefined
    ? undefined
    : assessLot(turn, request, lot.lot).assessments.find((item) => sameClause(item.right, right));
}

function sameClause(a: Pick<RightRef, "agreement" | "clause">, b: Pick<RightRef, "agreement" | "clause">): boolean {
  return a.agreement === b.agreement && a.clause === b.clause;
}

function record(turn: Turn, from: RequestState, lot: LotState, assessments: readonly Assessment[]): void {
  const { request, id } = lot.lot;
  turn.emit({ type: "rightsAssessed", at: turn.at, lot: id, request, assessments });
  for (const assessment of assessments) clearWhatDoesNotBlock(turn, lot, assessment);
  const held = [...conflictsAmong(turn.state, assessments), ...heldByOption(turn, from.request, lot, assessments)];
  if (held.length > 0) {
    turn.emit({
      type: "requestHeld",
      at: turn.at,
      request,
      lot: id,
      why: "conflict_undecided",
      rights: held.map((item) => item.right),
    });
  }
}

/** What a default freed is asked about anew, save of the party whose failure freed it (domain rule G23). */
function withoutFailed(
  turn: Turn,
  request: RequestState,
  lot: LotState,
  assessments: readonly Assessment[],
): readonly Assessment[] {
  const failed = request.lots.find((item) => item.lot.id === lot.replaces)?.failed ?? [];
  if (failed.length === 0) return assessments;
  return assessments.map((item) => {
    if (item.verdict !== "applies") return item;
    const { holder } = pinned(turn.state, item.right, lot);
    return failed.includes(holder) ? overruled(item, "holder_in_default", [holder]) : item;
  });
}

/** Where a person has decided which of two conflicting clauses prevails, the other yields. */
function yieldDecided(state: BookState, assessments: readonly Assessment[]): readonly Assessment[] {
  if (state.conflicts.size === 0) return assessments;
  return assessments.map((a) => {
    if (a.verdict !== "applies") return a;
    const yields = assessments.some((b) => {
      if (a === b || b.verdict !== "applies") return false;
      const decided = state.conflicts.get(keyOf(a, b));
      return decided !== undefined && decided !== "open" && decided !== a.right.agreement;
    });
    return yields ? overruled(a, "yields") : a;
  });
}

function keyOf(a: Assessment, b: Assessment): string {
  return conflictKey({
    agreement: a.right.agreement,
    clause: a.right.clause,
    withAgreement: b.right.agreement,
    withClause: b.right.clause,
  });
}

/** Rights of this lot whose conflict nobody has decided (step 6); never resolved by the broker. */
function conflictsAmong(state: BookState, assessments: readonly Assessment[]): readonly Assessment[] {
  if (state.conflicts.size === 0) return [];
  const live = assessments.filter((item) => item.verdict === "applies");
  if (live.length < 2) return [];
  const inConflict = new Set<Assessment>();
  for (const a of live) {
    for (const b of live) if (a !== b && state.conflicts.get(keyOf(a, b)) === "open") inConflict.add(a).add(b);
  }
  return [...inConflict].sort((a, b) => compareText(a.right.agreement, b.right.agreement));
}

const NOT_APPLICABLE: ReadonlySet<Verdict> = new Set([
  "carved_out",
  "below_de_minimis",
  "not_new_capacity",
  "cap_exhausted",
  "yields",
]);
const SUSPENDED: ReadonlySet<Verdict> = new Set(["holder_in_default", "holder_not_eligible"]);

function clearWhatDoesNotBlock(turn: Turn, lot: LotState, assessment: Assessment): void {
  const { verdict } = assessment;
  const { count } = lot.lot;
  if (verdict === "applies") return;
  if (NOT_APPLICABLE.has(verdict)) {
    return clear(turn, lot, pinned(turn.state, assessment.right, lot), {
      reason: "not_applicable",
      why: verdict,
      count,
    });
  }
  if (verdict === "standing_waiver") return waived(turn, lot, assessment);
  if (!SUSPENDED.has(verdict)) return;
  const right = pinned(turn.state, assessment.right, lot);
  clear(turn, lot, right, { reason: "suspended", why: verdict, count });
  sendNotice(turn, { kind: "information", right, lot, count, terms: lot.lot.terms, termsText: lot.lot.termsText });
}

/** The holder of a waived right is told, where its waiver asks for that. */
function waived(turn: Turn, lot: LotState, assessment: Assessment): void {
  const right = pinned(turn.state, assessment.right, lot);
  const { count, terms, termsText } = lot.lot;
  const why = assessment.facts[0] ?? "";
  clear(turn, lot, right, { reason: "waived", why, count });
  const waiver = turn.state.waivers.get(why);
  if (waiver?.infoNotice === true) sendNotice(turn, { kind: "information", right, lot, count, terms, termsText });
}
