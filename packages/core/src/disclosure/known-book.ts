import type { BookEvent } from "../book/events.ts";
import { evolve } from "../book/evolve.ts";
import type { MarketState, RequestState } from "../book/request-state.ts";
import type { BookState } from "../book/state.ts";
import { tidy } from "../book/run.ts";
import { believe } from "../kernel/index.ts";
import type { DisclosedEvent, OwnEvent } from "./own-events.ts";
import type { Shown } from "./shown.ts";

/**
 * Folds one entry of the keeper's own feed into the book as the keeper knows it: the same as the book itself, save what it was not told, which
 * is what others have answered in advance and what is in bids that are sealed. Nothing of these can be in what is worked out from it.
 *
 * @param state owned by the caller, and so far folded from the entries before this one
 * @source Rule DSC25 in ./SPEC.md
 */
export function foldKnown(state: BookState, event: DisclosedEvent): void {
  switch (event.type) {
    case "standingAnswerKept":
    case "bidSealed":
    case "listBidsSealed":
      return;
    case "bidsUnsealed":
      unseal(state, event);
      break;
    default:
      believe(
        state.header !== undefined || event.type === "bookOpened",
        "a feed that a book can be known from begins with its opening: it is the keeper's",
      );
      // The keeper is told every other event as it is.
      evolve(state, event as Exclude<DisclosedEvent, OwnEvent>);
  }
  if (event.type === "evaluated") hideAgain(state, event);
  // What fell due by then was dealt with then.
  while (state.timers.isDue(event.at)) state.timers.pop();
  tidy(state);
}

/** From the opening on the keeper knows the bids that were opened, as if they had come then. */
function unseal(state: BookState, { at, request, tender, bids }: Shown<"bidsUnsealed">): void {
  const known = new Set(state.requests.get(request)?.market?.bids.map(({ id }) => id));
  const inOrder = bids.filter(({ id }) => !known.has(id)).sort((a, b) => a.order - b.order);
  const lists = inOrder.filter(({ standing }) => standing);
  if (lists.length > 0) evolve(state, { type: "listBidsReceived", at, request, tender, bids: lists, taken: [] });
  for (const bid of inOrder)
    if (!bid.standing) evolve(state, { type: "bidReceived", at, request, bid, verdict: "sealed", why: [] });
  evolve(state, { type: "bidsOpened", at, request, tender, bids: bids.map(({ id }) => id) });
}

/** That a bid may not be taken since its bidder does not let itself be named shows in the comparison. */
function hideAgain(state: BookState, { request: id, evaluation }: Extract<BookEvent, { type: "evaluated" }>): void {
  const request = state.requests.get(id);
  if (request?.market === undefined) return;
  const hidden = evaluation.considered.flatMap(({ bid, lot, why }) =>
    bid === undefined || why !== "identity_not_disclosed" ? [] : [{ bid, lot }],
  );
  if (hidden.length === 0) return;
  const market: MarketState = { ...request.market, hidden };
  state.requests.set(id, { ...request, market } satisfies RequestState);
}
