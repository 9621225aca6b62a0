import type { NoticeState } from "./state.ts";
import type { LotState, MarketState, RequestState } from "./request-state.ts";

/** A value that is still being made: nobody else has seen it. Every field is named, so that a new one is not forgotten in a copy. */
export type Draft<Value> = {
  -readonly [Field in keyof Value]-?: Value[Field] | (object extends Pick<Value, Field> ? undefined : never);
};

/** What is made field by field: absent ones are added only where they are there, without a spread. */
export type Writable<Value> = { -readonly [Field in keyof Value]: Value[Field] };

/*
 * Values in the state are replaced, never changed: each event copies what it concerns, and changes the copy before anybody reads it.
 * The copies name every field, absent ones as undefined, so that all of them have one shape: engines copy a spread of what may or
 * may not be there a hundred times slower, and that was most of the time of an event. Canonical texts leave out what is undefined.
 */

export function copyRequest(from: RequestState): Draft<RequestState> {
  return {
    request: from.request,
    order: from.order,
    submittedAt: from.submittedAt,
    askedAt: from.askedAt,
    askedBy: from.askedBy,
    lots: from.lots,
    approvalsGiven: from.approvalsGiven,
    approvalsDenied: from.approvalsDenied,
    approvalAwaited: from.approvalAwaited,
    market: from.market,
    proposal: from.proposal,
    awards: from.awards,
    confirmedAwards: from.confirmedAwards,
    heldAwards: from.heldAwards,
    breachedMonths: from.breachedMonths,
    shortfall: from.shortfall,
    rested: from.rested,
  };
}

export function copyLot(from: LotState): Draft<LotState> {
  return {
    lot: from.lot,
    phase: from.phase,
    why: from.why,
    heldIn: from.heldIn,
    assessments: from.assessments,
    stages: from.stages,
    stageIndex: from.stageIndex,
    matches: from.matches,
    notices: from.notices,
    clearances: from.clearances,
    holds: from.holds,
    awarded: from.awarded,
    stageOpen: from.stageOpen,
    strandedOffered: from.strandedOffered,
    extraRounds: from.extraRounds,
    failed: from.failed,
    replaces: from.replaces,
  };
}

export function copyMarket(from: MarketState): Draft<MarketState> {
  return {
    tender: from.tender,
    invitations: from.invitations,
    bids: from.bids,
    opened: from.opened,
    improved: from.improved,
    asked: from.asked,
    tooShort: from.tooShort,
    spent: from.spent,
    improving: from.improving,
    reopened: from.reopened,
    told: from.told,
    hidden: from.hidden,
  };
}

/** A notice, or what has become of it. */
export function copyNotice(from: Pick<NoticeState, keyof NoticeState>): Draft<NoticeState> {
  return {
    id: from.id,
    kind: from.kind,
    right: from.right,
    lineageId: from.lineageId,
    request: from.request,
    lot: from.lot,
    holder: from.holder,
    count: from.count,
    terms: from.terms,
    termsText: from.termsText,
    round: from.round,
    finalRound: from.finalRound,
    thirdParty: from.thirdParty,
    contingent: from.contingent,
    missing: from.missing,
    sentAt: from.sentAt,
    channel: from.channel,
    fallbackAt: from.fallbackAt,
    status: from.status,
    deliveredAt: from.deliveredAt,
    deemedReceivedAt: from.deemedReceivedAt,
    respondBy: from.respondBy,
    objectBy: from.objectBy,
    answer: from.answer,
    assignees: from.assignees,
    late: from.late,
    closedAt: from.closedAt,
    declinedAt: from.declinedAt,
    answerOrder: from.answerOrder,
    answeredBy: from.answeredBy,
    ratifiedBy: from.ratifiedBy,
    channelIndex: from.channelIndex,
  };
}
