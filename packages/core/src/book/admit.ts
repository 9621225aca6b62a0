import { CONTROL_ABOVE_BP, isAffiliate } from "../agreements/affiliates.ts";
import type { RequestId } from "../kernel/index.ts";
import { atomise } from "../requests/atomise.ts";
import { checkRequest } from "../requests/check.ts";
import type { Lot } from "../requests/lot.ts";
import type { ComputeRequest, RequestLine } from "../requests/request.ts";
import { calledBy, findCalled } from "./called.ts";
import { close } from "./end-notices.ts";
import { drawnCount } from "./drawn.ts";
import { isTaken, noticesOf } from "./lookup.ts";
import { owned } from "./owned.ts";
import { frozenRatio } from "./rates.ts";
import { askedCount } from "./request-state.ts";
import { checkOverrides } from "./shares.ts";
import { splitLots } from "./split-lots.ts";
import type { BookState } from "./state.ts";
import { reject, type Turn } from "./turn.ts";

/** Step 1: validates a request and its buyer's authority, and records it with its lots (step 2). */
export function submitRequest(turn: Turn, request: ComputeRequest, askedBy?: string): void {
  admit(turn, request);
  requireNewId(turn.state, request.id);
  const submitted = asSale(turn, request);
  turn.emit({
    type: "requestSubmitted",
    at: turn.at,
    request: submitted,
    ...(askedBy === undefined ? {} : { askedBy }),
  });
  for (const lot of lotsOf(turn, submitted)) turn.emit({ type: "lotFormed", at: turn.at, lot });
}

/** An id stands for one request for good: an old request that is sent once more is no new one. */
export function requireNewId(state: BookState, id: RequestId): void {
  if (state.requests.has(id) || state.closed.has(id)) reject("duplicate_id", `There is already a request "${id}".`);
}

/** Whether a request may stand in the book at all; the first thing that is wrong with it is what its sender is told. */
export function admit(turn: Turn, request: ComputeRequest): void {
  const { state, actor } = turn;
  const { header } = state;
  if (header === undefined) return reject("book_not_open", "The book is not open.");
  if (state.policy === undefined)
    reject("malformed", "The book has no policy: without one no request can come to its end.");
  if (request.buyer !== actor && header.keeper !== actor)
    reject("not_authorised", "A request is submitted by its buyer or the keeper of the book.");
  if (state.parties.get(request.buyer) === undefined)
    reject("unknown_party", `There is no party "${request.buyer}" in the book.`);
  const affiliated =
    request.buyer === header.keeper || isAffiliate(request.buyer, header.keeper, state.parties, CONTROL_ABOVE_BP + 1);
  if (request.sale === undefined && header.kind === "buyer" && !affiliated)
    reject("not_authorised", "This book takes requests of its keeper and the keeper's affiliates only.");
  const problem = checkRequest(request);
  if (problem !== undefined) reject(problem.code, problem.detail);
  checkCurrency(turn, request);
  for (const line of request.lines) checkUnder(turn, request, line);
  checkOverrides(state, request);
  if (request.sale !== undefined && state.parties.get(request.sale.to) === undefined)
    reject("unknown_party", `There is no party "${request.sale.to}" in the book.`);
  for (const block of request.sale?.blocks ?? [])
    if (state.capacity.get(block) === undefined) reject("unknown_block", `There is no block "${block}" in the book.`);
}

/** What is asked for in another currency must be comparable by a rate on record (G27). */
function checkCurrency(turn: Turn, { sale, budget, lines }: ComputeRequest): void {
  const currency =
    sale?.price.currency ?? budget?.currency ?? lines.find((line) => line.cap !== undefined)?.cap?.currency;
  if (currency === undefined || currency === turn.state.header?.currency) return;
  if (frozenRatio(turn.state, currency, turn.at) === undefined)
    reject("rate_missing", `No rate from ${currency} is recorded.`);
}

/** A call names a clause that gives it, while it may still be exercised (domain row D6), and no more than it gives. */
function checkUnder(turn: Turn, request: ComputeRequest, line: RequestLine): void {
  const { under } = line;
  if (under === undefined) return;
  if (!turn.state.agreements.has(under.agreement))
    return reject("unknown_agreement", `There is no agreement "${under.agreement}" in the book.`);
  const called = findCalled(turn.state, under);
  if (called === undefined)
    return reject("unknown_clause", `"${under.clause}" of ${under.agreement} gives nothing to call.`);
  if (called.until !== undefined && turn.at >= called.until)
    reject("option_expired", "The call came after the last day for it.");
  const { acceleratorType } = called;
  if (acceleratorType !== undefined && line.accelerators[0]?.acceleratorType !== acceleratorType) {
    reject(
      "malformed",
      `"${under.clause}" of ${under.agreement} gives ${acceleratorType}, which is not what this line asks for.`,
    );
  }
  if (under.negotiated) return;
  if (called.kind === "option" && called.caller !== request.buyer)
    reject("not_authorised", "An option is exercised by its holder.");
  if (called.price === undefined && line.cap === undefined)
    reject("malformed", "The contract fixes no price: the call names one.");
  const drawn =
    called.kind === "renewal" ? 0 : drawnCount(turn.state, under, called.kind === "option" ? undefined : line.window);
  const left = Math.max(0, called.count - drawn);
  if (line.count > left)
    reject("over_awarded", `"${under.clause}" of ${under.agreement} gives ${left} more; ${line.count} were called.`);
}

/** What a holder exercises of the keeper's capacity is a sale to it, at the option's price and on the option's blocks. */
export function asSale(turn: Turn, request: ComputeRequest): ComputeRequest {
  const [line] = request.lines;
  const called = request.sale === undefined ? calledBy(turn.state, line) : undefined;
  if (called?.kind !== "option" || called.provider !== turn.state.header?.keeper) return request;
  if (request.lines.length > 1) reject("malformed", "An option is exercised by a request of its own.");
  const price = called.price ?? line?.cap;
  if (price === undefined) return reject("malformed", "The option fixes no price: the request names one.");
  return { ...request, sale: { to: request.buyer, price, blocks: called.blocks } };
}

/** The lots of a request, cut where rights reach only a part of them (steps 2 to 4). */
export function lotsOf(turn: Turn, request: ComputeRequest): readonly Lot[] {
  const lots = atomise(
    request,
    () => turn.ids.next<"LotId">("lot"),
    (line) => asksNewCapacity(turn.state, line),
  );
  return splitLots(turn, request, lots);
}

/** Capacity called under a contract may still be new to a right that is older than the contract (domain row A15). */
function asksNewCapacity(state: BookState, line: RequestLine): boolean {
  const called = calledBy(state, line);
  return called === undefined || called.kind === "call-off";
}

/** A buyer takes its request back; what a holder has accepted can no longer be (domain row N17). */
export function withdrawRequest(turn: Turn, id: RequestId): void {
  const request = owned(turn, id);
  const notices = request.lots.flatMap((lot) => noticesOf(turn.state, lot));
  const bound = request.awards.length > 0 || request.lots.some((lot) => lot.holds.length > 0) || notices.some(isTaken);
  if (bound) reject("acceptance_stands", "A holder has accepted: the request can no longer be withdrawn.");
  for (const notice of notices)
    close(turn, notice, { status: "withdrawn", count: 0, why: "request_withdrawn", closedAt: turn.at });
  turn.emit({ type: "requestWithdrawn", at: turn.at, request: id });
  turn.emit({
    type: "requestClosed",
    at: turn.at,
    request: id,
    outcome: "withdrawn",
    awarded: 0,
    asked: askedCount(request),
  });
}
