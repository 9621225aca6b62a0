import { type BlockId, type Currency, type Instant, type PartyId, type RequestId, SECOND_MS } from "../kernel/index.ts";
import {
  type AnswerContext,
  type Authority,
  type AnsweredTerms,
  awaitsWaiver,
  isOfSigner,
  judgeAnswer,
  type Judgement,
  SIGNER_LIMIT,
} from "../notices/judge.ts";
import type { Answer, RatifiedVerdict, RecordedAnswer, Recording } from "../notices/notice.ts";
import type { MatchBasis } from "../agreements/clause.ts";
import { compareMatch } from "../prices/index.ts";
import { worseStated } from "../requests/compare.ts";
import type { LiveRight } from "../rights/live.ts";
import { close, endNotice } from "./end-notices.ts";
import { flowDown } from "./flow-down.ts";
import { isBeforeLaunch } from "./first-ship.ts";
import { holdForGapIn } from "./gaps.ts";
import { acceptedCount, endedBy, isLive, lotOf, mayAnswer, noticesOf, openRequest, rightOf } from "./lookup.ts";
import { countOffered } from "../requests/offered.ts";
import { freeOn } from "./placement.ts";
import { rateIn } from "./rates.ts";
import { recordingOf } from "./recorded.ts";
import { type LotState, openCount } from "./request-state.ts";
import { authorityFor, lackOfAuthority, type Said } from "./signing.ts";
import type { NoticeState } from "./state.ts";
import { reject, type Turn } from "./turn.ts";
import { deadlineOf, windowRule } from "./windows.ts";

type AnswerCommand = Extract<Turn["command"], { type: "answerNotice" }>;

/**
 * A holder answers one notice, or several in one call: all of them are found before any answer is given. Who may not know of a notice gets
 * the answer for one that is not there.
 *
 * @returns the requests that they are about, each once
 */
export function answerNotice(turn: Turn, command: AnswerCommand): readonly RequestId[] {
  const { recorded } = command;
  const answers = [command, ...(command.further ?? [])];
  if (new Set(answers.map(({ notice }) => notice)).size < answers.length)
    return reject("malformed", "A notice is answered once in a call.");
  const said = answers.map(({ notice: id, answer }): Said => {
    const notice = turn.state.notices.get(id);
    const mayGive = recorded === undefined ? mayAnswerNow(turn, notice) : turn.state.header?.keeper === turn.actor;
    if (notice === undefined || notice.kind === "information" || !mayGive)
      return reject("not_found", "There is no such notice.");
    checkForm(answer);
    return { notice, by: recorded === undefined ? turn.actor : notice.holder, answer };
  });
  const together = bindingOf(turn, said);
  // The keeper puts on record what was answered outside the broker: the holder's answer, marked with who recorded it from what.
  const recording = recorded === undefined ? undefined : recordingOf(turn, recorded);
  for (const { notice, by, answer } of said) giveAnswer(turn, notice, by, answer, recording, together);
  return [...new Set(said.map(({ notice }) => notice.request))];
}

/** By a holder, an assignee, or one that claims to be. */
const mayAnswerNow = (turn: Turn, notice: NoticeState | undefined): boolean =>
  notice !== undefined && (mayAnswer(notice, turn.actor) || isClaimedAssignee(turn, notice));

/** Which of several answers would bind, if whoever signed them may bind to so much. */
function bindingOf(turn: Turn, said: readonly Said[]): readonly Said[] {
  if (said.length === 1) return NOTHING_ELSE;
  return said.filter(({ notice, by, answer }) => {
    const { verdict, defects } = judge(turn, notice, rightOf(turn.state, notice), by, answer);
    return answer.type === "accept" && (verdict === "binding" || (verdict === "curable" && defects.every(isOfSigner)));
  });
}

const NOTHING_ELSE: readonly Said[] = [];

/** What is no answer at all, whatever the notice says. A count that does not fit is one that can be cured. */
function checkForm({ count, hostCount, price, window }: Answer): void {
  for (const number of [count, hostCount]) {
    if (number !== undefined && !(Number.isSafeInteger(number) && number > 0))
      reject("invalid_count", "A count is a whole number of accelerators from 1.");
  }
  if (price !== undefined && price.microsPerHour <= 0n) reject("malformed", "A price is above zero.");
  if (
    window !== undefined &&
    !(window.from < window.to && window.from % SECOND_MS === 0 && window.to % SECOND_MS === 0)
  ) {
    reject("invalid_window", "The window begins and ends on whole seconds, and ends after it begins.");
  }
}

/** Named by an assignment that needed a consent which was not given (domain row V10). */
function isClaimedAssignee(turn: Turn, notice: NoticeState): boolean {
  return turn.state.agreements.get(notice.right.agreement)?.claimedAssignees.includes(turn.actor) === true;
}

/** Judges an answer and records it, whatever it is worth. What follows from it is for `advance`. */
export function giveAnswer(
  turn: Turn,
  notice: NoticeState,
  by: PartyId,
  answer: Answer,
  recording?: Recording,
  together = NOTHING_ELSE,
): void {
  const right = rightOf(turn.state, notice);
  const { verdict, defects } = judge(turn, notice, right, by, answer, together);
  const given = { id: turn.ids.next("ans"), answer, receivedAt: turn.receivedAt, verdict, defects };
  const recorded: RecordedAnswer = recording === undefined ? given : { ...given, recording };
  turn.emit({ type: "answerReceived", at: turn.at, notice: notice.id, request: notice.request, by, answer: recorded });
  if (verdict === "objection") supersede(turn, notice, "defective");
  if (verdict === "curable" && awaitsWaiver(recorded)) keepForWaiver(turn, notice, recorded);
}

/** When what a lot lacked is recorded, a condition that a holder named meanwhile still has its date, counted from that answer. */
export function keepForWaivers(turn: Turn, lot: LotState): void {
  for (const notice of noticesOf(turn.state, lot)) {
    if (isLive(notice) && notice.answer !== undefined && awaitsWaiver(notice.answer))
      keepForWaiver(turn, notice, notice.answer);
  }
}

/** A condition that the clause allows may still be waived until its date: the stage waits for it (domain row P12). */
function keepForWaiver(turn: Turn, notice: NoticeState, { receivedAt }: RecordedAnswer): void {
  const right = rightOf(turn.state, notice);
  holdForGapIn(turn, notice.request, () => extendForWaiver(turn, notice, right, receivedAt));
}

function extendForWaiver(turn: Turn, notice: NoticeState, right: LiveRight, receivedAt: Instant): void {
  const { waiveBy } = right.clause.contingencies;
  if (waiveBy === undefined || notice.respondBy === undefined) return;
  const until = deadlineOf(windowRule(turn.state, waiveBy, right.version), receivedAt, receivedAt).respondBy;
  if (until > notice.respondBy)
    turn.emit({
      type: "deadlineExtended",
      at: turn.at,
      notice: notice.id,
      request: notice.request,
      respondBy: until,
      why: "contingency",
    });
}

/**
 * The buyer takes, or declines, the terms that a holder has named: when it was asked to offer first, or in place of the noticed ones. What
 * somebody without authority named is nothing that could be taken, until somebody with it stands behind it.
 */
export function decideOffer(turn: Turn, command: Extract<Turn["command"], { type: "decideOffer" }>): NoticeState {
  const notice = turn.state.notices.get(command.notice);
  if (notice === undefined || openRequest(turn.state, notice.request).request.buyer !== turn.actor)
    return reject("not_found", "There is no such notice.");
  if (!isLive(notice) || notice.answer?.verdict !== "counter_offer")
    return reject("notice_not_open", "No offer of this notice waits for the buyer.");
  if (command.take) {
    const lacks = lackOfAuthority(turn, notice, notice.answer);
    if (lacks !== undefined) reject("offer_not_signed", lacks);
  }
  turn.emit({ type: "offerDecided", at: turn.at, notice: notice.id, request: notice.request, taken: command.take });
  return notice;
}

function judge(
  turn: Turn,
  notice: NoticeState,
  right: LiveRight,
  by: PartyId,
  answer: Answer,
  together = NOTHING_ELSE,
): Judgement {
  if (!mayAnswer(notice, by)) return { verdict: "non_conforming", defects: ["assignment_ineffective"] };
  if (notice.status === "suspended") return { verdict: "non_conforming", defects: ["holder_not_eligible"] };
  if (notice.status === "withdrawn") {
    const ended = endedBy(turn.state, right, turn.receivedAt) !== undefined;
    return { verdict: "non_conforming", defects: [ended ? "right_ended" : "notice_withdrawn"] };
  }
  if (notice.status === "superseded") return { verdict: "non_conforming", defects: ["notice_superseded"] };
  return judgeAnswer(notice, right.clause, answer, new AskedOfBook(turn, notice, right, by, answer, together));
}

/** What is asked of the book about an answer; looked up only as far as the judgement asks. */
class AskedOfBook implements AnswerContext {
  readonly receivedAt: Instant;
  readonly eligible = true;
  readonly rightEnded: boolean;
  declare readonly previous?: RecordedAnswer;
  private readonly turn: Turn;
  private readonly notice: NoticeState;
  private readonly right: LiveRight;
  private readonly by: PartyId;
  private readonly answer: Answer;
  private readonly together: readonly Said[];

  constructor(
    turn: Turn,
    notice: NoticeState,
    right: LiveRight,
    by: PartyId,
    answer: Answer,
    together = NOTHING_ELSE,
    receivedAt = turn.receivedAt,
  ) {
    this.receivedAt = receivedAt;
    this.rightEnded = right.clause.option !== undefined && right.clause.option.until <= receivedAt;
    if (notice.answer !== undefined) this.previous = notice.answer;
    this.turn = turn;
    this.notice = notice;
    this.right = right;
    this.by = by;
    this.answer = answer;
    this.together = together;
  }

  get authority(): Authority {
    const { notice, by, answer } = this;
    return authorityFor(this.turn, { notice, by, answer }, answer.signer, this.together);
  }

  blocksFree(blocks: readonly BlockId[], count: number): boolean {
    if (blocks.length === 0) return true;
    const { request, lot, terms, thirdParty } = this.notice;
    const { state } = this.turn;
    const machines = countOffered(
      lotOf(state, request, lot).lot,
      thirdParty?.acceleratorType ?? terms.acceleratorType,
      count,
    );
    return freeOn(state, blocks, terms.window, 1, machines) >= machines;
  }

  beforeLaunch(begins: Instant): boolean {
    const { request, lot, holder } = this.notice;
    return isBeforeLaunch(this.turn.state, lotOf(this.turn.state, request, lot), holder, begins);
  }

  flowDown(host: PartyId): ReturnType<AnswerContext["flowDown"]> {
    return flowDown(this.turn.state, this.right, this.notice, this.by, host);
  }

  compareMatch(answered: AnsweredTerms): ReturnType<AnswerContext["compareMatch"]> {
    return equalsOffer(this.turn, this.right, this.notice, answered);
  }
}

/** Whether an answer equals the third party's offer, by the clause's basis (step 15). */
function equalsOffer(
  turn: Turn,
  right: LiveRight,
  notice: NoticeState,
  answered: AnsweredTerms,
): { matches: boolean; worse: readonly string[] } {
  const third = notice.thirdParty;
  const { price } = answered;
  if (third === undefined || price === undefined) return { matches: false, worse: ["price"] };
  const { lot } = lotOf(turn.state, notice.request, notice.lot);
  // Less than the third party offers is matched in part where the clause lets the holder take a part (G11, G18).
  const answer = { price, count: answered.count, window: answered.window, stated: answered.stated };
  const basis = basisIn(turn, notice, right.clause.matchBasis, third.price.currency);
  if (basis === undefined) return { matches: false, worse: ["currency"] };
  return compareMatch(basis, right.clause.burdens, lot.window.from, third, answer, (offer, given) =>
    worseStated(offer, given, right.clause.burdens),
  );
}

/** The clause's cost of delay in the currency of the offer, by the rate of the common close (G27); undefined where none is recorded. */
function basisIn(turn: Turn, notice: NoticeState, basis: MatchBasis, currency: Currency): MatchBasis | undefined {
  if (basis.mode !== "levelised" || basis.delayCost.currency === currency) return basis;
  const market = turn.state.requests.get(notice.request)?.market;
  const delayCost = rateIn(turn.state, basis.delayCost, currency, market?.tender.closesAt ?? turn.at);
  return delayCost === undefined ? undefined : { ...basis, delayCost };
}

/** Takes a notice back because another will stand in its place. */
export function supersede(turn: Turn, notice: NoticeState, why: string): void {
  close(turn, notice, { status: "superseded", count: 0, why, closedAt: turn.clock });
}

/** An officer stands behind what somebody without authority answered: it counts from now (domain row N18). */
export function ratifyAnswer(turn: Turn, command: Extract<Turn["command"], { type: "ratifyAnswer" }>): NoticeState {
  const notice = turn.state.notices.get(command.notice);
  if (notice === undefined || !mayAnswer(notice, turn.actor)) return reject("not_found", "There is no such notice.");
  const given = notice.answer;
  if (given === undefined || !given.defects.some(isOfSigner)) {
    return reject("nothing_late", "No answer of this notice waits for an authorised signature.");
  }
  const authority = authorityFor(turn, { notice, by: turn.actor, answer: given.answer }, command.signer);
  if (!authority.binds) {
    const why = authority.defect === undefined ? "" : `: ${authority.defect.slice(SIGNER_LIMIT.length)}`;
    return reject("not_authorised", `${command.signer} may not bind ${turn.actor}${why}.`);
  }
  const inTime = isLive(notice) && notice.respondBy !== undefined && turn.receivedAt <= notice.respondBy;
  turn.emit({
    type: "answerRatified",
    at: turn.at,
    notice: notice.id,
    request: notice.request,
    by: turn.actor,
    signer: command.signer,
    verdict: inTime ? ratifiedVerdict(given) : "late",
  });
  return notice;
}

/** What an answer is worth once somebody with authority stands behind it: what else is amiss with it stays so. */
function ratifiedVerdict({ verdict, defects }: RecordedAnswer): Exclude<RatifiedVerdict, "late"> {
  if (defects.every(isOfSigner)) return "binding";
  return verdict === "counter_offer" ? "counter_offer" : "curable";
}

/** The buyer lets a late acceptance count, while nothing relies on the lapse (domain row N9). It must be one that would have bound. */
export function waiveLateness(turn: Turn, command: Extract<Turn["command"], { type: "waiveLateness" }>): NoticeState {
  const notice = turn.state.notices.get(command.notice);
  if (notice === undefined) return reject("not_found", "There is no such notice.");
  const request = openRequest(turn.state, notice.request);
  if (request.request.buyer !== turn.actor) return reject("not_authorised", "Only the buyer may waive lateness.");
  const { late, closedAt } = notice;
  if (late === undefined || closedAt === undefined)
    return reject("nothing_late", "This notice has no late acceptance.");
  const lot = request.lots.find((item) => item.lot.id === notice.lot);
  if (lot === undefined || lot.why === "superseded" || lot.why === "replaced")
    return reject("nothing_late", "The lot of this notice is no longer part of its request.");
  const reliedOn = noticesOf(turn.state, lot).some(
    (other) => other.id !== notice.id && other.sentAt >= closedAt && other.kind !== "information",
  );
  if (reliedOn || lot.awarded > 0 || openCount(lot) === 0)
    return reject("lateness_relied_on", "A later notice or an award already relies on the lapse.");
  const { verdict, defects } = judgeInTime(turn, notice, late);
  if (verdict !== "binding")
    return reject("nothing_late", `The late acceptance would not have bound: ${defects.join(", ")}.`);
  for (const item of lot.clearances) {
    if (item.notice === notice.id)
      turn.emit({
        type: "clearanceVoided",
        at: turn.at,
        clearance: item.id,
        request: notice.request,
        why: "lateness_waived",
      });
  }
  turn.emit({ type: "latenessWaived", at: turn.at, notice: notice.id, request: notice.request });
  bindLate(turn, lot, notice);
  return notice;
}

/** What a late acceptance would have been worth at the last instant. */
function judgeInTime(turn: Turn, { late: _, ...notice }: NoticeState, given: RecordedAnswer): Judgement {
  const right = rightOf(turn.state, notice);
  return judgeAnswer(
    notice,
    right.clause,
    given.answer,
    new AskedOfBook(
      turn,
      notice,
      right,
      notice.answeredBy ?? notice.holder,
      given.answer,
      NOTHING_ELSE,
      notice.respondBy ?? turn.at,
    ),
  );
}

/** It binds at once: the hold is placed, whatever the stage has become since. */
function bindLate(turn: Turn, lot: LotState, { id }: NoticeState): void {
  const notice = turn.state.notices.get(id);
  if (notice === undefined) return;
  const open = openCount(lot);
  const count = Math.min(acceptedCount(notice), open);
  endNotice(turn, lot, notice, { count, left: open - count, closedAt: turn.clock });
}
