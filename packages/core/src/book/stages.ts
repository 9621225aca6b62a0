import { clauseEnd } from "../agreements/timeline.ts";
import { holderGroupOf } from "../agreements/affiliates.ts";
import { tailEnd } from "../calendar/index.ts";
import type { BlockId, ClearanceId, HoldId, Instant, PartyId, RequestId } from "../kernel/index.ts";
import { type Acceptance, allocateStage } from "../notices/allocate.ts";
import { endOf, offeredTerms } from "../notices/judge.ts";
import type { Clearance, NoticeStatus } from "../notices/notice.ts";
import type { ClearanceReason, Waiver } from "../rights/assessment.ts";
import { minimumPart } from "../requests/blocks.ts";
import type { Terms } from "../requests/terms.ts";
import { termsText } from "../requests/terms-text.ts";
import type { LiveRight, Stage } from "../rights/live.ts";
import { isEligible } from "./eligible.ts";
import { isLive, noticesOf, rightOf, sameRight } from "./lookup.ts";
import type { Writable } from "./draft.ts";
import type { NoticeEvent } from "./events.ts";
import { type NoticeDraft, sendNotice } from "./notify.ts";
import { place } from "./placement.ts";
import { reductionRound } from "./reduction.ts";
import { type LotState, openCount } from "./request-state.ts";
import type { NoticeState } from "./state.ts";
import type { Turn } from "./turn.ts";

/** Takes one step in asking the holders of a lot; false when there is nothing to do but wait, or nobody left to ask. */
export function stepStage(turn: Turn, lot: LotState): boolean {
  const stage = lot.stages[lot.stageIndex];
  if (stage === undefined) return false;
  if (!lot.stageOpen) return openStage(turn, lot, stage);
  const notices = noticesOf(turn.state, lot);
  if (notices.some((notice) => (isLive(notice) ? !isAnswered(turn, notice) : isObjectedTo(notice)))) return false;
  return closeStage(turn, lot, stage);
}

/**
 * Its holder was not told enough and has said so: it is asked again when the buyer states what was missing (domain row N11). A
 * notice that a new version of the request supersedes goes with its lot.
 */
function isObjectedTo(notice: NoticeState): boolean {
  return notice.status === "superseded";
}

/** Nothing more can change its answer: it binds, it is a refusal for good, or the deadline is over. */
export function isAnswered(turn: Turn, notice: NoticeState): boolean {
  if (notice.respondBy !== undefined && turn.clock > notice.respondBy) return true;
  const verdict = notice.answer?.verdict;
  if (verdict === "binding" || notice.declined === true) return true;
  return verdict === "refusal" && rightOf(turn.state, notice).clause.refusalFinal;
}

/** How much of a lot a right's clearances already cover, from before the lot had its present shape. */
export function coveredCount(lot: LotState, right: LiveRight, at: Instant): number {
  let covered = 0;
  for (const item of lot.clearances) {
    if (sameRight(item.right, right.ref) && (item.validUntil === undefined || at < item.validUntil)) covered += item.count;
  }
  return covered;
}

function openStage(turn: Turn, lot: LotState, stage: Stage): boolean {
  const { state, at } = turn;
  const count = openCount(lot);
  const waiting: LiveRight[] = [];
  for (const right of stage.rights) {
    const open = Math.min(count, right.limit ?? count) - coveredCount(lot, right, at);
    if (open <= 0) continue;
    const fallen = fallenAway(turn, right);
    const waiver = fallen === undefined && isLastAsked(lot, stage) ? specificWaiver(turn, right) : undefined;
    if (fallen !== undefined) clear(turn, lot, right, { ...fallen, count: open });
    else if (waiver !== undefined) clear(turn, lot, right, { reason: "waived", count: open, limits: waiver.limits });
    else waiting.push(right);
  }
  if (waiting.length === 0 || count === 0) return finishStage(turn, lot, stage, turn.clock, 0);
  const first = waiting[0]?.clause.rank;
  for (const right of waiting) {
    const current = state.requests.get(lot.lot.request)?.lots.find((item) => item.lot.id === lot.lot.id) ?? lot;
    const how = askedHow(turn, lot, stage, right);
    const { terms, termsText: text } = askedTerms(right, lot);
    // Written out: this is on the path of every request, and a spread of what may be absent makes a slow object.
    const draft: Writable<NoticeDraft> = {
      kind: how.kind,
      right,
      lot: current,
      count: Math.min(count, right.limit ?? count) - coveredCount(current, right, at),
      terms,
      termsText: text,
      contingent: right.clause.rank !== first,
      missing: missingFields(right, lot),
    };
    if (how.round !== undefined) draft.round = how.round;
    if (how.finalRound !== undefined) draft.finalRound = how.finalRound;
    sendNotice(turn, draft);
  }
  return true;
}

/** Why a right that was found when the request was made is not asked when its turn comes: it has ended, or its holder may not supply. */
function fallenAway(turn: Turn, right: LiveRight): Pick<ClearanceDraft, "reason" | "why"> | undefined {
  const { state, at } = turn;
  const { clause, version, holder, ref } = right;
  const agreement = state.agreements.get(ref.agreement);
  const end = agreement === undefined ? undefined : clauseEnd(agreement, version, clause.id);
  const isOver = end !== undefined && end.at <= at && (!end.accruedRightsSurvive || clause.attachBy === "award");
  if (isOver || (clause.option !== undefined && clause.option.until <= at)) return { reason: "extinguished", why: "right_ended" };
  // A consent is never dropped because its holder is away: silence blocks (step 5).
  if (clause.kind === "consent") return undefined;
  if (clause.suspendOnDefault && state.defaults.has(`${holder} ${ref.agreement}`)) return { reason: "suspended", why: "holder_in_default" };
  return isEligible(state, holder, at) ? undefined : { reason: "suspended", why: "holder_not_eligible" };
}

/**
 * A waiver for one third party, quantity or price lets nobody else through: where other holders are asked beside or after this one,
 * what they might take is none of that, so this one is asked too.
 */
function isLastAsked(lot: LotState, stage: Stage): boolean {
  return stage.rights.length === 1 && lot.stageIndex === lot.stages.length - 1;
}

/** For the first time, or as a re-offer of less than its holder has refused (domain row T7). */
function askedHow(turn: Turn, lot: LotState, { kind }: Stage, right: LiveRight): Pick<NoticeDraft, "kind" | "round" | "finalRound"> {
  if (kind !== "refusal") return { kind };
  if (right.clause.kind === "first-offer") return { kind: "first-offer" };
  const round = reductionRound(turn, lot, right);
  return round === undefined ? { kind: "first-refusal" } : { kind: "re-offer", ...round };
}

/** An option is exercised at its own price, whatever the sale would bring; its holder is not told that. */
function askedTerms(right: LiveRight, lot: LotState): { terms: Terms; termsText: string } {
  const price = right.clause.option?.price;
  if (price === undefined) return { terms: lot.lot.terms, termsText: lot.lot.termsText };
  const terms: Terms = { ...lot.lot.terms, price };
  return { terms, termsText: termsText(terms) };
}

function missingFields(right: LiveRight, lot: LotState): readonly string[] {
  const { terms } = lot.lot;
  return right.clause.noticeRequires.filter((field) =>
    field in TERM_FIELDS ? terms[field as keyof typeof TERM_FIELDS] === undefined : terms.stated[field] === undefined,
  );
}

const TERM_FIELDS = { latestStart: true, purpose: true, channel: true, sourceClass: true, price: true } as const;

/** A waiver for stated terms gives a clearance that holds for these terms only (domain row T14). */
function specificWaiver(turn: Turn, right: LiveRight): Waiver | undefined {
  return turn.state.waivers.sortedValues().find(
    (item) =>
      !item.standing && sameRight({ ...item.right, version: 0 }, right.ref) && item.from <= turn.at && (item.to === undefined || turn.at < item.to),
  );
}

export interface ClearanceDraft {
  readonly reason: ClearanceReason;
  readonly count: number;
  readonly why?: string;
  readonly notice?: NoticeState;
  readonly closedAt?: Instant;
  readonly thirdParty?: PartyId;
  readonly limits?: Waiver["limits"];
}

/** Records that a right does not block, for how much, and until when: the tail runs from the day the stage closed (G4). */
export function clear(turn: Turn, lot: LotState, right: LiveRight, draft: ClearanceDraft): void {
  const { tail } = right.clause;
  const third = draft.thirdParty ?? thirdPartyOf(turn, lot, draft.notice);
  const lasting = draft.reason === "not_applicable" || draft.reason === "suspended" || draft.reason === "extinguished" || draft.reason === "consented";
  const notice = draft.notice;
  const clearance: Writable<Clearance> = {
    id: turn.ids.next<"ClearanceId">("clr") as ClearanceId,
    lot: lot.lot.id,
    request: lot.lot.request,
    right: right.ref,
    lineageId: right.clause.lineageId,
    holder: right.holder,
    reason: draft.reason,
    count: draft.count,
    finalRound: notice?.finalRound ?? false,
    issuedAt: turn.at,
  };
  if (draft.why !== undefined) clearance.why = draft.why;
  if (notice !== undefined) {
    clearance.notice = notice.id;
    // A right that has ended, or whose holder may not supply, does not block on any terms.
    if (draft.reason !== "extinguished" && draft.reason !== "suspended") clearance.terms = noticedTerms(notice);
  }
  if (third !== undefined) clearance.thirdParty = third;
  if (draft.limits !== undefined) clearance.limits = draft.limits;
  if (!lasting) clearance.validUntil = tailEnd(draft.closedAt ?? turn.clock, tail.days, right.version.zone);
  turn.emit({ type: "clearanceIssued", at: turn.at, clearance });
}

/** The refusal of a match covers one third party only; who it is stays with the broker. */
function thirdPartyOf(turn: Turn, lot: LotState, notice: NoticeState | undefined): PartyId | undefined {
  if (notice?.kind !== "match") return undefined;
  const lines = turn.state.requests.get(lot.lot.request)?.proposal?.lines;
  return lines?.find((item) => item.offer === notice.thirdParty?.bid)?.thirdParty;
}

/** What the holder was told, with the third party's terms where there was one. */
export function noticedTerms(notice: NoticeState): NoticeState["terms"] {
  const third = notice.thirdParty;
  if (third === undefined) return (notice.kind === "first-offer" ? offeredTerms(notice) : undefined) ?? notice.terms;
  const stated = Object.keys(third.stated).length === 0 ? notice.terms.stated : { ...notice.terms.stated, ...third.stated };
  return { ...notice.terms, price: third.price, window: third.window, stated };
}

function closeStage(turn: Turn, lot: LotState, stage: Stage): boolean {
  deemAcceptances(turn, lot);
  const notices = noticesOf(turn.state, lot).filter(isLive);
  const closedAt = closingInstant(turn, notices);
  if (stage.kind === "consent") return closeConsents(turn, lot, stage, notices, closedAt);
  if (extraRound(turn, lot, notices)) return true;
  const result = allocate(turn, lot, notices);
  if (askFurther(turn, lot, notices, result)) return true;
  let taken = 0;
  const seen = new Set<string>();
  for (const notice of notices) {
    const allocated = isMain(notice) ? (result.allocations.get(notice.id) ?? 0) : 0;
    taken += allocated;
    const key = `${notice.right.agreement}#${notice.right.clause}`;
    conclude(turn, lot, notice, allocated, closedAt, result.forfeited.includes(notice.id), isMain(notice) && !seen.has(key));
    if (isMain(notice)) seen.add(key);
  }
  if (stage.kind === "exclusivity" && !released(turn, lot, notices)) return true;
  return finishStage(turn, lot, stage, closedAt, taken);
}

/** Where a clause says that silence accepts, the deadline answers for the holder. */
function deemAcceptances(turn: Turn, lot: LotState): void {
  for (const notice of noticesOf(turn.state, lot).filter(isLive)) {
    if (notice.answer !== undefined || notice.respondBy === undefined) continue;
    if (rightOf(turn.state, notice).clause.silence !== "acceptance") continue;
    turn.emit({
      type: "answerReceived", at: turn.at, notice: notice.id, request: notice.request, by: notice.holder,
      answer: {
        id: turn.ids.next("ans"), receivedAt: notice.respondBy, verdict: "binding", defects: [],
        answer: { type: "accept", orLess: true, rootBlocks: [], reason: "silence" },
      },
    });
  }
}

/** A notice that opens a stage; the others are rounds inside it. */
function isMain(notice: NoticeState): boolean {
  return notice.kind !== "confirmation" && notice.kind !== "over-allotment";
}

function closingInstant(turn: Turn, notices: readonly NoticeState[]): Instant {
  let closed = -Infinity as Instant;
  for (const notice of notices) {
    const final = notice.answer?.verdict === "binding" || notice.answer?.verdict === "refusal";
    const at = final && notice.answer !== undefined ? notice.answer.receivedAt : (notice.respondBy ?? turn.clock);
    if (at > closed) closed = at;
  }
  return Number.isFinite(closed) ? closed : turn.clock;
}

interface StageResult {
  readonly allocations: ReadonlyMap<string, number>;
  readonly forfeited: readonly string[];
  readonly toConfirm: readonly string[];
  readonly left: number;
}

function allocate(turn: Turn, lot: LotState, notices: readonly NoticeState[]): StageResult {
  const acceptances: Acceptance[] = [];
  for (const notice of notices) {
    if (!isMain(notice) || notice.answer?.verdict !== "binding") continue;
    const right = rightOf(turn.state, notice);
    const extra = notices.find((item) => !isMain(item) && item.holder === notice.holder && item.answer?.verdict === "binding");
    const confirmed = extra?.kind === "confirmation";
    const given = notice.answer.answer.count ?? notice.count;
    acceptances.push({
      notice: notice.id,
      holder: notice.holder,
      rank: right.clause.rank,
      right: `${right.ref.agreement}#${right.ref.clause}`,
      order: notice.answerOrder ?? 0,
      weight: right.clause.weight,
      count: extra?.kind === "over-allotment" ? given + (extra.answer?.answer.count ?? extra.count) : given,
      orLess: notice.answer.answer.orLess || confirmed,
      group: holderGroupOf(notice.holder, turn.state.parties),
    });
  }
  const refusedCut = notices.filter((item) => item.kind === "confirmation" && item.answer?.verdict !== "binding").map((item) => item.holder);
  const rights = notices.map((notice) => rightOf(turn.state, notice).clause);
  return allocateStage({
    count: Math.min(openCount(lot), Math.max(0, ...notices.filter(isMain).map((notice) => notice.count))),
    blockSize: lot.lot.terms.blockSize,
    minimumPart: minimumPart(lot.lot.terms),
    acceptances: acceptances.filter((item) => !refusedCut.includes(item.holder)),
    sameRank: rights.some((clause) => clause.sameRank === "first-come") ? "first-come" : "weights",
    aggregateAllOrNone: rights.some((clause) => clause.aggregateAllOrNone),
  });
}

/** A confirmation or an over-allotment round is running and not all of it is answered. */
function extraRound(turn: Turn, _lot: LotState, notices: readonly NoticeState[]): boolean {
  return notices.some((notice) => !isMain(notice) && !isAnswered(turn, notice));
}

/** Asks those whose acceptance was cut to confirm, then those that took their part whether they want the rest. */
function askFurther(turn: Turn, lot: LotState, notices: readonly NoticeState[], result: StageResult): boolean {
  let asked = false;
  for (const id of result.toConfirm) {
    const notice = notices.find((item) => item.id === id);
    const allocated = result.allocations.get(id) ?? 0;
    if (notice === undefined || allocated === 0 || lot.extraRounds.includes(`confirmation ${notice.holder}`)) continue;
    again(turn, lot, notice, "confirmation", allocated);
    asked = true;
  }
  if (asked || result.left <= 0) return asked;
  for (const notice of notices) {
    const right = rightOf(turn.state, notice);
    const allocated = result.allocations.get(notice.id) ?? 0;
    const wants = isMain(notice) && allocated > 0 && allocated < notice.count && right.clause.overAllotment !== undefined;
    if (!wants || notices.length < 2 || lot.extraRounds.includes(`over-allotment ${notice.holder}`)) continue;
    again(turn, lot, notice, "over-allotment", Math.min(result.left, notice.count - allocated));
    asked = true;
  }
  return asked;
}

function again(turn: Turn, lot: LotState, notice: NoticeState, kind: "confirmation" | "over-allotment", count: number): void {
  sendNotice(turn, { kind, right: rightOf(turn.state, notice), lot, count, terms: notice.terms, termsText: `${notice.termsText} ${kind} ${count}` });
}

const STATUS_OF: Readonly<Record<"refused" | "lapsed", NoticeStatus>> = { refused: "refused", lapsed: "lapsed" };

/** Closes one notice: places the hold for what it took, and clears the rest. */
export function conclude(turn: Turn, lot: LotState, notice: NoticeState, allocated: number, closedAt: Instant, forfeited: boolean, clears: boolean): void {
  const right = rightOf(turn.state, notice);
  const closes = (status: NoticeStatus, count: number, why: string): void => {
    turn.emit({ type: "noticeClosed", at: turn.at, notice: notice.id, request: notice.request, closedAt, status, count, why });
  };
  if (notice.answer?.verdict === "binding" && (allocated > 0 || !isMain(notice))) {
    const count = isMain(notice) ? allocated : (notice.answer.answer.count ?? notice.count);
    closes(allocated >= notice.count || !isMain(notice) ? "accepted" : "part_accepted", count, "accepted");
    if (allocated > 0) hold(turn, lot, notice, allocated);
    if (clears && allocated < notice.count) clear(turn, lot, right, { reason: "refused", count: notice.count - allocated, notice, closedAt });
    return;
  }
  if (forfeited) {
    closes("forfeited", 0, "not_covered_together");
    if (clears) clear(turn, lot, right, { reason: "forfeited", count: notice.count, notice, closedAt });
    return;
  }
  const end = notice.answer?.verdict === "binding" ? "lapsed" : endOf(notice.answer);
  closes(STATUS_OF[end], 0, notice.answer === undefined ? "no_answer" : end === "refused" ? "refused" : "not_cured");
  if (!clears) return;
  const reason = right.clause.kind === "exclusivity" && !hasEnded(turn, right, closedAt) ? "released" : end;
  if (right.clause.kind !== "exclusivity" || mayRelease(turn, notice, right)) {
    clear(turn, lot, right, { reason, count: notice.count, notice, closedAt });
  }
}

/** Takes the capacity that an acceptance names, or that the holder has on record: one hold for each that runs a part. */
export function hold(turn: Turn, lot: LotState, notice: NoticeState, count: number): void {
  const answer = notice.answer?.answer;
  const window = answer?.window ?? notice.thirdParty?.window ?? notice.terms.window;
  for (const part of partsByHost(notice, count)) {
    // What a customer takes of a sale comes out of the machines that are on sale.
    const all = answer === undefined || answer.rootBlocks.length > 0 ? (answer?.rootBlocks ?? []) : (turn.state.requests.get(lot.lot.request)?.request.sale?.blocks ?? []);
    const own = part.whole ? all : blocksOf(turn, all, answer?.host, part.host !== undefined);
    const step = notice.terms.blockSize;
    // Together the blocks were found to have room: what does not fit where it belongs goes to the others.
    const blocks = place(turn.state, own, window, step, part.count) ?? place(turn.state, all, window, step, part.count) ?? [];
    const event: Writable<Extract<NoticeEvent, { type: "holdPlaced" }>> = {
      type: "holdPlaced", at: turn.at, hold: turn.ids.next<"HoldId">("hld") as HoldId, request: lot.lot.request, lot: lot.lot.id,
      notice: notice.id, holder: notice.answeredBy ?? notice.holder, count: part.count, blocks, window,
    };
    if (part.host !== undefined) event.host = part.host;
    turn.emit(event);
  }
}

interface HeldPart {
  readonly host?: PartyId;
  readonly count: number;
  /** All of it is run by one: any of the blocks named will do. */
  readonly whole: boolean;
}

/** What the holder runs itself comes first; where an acceptance is cut, it is the host's part that gets less. */
function partsByHost(notice: NoticeState, count: number): readonly HeldPart[] {
  const { host, hostCount, count: accepted = notice.count } = notice.answer?.answer ?? {};
  if (host === undefined) return [{ count, whole: true }];
  const own = hostCount === undefined ? 0 : Math.min(count, Math.max(0, accepted - hostCount));
  if (own === 0) return [{ host, count, whole: true }];
  return own === count ? [{ count, whole: false }] : [{ count: own, whole: false }, { host, count: count - own, whole: false }];
}

/** Those of the named blocks that the host runs, or those that it does not. */
function blocksOf(turn: Turn, blocks: readonly BlockId[], host: PartyId | undefined, hosted: boolean): readonly BlockId[] {
  return blocks.filter((id) => {
    const block = turn.state.capacity.get(id)?.block;
    return ((block?.host ?? block?.provider) === host) === hosted;
  });
}

function hasEnded(turn: Turn, right: LiveRight, at: Instant): boolean {
  const agreement = turn.state.agreements.get(right.ref.agreement);
  const end = agreement === undefined ? undefined : clauseEnd(agreement, right.version, right.ref.clause);
  return end !== undefined && end.at <= at;
}

/** Exclusivity: whether the way its stage ended lets the demand go (step 8). */
function mayRelease(turn: Turn, notice: NoticeState, right: LiveRight): boolean {
  const { release } = right.clause;
  if (hasEnded(turn, right, notice.respondBy ?? turn.clock)) return true;
  if (notice.answer?.verdict !== "refusal" && notice.answer?.verdict !== "counter_offer" && notice.answer?.verdict !== "binding") return release.silence;
  return notice.answer.answer.reason === "inability" ? release.inability || release.refusal : release.refusal;
}

function released(turn: Turn, lot: LotState, notices: readonly NoticeState[]): boolean {
  const current = turn.state.requests.get(lot.lot.request)?.lots.find((item) => item.lot.id === lot.lot.id) ?? lot;
  if (openCount(current) === 0) return true;
  const bound = notices.find((notice) => !mayRelease(turn, notice, rightOf(turn.state, notice)));
  if (bound === undefined) return true;
  turn.emit({ type: "lotDropped", at: turn.at, lot: lot.lot.id, request: lot.lot.request, why: "exclusivity_not_released" });
  return false;
}

/** A consent is a yes or a no to the whole act; here silence blocks, unless the clause deems consent (domain row A16). */
function closeConsents(turn: Turn, lot: LotState, stage: Stage, notices: readonly NoticeState[], closedAt: Instant): boolean {
  for (const notice of notices) {
    const right = rightOf(turn.state, notice);
    const granted = notice.answer?.verdict === "binding" || (notice.answer === undefined && right.clause.silence === "consents");
    const status: NoticeStatus = granted ? "consented" : notice.answer === undefined ? "lapsed" : "refused";
    turn.emit({
      type: "noticeClosed", at: turn.at, notice: notice.id, request: notice.request, status, count: granted ? notice.count : 0, closedAt,
      why: granted ? "consented" : notice.answer === undefined ? "no_answer_is_not_allowed" : "refused",
    });
    if (granted) clear(turn, lot, right, { reason: "consented", count: notice.count, notice, closedAt });
    else {
      turn.emit({ type: "lotDropped", at: turn.at, lot: lot.lot.id, request: lot.lot.request, why: notice.answer === undefined ? "no_answer_is_not_allowed" : "consent_refused" });
    }
  }
  return finishStage(turn, lot, stage, closedAt, 0);
}

function finishStage(turn: Turn, lot: LotState, stage: Stage, closedAt: Instant, taken: number): boolean {
  const current = turn.state.requests.get(lot.lot.request)?.lots.find((item) => item.lot.id === lot.lot.id);
  if (current === undefined || current.phase !== "stages") return true;
  turn.emit({
    type: "stageClosed", at: turn.at, request: lot.lot.request, lot: lot.lot.id, closedAt, taken, left: openCount(current),
    stage: `${stage.kind} ${stage.rights.map((right) => `${right.ref.agreement}#${right.ref.clause}`).join(" ")}`,
  });
  return true;
}

/** A waived lateness binds at once: the hold is placed, whatever the stage has become since. */
export function bindLate(turn: Turn, request: RequestId, id: string): void {
  const notice = turn.state.notices.get(id as NoticeState["id"]);
  const lot = turn.state.requests.get(request)?.lots.find((item) => item.lot.id === notice?.lot);
  if (notice === undefined || lot === undefined) return;
  const count = Math.min(notice.answer?.answer.count ?? notice.count, openCount(lot));
  conclude(turn, lot, notice, count, turn.clock, false, true);
}
