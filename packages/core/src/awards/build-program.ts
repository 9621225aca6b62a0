import type { Account, MinimumShare } from "../commitments/index.ts";
import { shareLine } from "../commitments/index.ts";
import { intersection, type PartyId, type TimeWindow, windowSeconds } from "../kernel/index.ts";
import { accountOf, scaledAmount } from "./account.ts";
import type { Constraint } from "./evaluation.ts";
import { type PricedOption, pricedOption } from "./item.ts";
import { gcd, type Market, type Option } from "./option.ts";
import { costAt, type Piece } from "./piece.ts";
import { committedOf, gridOf, poolsOf } from "./pools.ts";
import type { FixedGroup, Item, Program, Term, Weights } from "./program.ts";

/** Why options that looked possible are not in the program, by index. */
export type Dropped = ReadonlyMap<number, string>;

export interface BuiltProgram {
  readonly program: Program;
  /** The program of some of its items alone. */
  readonly partOf: (items: readonly number[]) => Program;
  readonly dropped: Dropped;
  /** Options whose blocks carry less than they offer, by index. */
  readonly limited: readonly number[];
}

/** The evaluation as a search problem, with the options that the cap and the blocks leave. */
export function buildProgram(market: Market): BuiltProgram {
  const account = accountOf(market);
  const dropped = new Map<number, string>();
  const limited: number[] = [];
  const priced = market.options.flatMap((option) => {
    if (option.why !== undefined) return [];
    const max = roomFor(market, option);
    if (max < option.max) limited.push(option.index);
    const one = pricedOption(market, account, option, max);
    const why = max < option.min ? "no_capacity" : one.gross.length === 0 ? "above_cap" : undefined;
    if (why !== undefined) dropped.set(option.index, why);
    return why === undefined ? [one] : [];
  });
  const whole = dropBrokenPackages(priced, dropped);
  const partOf = (items: readonly number[]): Program =>
    programOf(
      market,
      account,
      items.map((item) => whole[item] as PricedOption),
    );
  return { program: programOf(market, account, whole), partOf, dropped, limited };
}

/** Steps that the blocks of a line carry. */
export function roomFor({ input, relaxed }: Market, option: Option, wanted = option.max): number {
  if (input.room === undefined || relaxed === "no_capacity") return wanted;
  const offered = input.room(option.bid, option.line, wanted * option.offeredPerStep);
  return Math.min(wanted, Math.floor(offered / option.offeredPerStep));
}

/** A package that has lost one of its lines falls whole (rule G18). */
function dropBrokenPackages(priced: readonly PricedOption[], dropped: Map<number, string>): PricedOption[] {
  return priced.filter(({ option }) => {
    const { bid } = option;
    if (bid.package === undefined) return true;
    if (priced.filter((one) => one.option.bid === bid).length === bid.lines.length) return true;
    dropped.set(option.index, "package_broken");
    return false;
  });
}

function programOf(market: Market, account: Account, priced: readonly PricedOption[]): Program {
  const { input } = market;
  const options = priced.map(({ option }) => option);
  const committed = committedOf(market, priced);
  const fixed = fixedGroups(market, account, options);
  const limits = limitsOf(market, account, priced);
  const pools = poolsOf(market, account, priced, committed, 1n);
  const weights = weightsOf(market, priced, fixed, [...limits, ...pools]);
  const itemsOfLot = input.lots.map((_, lot) => options.flatMap((one, item) => (one.lotIndex === lot ? [item] : [])));
  const sharing = sharingOf(options);
  return {
    market,
    account,
    weights,
    items: priced.map((one) => itemOf(market, one, weights)),
    room: input.lots.map(({ count }, lot) =>
      wholeSteps(count, itemsOfLot[lot]?.map((item) => options[item]?.step ?? 1) ?? []),
    ),
    itemsOfLot,
    terms: [...limits, ...(weights.money === 1n ? pools : poolsOf(market, account, priced, committed, weights.money))],
    fixed,
    committed,
    links: linksOf(options),
    sharing,
    exclusive: sharing.map((others, item) => others.filter((other) => excludes(options[item], options[other]))),
  };
}

/** One live bid for a root block in each lot: two of them never stand together. */
function excludes(a: Option | undefined, b: Option | undefined): boolean {
  return a?.lotIndex === b?.lotIndex && a?.bid !== b?.bid;
}

function wholeSteps(count: number, steps: readonly number[]): number {
  const common = steps.reduce((all, step) => gcd(all, step), 0);
  return common === 0 ? 0 : count - (count % common);
}

function itemOf(market: Market, { option, gross, money }: PricedOption, weights: Weights): Item {
  const { step, rank, bid } = option;
  const fill = fillPerStep(market, option);
  const perStep =
    BigInt(step) * ((bid.contingency === undefined ? 0n : weights.contingent) + BigInt(rank)) - weights.fill * fill;
  const objective = money.map((piece) => {
    return { ...piece, base: piece.base * weights.money, perStep: piece.perStep * weights.money + perStep };
  });
  return { option, gross, money, objective, fill };
}

/** Quantity is accelerator-time asked for: an accelerator of a longer window weighs more. */
function fillPerStep({ input }: Market, { lotIndex, step }: Option): bigint {
  const seconds = input.lots.map(({ lot }) => windowSeconds(lot.window));
  const common = seconds.reduce((all, one) => gcd(all, one), 0);
  return BigInt(step) * BigInt((seconds[lotIndex] as number) / common);
}

function weightsOf(
  market: Market,
  priced: readonly PricedOption[],
  fixed: readonly FixedGroup[],
  terms: readonly Term[],
): Weights {
  let [ranks, contingent, money] = [0n, 0n, 1n];
  for (const { option, money: pieces } of priced) {
    const most = BigInt(option.max * option.step);
    ranks += BigInt(option.rank) * most;
    if (option.bid.contingency !== undefined) contingent += most;
    money += largest(pieces);
  }
  for (const { cost } of fixed) money += absolute(cost);
  for (const term of terms) money += term.kind === "pool" ? absolute(term.limit) : absolute(term.lump ?? 0n);
  const ofContingent = ranks + 1n;
  const ofMoney = ofContingent * (contingent + 1n);
  return {
    contingent: ofContingent,
    money: ofMoney,
    fill: market.input.lots.length === 0 ? 0n : ofMoney * (2n * money + 1n),
  };
}

function largest(pieces: readonly Piece[]): bigint {
  let most = 0n;
  for (const { lo, hi } of pieces) {
    for (const steps of [lo, hi]) {
      const cost = absolute(costAt(pieces, steps) as bigint);
      if (cost > most) most = cost;
    }
  }
  return most;
}

const absolute = (amount: bigint): bigint => (amount < 0n ? -amount : amount);

/** Switching and the like by provider and lots; what a bid asks for setting up, by line. */
function fixedGroups({ input }: Market, account: Account, options: readonly Option[]): FixedGroup[] {
  const declared = (input.fixedCosts ?? []).map(({ provider, lots, cost }) => {
    const concerns = ({ bid, line }: Option): boolean => bid.bidder === provider && lots.includes(line.lot);
    return {
      items: options.flatMap((option, item) => (concerns(option) ? [item] : [])),
      cost: scaledAmount(input, account, cost),
    };
  });
  const ofBids = options.map((option, item) => ({ items: [item], cost: setupOf(input, account, option) }));
  return [...declared, ...ofBids].filter(({ items, cost }) => items.length > 0 && cost !== 0n);
}

function setupOf(input: Market["input"], account: Account, { bid, line }: Option): bigint {
  const fee = line.stated["setupFee"];
  const currency = line.tiers[0]?.rate.currency ?? bid.package?.price?.currency;
  if (fee === undefined || typeof fee === "string" || currency === undefined) return 0n;
  return scaledAmount(input, account, { micros: fee.num * 1_000_000n, currency }, bid.bidder) / fee.den;
}

/** Budget, concentration caps and minimum shares, as far as they could be passed. */
function limitsOf(market: Market, account: Account, priced: readonly PricedOption[]): Term[] {
  const { input, relaxed } = market;
  const terms: Term[] = [];
  if (input.budget !== undefined && relaxed !== "over_budget") {
    const limit = scaledAmount(input, account, input.budget);
    terms.push(
      limitOf(
        "over_budget",
        priced.map(({ gross }) => gross),
        limit < 0n ? 0n : limit,
      ),
    );
  }
  if (input.concentration !== undefined && relaxed !== "concentration_cap") {
    for (const [provider, left] of leftByProvider(market)) {
      const amounts = priced.map(({ option, gross }) => {
        return option.bid.bidder === provider ? linear(gross, BigInt(option.step)) : undefined;
      });
      terms.push(limitOf("concentration_cap", amounts, BigInt(left)));
    }
  }
  for (const share of relaxed === "minimum_share" ? [] : (input.minimumShares ?? [])) {
    const { ofBeneficiary, ofOthers, need } = shareLine(share);
    const amounts = priced.map(({ option, gross }) => {
      const seconds = BigInt(option.offeredPerStep) * BigInt(secondsInside(share, option.window));
      return linear(gross, seconds * (option.bid.bidder === share.beneficiary ? -ofBeneficiary : ofOthers));
    });
    const lump = share.override === undefined ? undefined : scaledAmount(input, account, share.override);
    terms.push(limitOf("minimum_share", amounts, -need, lump));
  }
  return terms.filter((term) => term.amounts.some((one) => one !== undefined) && mostOf(term) > term.limit);
}

function limitOf(constraint: Constraint, amounts: Term["amounts"], limit: bigint, lump?: bigint): Term {
  const grid = gridOf(amounts);
  const floor = grid === 0n ? limit : limit - (((limit % grid) + grid) % grid);
  return {
    kind: "limit",
    constraint,
    amounts,
    limit: floor,
    grid: grid === 0n ? 1n : grid,
    ...(lump !== undefined && { lump }),
  };
}

function linear(pieces: readonly Piece[], perStep: bigint): Piece[] {
  return pieces.map(({ lo, hi }) => ({ lo, hi, base: 0n, perStep }));
}

/** The most that a term's items could add up to. */
function mostOf({ amounts }: Term): bigint {
  let sum = 0n;
  for (const pieces of amounts) {
    let most = 0n;
    for (const { lo, hi, base, perStep } of pieces ?? []) {
      for (const steps of [lo, hi]) {
        const amount = base + perStep * BigInt(steps);
        if (amount > most) most = amount;
      }
    }
    sum += most;
  }
  return sum;
}

/** Accelerators that each bidder may still get. */
export function leftByProvider({ input, options }: Market): ReadonlyMap<PartyId, number> {
  const { concentration } = input;
  const left = new Map<PartyId, number>();
  if (concentration === undefined) return left;
  const most = Number((BigInt(concentration.total) * BigInt(concentration.shareBp)) / 10_000n);
  for (const { bid } of options) {
    const settled = (input.settled ?? []).filter((one) => one.provider === bid.bidder);
    left.set(bid.bidder, Math.max(0, most - settled.reduce((sum, one) => sum + one.count, 0)));
  }
  return left;
}

export function secondsInside(share: MinimumShare, window: TimeWindow): number {
  if (share.periods === undefined) return windowSeconds(window);
  return share.periods.reduce((sum, period) => {
    const inside = intersection(period, window);
    return sum + (inside === undefined ? 0 : windowSeconds(inside));
  }, 0);
}

function linksOf(options: readonly Option[]): number[][] {
  const bids = new Set(options.flatMap(({ bid }) => (bid.package === undefined || bid.lines.length < 2 ? [] : [bid])));
  return [...bids].map((bid) => options.flatMap((option, item) => (option.bid === bid ? [item] : [])));
}

/** For each option those that name one of its root blocks. */
function sharingOf(options: readonly Option[]): number[][] {
  const byRoot = new Map<string, number[]>();
  for (const [item, { line }] of options.entries()) {
    for (const root of new Set(line.rootBlocks)) {
      const users = byRoot.get(root);
      if (users === undefined) byRoot.set(root, [item]);
      else users.push(item);
    }
  }
  const sharing = options.map(() => new Set<number>());
  for (const users of byRoot.values()) {
    if (users.length < 2) continue;
    for (const item of users) for (const other of users) if (other !== item) sharing[item]?.add(other);
  }
  return sharing.map((others) => [...others].sort((a, b) => a - b));
}
