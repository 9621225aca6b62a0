import type { BookEvent } from "../book/events.ts";
import type { AuditedLot, AuditedNotice, Finding, Recorded } from "./finding.ts";
import { bidsIn } from "./finding.ts";

interface Asked {
  readonly notice: AuditedNotice;
  readonly position: number;
  /** How many accelerators of the part were asked about on these terms in all. */
  readonly sum: number;
  /** How many of the third party's offer holders had matched when the first of them were asked about. */
  readonly matched: number;
  /** How it ended; undefined while it is open. */
  ended?: "answered" | "taken_back";
  /** End of the tail of the clearance that came of it, exclusive; infinite where it has none. */
  tailEnd?: number;
}

/** Rounds that a clause itself provides for: they repeat the terms on purpose. A re-offer does not: its terms have changed. */
const PROVIDED: ReadonlySet<AuditedNotice["kind"]> = new Set([
  "over-allotment",
  "confirmation",
  "stranded",
  "information",
]);
const TAKEN_BACK: ReadonlySet<string> = new Set(["withdrawn", "superseded"]);

/**
 * I10: nobody is asked twice under one right for the same part on the same terms, while the first notice is open or its tail
 * runs. A right keeps its lineage when the agreement is restated, a part keeps its place when the request is revised. For a match
 * the third party is one of the terms. What is submitted once more, after it came to nothing, is asked about anew.
 */
export function auditRepeats(history: readonly BookEvent[]): Finding[] {
  const findings: Finding[] = [];
  const lots = new Map<string, AuditedLot>();
  const bidders = new Map<string, string>();
  const asked = new Map<string, Asked>();
  const byNotice = new Map<string, Asked>();
  const submitted = new Map<string, number>();
  const defaults = new Map<string, number>();
  const proposed = new Map<string, Recorded<"awardProposed">["lines"]>();
  const matched = new Map<string, number>();
  const matchedOf = (notice: AuditedNotice): number => matched.get(offerOf(notice) ?? "") ?? 0;
  history.forEach((event, position) => {
    if (event.type === "requestSubmitted") submitted.set(event.request.id, position);
    if (event.type === "awardProposed") proposed.set(event.request, event.lines);
    if (event.type === "awardDefaulted") defaults.set(event.request, position);
    if (event.type === "lotFormed" || event.type === "lotRestated") lots.set(event.lot.id, event.lot);
    for (const bid of bidsIn(event)) bidders.set(bid.id, bid.bidder);
    if (event.type === "noticeClosed") {
      const about = byNotice.get(event.notice);
      close(about, event.status);
      const offer = about?.notice.kind === "match" ? offerOf(about.notice) : undefined;
      if (offer !== undefined) matched.set(offer, (matched.get(offer) ?? 0) + event.count);
    }
    if (event.type === "clearanceIssued" && event.clearance.notice !== undefined) {
      const about = byNotice.get(event.clearance.notice);
      if (about !== undefined) about.tailEnd = event.clearance.validUntil ?? Infinity;
    }
    if (event.type !== "noticeSent" || PROVIDED.has(event.notice.kind)) return;
    const request = `${event.notice.request} ${submitted.get(event.notice.request) ?? 0}`;
    const key = `${request}\n${keyOf(event.notice, lots.get(event.notice.lot), bidders)}`;
    const first = asked.get(key);
    const matchedNow = matchedOf(event.notice);
    const lines = proposed.get(event.notice.request) ?? [];
    const isRest =
      first !== undefined &&
      (isAnotherPart(first, event.notice, lots, defaults.get(event.notice.request)) ||
        isMore(first, event.notice, lines, matchedNow));
    const isBeside = first !== undefined && isAnotherOffer(first.notice, event.notice, lines);
    if (first !== undefined && isStillAsked(first, event.at) && !isRest && !isBeside) {
      const message = `${event.notice.holder} was asked again on the same terms`;
      findings.push({ invariant: "I10", position, message, ids: [event.notice.id, first.notice.id, event.notice.lot] });
    }
    const now: Asked = {
      notice: event.notice,
      position,
      sum: event.notice.count + (isRest ? first.sum : 0),
      matched: isRest ? first.matched : matchedNow,
    };
    asked.set(key, now);
    byNotice.set(event.notice.id, now);
  });
  return findings;
}

function close(about: Asked | undefined, status: string): void {
  if (about !== undefined) about.ended = TAKEN_BACK.has(status) ? "taken_back" : "answered";
}

function isStillAsked(first: Asked, at: number): boolean {
  if (first.ended === undefined) return true;
  if (first.ended === "taken_back") return false;
  return first.tailEnd !== undefined && at < first.tailEnd;
}

/**
 * As many again, and others than those: the part has grown since (domain row T8), or somebody failed to deliver what was not there to
 * be asked about.
 */
function isAnotherPart(
  first: Asked,
  again: AuditedNotice,
  lots: ReadonlyMap<string, AuditedLot>,
  defaultedAt = -1,
): boolean {
  const count = lots.get(again.lot)?.count ?? 0;
  if (first.sum + again.count > count) return false;
  const grown = again.lot === first.notice.lot ? 0 : count - (lots.get(first.notice.lot)?.count ?? 0);
  return grown >= again.count || defaultedAt > first.position;
}

/** The third party's offer that a notice is about, for its part. */
function offerOf({ thirdParty, lot }: AuditedNotice): string | undefined {
  return thirdParty === undefined ? undefined : `${thirdParty.bid} ${lot}`;
}

/**
 * More would be taken of the same offer than was asked about before: the rest is. What somebody has matched of it since is taken
 * too: the offer has as many left, for what is still open.
 */
function isMore(
  first: Asked,
  { thirdParty, lot, count }: AuditedNotice,
  proposed: Proposed,
  matchedNow: number,
): boolean {
  if (thirdParty === undefined || first.notice.thirdParty?.bid !== thirdParty.bid) return false;
  const line = proposed.find((item) => item.offer === thirdParty.bid && item.line.lot === lot)?.line;
  return line !== undefined && line.count + matchedNow - first.matched >= first.sum + count;
}

/** Two offers of one third party that would both be taken are two, also on like terms: each gives its own accelerators. */
function isAnotherOffer(first: AuditedNotice, again: AuditedNotice, proposed: Proposed): boolean {
  const [one, other] = [first.thirdParty?.bid, again.thirdParty?.bid];
  if (one === other) return false;
  return [one, other].every((offer) => proposed.some((item) => item.offer === offer));
}

type Proposed = Recorded<"awardProposed">["lines"];

function keyOf(notice: AuditedNotice, lot: AuditedLot | undefined, bidders: ReadonlyMap<string, string>): string {
  const place = lot === undefined ? notice.lot : `${lot.lineIndex} ${lot.label}`;
  const offer = notice.thirdParty;
  const thirdParty = offer === undefined ? "" : (bidders.get(offer.bid) ?? offer.bid);
  return [notice.lineageId, notice.holder, place, thirdParty, notice.termsText].join("\n");
}
