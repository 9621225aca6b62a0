import type { Account } from "../commitments/index.ts";
import { windowSeconds } from "../kernel/index.ts";
import { accountOf, scaledAmount } from "./account.ts";
import { gcd } from "./integers.ts";
import { type PricedOption, pricedOption } from "./item.ts";
import { limitsOf } from "./limits.ts";
import type { Market, Option } from "./option.ts";
import { committedOf, poolsOf } from "./pools.ts";
import type { FixedGroup, Item, Program, Weights } from "./program.ts";
import { weightsOf } from "./weights.ts";

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
