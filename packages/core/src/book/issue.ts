import { type Award, type AwardLine, copyOfLine, type ProposedLine } from "../awards/award.ts";
import type { AwardId, ClearanceId, Instant } from "../kernel/index.ts";
import { acceleratorSeconds, costOf, windowSeconds } from "../kernel/index.ts";
import { countOffered } from "../requests/offered.ts";
import { isRunning } from "./clearances.ts";
import type { Writable } from "./draft.ts";
import { isEligible } from "./eligible.ts";
import { rightOf } from "./lookup.ts";
import { policyOf } from "./policy.ts";
import type { Placed } from "./placement.ts";
import { reported } from "./reporting.ts";
import type { Hold, LotState, RequestState } from "./request-state.ts";
import { tellBidders } from "./tell-bidders.ts";
import type { Turn } from "./turn.ts";
import { deadlineOf, windowRule } from "./windows.ts";
import { withdrawFilled } from "./withdraw-filled.ts";

/** Commits what is held and what is proposed in one award (step 19). Losers learn only that they lost. */
export function issueAward(
  turn: Turn,
  request: RequestState,
  proposed: readonly ProposedLine[],
  placed: readonly (readonly Placed[])[] = [],
): void {
  const lines: AwardLine[] = [];
  for (const lot of request.lots) for (const item of lot.holds) lines.push(lineOfHold(turn, lot, item));
  for (let index = 0; index < proposed.length; index += 1)
    lines.push(lineOfProposal(turn, request, proposed[index] as ProposedLine, placed[index] ?? []));
  if (lines.length > 0) record(turn, request, lines, conditionalUntil(turn, request, proposed));
  tellBidders(turn, request, lines);
  withdrawFilled(turn, request.request.id);
}

function record(turn: Turn, { request }: RequestState, lines: readonly AwardLine[], until: Instant | undefined): void {
  const { at, state } = turn;
  const id = turn.ids.next<"AwardId">("awd") as AwardId;
  const award: Writable<Award> = { id, request: request.id, lines, issuedAt: at };
  if (until !== undefined) award.conditionalUntil = until;
  turn.emit({ type: "awardIssued", at, award });
  if (lines.some((line) => !isEligible(state, line.provider, turn.clock))) {
    return turn.emit({
      type: "awardHeldForDecision",
      at,
      award: id,
      request: request.id,
      why: "provider_not_eligible",
    });
  }
  if (policyOf(state).awardConfirmation === "at-once" && until === undefined) {
    turn.emit({ type: "awardConfirmed", at, award: id, request: request.id });
  }
}

/** A contingent bid is awarded on condition that the other party's window ends without its use (domain row M16). */
function conditionalUntil(turn: Turn, request: RequestState, proposed: readonly ProposedLine[]): Instant | undefined {
  let until: Instant | undefined;
  for (const { offer } of proposed) {
    const contingency = request.market?.bids.find((item) => item.id === offer)?.contingency;
    if (contingency !== undefined && contingency.until > turn.at && (until === undefined || contingency.until > until))
      until = contingency.until;
  }
  return until;
}

function lineOfProposal(
  turn: Turn,
  { lots, market }: RequestState,
  { line, thirdParty }: ProposedLine,
  blocks: readonly Placed[],
): AwardLine {
  const lot = lots.find((item) => item.lot.id === line.lot);
  // Bids were compared at the rate of their common close; what is reported is what was compared (G27).
  const at = line.basis === "bid" ? (market?.tender.closesAt ?? turn.at) : turn.at;
  const awarded: Writable<AwardLine> = copyOfLine(line);
  awarded.blocks = blocks;
  awarded.clearances = clearancesFor(turn, lot, thirdParty);
  const costReported = reported(turn, line.cost, line.provider, at);
  if (costReported !== undefined) awarded.costReported = costReported;
  return awarded;
}

function clearancesFor(turn: Turn, lot: LotState | undefined, thirdParty?: string): AwardLine["clearances"] {
  const ids: ClearanceId[] = [];
  for (const item of lot?.clearances ?? []) {
    if (item.count > 0 && isRunning(item, turn.at) && (item.thirdParty === undefined || item.thirdParty === thirdParty))
      ids.push(item.id);
  }
  return ids;
}

function lineOfHold(turn: Turn, lot: LotState, item: Hold): AwardLine {
  const { price, acceleratorType = lot.lot.terms.acceleratorType } = item;
  const offered = countOffered(lot.lot, acceleratorType, item.count);
  const line: Writable<AwardLine> = {
    lot: lot.lot.id,
    provider: item.holder,
    count: item.count,
    acceleratorType,
    region: item.region ?? lot.lot.alternatives[0]?.region ?? "",
    window: item.window,
    stated: item.stated,
    blocks: item.blocks,
    basis: item.basis,
    clearances: clearancesFor(turn, lot),
  };
  if (offered !== item.count) line.offered = offered;
  if (item.host !== undefined) line.host = item.host;
  if (item.notice !== undefined) line.notice = item.notice;
  const signBy = signingEnd(turn, item);
  if (signBy !== undefined) line.signBy = signBy;
  if (price === undefined) return line;
  line.price = price;
  line.cost = costOf(price, acceleratorSeconds(offered, windowSeconds(item.window)));
  const costReported = reported(turn, line.cost, line.provider);
  if (costReported !== undefined) line.costReported = costReported;
  return line;
}

/** The last instant at which the definitive agreement may be signed, where the clause gives a window for it (domain row D9). */
function signingEnd(turn: Turn, item: Hold): Instant | undefined {
  const notice = item.notice === undefined ? undefined : turn.state.notices.get(item.notice);
  const right = notice === undefined ? undefined : rightOf(turn.state, notice);
  if (right?.clause.definitiveWindow === undefined) return undefined;
  return deadlineOf(windowRule(turn.state, right.clause.definitiveWindow, right.version), turn.at, turn.at).respondBy;
}
