import type { RejectionCode } from "./commands.ts";
import { isLive, noticesOf } from "./lookup.ts";
import { isOpen, type LotState, type RequestState } from "./request-state.ts";
import { Rejected, type Turn } from "./turn.ts";

/** What the keeper's papers may lack when a notice is due: it is for the keeper to mend, and nobody else's command fails by it. */
const GAPS: ReadonlySet<RejectionCode> = new Set(["calendar_missing", "calendar_year_unknown"]);

/** Commands that the keeper, or the buyer, sends itself: they are rejected with what is missing. */
const OWN: ReadonlySet<string> = new Set([
  "submitRequest",
  "reviseRequest",
  "openTender",
  "proposeAward",
  "decideOffer",
  "giveApproval",
  "waiveLateness",
]);

/**
 * Takes a step of a request. Where a deadline cannot be counted in the course of time, or by what a holder or a bidder does, its lots
 * are held until the calendar is recorded: an answer that was given in time stands, and the book goes on.
 */
export function holdForGap(
  turn: Turn,
  request: RequestState,
  step: (turn: Turn, request: RequestState) => boolean,
): boolean {
  const { state } = turn;
  const kept = turn.events.length;
  const mark = state.checkpoint();
  try {
    const more = step(turn, request);
    state.commit();
    return more;
  } catch (error) {
    state.rollback(mark);
    const isGap = error instanceof Rejected && GAPS.has(error.rejection.code);
    if (!isGap || (OWN.has(turn.command.type) && !turn.isPassing)) throw error;
    turn.events.length = kept;
    return hold(turn, request, error.rejection.code);
  }
}

function hold(turn: Turn, request: RequestState, why: string): boolean {
  const id = request.request.id;
  const lots = request.lots.filter(
    (lot) => lot.phase !== "held" && isOpen(lot) && !noticesOf(turn.state, lot).some(isLive),
  );
  for (const lot of lots)
    turn.emit({ type: "requestHeld", at: turn.at, request: id, lot: lot.lot.id, why, rights: [] });
  return lots.length > 0;
}

/** A lot that waits for a calendar, and for nobody's decision. */
export function waitsForCalendar(lot: LotState): boolean {
  return lot.phase === "held" && GAPS.has(lot.why as RejectionCode);
}
