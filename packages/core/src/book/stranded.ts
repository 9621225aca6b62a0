import { byRankOf } from "./by-rank.ts";
import { strandedStep } from "../notices/stranded.ts";
import { closingInstant, endNotices } from "./end-notices.ts";
import { isOwn } from "./burdened.ts";
import { coveredCount } from "./clearances.ts";
import { isAboutOffer, isLive, isMain, noticesOf, rightOf, sameRight } from "./lookup.ts";
import { policyOf } from "./policy.ts";
import { sendNotice } from "./notify.ts";
import { reachOf } from "./reach.ts";
import { type LotState, openCount, type RequestState } from "./request-state.ts";
import { shareOut } from "./share-out.ts";
import { isAnswered } from "./end-notices.ts";
import type { NoticeState } from "./state.ts";
import type { Turn } from "./turn.ts";

/**
 * Step 12: what is left is too small to be of use to anybody else. It is offered once more to the holders that took a part; then the
 * lot ends with what it has. Repeated after the market, whose bids show what the remaining sources supply (G13). True when
 * something was done.
 */
export function offerStranded(turn: Turn, request: RequestState, lot: LotState): boolean {
  const left = openCount(lot);
  if (left === 0) return false;
  const { minimumUsable } = policyOf(turn.state);
  const { gangMin } = lot.lot.terms;
  if (left >= Math.max(gangMin, minimumUsable) && !isBelowParts(request, lot, left)) return false;
  const takers = lot.strandedOffered
    ? []
    : takersOf(turn, lot).filter((notice) => mayStillTake(turn, lot, notice, left));
  const remainder = {
    left,
    gangMin,
    sourceMins: smallestParts(request, lot),
    policyMin: minimumUsable,
  };
  const next = strandedStep(remainder, takers.length, lot.strandedOffered);
  // What the bids leave waits for other sources while holders let it pass, where nobody took a part that it could be added to.
  if (next === "usable" || (next === "end" && lot.phase === "market" && !lot.strandedOffered)) return false;
  if (next === "end") {
    turn.emit({
      type: "lotDropped",
      at: turn.at,
      lot: lot.lot.id,
      request: lot.lot.request,
      why: "below_minimum_usable",
    });
    return true;
  }
  for (const notice of takers) {
    const right = rightOf(turn.state, notice);
    sendNotice(turn, {
      kind: "stranded",
      right,
      lot,
      count: left,
      terms: { ...notice.terms, count: left },
      termsText: `${notice.termsText} stranded ${left}`,
    });
  }
  return true;
}

/** What was let pass by those that are asked before a holder is still let pass: after their tails it would be theirs again. */
function mayStillTake(turn: Turn, lot: LotState, notice: NoticeState, left: number): boolean {
  const own = lot.stages.findIndex((stage) => stage.rights.some((right) => sameRight(right.ref, notice.right)));
  return lot.stages
    .slice(0, Math.max(0, own))
    .every((stage) =>
      stage.rights.every(
        (right) =>
          isOwn(turn.state, notice.holder, right) ||
          coveredCount(turn.state, lot, right, turn.at) >= Math.min(left, reachOf(lot, right)),
      ),
    );
}

/** Those that took a part of the lot and whose clause says that they are asked about what is left, by rank. */
function takersOf(turn: Turn, lot: LotState): NoticeState[] {
  const asked = noticesOf(turn.state, lot).filter(
    (notice) =>
      (notice.status === "accepted" || notice.status === "part_accepted") &&
      !isAboutOffer(notice) &&
      isMain(notice) &&
      rightOf(turn.state, notice).clause.stranded.offer,
  );
  const once = asked.filter(
    (notice, index) =>
      asked.findIndex((other) => other.right.clause === notice.right.clause && other.holder === notice.holder) ===
      index,
  );
  return once.sort(byRankOf(turn.state));
}

/** Whether every bid that shows one supplies more than what is left. */
function isBelowParts({ market }: RequestState, lot: LotState, left: number): boolean {
  if (market?.opened !== true) return false;
  let known = false;
  for (const { lines } of market.bids) {
    for (const line of lines) {
      if (line.lot !== lot.lot.id) continue;
      if (line.countMin <= left) return false;
      known = true;
    }
  }
  return known;
}

/** What the bids of an opened tender supply at least, in accelerators of the lot's first alternative; none while nothing is shown. */
function smallestParts({ market }: RequestState, lot: LotState): number[] {
  if (market?.opened !== true) return [];
  return market.bids.flatMap((bid) => bid.lines.filter((line) => line.lot === lot.lot.id).map((line) => line.countMin));
}

/** Shares out what the holders took of the remainder, by rank, when all have answered. */
export function closeStranded(turn: Turn, lot: LotState): boolean {
  const running = runningIn(turn, lot);
  if (running.length === 0 || !running.every((notice) => isAnswered(turn, notice))) return false;
  endNotices(turn, lot, running, shareOut(turn, lot, running), closingInstant(turn, running));
  return true;
}

/** Answers to a remainder are still awaited. */
export function awaitsStranded(turn: Turn, lot: LotState): boolean {
  return runningIn(turn, lot).length > 0;
}

function runningIn(turn: Turn, lot: LotState): NoticeState[] {
  return lot.strandedOffered
    ? noticesOf(turn.state, lot).filter((notice) => notice.kind === "stranded" && isLive(notice))
    : [];
}
