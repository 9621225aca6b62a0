import type { BookEvent } from "../book/events.ts";
import type { Finding, Recorded } from "./finding.ts";

interface Running {
  /** First instants after the first terms that versions on record have, where they have one. */
  readonly firstEnds: Set<number>;
  /** First instant after the renewal term recorded last. */
  renewedTo?: number | undefined;
  number: number;
  /** The end that a notice has brought, until a version recorded later reaches past it. */
  stopped?: number | undefined;
}

/**
 * E4: an agreement renews at the end of a term and not before it is over, never twice for one term, and not at or after the end that
 * a notice has brought. A version that is recorded later begins the count anew.
 */
export function auditRenewals(history: readonly BookEvent[]): Finding[] {
  const findings: Finding[] = [];
  const running = new Map<string, Running>();
  history.forEach((event, position) => {
    if (event.type === "agreementRecorded") noteVersion(running, event);
    if (event.type === "renewalNoticeGiven") noteNotice(running.get(event.agreement), event);
    if (event.type !== "agreementRenewed") return;
    const agreement = running.get(event.agreement);
    const message = agreement === undefined ? "it is not on record" : wrongWith(agreement, event);
    if (message !== undefined)
      findings.push({
        invariant: "E4",
        position,
        message: `${event.agreement} renewed: ${message}`,
        ids: [event.agreement],
      });
    if (agreement === undefined) return;
    agreement.renewedTo = event.to;
    agreement.number = event.number;
  });
  return findings;
}

function noteVersion(running: Map<string, Running>, { agreement }: Recorded<"agreementRecorded">): void {
  const { id, effectiveFrom, effectiveTo } = agreement;
  const known = running.get(id) ?? { firstEnds: new Set<number>(), number: 0 };
  running.set(id, known);
  known.number = 0;
  if (effectiveTo !== undefined) known.firstEnds.add(effectiveTo);
  const { stopped } = known;
  if (stopped !== undefined && (effectiveFrom >= stopped || (effectiveTo ?? 0) > stopped)) known.stopped = undefined;
}

function noteNotice(agreement: Running | undefined, { notice }: Recorded<"renewalNoticeGiven">): void {
  if (agreement === undefined || notice.endsAt === undefined) return;
  agreement.stopped = Math.min(agreement.stopped ?? Infinity, notice.endsAt);
}

function wrongWith(agreement: Running, event: Recorded<"agreementRenewed">): string | undefined {
  if (event.at < event.from) return "its term was not over";
  if (agreement.stopped !== undefined && event.from >= agreement.stopped) return "a notice had ended it";
  if (event.to !== undefined && event.to <= event.from) return "for a term without length";
  if (agreement.number > 0 && event.number <= agreement.number) return "for a term that it had renewed for already";
  const follows = event.from === agreement.renewedTo || agreement.firstEnds.has(event.from);
  return follows ? undefined : "at no end of a term";
}
