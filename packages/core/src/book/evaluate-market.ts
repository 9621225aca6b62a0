import { isInForce, versionAt } from "../agreements/timeline.ts";
import type { CommitmentClause } from "../agreements/clause.ts";
import { evaluate } from "../awards/evaluate.ts";
import type { EvaluationInput, EvaluationLot, EvaluationResult, FixedCost, SettledPart } from "../awards/evaluation.ts";
import type { ProposedLine } from "../awards/award.ts";
import { allocatedPackagePrice } from "../awards/package-price.ts";
import type { Commitment } from "../commitments/index.ts";
import { acceleratorSeconds, costOf, type Currency, type Money, type PartyId, type Rational, type RequestId, windowSeconds } from "../kernel/index.ts";
import { conversionAt, priceOf } from "../prices/index.ts";
import { fitsRegion, lotFacts } from "../requests/facts.ts";
import type { Lot } from "../requests/lot.ts";
import { type CompiledScope, compileScope, evaluateScope, type Fractions } from "../scope/index.ts";
import type { Bid, BidLine } from "../tenders/bid.ts";
import { lookThrough } from "../tenders/look-through.ts";
import { agreementsOf } from "./attach.ts";
import { bidsLeft } from "./bids-left.ts";
import { commitmentsOf } from "./commitments.ts";
import { thresholdOf } from "./direct.ts";
import type { Writable } from "./draft.ts";
import type { Evaluation } from "./events.ts";
import { occupy } from "./evolve-requests.ts";
import { policyOf } from "./market.ts";
import { missedShares, weighedShares } from "./shares.ts";
import { freeOn, place } from "./placement.ts";
import { type LotState, openCount, type RequestState } from "./request-state.ts";
import type { BookState } from "./state.ts";
import type { Turn } from "./turn.ts";
import { reject } from "./turn.ts";
import { deadlineOf, windowRule } from "./windows.ts";

/**
 * Compares the opened bids for what is still open, records the comparison, and proposes the best combination where the policy
 * awards by itself (step 14). Called again from the same sealed bids whenever a part is taken or a bid falls away.
 */
export function evaluateMarket(turn: Turn, id: RequestId): void {
  const request = turn.state.requests.get(id);
  const market = request?.market;
  if (request === undefined || market === undefined || !market.opened) return;
  const lots = request.lots.filter((lot) => openCount(lot) > 0 && lot.phase === "market");
  if (lots.length === 0) return dropProposal(turn, request);
  const input = inputOf(turn, request, lots);
  const evaluated = evaluate(input);
  if (!evaluated.ok) return reject(evaluated.problem.code, evaluated.problem.detail);
  const result = evaluated.value;
  const missed = missedShares(request, weighedShares(request.request, commitmentsOf(turn, request, lots)), result.chosen);
  turn.emit({ type: "evaluated", at: turn.at, request: id, evaluation: recordOf(turn, result, missed) });
  if (askImprovement(turn, request, result)) return;
  if (!policyOf(turn.state).autoAward) return dropProposal(turn, request);
  const lines = result.chosen.flatMap((part) => proposedLine(turn, request, part));
  if (lines.length === 0) return dropProposal(turn, request);
  turn.emit({ type: "awardProposed", at: turn.at, request: id, lines, by: "evaluation" });
}

function dropProposal(turn: Turn, request: RequestState): void {
  if (request.proposal === undefined) return;
  turn.emit({ type: "awardProposed", at: turn.at, request: request.request.id, lines: [], by: "evaluation" });
}

/** Tied bids are improved once, in one sealed round, before they are shared pro rata (domain row M13). */
function askImprovement(turn: Turn, request: RequestState, result: EvaluationResult): boolean {
  const { market } = request;
  const policy = policyOf(turn.state);
  if (market === undefined || policy.tie !== "improve" || market.improved || result.tied.length === 0) return false;
  const ids = new Set(result.tied.flatMap((item) => item.bids));
  const bidders = [...new Set(market.bids.filter((bid) => ids.has(bid.id)).map((bid) => bid.bidder))];
  if (bidders.length < 2) return false;
  const { header } = turn.state;
  if (header === undefined) return reject("book_not_open", "The book is not open.");
  const rule = windowRule(turn.state, policy.improveWindow, { zone: header.zone, calendars: [], join: "all", closeMs: 17 * 3_600_000 });
  const closesAt = deadlineOf(rule, turn.at, turn.at).respondBy;
  turn.emit({ type: "improvementAsked", at: turn.at, request: request.request.id, tender: market.tender.id, bidders, closesAt });
  return true;
}

function inputOf(turn: Turn, request: RequestState, lots: readonly LotState[]): EvaluationInput {
  const { state } = turn;
  const { header } = state;
  const market = request.market;
  if (header === undefined || market === undefined) return reject("book_not_open", "The book is not open.");
  const policy = policyOf(state);
  const commitments = commitmentsOf(turn, request, lots);
  const evaluationLots = lots.map((lot): EvaluationLot => ({ lot: lot.lot, count: openCount(lot), minimumUsable: policy.minimumUsable }));
  const total = request.lots.filter((lot) => lot.why !== "superseded").reduce((sum, lot) => sum + lot.lot.count, 0);
  const spent = request.awards.flatMap((award) => award.lines).reduce((sum, line) => sum + (line.costReported?.micros ?? 0n), 0n);
  const budget = request.request.budget;
  const shares = weighedShares(request.request, commitments).map(({ share }) => share);
  const input: Writable<EvaluationInput> = {
    lots: evaluationLots,
    bids: bidsLeft(state, request, market.bids),
    currency: header.currency,
    at: turn.at,
    ratioOf: (currency: Currency, bidder?: PartyId) => frozenRatio(state, currency, market.tender.closesAt, bidder),
    excluded: (bid, line) => exclusion(turn, request, bid, line),
    room: (_bid, line, wanted) => roomOf(state, lots, line, wanted),
    together: (parts) => parts.length < 2 || canPlaceTogether(state, lots, parts),
    commitments: commitments.filter((item) => item.clause.type !== "minimum-share"),
    counted: (commitment, bid, line) => countedBy(request, commitment, bid, line),
    minimumShares: shares,
    settled: settledOf(request),
    fixedCosts: fixedCostsOf(request, lots),
    withRunnerUp: true,
    withBinding: !market.bids.every((bid) => bid.standing),
  };
  if (budget !== undefined) input.budget = { micros: budget.micros - spent, currency: budget.currency };
  if (policy.concentrationBp !== undefined) input.concentration = { shareBp: policy.concentrationBp, total };
  return input;
}

/** Foreign prices are converted at the rate recorded for the common close, whatever becomes of it later (G27). */
function frozenRatio(state: BookState, currency: Currency, at: Parameters<typeof conversionAt>[3], bidder?: PartyId): Rational | undefined {
  const { header } = state;
  if (header === undefined) return undefined;
  const rates = [...(state.rates.get(`${currency} ${header.currency}`) ?? []), ...(state.rates.get(`${header.currency} ${currency}`) ?? [])];
  const agreement = bidder === undefined ? undefined : agreementsOf(state).find((item) => isInForce(item) && versionAt(item, at)?.provider === bidder)?.id;
  return conversionAt(currency, header.currency, rates, at, agreement)?.ratio;
}

/** Why a line may not be taken, for reasons that lie outside the comparison. */
function exclusion(turn: Turn, request: RequestState, bid: Bid, line: BidLine): string | undefined {
  const market = request.market;
  const lot = request.lots.find((item) => item.lot.id === line.lot);
  if (market === undefined || lot === undefined) return "outside_lot";
  if (lot.matches.length > 0 && market.tooShort.includes(bid.id)) return "ends_before_match_window";
  if (line.countMax < line.countMin) return "matched";
  if (market.hidden.some((item) => item.bid === bid.id && item.lot === line.lot)) return "identity_not_disclosed";
  return mayBuild(turn, lot, bid, line) ? undefined : "not_own_build";
}

/** What a carve-out for own build has cleared is supplied by those that build, and by nobody they resell (G21). */
function mayBuild(turn: Turn, lot: LotState, bid: Bid, line: BidLine): boolean {
  const { sources } = lot.lot;
  const isOwnBuild = lot.lot.terms.sourceClass?.startsWith("own_build") === true;
  if (!isOwnBuild) return true;
  const builders = sources ?? policyOf(turn.state).ownBuild;
  return builders.length === 0 || (builders.includes(bid.bidder) && (line.host === undefined || builders.includes(line.host)));
}

function windowOf(lots: readonly LotState[], line: BidLine): Lot["window"] | undefined {
  return line.window ?? lots.find((lot) => lot.lot.id === line.lot)?.lot.window;
}

function roomOf(state: BookState, lots: readonly LotState[], line: BidLine, wanted: number): number {
  if (line.rootBlocks.length === 0) return wanted;
  const window = windowOf(lots, line);
  if (window === undefined) return 0;
  const step = line.multiple;
  if (place(state, line.rootBlocks, window, step, wanted - (wanted % step)) !== undefined) return wanted;
  return Math.min(wanted, freeOn(state, line.rootBlocks, window, step, wanted));
}

/** Lines of several bids that draw on the same machines: placed one after the other, each must find its place. */
function canPlaceTogether(state: BookState, lots: readonly LotState[], parts: readonly { readonly line: BidLine; readonly count: number }[]): boolean {
  const mark = state.checkpoint();
  try {
    for (const { line, count } of parts) {
      const window = windowOf(lots, line);
      if (line.rootBlocks.length === 0 || window === undefined) continue;
      // Where it is asked what a smaller step would change, a count may be no multiple.
      const placed = place(state, line.rootBlocks, window, count % line.multiple === 0 ? line.multiple : 1, count);
      if (placed === undefined) return false;
      occupy(state, placed, window, 1);
    }
    return true;
  } finally {
    state.rollback(mark);
  }
}

const commitmentScopes = new WeakMap<CommitmentClause, CompiledScope>();

function countedBy(request: RequestState, commitment: Commitment, bid: Bid, line: BidLine): Fractions | undefined {
  const lot = request.lots.find((item) => item.lot.id === line.lot);
  const alternative = lot?.lot.alternatives.find((item) => line.region === undefined || fitsRegion(item, line.region)) ?? lot?.lot.alternatives[0];
  if (lot === undefined || alternative === undefined) return undefined;
  const known = commitmentScopes.get(commitment.clause) ?? compileScope(commitment.clause.scope);
  commitmentScopes.set(commitment.clause, known);
  const facts = lotFacts(lot.lot, alternative, {
    ServiceProviderName: bid.bidder,
    HostProviderName: line.host ?? bid.bidder,
    ...(line.region === undefined ? {} : { RegionId: line.region }),
  });
  // What counts towards a commitment is a benefit: only what is known counts.
  const inside = evaluateScope(known, facts, "known");
  return inside.applies ? inside.fractions : undefined;
}

/** What holders took of this request fills commitments first, and counts towards caps. */
function settledOf(request: RequestState): SettledPart[] {
  const parts: SettledPart[] = [];
  for (const lot of request.lots) {
    for (const hold of lot.holds) {
      if (hold.price === undefined) continue;
      parts.push({
        provider: hold.holder, count: hold.count, window: hold.window,
        hourly: { microsPerHour: hold.price.microsPerHour * BigInt(hold.count), currency: hold.price.currency },
      });
    }
  }
  return parts;
}

function fixedCostsOf(request: RequestState, lots: readonly LotState[]): FixedCost[] {
  return request.request.lines.flatMap((line, index) =>
    line.switchingCosts.map((item) => ({
      provider: item.provider, cost: item.cost,
      lots: lots.filter((lot) => lot.lot.lineIndex === index).map((lot) => lot.lot.id),
    })),
  );
}

function recordOf(turn: Turn, result: EvaluationResult, missed: NonNullable<Evaluation["missed"]>): Evaluation {
  const record: Writable<Evaluation> = {
    id: turn.ids.next("evl"),
    chosen: result.chosen.map(({ bid, provider, lot, count, cost, incremental }) => ({ bid, provider, lot, count, cost, incremental })),
    value: result.value,
    unfilled: result.unfilled,
    binding: result.binding,
    considered: result.considered.map(({ bid, provider, lot, verdict, why, incremental }) =>
      incremental === undefined ? { bid, provider, lot, verdict, why } : { bid, provider, lot, verdict, why, incremental },
    ),
    nodes: result.nodes,
  };
  if (result.runnerUp !== undefined) record.runnerUp = result.runnerUp;
  if (missed.length > 0) record.missed = missed;
  if (result.effects.length > 0) {
    record.effects = result.effects.map((item) => ({ agreement: item.commitment.agreement, clause: item.commitment.clause.id, avoided: item.avoided, counted: item.counted }));
  }
  return record;
}

function proposedLine(turn: Turn, request: RequestState, part: EvaluationResult["chosen"][number]): ProposedLine[] {
  const lot = request.lots.find((item) => item.lot.id === part.lot);
  const bid = request.market?.bids.find((item) => item.id === part.bid);
  const line = bid?.lines[part.line];
  if (lot === undefined || bid === undefined || line === undefined) return [];
  const price = bid.package?.price === undefined ? priceOf(line.tiers, line.tierMode, part.offered) : undefined;
  const window = line.window ?? lot.lot.window;
  const alternative = lot.lot.alternatives.find((item) => line.region === undefined || fitsRegion(item, line.region)) ?? lot.lot.alternatives[0];
  const carried = carriedPrice(bid, part);
  const rate = price ?? rateOf(carried, part.offered, windowSeconds(window));
  const third = lookThrough(bid, line, turn.state.parties, request.request.buyer, thresholdOf(turn, lot));
  const awarded: Writable<ProposedLine["line"]> = {
    lot: lot.lot.id, provider: bid.bidder, count: part.count,
    acceleratorType: line.acceleratorType ?? alternative?.acceleratorType ?? lot.lot.terms.acceleratorType,
    region: line.region ?? alternative?.region ?? "",
    window, price: rate, cost: price === undefined ? carried : costOf(price, acceleratorSeconds(part.offered, windowSeconds(window))),
    stated: line.stated, blocks: [], basis: "bid", bid: bid.id, clearances: [],
  };
  if (line.host !== undefined) awarded.host = line.host;
  const thirdParty = third.thirdParty ?? bid.bidder;
  return [{ offer: bid.id, bonaFide: third.thirdParty !== undefined, thirdParty, countMin: line.countMin, validUntil: bid.validUntil, line: awarded }];
}

/** What a lot carries of a package's one price: what the package holds besides carries its own part of it (G18). */
function carriedPrice(bid: Bid, part: EvaluationResult["chosen"][number]): Money {
  const { package: whole } = bid;
  if (whole?.price === undefined || whole.extras.length === 0) return part.price;
  return allocatedPackagePrice(whole.price, whole.listPrices, part.line) ?? part.price;
}

/** The rate that a lump price comes to, rounded half away from zero to the micro-unit: for showing and comparing terms. */
function rateOf(cost: ProposedLine["line"]["cost"] & object, count: number, seconds: number): ProposedLine["line"]["price"] {
  const held = acceleratorSeconds(count, seconds);
  return { microsPerHour: (cost.micros * 3_600n + held / 2n) / held, currency: cost.currency };
}
