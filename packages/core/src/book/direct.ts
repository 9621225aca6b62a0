import { isAffiliate } from "../agreements/affiliates.ts";
import type { ProposedLine } from "../awards/award.ts";
import { acceleratorSeconds, type BidId, costOf, windowSeconds } from "../kernel/index.ts";
import type { Assessment, Verdict } from "../rights/assessment.ts";
import { entitlementOf } from "./attach.ts";
import { openRequest } from "./lookup.ts";
import { place } from "./placement.ts";
import { type LotState, openCount, type RequestState } from "./request-state.ts";
import type { BookState } from "./state.ts";
import { reject, type Turn } from "./turn.ts";

/** A sale out of the keeper's own capacity: what the holders left goes to the buyer that asked. */
export function proposeSale(turn: Turn, request: RequestState, lots: readonly LotState[]): boolean {
  const { sale } = request.request;
  if (sale === undefined) return false;
  const lines: ProposedLine[] = [];
  for (const lot of lots) {
    const count = openCount(lot);
    const { window, terms } = lot.lot;
    const blocks = place(turn.state, sale.blocks, window, stepOf(terms.blockSize, count), count);
    if (blocks === undefined) {
      if (turn.command.type === "submitRequest") reject("no_capacity", "The blocks named do not carry this sale.");
      drop(turn, lot);
      continue;
    }
    lines.push({
      offer: turn.ids.next<"BidId">("bid") as BidId, bonaFide: true, thirdParty: sale.to, countMin: count,
      line: {
        lot: lot.lot.id, provider: sale.to, count, acceleratorType: terms.acceleratorType, region: lot.lot.alternatives[0]?.region ?? "", window,
        price: sale.price, cost: costOf(sale.price, acceleratorSeconds(count, windowSeconds(window))), stated: terms.stated,
        blocks, basis: "sale", clearances: [],
      },
    });
  }
  turn.emit({ type: "awardProposed", at: turn.at, request: request.request.id, lines, by: "sale" });
  return true;
}

/** What this request has called already. */
function called(request: RequestState, lot: LotState): number {
  let count = 0;
  for (const award of request.awards) {
    for (const line of award.lines) if (line.basis === "entitlement" && line.lot === lot.lot.id) count += line.count;
  }
  return count;
}

/** What the machines deal in: blocks, or less where a whole remainder is no number of blocks. */
function stepOf(blockSize: number, count: number): number {
  return count % blockSize === 0 ? blockSize : 1;
}

/** The machines that were named do not carry this lot, or are no longer free: it ends, so that the request can. */
function drop(turn: Turn, lot: LotState): void {
  turn.emit({ type: "lotDropped", at: turn.at, lot: lot.lot.id, request: lot.lot.request, why: "no_capacity" });
}

/** Capacity already contracted is called at its preset price before anything new is bought (step 3). */
export function proposeEntitlements(turn: Turn, request: RequestState, lots: readonly LotState[]): boolean {
  const lines: ProposedLine[] = [];
  for (const lot of lots) {
    const found = entitlementOf(turn.state, request.request, lot.lot.lineIndex);
    if (found === undefined) continue;
    const { clause, version } = found;
    const { window, terms } = lot.lot;
    const open = openCount(lot);
    // All that is left may be no whole number of blocks; a part of it is one.
    const contracted = clause.count - called(request, lot);
    const count = open <= contracted ? open : Math.max(0, contracted - (contracted % terms.blockSize));
    const blocks = count === 0 ? undefined : place(turn.state, clause.blocks, window, stepOf(terms.blockSize, count), count);
    if (blocks === undefined) {
      drop(turn, lot);
      continue;
    }
    lines.push({
      offer: turn.ids.next<"BidId">("bid") as BidId, bonaFide: true, thirdParty: version.provider, countMin: 0,
      line: {
        lot: lot.lot.id, provider: version.provider, count, acceleratorType: clause.acceleratorType, region: lot.lot.alternatives[0]?.region ?? "",
        window, price: clause.price, cost: costOf(clause.price, acceleratorSeconds(count, windowSeconds(window))), stated: terms.stated,
        blocks, basis: "entitlement", clearances: [],
      },
    });
  }
  turn.emit({ type: "awardProposed", at: turn.at, request: request.request.id, lines, by: "entitlement" });
  return true;
}

/** The buyer names with whom, and on which terms, it means to sign (the last part of step 14 done by a person). */
export function proposeAward(turn: Turn, command: Extract<Turn["command"], { type: "proposeAward" }>): void {
  const request = openRequest(turn.state, command.request);
  if (request.request.buyer !== turn.actor && turn.state.header?.keeper !== turn.actor) reject("not_authorised", "Only the buyer proposes an award.");
  const lines = command.lines.map((draft): ProposedLine => {
    const lot = request.lots.find((item) => item.phase !== "barred" && (draft.lot === undefined ? openCount(item) > 0 : item.lot.id === draft.lot));
    if (lot === undefined) return reject("over_awarded", "No lot of this request has that much left.");
    if (draft.count > openCount(lot)) return reject("over_awarded", `Lot ${lot.lot.label} has ${openCount(lot)} left; ${draft.count} were proposed.`);
    if (draft.count <= 0 || draft.count % lot.lot.terms.blockSize !== 0) return reject("invalid_count", `A part is a multiple of ${lot.lot.terms.blockSize}.`);
    if (turn.state.parties.get(draft.provider) === undefined) return reject("unknown_party", `There is no party "${draft.provider}" in the book.`);
    const window = draft.window ?? lot.lot.window;
    const affiliate = isAffiliate(draft.provider, request.request.buyer, turn.state.parties, thresholdOf(turn, lot));
    const blocks = draft.rootBlocks.length === 0 ? [] : place(turn.state, draft.rootBlocks, window, lot.lot.terms.blockSize, draft.count);
    if (blocks === undefined) return reject("no_capacity", "The blocks named do not carry this award.");
    const own = affiliate && draft.host === undefined;
    const bid = request.market?.bids.find((item) => item.bidder === draft.provider && item.lines.some((line) => line.lot === lot.lot.id));
    return {
      offer: turn.ids.next<"BidId">("bid") as BidId,
      bonaFide: !own,
      thirdParty: affiliate && draft.host !== undefined ? draft.host : draft.provider,
      countMin: bid?.lines[0]?.countMin ?? lot.lot.terms.blockSize,
      line: {
        lot: lot.lot.id, provider: draft.provider, count: draft.count, acceleratorType: lot.lot.terms.acceleratorType,
        region: lot.lot.alternatives[0]?.region ?? "", window, price: draft.price,
        cost: costOf(draft.price, acceleratorSeconds(draft.count, windowSeconds(window))),
        stated: draft.stated, blocks, basis: "proposal", clearances: [],
        ...(draft.host === undefined ? {} : { host: draft.host }),
      },
    };
  });
  turn.emit({ type: "awardProposed", at: turn.at, request: command.request, lines, by: "buyer" });
}

/** Verdicts on rights that do not look at the lot at all: their agreements say nothing about who is whose affiliate here. */
const BESIDE: ReadonlySet<Verdict> = new Set(["other_side", "grantor_not_buyer", "out_of_scope", "not_live", "ended"]);

const thresholds = new WeakMap<readonly Assessment[], { readonly state: BookState; readonly bp: number }>();

/**
 * The smallest ownership, in hundredths of a per cent, from which a party counts as an affiliate on this lot: of the agreements
 * whose rights look at it, carved out or not. Control alone where there is none.
 */
export function thresholdOf({ state }: Turn, lot: LotState): number {
  const known = thresholds.get(lot.assessments);
  if (known?.state === state) return known.bp;
  let bp = 5_001;
  for (const { right, verdict } of lot.assessments) {
    if (BESIDE.has(verdict)) continue;
    const version = state.agreements.get(right.agreement)?.versions.find((item) => item.version === right.version);
    if (version !== undefined) bp = Math.min(bp, version.affiliateBp);
  }
  thresholds.set(lot.assessments, { state, bp });
  return bp;
}
