import type { BookEvent } from "../book/events.ts";
import { AnswersOnRecord } from "./answers.ts";
import type { Finding } from "./finding.ts";

/**
 * E1: what one acceptance gives is held and awarded once: a hold needs an acceptance that binds, and all that is awarded on a
 * notice stays within what its answer accepted, and what the same holder took besides in a round for the rest. Awards that
 * defaulted still count: the acceptance is used up.
 */
export function auditAccepted(history: readonly BookEvent[]): Finding[] {
  const findings: Finding[] = [];
  const answers = new AnswersOnRecord();
  const held = new Map<string, number>();
  const awarded = new Map<string, number>();
  const holds = new Map<string, { readonly notice: string; readonly count: number }>();
  history.forEach((event, position) => {
    answers.note(event);
    const more = (notice: string, used: Map<string, number>, count: number, what: string, id: string): void => {
      const sum = (used.get(notice) ?? 0) + count;
      used.set(notice, sum);
      const accepted = answers.acceptedOn(notice);
      if (sum <= accepted) return;
      const message = `${sum} ${what} on a notice of which ${accepted} were accepted`;
      findings.push({ invariant: "E1", position, message, ids: [notice, id] });
    };
    if (event.type === "holdPlaced" && event.notice !== undefined) {
      holds.set(event.hold, { notice: event.notice, count: event.count });
      more(event.notice, held, event.count, "held", event.hold);
    }
    const released = event.type === "holdReleased" ? holds.get(event.hold) : undefined;
    if (released !== undefined) held.set(released.notice, (held.get(released.notice) ?? 0) - released.count);
    if (event.type !== "awardIssued") return;
    for (const line of event.award.lines) {
      if (line.notice !== undefined) more(line.notice, awarded, line.count, "awarded", event.award.id);
    }
  });
  return findings;
}
