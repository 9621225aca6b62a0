import type { ZoneId } from "../calendar/index.ts";
import type { AgreementId, CalendarId, ClauseId, PartyId } from "../kernel/index.ts";
import { parseInstant } from "../kernel/index.ts";
import type { AgreementVersion } from "./agreement.ts";
import type { RightClause } from "./clause.ts";
import type { Owner, Party } from "./party.ts";
import type { WindowSpec } from "./window.ts";

/** Makers for specs, after the fixture F0 of the conformance table: buyer LAB, holders ALFA and BETA. */

const businessDays = (n: number): WindowSpec => ({ n, unit: "business-days" });

/** R1: ALFA is asked first about GB200 in `us-*`, any multiple of 8, tail of 60 days, at most three re-offers. */
export function r1(changed: Partial<RightClause> = {}): RightClause {
  return {
    id: "r1" as ClauseId,
    lineageId: "r1",
    defaults: [],
    kind: "first-refusal",
    burdens: "demand",
    holder: "alfa" as PartyId,
    grantor: "lab" as PartyId,
    rank: 10,
    sameRank: "weights",
    weight: 1,
    parallel: false,
    scope: {
      Inclusions: [
        { Dimension: "x_AcceleratorClass", Operator: "In", Values: ["gb200"] },
        { Dimension: "RegionId", Operator: "In", Values: ["us-*"] },
      ],
    },
    carveOuts: [],
    trigger: "request",
    attachBy: "request",
    delivery: { rule: "delivered", fallbackAfter: businessDays(1) },
    objectionWindow: businessDays(2),
    noticeRequires: [],
    window: businessDays(5),
    partial: { mode: "multiple", of: 8 },
    matchBasis: { mode: "pareto" },
    silence: "refusal",
    refusalFinal: true,
    contingencies: { allowed: false },
    tail: { days: 60, priceToleranceBp: 0, countToleranceBp: 0 },
    reoffer: { on: "supplier-favourable", window: businessDays(2), maxRounds: 3, lastRoundToleranceBp: 1_000 },
    newCapacityOnly: true,
    aggregateAllOrNone: false,
    confirmWindow: businessDays(1),
    stranded: { offer: true, window: businessDays(1) },
    inseparable: "reject",
    holderMayBid: true,
    matchAfterBidding: false,
    passThrough: { allowed: true, maxShareBp: 10_000, consent: false },
    replacementWindow: businessDays(1),
    affiliates: { aggregate: true, lookThrough: true },
    disclosure: { identity: false, price: true },
    release: { refusal: true, silence: true, inability: true },
    suspendOnDefault: true,
    ...changed,
  };
}

/** R2: BETA may match a third party's offer, whole. */
export function r2(changed: Partial<RightClause> = {}): RightClause {
  return r1({
    id: "r2" as ClauseId,
    lineageId: "r2",
    kind: "match",
    holder: "beta" as PartyId,
    rank: 20,
    trigger: "third-party-offer",
    window: businessDays(2),
    partial: { mode: "none" },
    ...changed,
  });
}

export function agreement(id: string, changed: Partial<AgreementVersion> = {}): AgreementVersion {
  return {
    id: id as AgreementId,
    lineageId: id,
    version: 1,
    title: id,
    buyer: "lab" as PartyId,
    provider: "alfa" as PartyId,
    otherParties: [],
    zone: "America/Los_Angeles" as ZoneId,
    calendars: ["us-federal" as CalendarId],
    join: "all",
    cutoffMs: 61_200_000,
    closeMs: 61_200_000,
    effectiveFrom: instant("2026-01-01T08:00:00Z"),
    signedAt: instant("2025-12-15T18:00:00Z"),
    accruedRightsSurvive: true,
    affiliateBp: 2_000,
    assignmentNeedsConsent: true,
    changeOfControl: "continues",
    brokerOutage: "extends",
    clauses: [],
    ...changed,
  };
}

function instant(text: string): AgreementVersion["effectiveFrom"] {
  const found = parseInstant(text);
  if (found === undefined) throw new Error(`Broken belief: ${text} is an instant`);
  return found;
}

/** A party with owners as `name: share in per cent`, or as `Owner`. */
export function party(id: string, owners: Readonly<Record<string, number | Partial<Owner>>> = {}): Party {
  return {
    id: id as PartyId,
    name: id.toUpperCase(),
    roles: [],
    competitors: [],
    owners: Object.entries(owners).map(([owner, share]) => ({
      party: owner as PartyId,
      shareBp: typeof share === "number" ? share * 100 : 0,
      control: false,
      ...(typeof share === "number" ? {} : share),
    })),
  };
}

export function parties(...list: readonly Party[]): ReadonlyMap<PartyId, Party> {
  return new Map(list.map((item) => [item.id, item]));
}
