import type { LotId, RequestId } from "../kernel/index.ts";
import type { RejectionCode } from "./commands.ts";
import { isOpen, type LotState, type RequestState } from "./request-state.ts";
import { Rejected, type Turn } from "./turn.ts";
import { isLive, noticesOf } from "./lookup.ts";

/** What the keeper's papers may lack when something is due: it is for the keeper to mend, and nobody else's command fails by it. */
const CALENDAR_GAPS: ReadonlySet<string> = new Set<RejectionCode>(["calendar_missing", "calendar_year_unknown"]);
export const RATE_GAP = "rate_missing" satisfies RejectionCode;

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
  return tryStep(turn, request.request.id, () => step(turn, request), !OWN.has(turn.command.type) || turn.isPassing);
}

/** As `holdForGap`, for what falls due, or what somebody does, outside of a step of the request. */
export function holdForGapIn(turn: Turn, id: RequestId, act: () => void): void {
  tryStep(
    turn,
    id,
    () => {
      act();
      return false;
    },
    true,
  );
}

function tryStep(turn: Turn, id: RequestId, act: () => boolean, mayHold: boolean): boolean {
  const { state } = turn;
  const kept = turn.events.length;
  const mark = state.checkpoint();
  try {
    const more = act();
    state.commit();
    return more;
  } catch (error) {
    state.rollback(mark);
    if (!mayHold || !(error instanceof Rejected) || !CALENDAR_GAPS.has(error.rejection.code)) throw error;
    turn.events.length = kept;
    return holdLots(turn, id, error.rejection.code, error.lot);
  }
}

/** The lot that was dealt with; where it is all of the request, those of its lots that nobody is being asked about, or else all. */
function holdLots(turn: Turn, id: RequestId, why: string, only?: LotId): boolean {
  const open = (turn.state.requests.get(id)?.lots ?? []).filter(
    (lot) => lot.phase !== "held" && isOpen(lot) && (only === undefined || lot.lot.id === only),
  );
  const idle = open.filter((lot) => !noticesOf(turn.state, lot).some(isLive));
  const lots = only === undefined && idle.length > 0 ? idle : open;
  for (const lot of lots)
    turn.emit({ type: "requestHeld", at: turn.at, request: id, lot: lot.lot.id, why, rights: [] });
  return lots.length > 0;
}

/** A lot that waits for a calendar, and for nobody's decision. */
export function waitsForCalendar(lot: LotState): boolean {
  return lot.phase === "held" && CALENDAR_GAPS.has(lot.why ?? "");
}

/** A lot that waits for an exchange rate. */
export function waitsForRate(lot: LotState): boolean {
  return lot.phase === "held" && lot.why === RATE_GAP;
}

/** Something is missing in the keeper's papers: what the lot was at is gone on with when that is recorded, and nothing is begun anew. */
export function waitsForPapers(lot: LotState): boolean {
  return waitsForCalendar(lot) || waitsForRate(lot);
}
