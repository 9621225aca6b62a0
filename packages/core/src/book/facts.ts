import { versionAt } from "../agreements/timeline.ts";
import { UTC } from "../calendar/index.ts";
import { type CapacityBlock, lineageProblem } from "../capacity/index.ts";
import { type BlockId, HOUR_MS, type PartyId, type RequestId, unreachable } from "../kernel/index.ts";
import type { Waiver } from "../rights/assessment.ts";
import { advance } from "./advance.ts";
import { activate } from "./agreements.ts";
import { clear } from "./clearances.ts";
import { close } from "./end-notices.ts";
import type { Command } from "./commands.ts";
import type { Policy } from "./documents.ts";
import { evaluateMarket, isInMarket } from "./evaluate-market.ts";
import { conflictKey } from "./evolve-agreements.ts";
import { keepForWaivers } from "./answers.ts";
import { waitsForCalendar, waitsForPapers, waitsForRate } from "./gaps.ts";
import { isLive, isMain, lotOf, rightOf } from "./lookup.ts";
import { reassessHeld } from "./reassess-held.ts";
import { inOrder } from "./suspend.ts";
import { agreementOf, isKeeper, isPartyToAgreement, requireKeeper, requireSpokenFor } from "./speaks-for.ts";
import { reject, type Turn } from "./turn.ts";
import { isLastAsked } from "./stages.ts";
import { isForSome, waiverFor } from "./waivers.ts";
import { deadlineOf, windowRule } from "./windows.ts";

type FactCommand = Extract<
  Command,
  {
    type:
      | "openBook"
      | "recordParty"
      | "recordEligibility"
      | "recordDefault"
      | "recordCalendar"
      | "recordExchangeRate"
      | "recordIndexValue"
      | "recordPolicy"
      | "recordBlock"
      | "withdrawBlock"
      | "listOffer"
      | "withdrawOffer"
      | "giveStandingAnswer"
      | "revokeStandingAnswer"
      | "consentResale"
      | "changeAgreementStatus"
      | "decideConflict"
      | "grantWaiver"
      | "revokeWaiver";
  }
>;

/** Records a fact of the book. Most are the keeper's to record; a party may speak for itself. */
export function recordFact(turn: Turn, command: FactCommand): void {
  const { state, at } = turn;
  if (command.type === "openBook") {
    if (state.header !== undefined) reject("book_already_open", "The book is already open.");
    return turn.emit({ type: "bookOpened", at, header: command.header });
  }
  if (state.header === undefined) return reject("book_not_open", "The book is not open.");
  switch (command.type) {
    case "recordParty":
      requireKeeper(turn);
      return turn.emit({ type: "partyRecorded", at, party: command.party });
    case "recordEligibility":
      requireKeeper(turn);
      requireParty(turn, command.party);
      return turn.emit({ type: "eligibilityRecorded", at, party: command.party, eligibility: command.eligibility });
    case "recordDefault":
      requireKeeper(turn);
      requireParty(turn, command.party);
      return turn.emit({
        type: "defaultRecorded",
        at,
        party: command.party,
        agreement: command.agreement,
        cured: command.cured,
      });
    case "recordCalendar":
      requireKeeper(turn);
      turn.emit({ type: "calendarRecorded", at, calendar: command.calendar });
      return reassessHeld(turn, waitsForCalendar, "calendar_recorded", (lot) => keepForWaivers(turn, lot));
    case "recordExchangeRate":
      requireKeeper(turn);
      if (command.rate.rate.num <= 0n) reject("malformed", "A rate is above zero.");
      turn.emit({ type: "exchangeRateRecorded", at, rate: command.rate });
      return compareAnew(turn);
    case "recordPolicy":
      requireKeeper(turn);
      checkWindows(turn, command.policy);
      return turn.emit({ type: "policyRecorded", at, policy: command.policy });
    case "recordBlock":
      return recordBlock(turn, command);
    case "withdrawBlock":
      requireOwnBlock(turn, command.block);
      return turn.emit({ type: "blockWithdrawn", at, block: command.block });
    case "recordIndexValue":
      requireKeeper(turn);
      if (command.value.value.num <= 0n) reject("malformed", "A value of an index is above zero.");
      return turn.emit({ type: "indexValueRecorded", at, value: command.value });
    case "listOffer":
      requireSpokenFor(turn, command.offer.provider);
      requireParty(turn, command.offer.provider);
      requireNameOf(turn, state.offers.get(command.offer.id)?.provider);
      if (command.offer.priceBy !== undefined && !isPartyToAgreement(turn, command.offer.priceBy))
        reject("not_found", "There is no such agreement to price it by.");
      for (const block of command.offer.blocks) requireOwnBlock(turn, block);
      return turn.emit({ type: "offerListed", at, offer: command.offer });
    case "withdrawOffer":
      if (!isSpokenFor(turn, state.offers.get(command.offer)?.provider)) reject("not_found", "There is no such offer.");
      return turn.emit({ type: "offerWithdrawn", at, offer: command.offer });
    case "giveStandingAnswer":
      requireSpokenFor(turn, command.standing.party);
      requireNameOf(turn, state.standing.get(command.standing.id)?.party);
      if (command.standing.priceMinBy !== undefined && !isPartyToAgreement(turn, command.standing.priceMinBy))
        reject("not_found", "There is no such agreement to price it by.");
      return turn.emit({ type: "standingAnswerGiven", at, standing: command.standing });
    case "revokeStandingAnswer":
      if (!isSpokenFor(turn, state.standing.get(command.id)?.party))
        reject("not_found", "There is no such standing answer.");
      return turn.emit({ type: "standingAnswerRevoked", at, id: command.id });
    case "consentResale":
      // Of whom the book knows only the keeper is told.
      if (isKeeper(turn)) requireParty(turn, command.host);
      return turn.emit({ type: "resaleConsented", at, by: turn.actor, host: command.host, to: command.to });
    case "changeAgreementStatus":
      agreementOf(turn, command.agreement);
      return changeStatus(turn, command);
    case "decideConflict":
      requireKeeper(turn);
      return decideConflict(turn, command);
    case "grantWaiver":
      return grantWaiver(turn, command);
    case "revokeWaiver":
      requireWaiver(turn, command.waiver);
      return turn.emit({ type: "waiverRevoked", at, waiver: command.waiver });
    default:
      return unreachable(command);
  }
}

/** Found now rather than when a tender is due to close: a window whose calendars are missing cannot be counted. */
function checkWindows(turn: Turn, policy: Policy): void {
  const { state, at } = turn;
  for (const window of [policy.tenderWindow, policy.improveWindow]) {
    if (window.n === 0) continue; // Bids by list alone: the tender closes as it opens.
    const rule = windowRule(state, window, {
      zone: state.header?.zone ?? UTC,
      calendars: [],
      join: "all",
      closeMs: 17 * HOUR_MS,
    });
    deadlineOf(rule, at, at);
  }
}

/** Whether the sender speaks for a thing of somebody: not where there is no such thing. */
function isSpokenFor(turn: Turn, owner: PartyId | undefined): boolean {
  return owner !== undefined && (isKeeper(turn) || turn.actor === owner);
}

/** A name that is taken by a thing of somebody else cannot be taken over. */
function requireNameOf(turn: Turn, owner: PartyId | undefined): void {
  if (owner !== undefined && !isSpokenFor(turn, owner)) reject("duplicate_id", "Take another name for it.");
}

/** A waiver under an agreement of the sender. */
function requireWaiver(turn: Turn, id: string): void {
  const agreement = turn.state.waivers.get(id)?.right.agreement;
  if (agreement === undefined || !isPartyToAgreement(turn, agreement))
    reject("waiver_unknown", "There is no such waiver.");
}

/** A block that the sender sells or runs, or any where it keeps the book. */
function requireOwnBlock(turn: Turn, id: BlockId): void {
  const block = turn.state.capacity.get(id)?.block;
  if (block === undefined || !(isSpokenFor(turn, block.provider) || turn.actor === block.host))
    reject("unknown_block", `There is no block "${id}" in the book.`);
}

function requireParty(turn: Turn, id: Parameters<Turn["state"]["parties"]["get"]>[0]): void {
  if (turn.state.parties.get(id) === undefined) reject("unknown_party", `There is no party "${id}" in the book.`);
}

/** A block that would come from itself is put on record, unusable, so that a bid on it can be told why it fails (row X4). */
function recordBlock(turn: Turn, command: Extract<FactCommand, { type: "recordBlock" }>): void {
  const { block } = command;
  requireSpokenFor(turn, block.provider);
  requireParty(turn, block.provider);
  const known = turn.state.capacity.get(block.id);
  requireNameOf(turn, known?.block.provider);
  if (known !== undefined && isSameMachines(known.block, block))
    return turn.emit({ type: "blockRecorded", at: turn.at, block, cyclic: false });
  const problem = lineageProblem((id) => turn.state.capacity.get(id)?.block ?? turn.state.cyclicBlocks.get(id), block);
  if (problem !== undefined && problem.code !== "lineage_cycle")
    reject(
      "malformed",
      `Block ${block.id}: ${problem.code}${isKeeper(turn) ? ` (${problem.path.join(" <- ")})` : ""}.`,
    );
  if (known !== undefined && problem === undefined)
    reject(
      "malformed",
      `Block ${block.id} keeps its parent, provider, accelerator and region: what has others is another block.`,
    );
  turn.emit({ type: "blockRecorded", at: turn.at, block, cyclic: problem !== undefined });
}

/** What is stated anew of a block leaves alone which machines it stands for. */
function isSameMachines(before: CapacityBlock, after: CapacityBlock): boolean {
  return (
    before.rootId === after.rootId &&
    before.parentId === after.parentId &&
    before.provider === after.provider &&
    before.acceleratorType === after.acceleratorType &&
    before.region === after.region
  );
}

function decideConflict(turn: Turn, command: Extract<FactCommand, { type: "decideConflict" }>): void {
  if (turn.state.conflicts.get(conflictKey(command)) === undefined) reject("not_found", "There is no such conflict.");
  const { agreement, clause, withAgreement, withClause, prevails, by, reason } = command;
  if (prevails !== agreement && prevails !== withAgreement)
    reject("unknown_agreement", "One of the two agreements prevails.");
  turn.emit({
    type: "conflictDecided",
    at: turn.at,
    agreement,
    clause,
    withAgreement,
    withClause,
    prevails,
    by,
    reason,
  });
  for (const id of [agreement, withAgreement]) {
    const state = turn.state.agreements.get(id);
    const version = state === undefined ? undefined : versionAt(state, turn.at);
    if (state?.status === "conflicted" && version !== undefined) activate(turn, version);
  }
  reassessHeld(turn, (lot) => lot.phase === "held" && !waitsForPapers(lot), "conflict_decided");
}

/** A rate for the common close was missing when the bids were compared. */
function compareAnew(turn: Turn): void {
  for (const request of inOrder(turn)) {
    const { id } = request.request;
    for (const lot of request.lots.filter(waitsForRate))
      turn.emit({ type: "lotReassessed", at: turn.at, lot: lot.lot.id, request: id, why: "rate_recorded" });
    const now = turn.state.requests.get(id);
    if (now?.market?.opened !== true || now.proposal !== undefined || !now.lots.some((lot) => isInMarket(now, lot)))
      continue;
    if (evaluateMarket(turn, id)) advance(turn, id);
  }
}

/** An agreement that takes force is held against the others, however it does. */
function changeStatus(turn: Turn, command: Extract<FactCommand, { type: "changeAgreementStatus" }>): void {
  const { state, at } = turn;
  const agreement = state.agreements.get(command.agreement);
  const newest = agreement?.versions[agreement.versions.length - 1];
  const takesForce =
    command.status === "active" &&
    (agreement?.status === "draft" || agreement?.status === "signed" || agreement?.status === "suspended");
  if (takesForce && newest !== undefined) return activate(turn, newest);
  turn.emit({
    type: "agreementStatusChanged",
    at,
    agreement: command.agreement,
    status: command.status,
    why: command.why,
  });
}

/** Only the holder waives its right. A standing waiver ends the need for notices; a specific one holds for its terms. */
function grantWaiver(turn: Turn, command: Extract<FactCommand, { type: "grantWaiver" }>): void {
  const { waiver } = command;
  const agreement = agreementOf(turn, waiver.right.agreement);
  const clause = agreement.versions[agreement.versions.length - 1]?.clauses.find(
    (item) => item.id === waiver.right.clause,
  );
  if (clause === undefined || !("holder" in clause))
    return reject("unknown_clause", `${waiver.right.agreement} has no right "${waiver.right.clause}".`);
  const holder = agreement.assigned.reduce(
    (current, step) => (step.from === current ? step.to : current),
    clause.holder,
  );
  if (holder !== turn.actor) reject("not_authorised", "A right is waived by its holder.");
  if (turn.state.waivers.has(waiver.id)) reject("duplicate_id", `There is already a waiver "${waiver.id}".`);
  turn.emit({ type: "waiverGranted", at: turn.at, waiver });
  waiveOpenNotices(turn, waiver);
}

/** What the holder of a right is still being asked about is waived as far as its waiver reaches; what it accepted stands. */
function waiveOpenNotices(turn: Turn, { right: ref }: Waiver): void {
  const touched = new Set<RequestId>();
  for (const notice of turn.state.notices.sortedValues()) {
    if (!isLive(notice) || notice.answer?.verdict === "binding" || !isMain(notice)) continue;
    if (notice.right.agreement !== ref.agreement || notice.right.clause !== ref.clause) continue;
    const lot = lotOf(turn.state, notice.request, notice.lot);
    const right = rightOf(turn.state, notice);
    const waiver = waiverFor(turn.state, right, lot.lot, turn.clock);
    if (waiver === undefined || (waiver.limits.countMax ?? notice.count) < notice.count) continue;
    if (isForSome(waiver) && !isLastAsked(lot, right)) continue;
    close(turn, notice, { status: "waived", count: 0, why: "waived", closedAt: turn.clock });
    clear(turn, lot, right, { reason: "waived", why: waiver.id, count: notice.count, notice, limits: waiver.limits });
    touched.add(notice.request);
  }
  for (const id of touched) advance(turn, id);
}
