import type { RightClause } from "../agreements/clause.ts";
import { afterRevision } from "../awards/gate.ts";
import { canonicalText, type Instant } from "../kernel/index.ts";
import type { Clearance } from "../notices/notice.ts";
import { askedText } from "../requests/asked-text.ts";
import type { Lot } from "../requests/lot.ts";
import type { ComputeRequest } from "../requests/request.ts";
import type { Terms } from "../requests/terms.ts";
import { admit, asSale, lotsOf } from "./admit.ts";
import { supersede } from "./answers.ts";
import { voidApprovals } from "./approvals.ts";
import { isRunning } from "./clearances.ts";
import { evaluateMarket } from "./evaluate-market.ts";
import { isTaken, noticesOf, pinned } from "./lookup.ts";
import { completed } from "./restate.ts";
import { owned } from "./owned.ts";
import { dropProposal } from "./propose.ts";
import type { LotState, RequestState } from "./request-state.ts";
import { reject, type Turn } from "./turn.ts";

/** A new version of a request: what is not material keeps every notice, answer and clearance (G10). */
export function reviseRequest(turn: Turn, revision: ComputeRequest, askedBy?: string): void {
  const before = owned(turn, revision.id);
  admit(turn, revision);
  const revised = asSale(turn, revision);
  if (before.rested?.outcome === "awarded_full") reject("request_closed", "The request is awarded.");
  const drafts = lotsOf(turn, revised);
  const anew = asksAnew(turn, before, revised, askedBy);
  const current = before.lots.filter((lot) => lot.why !== "superseded");
  const same = keptLabels(before, revised, current, drafts);
  const material = same.size !== drafts.length || current.length !== drafts.length;
  // What a denial has ended is asked for again.
  const ended = current
    .filter((lot) => anew !== undefined && lot.why === "approval_denied")
    .map((lot) => lot.lot.label);
  const kept = new Set([...same].filter((label) => !ended.includes(label)));
  const restated: Lot[] = [];
  for (const lot of current) {
    if (kept.has(lot.lot.label) || !isAccepted(turn, lot)) continue;
    const draft = drafts.find((item) => item.label === lot.lot.label);
    const complete = draft === undefined ? undefined : completed(turn.state, lot, draft);
    if (complete === undefined) refuseToCutAccepted(lot, draft);
    else restated.push(complete);
  }
  turn.emit({ type: "requestRevised", at: turn.at, request: revised, material, ...anew });
  if (anew !== undefined) voidApprovals(turn, before);
  if (!material && ended.length === 0) return compareAnew(turn, before, revised);
  for (const lot of restated) {
    turn.emit({ type: "lotRestated", at: turn.at, lot });
    kept.add(lot.label);
  }
  dropProposal(turn, before);
  for (const lot of current) {
    if (kept.has(lot.lot.label)) continue;
    for (const notice of noticesOf(turn.state, lot)) supersede(turn, notice, "request_revised");
    turn.emit({ type: "lotDropped", at: turn.at, lot: lot.lot.id, request: revised.id, why: "superseded" });
  }
  for (const draft of drafts) {
    if (kept.has(draft.label)) continue;
    turn.emit({ type: "lotFormed", at: turn.at, lot: draft });
    const old = current.find((lot) => lot.lot.label === draft.label);
    if (old !== undefined) carryClearances(turn, old, draft);
  }
}

/**
 * Where approvers would decide on something else than before: since when it is asked so, as a time that names this version, and by whom. What
 * is noted differently only, or listed in another order, is asked as it was and by whom it was.
 */
function asksAnew(
  turn: Turn,
  { request, askedAt }: RequestState,
  revised: ComputeRequest,
  askedBy: string | undefined,
): { readonly askedAt: Instant; readonly askedBy?: string } | undefined {
  if (askedText(request) === askedText(revised)) return undefined;
  const at = Math.max(turn.at, askedAt + 1) as Instant;
  return askedBy === undefined ? { askedAt: at } : { askedAt: at, askedBy };
}

/** What is none of the holders' business, a budget or a decision about a share, may still change which bids are best. */
function compareAnew(turn: Turn, { request, market, proposal }: RequestState, revised: ComputeRequest): void {
  if (market?.opened !== true || proposal?.by === "buyer") return;
  const decides = ({ budget, overrides }: ComputeRequest): string =>
    canonicalText({ budget, overrides: overrides ?? [] });
  if (decides(request) !== decides(revised)) evaluateMarket(turn, revised.id);
}

/** Lots that stay as they are: the same terms, and of a sale the same buyer and blocks. */
function keptLabels(
  { request }: RequestState,
  revised: ComputeRequest,
  current: readonly LotState[],
  drafts: readonly Lot[],
): Set<string> {
  const { sale } = revised;
  const sameBlocks =
    sale?.blocks.length === request.sale?.blocks.length &&
    sale?.blocks.every((id) => request.sale?.blocks.includes(id)) !== false;
  if (sale?.to !== request.sale?.to || !sameBlocks) return new Set();
  const same = drafts.filter((draft) =>
    current.some(({ lot }) => lot.label === draft.label && lot.termsText === draft.termsText),
  );
  return new Set(same.map((draft) => draft.label));
}

function isAccepted(turn: Turn, lot: LotState): boolean {
  return lot.awarded > 0 || lot.holds.length > 0 || noticesOf(turn.state, lot).some(isTaken);
}

/** What a holder has accepted stays with it: the request cannot be cut below that (domain row T5). */
function refuseToCutAccepted(lot: LotState, draft: Lot | undefined): never {
  reject(
    "right_has_accepted",
    `A holder has accepted a part of lot ${lot.lot.label}; ${draft?.count ?? 0} would no longer be what it accepted.`,
  );
}

/** Clearances whose holder could have had what is now asked go on; the others end with the old lot (domain rows T7, T8). */
function carryClearances(turn: Turn, old: LotState, draft: Lot): void {
  for (const item of old.clearances) {
    if (!isRunning(item, turn.at) || isFoundAnew(item)) continue;
    const { clause } = pinned(turn.state, item.right, old);
    const count = afterRevision(item, clause, askedOf(clause, old.lot), askedOf(clause, draft));
    turn.emit({
      type: "clearanceVoided",
      at: turn.at,
      clearance: item.id,
      request: draft.request,
      why: "request_revised",
    });
    if (count > 0)
      turn.emit({
        type: "clearanceIssued",
        at: turn.at,
        clearance: { ...item, id: turn.ids.next("clr"), lot: draft.id, count },
      });
  }
}

/** What the holder of a right is asked about: an option at its own price is the same whatever the request would pay. */
function askedOf({ option }: RightClause, { terms }: Lot): Terms {
  return option?.price === undefined ? terms : { ...terms, price: option.price };
}

/** Why a right does not weigh on a lot is found out when its rights are assessed; what is said of a release is kept for its product. */
function isFoundAnew({ reason, notice, release }: Clearance): boolean {
  return (
    release !== undefined ||
    reason === "supported" ||
    reason === "not_applicable" ||
    (reason === "suspended" && notice === undefined)
  );
}
