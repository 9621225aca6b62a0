import type { RequestState } from "@offtake/core/book";
import { addMs, DAY_MS, type Instant, rational } from "@offtake/core/kernel";
import type { ComputeRequest, RequestLine } from "@offtake/core/requests";
import { openConflicts } from "./contracting.ts";
import { Broken, type Play } from "./play.ts";
import { USD } from "./terms.ts";

/** Longer than any tail, window and validity that is drawn, together. */
const PATIENCE_MS = 3 * 365 * DAY_MS;
const ROUNDS_MAX = 5_000;

/**
 * Brings every request to its end with nothing odd: messages arrive, approvals are given, conflicts decided, awards signed, and
 * time passes. What is still open when nothing more falls due is closed by its buyer where that is the buyer's to do.
 *
 * @throws Broken where a request stays open
 */
export function bringToEnd(play: Play): void {
  play.settle();
  const until = addMs(play.now, PATIENCE_MS);
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    if (play.requests().length === 0) return;
    if (doWhatIsAsked(play)) continue;
    const due = play.book.nextDue();
    if (due !== undefined && due <= until) {
      play.wait(Math.max(due, play.now) as Instant);
      play.settle();
    } else if (!play.requests().some((request) => closeByHand(play, request))) break;
  }
  const stuck = play.requests().map(describe);
  if (stuck.length > 0)
    throw new Broken(play.book.commands, false, `${stuck.length} requests never end: ${stuck.slice(0, 3).join("; ")}`);
}

/** What people must do for things to go on; true where somebody did something. */
function doWhatIsAsked(play: Play): boolean {
  const before = play.book.head;
  for (const conflict of openConflicts(play)) {
    play.submit(
      { type: "decideConflict", ...conflict, prevails: conflict.agreement, by: "counsel", reason: "at the end" },
      play.keeper,
    );
  }
  for (const notice of play.notices()) {
    if (notice.respondBy === undefined)
      play.submit({ type: "confirmDelivery", notice: notice.id, event: "acknowledged" }, play.keeper);
  }
  for (const request of play.requests()) serve(play, request);
  return play.book
    .records()
    .slice(before)
    .some((record) => record.events.length > 0);
}

function serve(play: Play, { request, approvalAwaited, approvalsGiven, awards, confirmedAwards }: RequestState): void {
  if (approvalAwaited !== undefined) {
    const names = [...request.approvals, "second"].filter((name) => !approvalsGiven.includes(name));
    for (const approval of names)
      play.submit({ type: "giveApproval", request: request.id, approval, by: "approver" }, request.buyer);
  }
  for (const award of awards) {
    if (!confirmedAwards.includes(award.id))
      play.submit({ type: "decideAward", award: award.id, confirm: true, by: "buyer" }, request.buyer);
  }
}

/** The market has answered and nothing waits: the buyer buys nothing more. */
function closeByHand(play: Play, request: RequestState): boolean {
  const { id, buyer } = request.request;
  const closed = play.submit({ type: "closeRequest", request: id }, buyer);
  if (closed.rejection?.code !== "acceptance_stands") return closed.rejection === undefined;
  // What holders took is signed first, where the policy leaves that to the buyer.
  const signed = play.submit({ type: "proposeAward", request: id, lines: [] }, buyer);
  if (signed.rejection === undefined && signed.events.length > 0) return true;
  const missing = missingOf(play, request);
  if (missing.size === 0) return false;
  const stated = play.submit({ type: "reviseRequest", request: withStated(request.request, missing) }, buyer);
  return stated.rejection === undefined && stated.events.length > 0;
}

/** What holders found missing in their notices. */
function missingOf(play: Play, request: RequestState): ReadonlySet<string> {
  const notices = request.lots.flatMap((lot) => lot.notices).map((id) => play.book.state.notices.get(id));
  return new Set(notices.flatMap((notice) => (notice?.status === "superseded" ? notice.missing : [])));
}

/** The request with what was missing, and nothing else changed: so it can be restated whatever other holders have accepted. */
function withStated(request: ComputeRequest, missing: ReadonlySet<string>): ComputeRequest {
  const lines = request.lines.map((line): RequestLine => {
    const cap = line.cap ?? (missing.has("price") ? { microsPerHour: 3_000_000n, currency: USD } : undefined);
    const latestStart = line.latestStart ?? (missing.has("latestStart") ? line.window.from : undefined);
    return {
      ...line,
      ...(cap === undefined ? {} : { cap }),
      ...(latestStart === undefined ? {} : { latestStart }),
      purposes: line.purposes.length === 0 && missing.has("purpose") ? [{ purpose: "training" }] : line.purposes,
      stated: { ...(missing.has("slaUptime") ? { slaUptime: rational(999n, 10n) } : {}), ...line.stated },
    };
  });
  return { ...request, version: request.version + 1, lines };
}

function describe(request: RequestState): string {
  const lots = request.lots.map(
    (lot) =>
      `${lot.phase}${lot.why === undefined ? "" : ` (${lot.why})`} ${lot.awarded}/${lot.lot.count}, ${lot.holds.length} holds`,
  );
  const rested =
    request.rested === undefined ? "" : `, rested ${request.rested.outcome} until ${request.rested.until ?? "ever"}`;
  return `${request.request.id}: ${lots.join(", ")}${rested}`;
}
