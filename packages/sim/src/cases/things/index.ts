import type { ExpectationKind } from "@offtake/wire/cases";
import { agreementKind, conflictKind, renewalNoticeKind, retroReviewKind } from "./agreements.ts";
import { awardKind, blockedKind } from "./awards.ts";
import { clearanceKind, heldBlockKind, holdKind } from "./clearances.ts";
import { commitmentKind } from "./commitments.ts";
import type { Kind } from "./kind.ts";
import { bidKind, evaluationKind, tenderKind } from "./market.ts";
import { answerKind, askedKind, extensionKind, noticeKind } from "./notices.ts";
import { assessmentKind, heldKind, lotKind, requestKind, shareBreachKind, warningKind } from "./requests.ts";

export { togetherOf } from "./awards.ts";
export { capacityThings, supplyThings } from "./capacity.ts";
export type { Kind } from "./kind.ts";

/** Expectations that one of the things of a kind is as stated. */
export const THINGS = {
  notice: noticeKind,
  asked: askedKind,
  answer: answerKind,
  "deadline-extended": extensionKind,
  clearance: clearanceKind,
  hold: holdKind,
  awarded: awardKind,
  blocked: blockedKind,
  request: requestKind,
  lot: lotKind,
  assessment: assessmentKind,
  warning: warningKind,
  held: heldKind,
  tender: tenderKind,
  bid: bidKind,
  evaluation: evaluationKind,
  agreement: agreementKind,
  "renewal-notice": renewalNoticeKind,
  conflict: conflictKind,
  "retro-review": retroReviewKind,
  "share-breach": shareBreachKind,
  commitment: commitmentKind,
} as const satisfies Partial<Record<ExpectationKind, Kind>>;

/** Expectations that no thing of a kind is as stated, with the positive kind that says the contrary. */
export const NO_THINGS = {
  "no-notice": { kind: noticeKind, contrary: "notice" },
  "no-clearance": { kind: clearanceKind, contrary: "clearance" },
  "no-hold": { kind: heldBlockKind, contrary: "no-hold" },
  "not-awarded": { kind: awardKind, contrary: "awarded" },
  "no-tender": { kind: tenderKind, contrary: "tender" },
} as const satisfies Partial<Record<ExpectationKind, { readonly kind: Kind; readonly contrary: ExpectationKind }>>;

export type ThingKind = keyof typeof THINGS;
export type NoThingKind = keyof typeof NO_THINGS;

export function isThingKind(kind: ExpectationKind): kind is ThingKind {
  return Object.hasOwn(THINGS, kind);
}

export function isNoThingKind(kind: ExpectationKind): kind is NoThingKind {
  return Object.hasOwn(NO_THINGS, kind);
}
