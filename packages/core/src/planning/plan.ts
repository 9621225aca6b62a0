import { localDate, startOfDay, type ZoneId } from "../calendar/index.ts";
import type { Rejection } from "../book/commands.ts";
import type { BookState } from "../book/state.ts";
import { addMs, type Instant, type LotId, type Money, type Rate, type TimeWindow } from "../kernel/index.ts";
import { atomise } from "../requests/atomise.ts";
import type { ComputeRequest } from "../requests/request.ts";
import type { Lot } from "../requests/lot.ts";
import { alternativesOf, type PlannedAlternative } from "./alternatives.ts";
import { asksOf, type NotAsked, notAskedOf, type PlannedAsk } from "./asks.ts";
import { bestResult } from "./calls.ts";
import { type BreakEven, breakEvens } from "./break-even.ts";
import { type CommitmentEffect, effectiveCost, reckoningOf } from "./costs.ts";
import { nameOf } from "./clauses.ts";
import type { PriceFacts } from "../prices/index.ts";
import { NO_FACTS } from "./book-price.ts";
import { type Quote, quotesOf } from "./quotes.ts";
import { type RestsOn, restsOn } from "./rests-on.ts";
import type { Result } from "./result.ts";
import { type LatestStarts, latestStarts } from "./schedule.ts";
import { type PlannedSource, sourcesOf } from "./sources.ts";
import { isSupposed, supposedBids } from "./supposed-bids.ts";

/** What a plan is made for beside the request. */
export interface PlanOptions {
  /** When the request would be sent. */
  readonly at: Instant;
  /** From the award to the first hour of service, in milliseconds, from 0. Undefined: nobody says. */
  readonly leadMs?: number;
  /** Lists and index values that price books refer to. */
  readonly prices?: PriceFacts;
  /** Also look for what else would work. */
  readonly alternatives?: boolean;
}

/** Who would be awarded what. */
export interface PlannedAward {
  readonly provider: string;
  readonly providerName: string;
  readonly host?: string;
  readonly hostName?: string;
  readonly count: number;
  readonly accelerator: string;
  readonly region: string;
  readonly window: TimeWindow;
  readonly price?: Rate;
  readonly cost?: Money;
  readonly basis: "acceptance" | "match" | "bid" | "proposal" | "entitlement" | "option" | "sale";
}

/** A stretch of the market: bids until a common close. */
export interface PlannedTender {
  readonly opensAt: Instant;
  readonly closesAt: Instant;
  /** The last instant at which it may open so that everything fits before the start. */
  readonly openBy?: Instant;
  readonly count: number;
  readonly invited: number;
  /** Price lists that bid by themselves. */
  readonly bids: number;
  /** Bids that the plan supposes, at prices on record. */
  readonly supposed: number;
}

/** When what happens, and how much room there is before the start. */
export interface PlannedTimes {
  readonly sendAt: Instant;
  /** The last instant at which the request may be sent so that it is served from its start; absent: none is left. */
  readonly sendBy?: Instant;
  readonly awardedAt?: Instant;
  /** The award and the lead time. */
  readonly readyAt?: Instant;
  readonly start: Instant;
  readonly end: Instant;
  readonly leadMs: number;
  /** First day, at 00:00 in the zone of the book, from which it could be served; absent where nothing is awarded. */
  readonly earliestStart?: Instant;
  /** From ready to start; below zero where it is too late. */
  readonly slackMs?: number;
  readonly tenders: readonly PlannedTender[];
}

/** Everything to know before a request is sent. */
export interface Plan {
  readonly request: ComputeRequest;
  /** The request as the plan recommends to send it: where capacity already contracted is called first, in two parts. */
  readonly recommended: ComputeRequest;
  readonly buyerName: string;
  readonly at: Instant;
  readonly zone: ZoneId;
  readonly wanted: number;
  readonly awarded: number;
  /** `works`: all of it, in time. `late`: all of it, too late. `part`: less. `blocked`: a holder or a conflict stands in the way. `none`: nobody supplies it. */
  readonly verdict: "works" | "late" | "part" | "blocked" | "none";
  /** Code of the binding constraint, where less is awarded than asked. */
  readonly why?: string;
  /** The nearest thing that would work, as the book found it. */
  readonly nearest?: string;
  readonly awards: readonly PlannedAward[];
  readonly cost?: Money;
  readonly avoided?: Money;
  readonly effective?: Money;
  readonly price?: Rate;
  readonly effectivePrice?: Rate;
  readonly sources: readonly PlannedSource[];
  readonly commitments: readonly CommitmentEffect[];
  readonly asks: readonly PlannedAsk[];
  readonly notAsked: readonly NotAsked[];
  readonly times: PlannedTimes;
  readonly restsOn: readonly RestsOn[];
  readonly alternatives: readonly PlannedAlternative[];
  readonly breakEvens: readonly BreakEven[];
}

export type Planned =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly rejection: Rejection };

/**
 * What would follow from a request if it were sent: sources and prices, who must be asked in which order and by when, what it does to
 * commitments, what it rests on, what else would work, and where the choice flips. The state is left as it was, byte for byte.
 *
 * @source Rules PLN1 to PLN13 in ./SPEC.md
 */
export function planOf(state: BookState, request: ComputeRequest, options: PlanOptions): Planned {
  const { at, leadMs = 0 } = options;
  const lots = lotsOf(request);
  const quotes = quotesOf(state, request, at, lots, options.prices);
  const suppose = supposedBids(state, quotes);
  const best = bestResult(state, { request, at, suppose }, quotes, leadMs);
  const { rejection } = best.outcome.course;
  if (rejection !== undefined) return { ok: false, rejection };
  const reckoning = reckoningOf(state, request, at, lots);
  const sources = sourcesOf(reckoning, quotes, lots);
  const latest = latestStarts(state, best.outcome, addMs(startOf(best), -leadMs));
  const wanted = quotes.filter(isSupposed);
  return {
    ok: true,
    plan: {
      ...summaryOf(state, request, best),
      sources,
      commitments: best.effective?.commitments ?? untouched(reckoning),
      asks: asksOf(state, best.outcome, latest),
      notAsked: notAskedOf(state, best.outcome),
      times: timesOf(state, best, latest, leadMs, wanted),
      restsOn: [
        ...restsOn(state, best.outcome, wanted, best.effective),
        ...(options.leadMs === undefined ? [{ kind: "supposed", name: "no_lead_time" } as const] : []),
      ],
      alternatives:
        options.alternatives === false
          ? []
          : alternativesOf({ state, request, at, leadMs, base: best, prices: options.prices ?? NO_FACTS }),
      breakEvens: breakEvens(reckoning, sources, request, lots),
    },
  };
}

/** The lots of a request as they are before rights cut them. */
function lotsOf(request: ComputeRequest): Lot[] {
  let made = 0;
  return atomise(request, () => `plan ${(made += 1)}` as LotId);
}

/** The commitments as they stand, where nothing is bought. */
function untouched(reckoning: Parameters<typeof effectiveCost>[0]): readonly CommitmentEffect[] {
  const found = effectiveCost(reckoning, []);
  return "rateMissing" in found ? [] : found.commitments;
}

type Summary = Omit<
  Plan,
  "sources" | "commitments" | "asks" | "notAsked" | "times" | "restsOn" | "alternatives" | "breakEvens"
>;

function summaryOf(state: BookState, request: ComputeRequest, best: Result): Summary {
  const { outcome, effective } = best;
  return {
    request,
    recommended: outcome.course.request,
    buyerName: nameOf(state, request.buyer),
    at: outcome.course.at,
    zone: state.header?.zone as ZoneId,
    wanted: best.wanted,
    awarded: best.awarded,
    verdict: verdictOf(best),
    ...(outcome.why === undefined ? {} : { why: outcome.why }),
    ...(outcome.nearest === undefined ? {} : { nearest: outcome.nearest }),
    awards: outcome.awards
      .flatMap(({ lines }) => lines)
      .map(({ provider, host, count, acceleratorType, region, window, price, cost, basis }) => ({
        provider,
        providerName: nameOf(state, provider),
        ...(host === undefined ? {} : { host, hostName: nameOf(state, host) }),
        count,
        accelerator: acceleratorType,
        region,
        window,
        ...(price === undefined ? {} : { price }),
        ...(cost === undefined ? {} : { cost }),
        basis,
      })),
    ...(effective === undefined
      ? {}
      : { cost: effective.cost, avoided: effective.avoided, effective: effective.effective }),
    ...(best.price === undefined ? {} : { price: best.price }),
    ...(best.effectivePrice === undefined ? {} : { effectivePrice: best.effectivePrice }),
  };
}

/** Why nothing is awarded though it could be had: a holder stands in the way, or something that is not on record. */
const BLOCKING: ReadonlySet<string> = new Set([
  "exclusivity_not_released",
  "consent_refused",
  "before_first_ship",
  "no_answer_is_not_allowed",
  "rate_missing",
  "calendar_missing",
  "calendar_year_unknown",
]);

function verdictOf({ outcome, awarded, wanted, inTime }: Result): Plan["verdict"] {
  if (awarded >= wanted) return inTime ? "works" : "late";
  if (awarded > 0) return "part";
  const silent = outcome.asked.some(
    ({ closed }) => closed?.why === "no_answer_is_not_allowed" || closed?.status === "open",
  );
  const { why } = outcome;
  const blocked = silent || outcome.conflicts.length > 0 || (why !== undefined && BLOCKING.has(why));
  return blocked ? "blocked" : "none";
}

function startOf({ outcome }: Result): Instant {
  return Math.min(...outcome.course.request.lines.map((line) => line.window.from)) as Instant;
}

function timesOf(
  state: BookState,
  best: Result,
  latest: LatestStarts,
  leadMs: number,
  supposed: readonly Quote[],
): PlannedTimes {
  const { outcome, awardedAt } = best;
  const zone = state.header?.zone as ZoneId;
  const start = startOf(best);
  const end = Math.max(...outcome.course.request.lines.map((line) => line.window.to)) as Instant;
  const readyAt = awardedAt === undefined ? undefined : addMs(awardedAt, leadMs);
  const starts = [...latest.values()];
  const sendBy = starts.length === 0 ? addMs(start, -leadMs) : firstOf(starts);
  return {
    sendAt: outcome.course.at,
    ...(sendBy === undefined || awardedAt === undefined ? {} : { sendBy }),
    ...(awardedAt === undefined ? {} : { awardedAt }),
    ...(readyAt === undefined
      ? {}
      : {
          readyAt,
          slackMs: start - readyAt,
          earliestStart: startOfDay(zone, localDate(zone, addMs(readyAt, -1)) + 1),
        }),
    start,
    end,
    leadMs,
    tenders: outcome.tenders.map(({ at, tender, invitations }) => {
      const openBy = latest.get(tender.id);
      const sealed = outcome.bids.filter(({ bid, verdict }) => bid.tender === tender.id && verdict === "sealed");
      const own = sealed.filter(({ bid }) => supposed.some((quote) => quote.own === bid.lines[0]?.tiers)).length;
      return {
        opensAt: at,
        closesAt: tender.closesAt,
        ...(openBy === undefined ? {} : { openBy }),
        count: tender.lots.reduce((sum, lot) => sum + lot.count, 0),
        invited: invitations.length,
        bids: sealed.length - own,
        supposed: own,
      };
    }),
  };
}

/** The earliest; undefined where one of them is. */
function firstOf(starts: readonly (Instant | undefined)[]): Instant | undefined {
  let first: Instant | undefined;
  for (const start of starts) {
    if (start === undefined) return undefined;
    if (first === undefined || start < first) first = start;
  }
  return first;
}
