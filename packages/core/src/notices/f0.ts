import type { AgreementId, ClauseId, LotId, NoticeId, PartyId, RequestId } from "../kernel/index.ts";
import { at, q1Terms } from "../requests/f0.ts";
import type { AnswerContext } from "./judge.ts";
import type { Answer, OpenNotice } from "./notice.ts";

/** Makers for specs: ALFA's notice of the fixture's request, its answers, and a world where nothing is in the way. */

/** Mon 21 September 2026, 17:00 in Los Angeles. */
export const RESPOND_BY = at("2026-09-22T00:00:00Z");

export function openNotice(changed: Partial<OpenNotice> = {}): OpenNotice {
  const terms = changed.terms ?? q1Terms();
  return {
    id: "ntc_1" as NoticeId,
    kind: "first-refusal",
    right: { agreement: "alfa" as AgreementId, clause: "r1" as ClauseId, version: 1 },
    lineageId: "r1",
    request: "q1" as RequestId,
    lot: "lot_1" as LotId,
    holder: "alfa" as PartyId,
    count: terms.count,
    terms,
    termsText: "",
    round: 0,
    finalRound: false,
    contingent: false,
    missing: [],
    sentAt: at("2026-09-14T17:00:00Z"),
    channel: "portal",
    status: "open",
    respondBy: RESPOND_BY,
    ...changed,
  };
}

export function acceptance(changed: Partial<Answer> = {}): Answer {
  return { type: "accept", orLess: false, rootBlocks: [], ...changed };
}

export function context(changed: Partial<AnswerContext> = {}): AnswerContext {
  return {
    receivedAt: at("2026-09-16T17:00:00Z"),
    authority: { binds: true },
    blocksFree: () => true,
    flowDown: () => "ok",
    eligible: true,
    beforeLaunch: () => false,
    rightEnded: false,
    compareMatch: () => ({ matches: true, worse: [] }),
    ...changed,
  };
}
