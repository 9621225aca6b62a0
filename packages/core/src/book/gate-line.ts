import { copyOfLine, type ProposedLine } from "../awards/award.ts";
import type { VoidCode } from "../awards/gate.ts";
import type { PartyId } from "../kernel/index.ts";
import { nextRound } from "../notices/tolerance.ts";
import type { NoticeKind } from "../notices/notice.ts";
import { copyOfTerms, withStated } from "../requests/terms-of.ts";
import { termsText } from "../requests/terms-text.ts";
import type { Terms } from "../requests/terms.ts";
import { type LiveRight, stageKindOf } from "../rights/live.ts";
import { blockAward } from "./block-award.ts";
import { burdens, isOwn } from "./burdened.ts";
import { clearancesOf, isRunning } from "./clearances.ts";
import { judge, uncoveredCount } from "./cover.ts";
import type { Writable } from "./draft.ts";
import { holderNow, isLive, sameRight, someNotice } from "./lookup.ts";
import { sendNotice } from "./notify.ts";
import { dropLine } from "./drop-line.ts";
import type { LotState, RequestState } from "./request-state.ts";
import { clearBeforehand, reoffersSoFar, stagesAreOver } from "./stages.ts";
import type { NoticeState } from "./state.ts";
import type { Turn } from "./turn.ts";

export type Step = "clear" | "waits" | "moved";

/** What is about to be awarded, and of which lot of which request. */
export interface Candidate {
  readonly request: RequestState;
  readonly lot: LotState;
  readonly line: ProposedLine;
  /** The line of the proposal that this one stands in the place of. */
  readonly insteadOf?: ProposedLine;
}

/**
 * The material-change gate (step 16): a clearance covers the terms it was given on, and no better ones for the third party.
 *
 * @param before the rights that are asked before this one: whoever could take the part on these terms must be let through by them
 */
export function stepGate(turn: Turn, candidate: Candidate, right: LiveRight, before: readonly LiveRight[]): Step {
  const { lot, line } = candidate;
  if (!burdens(lot, line.line, right) || isOwn(turn.state, line.line.provider, right)) return "clear";
  const uncovered = uncoveredCount(turn, candidate, right, clearancesOf(lot, right));
  if (uncovered === 0) return "clear";
  return askBefore(turn, candidate, right, before) ?? ask(turn, candidate, right, uncovered);
}

/**
 * Asks the first of those that go before a right and have not let these terms pass for its holder: it may not take what they were not
 * asked about. Undefined where all have.
 */
export function askBefore(
  turn: Turn,
  candidate: Candidate,
  right: LiveRight,
  before: readonly LiveRight[],
): Step | undefined {
  const { lot, line } = candidate;
  const holder = holderNow(turn.state, right);
  let taken: Candidate | undefined;
  for (const better of before) {
    if (!burdens(lot, line.line, better) || isOwn(turn.state, holder, better)) continue;
    taken ??= insteadOf(candidate, holder);
    const count = uncoveredCount(turn, taken, better, clearancesOf(lot, better));
    if (count > 0) return ask(turn, candidate, better, count, taken);
  }
  return undefined;
}

/** The same part on the same terms, had its holder taken it. */
function insteadOf({ request, lot, line }: Candidate, holder: PartyId): Candidate {
  const part: Writable<ProposedLine["line"]> = copyOfLine(line.line);
  part.provider = holder;
  const taken: Writable<ProposedLine> = {
    offer: line.offer,
    bonaFide: line.bonaFide,
    thirdParty: holder,
    countMin: line.countMin,
    line: part,
  };
  if (line.validUntil !== undefined) taken.validUntil = line.validUntil;
  return { request, lot, line: taken, insteadOf: line };
}

/** @param as the line as another would take it, where that is what the right has not let pass */
function ask(turn: Turn, candidate: Candidate, right: LiveRight, uncovered: number, as = candidate): Step {
  const { lot } = candidate;
  const all = clearancesOf(lot, right);
  const asking = someNotice(turn.state, lot, (notice) => isLive(notice) && sameRight(notice.right, right.ref));
  if (asking || (lot.phase === "stages" && !stagesAreOver(lot) && all.length === 0)) {
    blockAward(turn, candidate, right, "not_cleared");
    return "waits";
  }
  const newest = all[all.length - 1];
  if (newest === undefined || !isRunning(newest, turn.at))
    return askAnew(turn, candidate, right, newest === undefined ? "not_cleared" : "outside_tail", as);
  const verdict = judge(turn, as, newest, right);
  if (verdict.verdict === "void" && WITHHELD.has(verdict.code)) return withhold(turn, candidate, right, verdict.code);
  if (verdict.verdict === "void") {
    // For whom it was given it holds.
    if (as === candidate)
      turn.emit({
        type: "clearanceVoided",
        at: turn.at,
        clearance: newest.id,
        request: candidate.request.request.id,
        why: verdict.code,
      });
    return askAnew(turn, candidate, right, verdict.code, as);
  }
  return reoffer(turn, candidate, right, uncovered, as);
}

const WITHHELD: ReadonlySet<string> = new Set<VoidCode>(["not_better_than_offer", "before_first_ship"]);

/**
 * What the holder offered first stands beside an equal price: the buyer takes that or asks for better; a launch before the holder's own
 * waits for that. Nobody is asked the same again (domain row T12).
 */
function withhold(turn: Turn, candidate: Candidate, right: LiveRight, why: string): Step {
  blockAward(turn, candidate, right, why);
  dropLine(turn, candidate, why);
  return "moved";
}

/** The terms of a line as a notice states them. */
export function finalTerms(lot: LotState, line: ProposedLine, count = line.line.count): Terms {
  const { price, window, stated } = line.line;
  const terms = copyOfTerms(lot.lot.terms, count);
  terms.price = price;
  terms.window = window;
  terms.stated = withStated(terms.stated, stated);
  return terms;
}

/** The changed terms are stated; who offers them only where the clause demands it (domain row M12). */
export function thirdPartyOf(
  lot: LotState,
  line: ProposedLine,
  right: LiveRight,
  count = line.line.count,
): NonNullable<NoticeState["thirdParty"]> {
  const { price, window, stated, acceleratorType, region } = line.line;
  const told: Writable<NonNullable<NoticeState["thirdParty"]>> = {
    bid: line.offer,
    price,
    count,
    window,
    stated,
    countMin: Math.min(line.countMin, count),
  };
  if (right.clause.disclosure.identity) told.provider = line.thirdParty;
  if (lot.lot.alternatives.length > 1) Object.assign(told, { acceleratorType, region });
  return told;
}

/** What was cleared is not what is about to be signed: the holder is asked again, on the terms of today. */
function askAnew(turn: Turn, candidate: Candidate, right: LiveRight, why: string, as: Candidate): Step {
  const { lot, line } = candidate;
  const { count } = line.line;
  if (clearBeforehand(turn, lot, right, count, as.line.line)) return "moved";
  blockAward(turn, candidate, right, why);
  const terms = finalTerms(lot, line);
  sendNotice(turn, {
    kind: kindOf(right),
    right,
    lot,
    count,
    terms,
    termsText: termsText(terms),
    thirdParty: thirdPartyOf(lot, line, right),
  });
  return "moved";
}

function kindOf({ clause }: LiveRight): NoticeKind {
  const stage = stageKindOf(clause);
  if (stage === "match") return "match";
  return stage === "refusal" || stage === "period" ? "first-refusal" : stage;
}

/** A re-offer of the changed terms, while the clause has rounds left (row T11). */
export function reoffer(turn: Turn, candidate: Candidate, right: LiveRight, count: number, as = candidate): Step {
  const { request, lot, line } = candidate;
  const round = nextRound(right.clause, reoffersSoFar(turn, request, lot, right));
  if (round === undefined) {
    blockAward(turn, candidate, right, "no_more_rounds");
    dropLine(turn, candidate, "no_more_rounds");
    return "moved";
  }
  if (clearBeforehand(turn, lot, right, count, as.line.line)) return "moved";
  blockAward(turn, candidate, right, "changed_terms");
  const terms = finalTerms(lot, line, count);
  sendNotice(turn, {
    kind: "re-offer",
    right,
    lot,
    count,
    terms,
    termsText: termsText(terms),
    ...round,
    thirdParty: thirdPartyOf(lot, line, right, count),
  });
  return "moved";
}
