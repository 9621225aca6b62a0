import type { AgreementVersion, Clause, ClauseBase, RightClause } from "@offtake/core/agreements";
import type { CommandBody, Offer, StandingAnswer } from "@offtake/core/book";
import type { ZoneId } from "@offtake/core/calendar";
import {
  type AcceleratorType,
  type AgreementId,
  type BlockId,
  type CalendarId,
  type ClauseId,
  type Currency,
  DAY_MS,
  HOUR_MS,
  type Instant,
  type OfferId,
  type PartyId,
  parseInstant,
  type Rate,
} from "@offtake/core/kernel";
import type { Scope } from "@offtake/core/scope";

/** The world in which requests are resolved: 5 agreements with 40 clauses, 2 of them rights that apply; 20 offers. */

export const START = parseInstant("2026-01-05T00:00:00Z") as Instant;
/** Days that every block has. */
export const DAYS = 1_500;
export const BLOCK_QUANTITY = 2_048;
export const LAB = "lab" as PartyId;

const USD = "USD" as Currency;
const HORIZON = { from: START, to: (START + DAYS * DAY_MS) as Instant };
const SELLERS = ["gamma", "delta", "epsilon", "zeta"] as const;
const OFFERS = 20;
const CLAUSES_EACH = 8;

export function usd(price: number): Rate {
  return { microsPerHour: BigInt(Math.round(price * 1_000_000)), currency: USD };
}

/** Everything that sets the book up, in order; all of it is the keeper's to record. */
export function resolveWorld(blocks: number): CommandBody[] {
  const parties = ["lab", "alfa", "beta", ...SELLERS];
  const owners = ownersOf(blocks);
  return [
    { type: "openBook", header: { keeper: LAB, kind: "buyer", currency: USD, zone: "America/Los_Angeles" as ZoneId } },
    ...parties.map(
      (id): CommandBody => ({
        type: "recordParty",
        party: {
          id: id as PartyId,
          name: id,
          roles: id === "lab" ? [] : [{ role: "provider" }],
          owners: [],
          competitors: [],
        },
      }),
    ),
    {
      type: "recordPolicy",
      policy: {
        version: 1,
        tenderWindow: { n: 0, unit: "hours" },
        tie: "none",
        improveWindow: { n: 1, unit: "hours" },
        inseparable: "reject",
        showCap: false,
        minimumUsable: 8,
        autoAward: true,
        relatedPartyApproval: "second",
        awardConfirmation: "at-once",
        ownBuild: [],
      },
    },
    ...owners.map(
      (provider, index): CommandBody => ({
        type: "recordBlock",
        block: {
          id: blockId(index),
          rootId: blockId(index),
          provider,
          acceleratorType: "h100" as AcceleratorType,
          region: "us-central",
          quantity: BLOCK_QUANTITY,
          window: HORIZON,
          firmness: "firm",
          blockSize: 8,
        },
      }),
    ),
    ...agreements().map((agreement): CommandBody => ({ type: "recordAgreement", agreement, activate: true })),
    ...offers(owners).map((offer): CommandBody => ({ type: "listOffer", offer })),
    ...standingAnswers(owners).map((standing): CommandBody => ({ type: "giveStandingAnswer", standing })),
  ];
}

function blockId(index: number): BlockId {
  return `b${index}` as BlockId;
}

/** The holders have a tenth of the blocks each, the sellers the rest. */
function ownersOf(blocks: number): PartyId[] {
  return Array.from({ length: blocks }, (_, index) => {
    const tenth = index % 10;
    return (tenth === 0 ? "alfa" : tenth === 1 ? "beta" : (SELLERS[index % SELLERS.length] as string)) as PartyId;
  });
}

/** Twenty price lists, all of which fit every request: five of each seller, over a fifth of its blocks each, from $2.00 up. */
function offers(owners: readonly PartyId[]): Offer[] {
  return Array.from({ length: OFFERS }, (_, index): Offer => {
    const provider = SELLERS[index % SELLERS.length] as string as PartyId;
    const own = owners.flatMap((owner, block) => (owner === provider ? [blockId(block)] : []));
    const part = Math.floor(index / SELLERS.length);
    const share = own.filter((_, block) => block % 5 === part);
    const rate = usd(2 + index * 0.05);
    return {
      id: `o${index}` as OfferId,
      provider,
      acceleratorType: "h100" as AcceleratorType,
      region: "us-central",
      tiers: [
        { from: 1, rate },
        { from: 128, rate: { ...rate, microsPerHour: rate.microsPerHour - 20_000n } },
      ],
      blockSize: 8,
      countMax: 64,
      blocks: share.length === 0 ? own.slice(0, 1) : share,
      source: "list",
      standing: true,
    };
  });
}

/** ALFA takes up to 128 as far as it has room, never for research; BETA matches from $2.40 up. */
function standingAnswers(owners: readonly PartyId[]): StandingAnswer[] {
  const blocksOf = (party: string): BlockId[] =>
    owners.flatMap((owner, block) => (owner === party ? [blockId(block)] : []));
  return [
    {
      id: "alfa-1",
      party: "alfa" as PartyId,
      scope: purposeIs("research"),
      answer: { type: "refuse" },
      byCapacity: false,
    },
    {
      id: "alfa-2",
      party: "alfa" as PartyId,
      scope: ALL,
      answer: { type: "accept", countMax: 128, blocks: blocksOf("alfa") },
      priceMin: usd(2.6),
      byCapacity: true,
    },
    {
      id: "beta-1",
      party: "beta" as PartyId,
      scope: ALL,
      answer: { type: "accept", blocks: blocksOf("beta") },
      priceMin: usd(2.4),
      byCapacity: true,
    },
  ];
}

const ALL: Scope = { IsGlobalScope: true };

function purposeIs(purpose: string): Scope {
  return { Inclusions: [{ Dimension: "x_Purpose", Operator: "In", Values: [purpose] }] };
}

/** Two rights apply: first refusal (ALFA) and match (BETA). The rest is what agreements are full of: rights on other things. */
function agreements(): AgreementVersion[] {
  return ["alfa", "beta", "gamma", "delta", "epsilon"].map((provider, index) => {
    const first = index === 0 ? [right("r1", provider, {})] : index === 1 ? [right("r2", provider, MATCH)] : [];
    const others = Array.from({ length: CLAUSES_EACH - first.length }, (_, n) =>
      otherClause(`c${n}`, provider, index * CLAUSES_EACH + n),
    );
    return {
      id: `lab-${provider}` as AgreementId,
      lineageId: `lab-${provider}`,
      version: 1,
      title: provider,
      buyer: LAB,
      provider: provider as PartyId,
      otherParties: [],
      zone: "America/Los_Angeles" as ZoneId,
      calendars: ["us-federal" as CalendarId],
      join: "all",
      cutoffMs: 17 * HOUR_MS,
      closeMs: 17 * HOUR_MS,
      effectiveFrom: (START - 100 * DAY_MS) as Instant,
      signedAt: (START - 120 * DAY_MS) as Instant,
      accruedRightsSurvive: true,
      affiliateBp: 2_000,
      assignmentNeedsConsent: true,
      changeOfControl: "continues",
      brokerOutage: "extends",
      clauses: [...first, ...others],
    };
  });
}

const MATCH: Partial<RightClause> = {
  kind: "match",
  trigger: "third-party-offer",
  rank: 20,
  window: { n: 2, unit: "business-days" },
};

/** Rights on other accelerators, other regions, other sides; a carved-out purpose; a commitment; a bar on resale. */
function otherClause(id: string, provider: string, n: number): Clause {
  const base: ClauseBase = { id: id as ClauseId, lineageId: `${provider}-${id}`, defaults: [] };
  switch (n % 5) {
    case 0:
      return right(id, provider, {
        scope: { Inclusions: [{ Dimension: "x_AcceleratorClass", Operator: "In", Values: ["gb200", "mi300x"] }] },
      });
    case 1:
      return right(id, provider, {
        scope: {
          Inclusions: [
            { Dimension: "RegionId", Operator: "In", Values: ["eu-*", "ap-*"] },
            { Dimension: "x_Purpose", Operator: "In", Values: ["training"] },
          ],
        },
      });
    case 2:
      return right(id, provider, { burdens: "capacity" });
    case 3:
      return { ...base, kind: "resale", allowed: false, scope: ALL };
    default:
      return { ...base, kind: "record", about: "licence" };
  }
}

function right(id: string, holder: string, changed: Partial<RightClause>): RightClause {
  return {
    id: id as ClauseId,
    lineageId: `${holder}-${id}`,
    defaults: [],
    reading: { by: "counsel", at: "2025-12-01" },
    kind: "first-refusal",
    burdens: "demand",
    holder: holder as PartyId,
    grantor: LAB,
    rank: 10,
    sameRank: "weights",
    weight: 1,
    parallel: false,
    scope: { Inclusions: [{ Dimension: "RegionId", Operator: "In", Values: ["us-*"] }] },
    carveOuts: [{ id: "internal", scope: purposeIs("internal-tools") }],
    trigger: "request",
    attachBy: "request",
    delivery: { rule: "delivered", fallbackAfter: { n: 1, unit: "business-days" } },
    objectionWindow: { n: 2, unit: "business-days" },
    noticeRequires: [],
    window: { n: 5, unit: "business-days" },
    partial: { mode: "multiple", of: 8 },
    matchBasis: { mode: "pareto" },
    silence: "refusal",
    refusalFinal: true,
    contingencies: { allowed: false },
    tail: { days: 60, priceToleranceBp: 0, countToleranceBp: 0 },
    reoffer: {
      on: "supplier-favourable",
      window: { n: 2, unit: "business-days" },
      maxRounds: 3,
      lastRoundToleranceBp: 1_000,
    },
    newCapacityOnly: true,
    aggregateAllOrNone: false,
    confirmWindow: { n: 1, unit: "business-days" },
    stranded: { offer: false, window: { n: 1, unit: "business-days" } },
    inseparable: "reject",
    holderMayBid: true,
    matchAfterBidding: false,
    passThrough: { allowed: true, maxShareBp: 10_000, consent: false },
    replacementWindow: { n: 1, unit: "business-days" },
    affiliates: { aggregate: true, lookThrough: true },
    disclosure: { identity: false, price: true },
    release: { refusal: true, silence: true, inability: true },
    suspendOnDefault: true,
    ...changed,
  };
}
