import { startOfDay, localDate } from "../calendar/index.ts";
import type { BookState } from "../book/state.ts";
import {
  type AcceleratorType,
  addMs,
  DAY_MS,
  type Instant,
  type Money,
  type PartyId,
  type Rate,
} from "../kernel/index.ts";
import type { Answer } from "../notices/notice.ts";
import type { PriceFacts } from "../prices/index.ts";
import type { ComputeRequest, RequestLine } from "../requests/request.ts";
import type { RightRef } from "../rights/assessment.ts";
import { isGroup, type ScopeRule } from "../scope/index.ts";
import type { Supposition } from "./attempt.ts";
import { findRight, nameOf } from "./clauses.ts";
import { quotesOf } from "./quotes.ts";
import { bestResult } from "./calls.ts";
import { isPreferred, type Result } from "./result.ts";
import { supposedBids } from "./supposed-bids.ts";

/** Accelerators, regions and purposes that are tried: enough to choose from, few enough to be quick. */
const TRIED_MAX = 4;
/** Later starts that are tried where capacity is missing, in days. */
const LATER_DAYS = [30, 60, 90];

/** Something else that could be done, and what it was found to come to when it was really resolved. */
export interface PlannedAlternative {
  readonly kind: "waiver" | "consent" | "move-start" | "split" | "accelerator" | "region" | "purpose" | "cap";
  /** Whose waiver or consent, which accelerator, region or purpose; the cap as it would be; the new start. */
  readonly party?: PartyId;
  readonly partyName?: string;
  readonly right?: RightRef;
  readonly accelerator?: string;
  readonly region?: string;
  readonly purpose?: string;
  readonly cap?: Rate;
  readonly start?: Instant;
  /** How many are asked for, where that is less. */
  readonly count?: number;
  readonly awarded: number;
  readonly awardedAt?: Instant;
  readonly inTime: boolean;
  readonly cost?: Money;
  readonly effective?: Money;
  readonly effectivePrice?: Rate;
  /** What it is better in than the request as it is. */
  readonly gains: readonly ("more" | "in_time" | "cheaper" | "earlier")[];
}

type Described = Omit<
  PlannedAlternative,
  "awarded" | "awardedAt" | "inTime" | "cost" | "effective" | "effectivePrice" | "gains"
>;

interface Candidate {
  readonly described: Described;
  readonly request: ComputeRequest;
  readonly suppose?: readonly Supposition[];
  readonly answer?: (notice: { readonly kind: string }) => Answer | undefined;
}

export interface AlternativeFrame {
  readonly state: BookState;
  readonly request: ComputeRequest;
  readonly at: Instant;
  readonly leadMs: number;
  readonly base: Result;
  readonly prices: PriceFacts;
}

/**
 * What else would work, each really resolved: none is listed for what it ought to do. Where the request as it is can be had in full
 * and in time, only what is cheaper is kept.
 *
 * @source Rule PLN12 in ./SPEC.md
 */
export function alternativesOf(frame: AlternativeFrame): PlannedAlternative[] {
  const found: PlannedAlternative[] = [];
  for (const candidate of candidates(frame)) {
    const quotes = quotesFor(frame, candidate.request);
    const result = bestResult(
      frame.state,
      {
        request: candidate.request,
        at: frame.at,
        suppose: [...(candidate.suppose ?? []), ...supposedBids(frame.state, quotes)],
        ...(candidate.answer === undefined ? {} : { answer: candidate.answer }),
      },
      quotes,
      frame.leadMs,
    );
    const gains = gainsOf(
      frame.base,
      result,
      candidate.request === frame.request ? undefined : candidate.described.count,
    );
    if (result.awarded === 0 || gains.length === 0) continue;
    found.push({
      ...candidate.described,
      awarded: result.awarded,
      ...(result.awardedAt === undefined ? {} : { awardedAt: result.awardedAt }),
      inTime: result.inTime,
      ...(result.effective === undefined ? {} : { cost: result.effective.cost, effective: result.effective.effective }),
      ...(result.effectivePrice === undefined ? {} : { effectivePrice: result.effectivePrice }),
      gains,
    });
  }
  return found;
}

function quotesFor({ state, at, base, prices }: AlternativeFrame, request: ComputeRequest) {
  // Lots are made anew for each request; a quote needs one only for what the line says of itself.
  const lots = base.outcome.lots.map((lot) => {
    const line = request.lines[lot.lineIndex];
    return line === undefined
      ? lot
      : {
          ...lot,
          window: line.window,
          alternatives: alternativesOfLine(line),
          purposes: line.purposes.map(({ purpose }) => purpose),
        };
  });
  return quotesOf(state, request, at, lots, prices);
}

const alternativesOfLine = ({ accelerators, regions }: RequestLine) =>
  accelerators.flatMap(({ acceleratorType, factor }) => regions.map((region) => ({ acceleratorType, factor, region })));

function gainsOf(base: Result, result: Result, count: number | undefined): PlannedAlternative["gains"] {
  const gains: PlannedAlternative["gains"][number][] = [];
  const isFull = base.awarded >= base.wanted && base.inTime;
  if (!isFull && (result.inTime ? result.awarded : 0) > (base.inTime ? base.awarded : 0)) {
    gains.push(result.awarded > base.awarded ? "more" : "in_time");
  }
  if (!isFull && count !== undefined && result.awarded >= count && result.inTime) gains.push("more");
  const [now, then] = [base.effectivePrice?.microsPerHour, result.effectivePrice?.microsPerHour];
  const isWhole = count === undefined && result.awarded >= base.wanted && result.inTime;
  if (isWhole && now !== undefined && then !== undefined && then < now) gains.push("cheaper");
  if (gains.length === 0 && !base.inTime && isPreferred(result, base)) gains.push("earlier");
  return [...new Set(gains)];
}

function candidates(frame: AlternativeFrame): Candidate[] {
  return [
    ...waivers(frame),
    ...consents(frame),
    ...moves(frame),
    ...splits(frame),
    ...caps(frame),
    ...accelerators(frame),
    ...regions(frame),
    ...purposes(frame),
  ];
}

/** Each right that asks before the market waived for this request; and all of them, where there are several. */
function waivers({ state, request, at, base }: AlternativeFrame): Candidate[] {
  const rights = new Map(
    base.outcome.asked
      .filter(({ sent }) => sent.kind !== "information" && sent.kind !== "consent" && sent.kind !== "option")
      .map(({ sent }) => [`${sent.right.agreement}/${sent.right.clause}`, sent] as const),
  );
  return [...rights].map(([key, { right, holder }]): Candidate => {
    const body = {
      type: "grantWaiver",
      waiver: {
        id: `plan ${key}`,
        right: { agreement: right.agreement, clause: right.clause },
        standing: false,
        from: at,
        limits: {},
        infoNotice: false,
      },
    } as const;
    const described: Described = { kind: "waiver", party: holder, partyName: nameOf(state, holder), right };
    return { described, request, suppose: [{ actor: holder, body }] };
  });
}

const YES: Answer = { type: "accept", orLess: true, rootBlocks: [] };

/** Consents that no answer denies. */
function consents({ state, request, base }: AlternativeFrame): Candidate[] {
  const asked = base.outcome.asked.filter(({ sent }) => sent.kind === "consent");
  const [first] = asked;
  if (first === undefined || base.awarded > 0) return [];
  const { holder, right } = first.sent;
  return [
    {
      described: { kind: "consent", party: holder, partyName: nameOf(state, holder), right },
      request,
      answer: (notice) => (notice.kind === "consent" ? YES : undefined),
    },
  ];
}

/** The first day on which it could begin, where it is too late; and some weeks later, where capacity is missing. */
function moves({ state, request, leadMs, base }: AlternativeFrame): Candidate[] {
  const zone = state.header?.zone;
  const start = Math.min(...request.lines.map((line) => line.window.from)) as Instant;
  if (zone === undefined || (base.inTime && base.awarded >= base.wanted)) return [];
  const ready = base.awardedAt === undefined ? undefined : addMs(base.awardedAt, leadMs);
  const days = new Set<number>();
  if (ready !== undefined && ready > start) {
    const first = startOfDay(zone, localDate(zone, addMs(ready, -1)) + 1);
    days.add(Math.ceil((first - start) / DAY_MS));
  }
  if (base.awarded < base.wanted) for (const later of LATER_DAYS) days.add(later);
  return [...days].map((count) => ({
    described: { kind: "move-start", start: addMs(start, count * DAY_MS) },
    request: withLines(request, (line) => ({
      ...line,
      window: { from: addMs(line.window.from, count * DAY_MS), to: addMs(line.window.to, count * DAY_MS) },
      ...(line.latestStart === undefined ? {} : { latestStart: addMs(line.latestStart, count * DAY_MS) }),
    })),
  }));
}

/** What can be had now, asked for by itself: the rest is another request. */
function splits({ request, base }: AlternativeFrame): Candidate[] {
  const [line] = request.lines;
  const count = line === undefined ? 0 : base.awarded - (base.awarded % line.blockSize);
  if (line === undefined || request.lines.length > 1 || count === 0 || count >= line.count) return [];
  if (line.purposes.some((one) => one.count !== undefined)) return [];
  return [
    {
      described: { kind: "split", count },
      request: withLines(request, (one) => ({ ...one, count, gangMin: Math.min(one.gangMin, count) })),
    },
  ];
}

/** The price from which somebody bids, where all bids are above the cap. */
function caps({ request, base }: AlternativeFrame): Candidate[] {
  const [line] = request.lines;
  if (line?.cap === undefined || request.lines.length > 1 || base.awarded >= base.wanted) return [];
  const { cap } = line;
  const rates = base.outcome.bids
    .flatMap(({ bid }) => bid.lines.flatMap(({ tiers }) => tiers.map(({ rate }) => rate)))
    .filter((rate) => rate.currency === cap.currency && rate.microsPerHour > cap.microsPerHour)
    .sort((a, b) => (a.microsPerHour < b.microsPerHour ? -1 : 1));
  return rates.slice(0, TRIED_MAX).map((rate) => ({
    described: { kind: "cap", cap: rate },
    request: withLines(request, (one) => ({ ...one, cap: rate })),
  }));
}

/** Other accelerators that somebody offers, one for one. */
function accelerators({ state, request }: AlternativeFrame): Candidate[] {
  const [line] = request.lines;
  if (line === undefined || request.lines.length > 1) return [];
  const wanted = new Set<string>(line.accelerators.map((one) => one.acceleratorType));
  return cheapest(state, (offer) => (wanted.has(offer.acceleratorType) ? undefined : offer.acceleratorType)).map(
    (type) => ({
      described: { kind: "accelerator", accelerator: type },
      request: withLines(request, (one) => ({
        ...one,
        accelerators: [{ acceleratorType: type as AcceleratorType, factor: { num: 1n, den: 1n } }],
      })),
    }),
  );
}

/** Other regions in which somebody offers what is wanted. */
function regions({ state, request }: AlternativeFrame): Candidate[] {
  const [line] = request.lines;
  if (line === undefined || request.lines.length > 1) return [];
  const type = line.accelerators[0]?.acceleratorType;
  const inside = (region: string): boolean =>
    line.regions.some((pattern) =>
      pattern.endsWith("*") ? region.startsWith(pattern.slice(0, -1)) : pattern === region,
    );
  return cheapest(state, (offer) =>
    offer.acceleratorType !== type || inside(offer.region) ? undefined : offer.region,
  ).map((region) => ({
    described: { kind: "region", region },
    request: withLines(request, (one) => ({ ...one, regions: [region] })),
  }));
}

/** Names by the lowest price that is offered under them. */
function cheapest(
  state: BookState,
  nameOfOffer: (offer: { readonly acceleratorType: string; readonly region: string }) => string | undefined,
): string[] {
  const best = new Map<string, bigint>();
  for (const offer of state.offers.sortedValues()) {
    const name = nameOfOffer(offer);
    const price = offer.tiers[0]?.rate.microsPerHour;
    if (name === undefined || price === undefined) continue;
    const known = best.get(name);
    if (known === undefined || price < known) best.set(name, price);
  }
  return [...best]
    .sort(([a, x], [b, y]) => (x === y ? (a < b ? -1 : 1) : x < y ? -1 : 1))
    .slice(0, TRIED_MAX)
    .map(([name]) => name);
}

/** Purposes that a clause in the way carves out: only of use where it is what the accelerators are for. */
function purposes({ state, request, base }: AlternativeFrame): Candidate[] {
  const declared = new Set(request.lines.flatMap((line) => line.purposes.map(({ purpose }) => purpose.toLowerCase())));
  const carved = new Map<string, RightRef>();
  for (const { sent } of base.outcome.asked) {
    const clause = findRight(state, sent.right)?.clause;
    for (const rules of [
      clause?.scope.Exclusions,
      ...(clause?.carveOuts ?? []).filter((one) => one.ownBuild === undefined).map(({ scope }) => scope.Inclusions),
    ])
      for (const purpose of purposesIn(rules)) {
        if (!declared.has(purpose.toLowerCase()) && !carved.has(purpose)) carved.set(purpose, sent.right);
      }
  }
  return [...carved].slice(0, TRIED_MAX).map(([purpose, right]) => ({
    described: { kind: "purpose", purpose, right },
    request: withLines(request, (one) => ({ ...one, purposes: [{ purpose }] })),
  }));
}

function purposesIn(rules: readonly ScopeRule[] = []): string[] {
  return rules.flatMap((rule) => {
    if (isGroup(rule)) return purposesIn(rule.Rules);
    const names = rule.Dimension === "x_Purpose" && rule.Operator === "In" ? rule.Values : [];
    return names.filter((value): value is string => typeof value === "string");
  });
}

function withLines(request: ComputeRequest, change: (line: RequestLine) => RequestLine): ComputeRequest {
  return { ...request, lines: request.lines.map(change) };
}
