import type { BookEvent } from "../book/events.ts";
import { auditAccepted } from "./accepted.ts";
import { auditApprovals } from "./approvals.ts";
import { auditCapacity } from "./capacity.ts";
import { auditClearances } from "./clearances.ts";
import { auditDeadlines } from "./deadlines.ts";
import type { Finding } from "./finding.ts";
import { auditLaunches } from "./launches.ts";
import { auditQuantities } from "./quantities.ts";
import { auditRenewals } from "./renewals.ts";
import { auditRepeats } from "./repeats.ts";
import { auditCommands, auditIds, type RecordedCommand } from "./replay.ts";

/**
 * Checks a whole history against what must always hold: I1, I2, I3, I5, I10, I11 and E1 to E5. It knows the events and nothing
 * of the code that decides them. An honest history gives no finding. I4 needs what parties were shown (`auditFeeds`), I8 a second
 * run (`auditReplay`).
 *
 * @param history every event of one book from its first on
 * @param commands the commands that took effect, where they were kept
 * @returns findings in the order of the history
 */
export function audit(history: readonly BookEvent[], commands: readonly RecordedCommand[] = []): Finding[] {
  return [
    ...auditQuantities(history),
    ...auditClearances(history),
    ...auditLaunches(history),
    ...auditCapacity(history),
    ...auditDeadlines(history),
    ...auditRepeats(history),
    ...auditRenewals(history),
    ...auditIds(history),
    ...auditCommands(commands),
    ...auditAccepted(history),
    ...auditApprovals(history),
  ].sort((a, b) => a.position - b.position);
}
