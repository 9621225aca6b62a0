import { holderGroupOf } from "../agreements/affiliates.ts";
import type { NoticeId } from "../kernel/index.ts";
import { type Acceptance, allocateStage, type StageAllocation } from "../notices/allocate.ts";
import type { NoticeKind } from "../notices/notice.ts";
import { type AskedHolder, overAllotmentTo } from "../notices/over-allotment.ts";
import { minimumPart } from "../requests/blocks.ts";
import { acceptedCount, isMain, rightOf } from "./lookup.ts";
import { sendNotice } from "./notify.ts";
import { leftOfOption } from "./reach.ts";
import { type LotState, openCount } from "./request-state.ts";
import type { NoticeState } from "./state.ts";
import type { Turn } from "./turn.ts";

/** Shares out what holders that were asked together have accepted: by rank, then as the clauses say (step 11). */
export function shareOut(turn: Turn, lot: LotState, notices: readonly NoticeState[]): StageAllocation {
  const [first, another] = notices;
  if (first !== undefined && another === undefined && isMain(first) && first.answer?.verdict !== "binding")
    return {
      allocations: NONE_TAKEN,
      forfeited: NOTHING,
      toConfirm: NOTHING,
      unserved: NOTHING,
      left: Math.min(openCount(lot), first.count),
    };
  const main = notices.filter(isMain);
  const rights = main.map((notice) => rightOf(turn.state, notice).clause);
  return allocateStage({
    count: Math.min(openCount(lot), Math.max(0, ...main.map((notice) => notice.count))),
    blockSize: lot.lot.terms.blockSize,
    minimumPart: minimumPart(lot.lot.terms),
    acceptances: acceptancesOf(turn, main, notices),
    sameRank: rights.some((clause) => clause.sameRank === "first-come") ? "first-come" : "weights",
    aggregateAllOrNone: rights.some((clause) => clause.aggregateAllOrNone),
  });
}

const NOTHING: readonly NoticeId[] = [];
/** The only one that was asked has taken nothing. */
const NONE_TAKEN: StageAllocation["allocations"] = new Map();

function acceptancesOf(turn: Turn, main: readonly NoticeState[], notices: readonly NoticeState[]): Acceptance[] {
  const [first, another] = main;
  if (first !== undefined && another === undefined) return acceptanceOf(turn, first, notices);
  return main.flatMap((notice) => acceptanceOf(turn, notice, notices));
}

/** What a holder accepted, with what it said in later rounds: a cut that it did not confirm ends its acceptance (G11). */
function acceptanceOf(turn: Turn, notice: NoticeState, notices: readonly NoticeState[]): Acceptance[] {
  if (notice.answer?.verdict !== "binding") return [];
  const right = rightOf(turn.state, notice);
  const { clause, ref } = right;
  const confirmation = roundOf(notice, notices, "confirmation");
  if (confirmation !== undefined && confirmation.answer?.verdict !== "binding") return [];
  const more = roundOf(notice, notices, "over-allotment");
  const accepted = confirmation === undefined ? acceptedCount(notice) : acceptedCount(confirmation);
  const wanted = accepted + (more === undefined ? 0 : acceptedCount(more));
  const { blockSize } = notice.terms;
  const count = Math.min(wanted, Math.floor(leftOfOption(turn.state, right) / blockSize) * blockSize);
  if (count === 0) return [];
  return [
    {
      notice: notice.id,
      holder: notice.holder,
      group: holderGroupOf(notice.holder, turn.state.parties),
      rank: clause.rank,
      weight: clause.weight,
      right: `${ref.agreement}#${ref.clause}`,
      count,
      orLess: notice.answer.answer.orLess || confirmation !== undefined,
      order: notice.answerOrder ?? 0,
    },
  ];
}

function roundOf(notice: NoticeState, notices: readonly NoticeState[], kind: NoticeKind): NoticeState | undefined {
  return notices.find(
    (item) => item.kind === kind && item.holder === notice.holder && item.right.clause === notice.right.clause,
  );
}

/**
 * Asks those whose acceptance was cut to confirm, then those that took all their weight gave them whether they want the rest
 * (rows P7, P9). True: somebody was asked, and the stage waits for the answer. Each round comes once in a stage.
 */
export function askFurther(
  turn: Turn,
  lot: LotState,
  notices: readonly NoticeState[],
  shared: StageAllocation,
): boolean {
  if (notices.length < 2 && shared.toConfirm.length === 0) return false;
  const cut = shared.toConfirm.filter((id) => !wasAsked(lot, notices, id, "confirmation"));
  for (const id of cut) again(turn, lot, notices, id, "confirmation", shared.allocations.get(id) ?? 0);
  if (cut.length > 0 || shared.left === 0) return cut.length > 0;
  const wanting = wantsMore(turn, lot, notices, shared);
  for (const id of wanting) again(turn, lot, notices, id, "over-allotment", shared.left);
  return wanting.length > 0;
}

function wasAsked(lot: LotState, notices: readonly NoticeState[], id: NoticeId, kind: string): boolean {
  const holder = notices.find((notice) => notice.id === id)?.holder;
  return holder === undefined || lot.extraRounds.includes(`${kind} ${holder}`);
}

/** Of each rank with several holders, those that may have more of what it leaves. */
function wantsMore(turn: Turn, lot: LotState, notices: readonly NoticeState[], shared: StageAllocation): NoticeId[] {
  const found: NoticeId[] = [];
  const main = notices.filter(isMain);
  for (const rank of new Set(main.map((notice) => rightOf(turn.state, notice).clause.rank))) {
    const ofRank = main.filter((notice) => rightOf(turn.state, notice).clause.rank === rank);
    if (ofRank.length < 2) continue;
    const asked = ofRank.map((notice): AskedHolder => {
      const { clause, ref } = rightOf(turn.state, notice);
      const group = holderGroupOf(notice.holder, turn.state.parties);
      const allocated = shared.allocations.get(notice.id) ?? 0;
      return { notice: notice.id, group, weight: clause.weight, right: `${ref.agreement}#${ref.clause}`, allocated };
    });
    const given = asked.reduce((sum, item) => sum + item.allocated, 0);
    for (const id of overAllotmentTo(given + shared.left, lot.lot.terms.blockSize, asked)) {
      const notice = ofRank.find((item) => item.id === id);
      const offers = notice !== undefined && rightOf(turn.state, notice).clause.overAllotment !== undefined;
      if (offers && !wasAsked(lot, notices, id, "over-allotment")) found.push(id);
    }
  }
  return found;
}

function again(
  turn: Turn,
  lot: LotState,
  notices: readonly NoticeState[],
  id: NoticeId,
  kind: "confirmation" | "over-allotment",
  count: number,
): void {
  const notice = notices.find((item) => item.id === id);
  if (notice === undefined || count === 0) return;
  const { thirdParty } = notice;
  sendNotice(turn, {
    kind,
    right: rightOf(turn.state, notice),
    lot,
    count,
    terms: { ...notice.terms, count },
    termsText: `${notice.termsText} ${kind} ${count}`,
    ...(thirdParty === undefined
      ? {}
      : { thirdParty: { ...thirdParty, count, countMin: Math.min(thirdParty.countMin, count) } }),
  });
}
