import type { CarveOut, RightClause, RightKind } from "@offtake/core/agreements";
import { addMs, type BlockId, type ClauseId, DAY_MS, type PartyId, type Random, rational } from "@offtake/core/kernel";
import type { Scope, ScopeRule } from "@offtake/core/scope";
import type { Play } from "./play.ts";
import { ACCELERATORS, drawPrice, drawSpan, PURPOSES, REGIONS, USD } from "./terms.ts";

/** Kinds by how often they are drawn. */
const KINDS: readonly RightKind[] = [
  ...Array<RightKind>(14).fill("first-refusal"),
  ...Array<RightKind>(7).fill("match"),
  ...Array<RightKind>(3).fill("first-offer"),
  ...Array<RightKind>(2).fill("consent"),
  ...Array<RightKind>(3).fill("exclusivity"),
  "option",
  "soft-hold",
  "minimum-share",
  "most-favoured",
];

/** A right of `holder` that limits `grantor`: first refusal most often, of every shape that a clause can have. */
export function drawRight(play: Play, id: ClauseId, holder: PartyId, grantor: PartyId): RightClause {
  const { random } = play;
  const drawn = random.pick(KINDS);
  const sells = play.keeper === grantor && play.book.state.header?.kind === "provider";
  const kind = !sells && play.releases?.chance(1, 4) === true ? "first-ship" : drawn;
  const mayMatch = kind === "match" || (kind === "first-refusal" && random.chance(1, 8));
  return {
    id,
    lineageId: id,
    defaults: [],
    kind,
    burdens: sells ? "capacity" : "demand",
    holder,
    grantor,
    rank: random.pick([10, 10, 20, 20, 30]),
    sameRank: random.pick(["weights", "weights", "first-come", "undecided"]),
    weight: random.between(1, 3),
    parallel: random.chance(1, 4),
    scope: drawScope(random),
    carveOuts: random.chance(1, 3) ? [drawCarveOut(random)] : [],
    trigger: mayMatch ? "third-party-offer" : "request",
    attachBy: random.pick(["request", "request", "request", "award", "service-window"]),
    delivery: {
      rule: random.pick(["delivered", "delivered", "sent", "acknowledged"]),
      fallbackAfter: drawSpan(random, 2),
    },
    objectionWindow: drawSpan(random, 2),
    noticeRequires: random.chance(1, 6) ? [random.pick(["latestStart", "purpose", "price", "slaUptime"])] : [],
    window: drawSpan(random, 5),
    partial: byMonthOnSome(play, drawPartial(random)),
    matchBasis: drawMatchBasis(random),
    silence: drawSilence(random, kind),
    refusalFinal: random.chance(2, 3),
    contingencies: { allowed: random.chance(1, 5) },
    tail: {
      days: mayMatch ? random.pick([0, 2, 10]) : random.pick([30, 60, 90]),
      priceToleranceBp: random.pick([0, 0, 200]),
      countToleranceBp: random.pick([0, 0, 1_000]),
    },
    reoffer: {
      on: random.pick(["supplier-favourable", "supplier-favourable", "any"]),
      window: drawSpan(random, 2),
      maxRounds: random.between(0, 3),
      lastRoundToleranceBp: random.pick([0, 1_000]),
    },
    newCapacityOnly: random.chance(1, 2),
    aggregateAllOrNone: random.chance(1, 10),
    confirmWindow: drawSpan(random, 1),
    stranded: { offer: random.chance(2, 3), window: drawSpan(random, 1) },
    inseparable: random.pick(["reject", "allocate"]),
    holderMayBid: random.chance(5, 6),
    matchAfterBidding: random.chance(1, 4),
    passThrough: {
      allowed: random.chance(4, 5),
      maxShareBp: random.pick([10_000, 5_000]),
      consent: random.chance(1, 5),
    },
    replacementWindow: drawSpan(random, 1),
    affiliates: { aggregate: random.chance(2, 3), lookThrough: random.chance(2, 3) },
    disclosure: { identity: random.chance(1, 5), price: random.chance(4, 5) },
    release: { refusal: random.chance(4, 5), silence: random.chance(2, 3), inability: random.chance(4, 5) },
    suspendOnDefault: random.chance(2, 3),
    ...drawExtras(play, kind, holder),
  };
}

function drawExtras(play: Play, kind: RightKind, holder: PartyId): Partial<RightClause> {
  const { random } = play;
  return {
    ...(random.chance(1, 6) ? { overAllotment: drawSpan(random, 1) } : {}),
    ...(random.chance(1, 8) ? { definitiveWindow: drawSpan(random, 5) } : {}),
    ...(random.chance(1, 8)
      ? {
          deMinimis: {
            count: random.between(1, 16) * 8,
            aggregateDays: random.between(1, 30),
            by: random.pick(["control-group", "project"] as const),
          },
        }
      : {}),
    ...(random.chance(1, 10) ? { capCount: random.between(1, 32) * 8 } : {}),
    ...(kind === "option" || kind === "soft-hold" ? { option: drawOption(play, holder) } : {}),
    ...(kind === "minimum-share"
      ? { minimumShare: { shareBp: random.between(1, 8) * 1_000, period: random.pick(["month", "year"] as const) } }
      : {}),
  };
}

function drawOption(play: Play, holder: PartyId): NonNullable<RightClause["option"]> {
  const { random } = play;
  const blocks = play.blocks.filter((block) => block.provider === holder || block.provider === play.keeper).slice(0, 2);
  return {
    count: random.between(1, 64) * 8,
    blocks: random.chance(1, 2) ? [] : blocks.map((block): BlockId => block.id),
    until: addMs(play.now, random.between(1, 60) * DAY_MS),
    ...(random.chance(2, 3) ? { price: drawPrice(random) } : {}),
  };
}

function drawPartial(random: Random): RightClause["partial"] {
  if (random.chance(1, 5)) return { mode: "none" };
  const of = random.pick([8, 8, 16]);
  return random.chance(1, 5) ? { mode: "multiple", of, min: of * random.between(1, 8) } : { mode: "multiple", of };
}

/** In a market of months most that may take a part may take another number in each. */
function byMonthOnSome(play: Play, partial: RightClause["partial"]): RightClause["partial"] {
  return partial.mode === "multiple" && play.months?.chance(3, 4) === true ? { ...partial, byMonth: true } : partial;
}

function drawMatchBasis(random: Random): RightClause["matchBasis"] {
  if (random.chance(3, 4)) return { mode: "pareto" };
  return { mode: "levelised", monthlyRate: rational(1n, 100n), delayCost: { microsPerHour: 200_000n, currency: USD } };
}

function drawSilence(random: Random, kind: RightKind): RightClause["silence"] {
  if (kind === "consent") return random.pick(["blocks", "consents"]);
  return random.chance(1, 12) ? "acceptance" : "refusal";
}

export function drawScope(random: Random): Scope {
  if (random.chance(1, 4)) return { IsGlobalScope: true };
  const rules: ScopeRule[] = [];
  if (random.chance(1, 2))
    rules.push({ Dimension: "x_AcceleratorClass", Operator: "In", Values: [random.pick(ACCELERATORS)] });
  if (random.chance(1, 2))
    rules.push({ Dimension: "RegionId", Operator: "In", Values: [random.pick(["us-*", ...REGIONS])] });
  if (random.chance(1, 3))
    rules.push({ Dimension: "x_Purpose", Operator: random.pick(["In", "NotIn"]), Values: [random.pick(PURPOSES)] });
  return rules.length === 0 ? { IsGlobalScope: true } : { Inclusions: rules };
}

function drawCarveOut(random: Random): CarveOut {
  const purpose: Scope = { Inclusions: [{ Dimension: "x_Purpose", Operator: "In", Values: [random.pick(PURPOSES)] }] };
  const kind = random.below(4);
  if (kind === 0)
    return {
      id: "own",
      scope: { Inclusions: [{ Dimension: "x_SourceClass", Operator: "In", Values: ["own_build"] }] },
      ownBuild: ["delta" as PartyId],
    };
  if (kind === 1)
    return { id: "share", scope: purpose, share: { toleranceBp: random.pick([0, 500, 2_000]), period: "month" } };
  return { id: "purpose", scope: purpose };
}
