import type { ProposedLine } from "../awards/award.ts";
import { nextRound } from "../notices/tolerance.ts";
import type { NoticeKind } from "../notices/notice.ts";
import { termsText } from "../requests/terms-text.ts";
import type { Terms } from "../requests/terms.ts";
import { type LiveRight, stageKindOf } from "../rights/live.ts";
import { blockAward } from "./block-award.ts";
import { burdens, isOwn } from "./burdened.ts";
import { isRunning } from "./clearances.ts";
import { judge, uncoveredCount } from "./cover.ts";
import type { Writable } from "./draft.ts";
import { isLive, isOfRight, sameRight, someNotice } from "./lookup.ts";
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
}

/** The material-change gate (step 16): a clearance covers the terms it was given on, and no better ones for the third party. */
export function stepGate(turn: Turn, candidate: Candidate, right: LiveRight): Step {
  const { lot, line } = candidate;
  if (!burdens(lot, line.line, right) || isOwn(turn.state, line.line.provider, right)) return "clear";
  const all = lot.clearances.filter((item) => isOfRight(item, right));
  const uncovered = uncoveredCount(turn, candidate, right, all);
  if (uncovered === 0) return "clear";
  const asking = someNotice(turn.state, lot, (notice) => isLive(notice) && sameRight(notice.right, right.ref));
  if (asking || (lot.phase === "stages" && !stagesAreOver(lot) && all.length === 0)) {
    blockAward(turn, candidate, right, "not_cleared");
    return "waits";
  }
  const newest = all[all.length - 1];
  if (newest === undefined || !isRunning(newest, turn.at))
    return askAnew(turn, candidate, right, newest === undefined ? "not_cleared" : "outside_tail");
  const verdict = judge(turn, candidate, newest, right);
  if (verdict.verdict === "void" && verdict.code === "not_better_than_offer")
    return withhold(turn, candidate, right, verdict.code);
  if (verdict.verdict === "void") {
    turn.emit({
      type: "clearanceVoided",
      at: turn.at,
      clearance: newest.id,
      request: candidate.request.request.id,
      why: verdict.code,
    });
    return askAnew(turn, candidate, right, verdict.code);
  }
  return reoffer(turn, candidate, right, uncovered);
}

/**
 * What the holder offered first stands beside an equal price: the buyer takes that or asks for better, and nobody is asked the same
 * again (domain row T12).
 */
function withhold(turn: Turn, candidate: Candidate, right: LiveRight, why: string): Step {
  blockAward(turn, candidate, right, why);
  dropLine(turn, candidate, why);
  return "moved";
}

/** The terms of a line as a notice states them. */
export function finalTerms(lot: LotState, line: ProposedLine, count = line.line.count): Terms {
  const { price, window, stated } = line.line;
  const asked = lot.lot.terms.stated;
  return {
    ...lot.lot.terms,
    count,
    price,
    window,
    stated: Object.keys(stated).length === 0 ? asked : { ...asked, ...stated },
  };
}

/** The changed terms are stated; who offers them only where the clause demands it (domain row M12). */
export function thirdPartyOf(
  line: ProposedLine,
  right: LiveRight,
  count = line.line.count,
): NonNullable<NoticeState["thirdParty"]> {
  const { price, window, stated } = line.line;
  const told: Writable<NonNullable<NoticeState["thirdParty"]>> = {
    bid: line.offer,
    price,
    count,
    window,
    stated,
    countMin: Math.min(line.countMin, count),
  };
  if (right.clause.disclosure.identity) told.provider = line.thirdParty;
  return told;
}

/** What was cleared is not what is about to be signed: the holder is asked again, on the terms of today. */
function askAnew(turn: Turn, candidate: Candidate, right: LiveRight, why: string): Step {
  const { lot, line } = candidate;
  const { count } = line.line;
  if (clearBeforehand(turn, lot, right, count, line.line)) return "moved";
  blockAward(turn, candidate, right, why);
  const terms = finalTerms(lot, line);
  sendNotice(turn, {
    kind: kindOf(right),
    right,
    lot,
    count,
    terms,
    termsText: termsText(terms),
    thirdParty: thirdPartyOf(line, right),
  });
  return "moved";
}

function kindOf({ clause }: LiveRight): NoticeKind {
  const stage = stageKindOf(clause);
  if (stage === "match") return "match";
  return stage === "refusal" || stage === "period" ? "first-refusal" : stage;
}

/** A re-offer of the changed terms, while the clause has rounds left (row T11). */
export function reoffer(turn: Turn, candidate: Candidate, right: LiveRight, count: number): Step {
  const { request, lot, line } = candidate;
  const round = nextRound(right.clause, reoffersSoFar(turn, request, lot, right));
  if (round === undefined) {
    blockAward(turn, candidate, right, "no_more_rounds");
    dropLine(turn, candidate, "no_more_rounds");
    return "moved";
  }
  if (clearBeforehand(turn, lot, right, count, line.line)) return "moved";
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
    thirdParty: thirdPartyOf(line, right, count),
  });
  return "moved";
}
