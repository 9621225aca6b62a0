import type { BookEvent } from "../book/events.ts";
import type { AuditedLot, AuditedNotice, Finding } from "./finding.ts";
import { bidsIn } from "./finding.ts";

interface Asked {
  readonly notice: AuditedNotice;
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
  history.forEach((event, position) => {
    if (event.type === "requestSubmitted") submitted.set(event.request.id, position);
    if (event.type === "lotFormed") lots.set(event.lot.id, event.lot);
    for (const bid of bidsIn(event)) bidders.set(bid.id, bid.bidder);
    if (event.type === "noticeClosed") close(byNotice.get(event.notice), event.status);
    if (event.type === "clearanceIssued" && event.clearance.notice !== undefined) {
      const about = byNotice.get(event.clearance.notice);
      if (about !== undefined) about.tailEnd = event.clearance.validUntil ?? Infinity;
    }
    if (event.type !== "noticeSent" || PROVIDED.has(event.notice.kind)) return;
    const request = `${event.notice.request} ${submitted.get(event.notice.request) ?? 0}`;
    const key = `${request}\n${keyOf(event.notice, lots.get(event.notice.lot), bidders)}`;
    const first = asked.get(key);
    if (first !== undefined && isStillAsked(first, event.at)) {
      const message = `${event.notice.holder} was asked again on the same terms`;
      findings.push({ invariant: "I10", position, message, ids: [event.notice.id, first.notice.id, event.notice.lot] });
    }
    const now: Asked = { notice: event.notice };
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

function keyOf(notice: AuditedNotice, lot: AuditedLot | undefined, bidders: ReadonlyMap<string, string>): string {
  const place = lot === undefined ? notice.lot : `${lot.lineIndex} ${lot.label}`;
  const offer = notice.thirdParty;
  const thirdParty = offer === undefined ? "" : (bidders.get(offer.bid) ?? offer.bid);
  return [notice.lineageId, notice.holder, place, thirdParty, notice.termsText].join("\n");
}
