import {
  addMs,
  DAY_MS,
  type Instant,
  money,
  type PartyId,
  type Random,
  rational,
  type RequestId,
  type TimeWindow,
} from "@offtake/core/kernel";
import type { ComputeRequest, RequestLine } from "@offtake/core/requests";
import { drawWindow } from "./clock.ts";
import type { Play } from "./play.ts";
import { ACCELERATORS, drawPrice, drawStated, PURPOSES, REGIONS, USD } from "./terms.ts";

/** A request of the keeper or its affiliate, or a sale out of the keeper's capacity. */
export function drawRequest(play: Play): ComputeRequest {
  const request = drawPurchase(play);
  if (request.sale !== undefined || play.releases?.chance(1, 8) !== true) return request;
  const { budget: _, ...announced } = request;
  const lines = request.lines.map(({ cap: _1, under: _2, product: _3, ...line }) => line);
  return { ...announced, release: play.releases.pick(PRODUCTS), lines };
}

const PRODUCTS = ["mira", "nova"];

function drawPurchase(play: Play): ComputeRequest {
  const { random } = play;
  const seller = play.book.state.header?.kind === "provider";
  const sale = seller ? random.chance(5, 6) : play.does("sales", 80);
  const buyer = seller || random.chance(5, 6) ? play.keeper : ("labx" as PartyId);
  const lines = [drawLine(play, sale)];
  if (!sale && random.chance(1, 5)) lines.push(drawLine(play, sale));
  const approvals = random.chance(1, 6) ? ["budget"] : [];
  return {
    id: play.id<RequestId>("q"),
    version: 1,
    buyer,
    lines,
    unfilled: random.pick(["keep", "close"]),
    approvals: random.chance(1, 12) ? [...approvals, "board"] : approvals,
    ...(random.chance(1, 2) ? { project: random.pick(["north", "south"]) } : {}),
    ...(random.chance(1, 10) ? { budget: money(BigInt(random.between(1, 400)) * 100_000_000_000n, USD) } : {}),
    ...(random.chance(1, 8) ? { bidsCloseAt: (play.now + random.between(-1, 10) * DAY_MS) as Instant } : {}),
    ...(sale ? { sale: drawSale(play) } : {}),
  };
}

function drawSale(play: Play): NonNullable<ComputeRequest["sale"]> {
  const { random } = play;
  const own = play.blocks.filter((block) => block.provider === play.keeper);
  const to =
    play.oneOf([...play.providers, "lab" as PartyId].filter((party) => party !== play.keeper)) ?? ("beta" as PartyId);
  return {
    to,
    price: drawPrice(random),
    blocks: own.length === 0 || random.chance(1, 3) ? [] : own.slice(0, random.between(1, 2)).map((block) => block.id),
  };
}

export function drawLine(play: Play, sale: boolean): RequestLine {
  const { random } = play;
  const blockSize = random.pick([8, 8, 8, 8, 16]);
  const blocks = random.pick([1, 2, 4, 8, 16, 32, random.between(1, 100)]);
  const count = blocks * blockSize;
  const window = fewMonths(play, drawWindow(random, play.now));
  return {
    accelerators: drawAccelerators(random, sale),
    count,
    blockSize,
    gangMin: random.pick([1, blockSize, blockSize * random.between(1, blocks), count]),
    divisible: random.chance(5, 6),
    regions: drawRegions(random),
    window,
    purposes: drawPurposes(random, blocks, blockSize),
    stated: drawStated(random),
    switchingCosts: random.chance(1, 10)
      ? [{ provider: random.pick(play.providers), cost: money(BigInt(random.between(0, 50)) * 1_000_000_000n, USD) }]
      : [],
    ...(random.chance(5, 6) ? { cap: drawPrice(random) } : {}),
    ...(random.chance(1, 5) ? { latestStart: (window.from + random.between(0, 60) * DAY_MS) as Instant } : {}),
    ...(random.chance(1, 10) ? { sourceClass: random.pick(["own_build", "own_build:delta", "market"]) } : {}),
    ...drawCall(play),
    ...(play.releases?.chance(2, 3) === true ? { product: play.releases.pick([...PRODUCTS, "none"]) } : {}),
  };
}

/** Where rights are taken month by month each month is asked about: two years would be no more than more of the same. */
function fewMonths({ months }: Play, window: TimeWindow): TimeWindow {
  if (months === undefined) return window;
  const latest = addMs(window.from, months.between(1, 150) * DAY_MS);
  return window.to <= latest ? window : { from: window.from, to: latest };
}

/** Calls on capacity under a clause of some agreement: now and then of one that gives nothing. */
function drawCall(play: Play): Pick<RequestLine, "under"> {
  if (!play.does("called capacity", 40)) return {};
  const agreement = play.oneOf([...play.agreements.values()]);
  const clause = play.oneOf(
    agreement?.clauses.filter((item) => item.kind === "entitlement" || play.random.chance(1, 12)) ?? [],
  );
  if (agreement === undefined || clause === undefined) return {};
  return { under: { agreement: agreement.id, clause: clause.id, negotiated: play.random.chance(1, 5) } };
}

function drawAccelerators(random: Random, sale: boolean): RequestLine["accelerators"] {
  const first = random.pick(ACCELERATORS);
  const one = { acceleratorType: first, factor: rational(1n) };
  if (sale || random.chance(4, 5)) return [one];
  const other = ACCELERATORS.find((type) => type !== first) ?? first;
  return [one, { acceleratorType: other, factor: first === "h100" ? rational(1n, 2n) : rational(2n) }];
}

function drawRegions(random: Random): string[] {
  const first = random.pick(REGIONS);
  if (random.chance(1, 5)) return ["us-*"];
  if (random.chance(1, 5)) return [...new Set([first, random.pick(REGIONS)])];
  return [first];
}

function drawPurposes(random: Random, blocks: number, blockSize: number): RequestLine["purposes"] {
  if (random.chance(1, 5)) return [];
  const purpose = random.pick(PURPOSES);
  if (blocks < 2 || random.chance(2, 3)) return [{ purpose }];
  const other = PURPOSES.find((item) => item !== purpose) ?? purpose;
  if (random.chance(1, 2)) return [{ purpose }, { purpose: other }];
  const part = random.between(1, blocks - 1) * blockSize;
  return [
    { purpose, count: part },
    { purpose: other, count: blocks * blockSize - part },
  ];
}

/** The same request, said anew: larger, smaller, dearer, at another time, or only with other notes. */
export function reviseRequest(play: Play, request: ComputeRequest): ComputeRequest {
  const { random } = play;
  const next = { ...request, version: request.version + 1 };
  const [line, ...rest] = request.lines;
  if (line === undefined || random.chance(1, 4)) return { ...next, notes: `said ${next.version} times` };
  const change = random.below(5);
  if (change === 0) return { ...next, lines: [{ ...line, cap: drawPrice(random) }, ...rest] };
  if (change === 1)
    return {
      ...next,
      lines: [{ ...line, window: fewMonths(play, drawWindow(random, play.now)) }, ...rest].map(withoutLatestStart),
    };
  if (change === 2) return { ...next, lines: [{ ...line, stated: drawStated(random) }, ...rest] };
  const { blockSize } = line;
  const blocks = Math.max(1, (line.count / blockSize + random.pick([-2, -1, 1, 4])) | 0);
  return {
    ...next,
    lines: [
      {
        ...line,
        count: blocks * blockSize,
        gangMin: Math.min(line.gangMin, blocks * blockSize),
        purposes: line.purposes.slice(0, 1).map(({ purpose }) => ({ purpose })),
      },
      ...rest,
    ],
  };
}

function withoutLatestStart({ latestStart: _, ...line }: RequestLine): RequestLine {
  return line;
}

/** A request that cannot be right. */
export function spoilRequest(play: Play, request: ComputeRequest): ComputeRequest {
  const { random } = play;
  const [line, ...rest] = request.lines;
  if (line === undefined) return request;
  const spoilt: readonly Partial<RequestLine>[] = [
    { count: line.count + 1 },
    { count: 0 },
    { blockSize: -8 },
    { gangMin: line.count + 8 },
    { window: { from: line.window.to, to: line.window.from } },
    { regions: [] },
    { accelerators: [] },
    {
      purposes: [
        { purpose: "a", count: 8 },
        { purpose: "b", count: line.count },
      ],
    },
    { under: { agreement: "a0" as never, clause: "none" as never, negotiated: false } },
  ];
  const kind = random.below(4);
  if (kind === 0) return { ...request, id: "not an id" as RequestId };
  if (kind === 1) return { ...request, buyer: random.pick(["nobody", "beta"]) as PartyId };
  if (kind === 2) return { ...request, lines: [] };
  return { ...request, lines: [{ ...line, ...random.pick(spoilt) }, ...rest] };
}
