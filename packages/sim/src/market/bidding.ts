import type { MarketState, RequestState } from "@offtake/core/book";
import {
  addMs,
  type BidId,
  type BlockId,
  type Currency,
  DAY_MS,
  HOUR_MS,
  type LotId,
  type Money,
  type PartyId,
  type Rate,
  rational,
  type TenderId,
} from "@offtake/core/kernel";
import type { Bid, BidLine } from "@offtake/core/tenders";
import type { CommandBody } from "@offtake/core/book";
import { blocksOf } from "./capacity.ts";
import { drawWindow } from "./clock.ts";
import type { Play } from "./play.ts";
import { drawPrice, drawStated } from "./terms.ts";

type BidBody = Extract<CommandBody, { type: "placeBid" }>["bid"];

interface OpenMarket {
  readonly request: RequestState;
  readonly market: MarketState;
}

function openMarkets(play: Play): OpenMarket[] {
  return play
    .requests()
    .flatMap((request) =>
      request.market === undefined || request.market.opened ? [] : [{ request, market: request.market }],
    );
}

/** A provider bids in an open tender; odd ones bid too late, uninvited, or what cannot be. */
export function placeBid(play: Play): void {
  const { random } = play;
  const found = play.oneOf(openMarkets(play));
  if (found === undefined) return;
  const { market } = found;
  const hostile = play.does("hostile bids");
  const bidder =
    hostile && random.chance(1, 4)
      ? play.party()
      : (play.oneOf(market.invitations)?.provider ?? random.pick(play.providers));
  const earlier = market.bids.some((bid) => bid.bidder === bidder);
  if (earlier && !play.does("several bids a tender")) return;
  if (market.tender.closesAt > play.now && play.does("bids at the edge of their time"))
    play.now = addMs(market.tender.closesAt, random.pick([-1, 0, 0, 1]));
  const bid = hostile ? spoilBid(play, drawBid(play, found, bidder)) : drawBid(play, found, bidder);
  const tender = hostile && random.chance(1, 10) ? ("tnd_of_nobody" as TenderId) : market.tender.id;
  const receipt = play.submit({ type: "placeBid", tender, bid }, bidder);
  for (const event of receipt.events) if (event.type === "bidReceived") play.past.bids.push(event.bid.id);
}

function drawBid(play: Play, { request, market }: OpenMarket, bidder: PartyId): BidBody {
  const { random } = play;
  const all = market.tender.lots.map((item) => item.lot);
  const lots = all.length > 1 && random.chance(1, 2) ? [random.pick(all)] : all;
  const lines = lots.map((lot) => drawBidLine(play, request, lot, bidder));
  const hours = random.between(play.does("short bids") ? 1 : 30 * 24, 120 * 24);
  return {
    lines,
    validUntil: addMs(play.now, hours * HOUR_MS),
    discloseIdentity: random.chance(3, 4),
    ...(lines.length > 1 && random.chance(1, 3) ? { package: drawPackage(play, lines) } : {}),
    ...(random.chance(1, 12) ? { contingency: { until: addMs(play.now, random.between(1, 20) * DAY_MS) } } : {}),
  };
}

function drawPackage(play: Play, lines: readonly BidLine[]): NonNullable<Bid["package"]> {
  const price = {
    micros: BigInt(play.random.between(1, 400)) * 100_000_000_000n,
    currency: "USD" as Money["currency"],
  };
  return { extras: [], listPrices: lines.map(() => undefined), ...(play.random.chance(1, 2) ? { price } : {}) };
}

function drawBidLine(play: Play, request: RequestState, id: LotId, bidder: PartyId): BidLine {
  const { random } = play;
  const lot = request.lots.find((item) => item.lot.id === id)?.lot;
  const alternative = lot === undefined ? undefined : random.pick(lot.alternatives);
  const count = Math.max(
    8,
    Math.floor(((lot?.count ?? 8) * Number(alternative?.factor.num ?? 1n)) / Number(alternative?.factor.den ?? 1n)),
  );
  const multiple = random.pick([8, 8, 8, 16]);
  const most = Math.max(
    multiple,
    random.chance(2, 3) ? count - (count % multiple) : random.between(1, Math.ceil(count / multiple)) * multiple,
  );
  const rate = drawBidPrice(play, request, id);
  const region = alternative?.region.endsWith("*") === true ? "us-central" : alternative?.region;
  const own = blocksOf(play, bidder).filter(
    (block) => block.acceleratorType === alternative?.acceleratorType && block.region === region,
  );
  const host = play.oneOf(play.hosts);
  return {
    lot: id,
    countMin: random.chance(3, 4) ? multiple : most,
    countMax: most,
    multiple,
    tiers: random.chance(1, 4)
      ? [
          { from: 1, rate },
          { from: 64, rate: { ...rate, microsPerHour: rate.microsPerHour - 100_000n } },
        ]
      : [{ from: 1, rate }],
    tierMode: random.pick(["all-units", "marginal"]),
    stated: drawStated(random),
    rootBlocks: own.length === 0 || random.chance(1, 2) ? [] : own.map((block) => block.id),
    ...(region === undefined ? {} : { region }),
    ...(alternative === undefined ? {} : { acceleratorType: alternative.acceleratorType }),
    ...(random.chance(1, 10) ? { window: drawWindow(random, play.now) } : {}),
    ...(host !== undefined && random.chance(1, 8) ? { host } : {}),
  };
}

/** Now and then the price of a rival, to the micro-unit, so that bids tie; now and then in another currency. */
function drawBidPrice({ random }: Play, request: RequestState, lot: LotId): Rate {
  const rivals = request.market?.bids.flatMap((bid) => bid.lines.filter((line) => line.lot === lot)) ?? [];
  const rival = random.chance(1, 4) && rivals.length > 0 ? random.pick(rivals).tiers[0]?.rate : undefined;
  return rival ?? drawPrice(random, random.chance(1, 10) ? EUR : undefined);
}

const EUR = "EUR" as Currency;

/** Counts below zero, ends in the past, lots of others, machines of others, money nobody has a rate for. */
function spoilBid(play: Play, bid: BidBody): BidBody {
  const { random } = play;
  const [line, ...rest] = bid.lines;
  if (line === undefined) return bid;
  const odd: readonly (() => Partial<BidLine>)[] = [
    () => ({ countMin: line.countMax + 8 }),
    () => ({ countMax: random.pick([0, -8, 7, 8.5]) }),
    () => ({ multiple: random.pick([0, -8, 5]) }),
    () => ({ tiers: [] }),
    () => ({ tiers: [{ from: 1, rate: { microsPerHour: random.pick([0n, -1_000_000n]), currency: "USD" as never } }] }),
    () => ({ tiers: [{ from: 1, rate: { microsPerHour: 2_000_000n, currency: "XXX" as never } }] }),
    () => ({ lot: "lot_of_nobody" as LotId }),
    () => ({ window: { from: line.window?.to ?? play.now, to: line.window?.from ?? play.now } }),
    () => ({ rootBlocks: random.chance(1, 2) ? ["b0" as BlockId] : play.blocks.map((block) => block.id) }),
    () => ({ host: "nobody" as PartyId }),
    () => ({ acceleratorType: "abacus", region: "moon" }),
    () => ({ stated: { prepayment: rational(-1n) } }),
  ];
  const kind = random.below(6);
  if (kind === 0) return { ...bid, validUntil: addMs(play.now, -1) };
  if (kind === 1) return { ...bid, lines: [] };
  if (kind === 2) return { ...bid, lines: [line, line, ...rest] };
  return { ...bid, lines: [{ ...line, ...random.pick(odd)() }, ...rest] };
}

function liveBids(play: Play): Bid[] {
  return play.requests().flatMap((request) => request.market?.bids ?? []);
}

export function withdrawBid(play: Play): void {
  const bid = play.oneOf(liveBids(play).filter((item) => !item.standing || play.random.chance(1, 8)));
  const id = (bid?.id ?? play.oneOf(play.past.bids)) as BidId | undefined;
  if (id === undefined) return;
  play.submit(
    { type: "withdrawBid", bid: id },
    bid === undefined || play.random.chance(1, 12) ? play.party() : bid.bidder,
  );
}

/** Asked bidders extend most often. */
export function extendBid(play: Play): void {
  const asked = play.requests().flatMap((request) => request.market?.asked.map((item) => item.bid) ?? []);
  const bids = liveBids(play);
  const bid =
    play.oneOf(bids.filter((item) => asked.includes(item.id))) ??
    (play.does("bids taken back") ? play.oneOf(bids) : undefined);
  if (bid === undefined) return;
  const until = addMs(bid.validUntil, play.random.chance(1, 10) ? -1 : play.random.between(1, 40) * DAY_MS);
  play.submit({ type: "extendBid", bid: bid.id, validUntil: until }, bid.bidder);
}
