import type { CommandBody, RequestState } from "@offtake/core/book";
import type { AwardId, PartyId, RequestId } from "@offtake/core/kernel";
import type { Play } from "./play.ts";
import { drawRequest, reviseRequest, spoilRequest } from "./requests.ts";
import { drawPrice, drawStated } from "./terms.ts";

export function submitRequest(play: Play): void {
  const request = drawRequest(play);
  const spoilt = play.does("odd requests") ? spoilRequest(play, request) : request;
  play.submit({ type: "submitRequest", request: spoilt }, play.random.chance(1, 3) ? play.keeper : spoilt.buyer);
}

export function revise(play: Play): void {
  const request = play.request();
  if (request === undefined) return;
  const revised = reviseRequest(play, request.request);
  play.submit(
    { type: "reviseRequest", request: play.does("odd requests") ? spoilRequest(play, revised) : revised },
    request.request.buyer,
  );
}

export function withdraw(play: Play): void {
  const request = play.request();
  if (request !== undefined)
    play.submit({ type: "withdrawRequest", request: request.request.id }, buyerOrAnyone(play, request));
}

export function close(play: Play): void {
  const request = play.request();
  if (request !== undefined)
    play.submit({ type: "closeRequest", request: request.request.id }, buyerOrAnyone(play, request));
}

function buyerOrAnyone(play: Play, request: RequestState): PartyId {
  return play.does("nonsense", 20) ? play.party() : request.request.buyer;
}

/** Approvals are given; now and then they are denied, or one is given that nobody asked for. */
export function approve(play: Play): void {
  const request = play.oneOf(
    play.requests().filter((item) => item.request.approvals.length > 0 || item.approvalAwaited !== undefined),
  );
  if (request === undefined) return;
  const names = [...request.request.approvals, "second", ...(play.does("nonsense") ? ["moon"] : [])];
  const type = play.does("denied approvals") ? "denyApproval" : "giveApproval";
  play.submit(
    { type, request: request.request.id, approval: play.random.pick(names), by: "approver" },
    request.request.buyer,
  );
}

export function openTender(play: Play): void {
  const request = play.request();
  if (request === undefined) return;
  const lots = play.random.chance(1, 4) ? { lots: request.lots.slice(0, 1).map((lot) => lot.lot.id) } : {};
  play.submit({ type: "openTender", request: request.request.id, ...lots }, buyerOrAnyone(play, request));
}

/** The buyer means to sign with somebody: a bidder at its price, or anybody at any. */
export function proposeAward(play: Play): void {
  const request = play.request();
  if (request === undefined) return;
  const lines = proposedLines(play, request);
  if (lines.length > 0)
    play.submit({ type: "proposeAward", request: request.request.id, lines }, buyerOrAnyone(play, request));
}

export function proposedLines(
  play: Play,
  request: RequestState,
): Extract<CommandBody, { type: "proposeAward" }>["lines"] {
  const { random } = play;
  const lot = random.pick(request.lots);
  if (lot === undefined) return [];
  const left = lot.lot.count - lot.awarded - lot.holds.reduce((sum, hold) => sum + hold.count, 0);
  const bid = play.oneOf(
    (request.market?.opened === true ? request.market.bids : []).filter((item) =>
      item.lines.some((line) => line.lot === lot.lot.id),
    ),
  );
  const line = bid?.lines.find((item) => item.lot === lot.lot.id);
  const step = lot.lot.terms.blockSize;
  const count = random.chance(1, 10)
    ? left + step
    : Math.max(
        0,
        random.chance(2, 3) ? left : left - (random.below(Math.max(1, left)) % Math.max(step, 1)) - (left % step),
      );
  return [
    {
      lot: lot.lot.id,
      provider: bid?.bidder ?? random.pick(play.providers),
      count: line === undefined ? count : Math.min(count, line.countMax),
      price: line?.tiers[0]?.rate ?? drawPrice(random),
      stated: line?.stated ?? drawStated(random),
      rootBlocks: line?.rootBlocks ?? [],
      ...(line?.host === undefined ? {} : { host: line.host }),
    },
  ];
}

/** Awards that are open: waiting for a signature, or held for a person. */
export function openAwards(play: Play): { readonly award: AwardId; readonly request: RequestState }[] {
  return play.requests().flatMap((request) => request.awards.map((award) => ({ award: award.id, request })));
}

export function decideAward(play: Play): void {
  const found = play.oneOf(openAwards(play));
  const award = found?.award ?? (play.oneOf(play.past.awards) as AwardId | undefined);
  if (award === undefined) return;
  const confirm = !play.does("defaults after award");
  play.submit(
    { type: "decideAward", award, confirm, by: "buyer" },
    found === undefined ? play.party() : buyerOrAnyone(play, found.request),
  );
}

export function reportDefault(play: Play): void {
  const found = play.oneOf(openAwards(play));
  const provider = found?.request.awards.find((award) => award.id === found.award)?.lines[0]?.provider;
  if (found === undefined || provider === undefined) return;
  play.past.awards.push(found.award);
  const named = play.does("nonsense") ? play.party() : provider;
  play.submit(
    { type: "reportDefault", award: found.award, provider: named, why: "not delivered" },
    buyerOrAnyone(play, found.request),
  );
}

/** What the accelerators were used for in a month, by the buyer's own account. */
export function recordPurposeUse(play: Play): void {
  const { random } = play;
  const found = play.oneOf(openAwards(play).map((item) => item.request)) ?? play.request();
  if (found === undefined) return;
  const month = play.does("nonsense") ? "soon" : `2026-${String(random.between(3, 12)).padStart(2, "0")}`;
  const uses = ["training", "inference"].map((purpose) => ({
    purpose,
    acceleratorSeconds: BigInt(random.between(0, 1_000)),
  }));
  const newRequest = play.does("nonsense", 30) ? found.request.id : play.id<RequestId>("q");
  play.submit({ type: "recordPurposeUse", request: found.request.id, month, uses, newRequest }, found.request.buyer);
}
