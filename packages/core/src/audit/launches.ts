import type { BookEvent } from "../book/events.ts";
import { AnswersOnRecord } from "./answers.ts";
import type { AuditedClearance, Finding } from "./finding.ts";

/** Service begins on whole seconds: a launch inside a second counts from the next one. */
const SECOND = 1000;

/** What is said of a release, and not only of one lot. */
const SAID: ReadonlySet<string> = new Set(["supported", "refused", "lapsed", "waived"]);

/**
 * I2, of products that ship first: from when others may begin is what the holder answered, or what it had been asked, and what is said
 * of a release without a notice of its own is what was said last of that release.
 */
export function auditLaunches(history: readonly BookEvent[]): Finding[] {
  const findings: Finding[] = [];
  const answers = new AnswersOnRecord();
  /** By release: from when others may begin; at once where it was let pass. */
  const said = new Map<string, number>();
  history.forEach((event, position) => {
    answers.note(event);
    if (event.type !== "clearanceIssued") return;
    const { clearance } = event;
    if (clearance.startsFrom === undefined && clearance.release === undefined) return;
    const find = (message: string): void => {
      findings.push({ invariant: "I2", position, message, ids: [clearance.id, clearance.right.clause, clearance.lot] });
    };
    const release = releaseOf(clearance);
    const begins = clearance.startsFrom ?? -Infinity;
    if (clearance.notice !== undefined) {
      const from = launchIn(answers, clearance.notice);
      if (clearance.reason === "supported" && from === undefined) find("a launch is supported that nobody accepted");
      else if (begins < (from ?? -Infinity)) find("others may begin before the launch that the holder named");
      if (release !== undefined && SAID.has(clearance.reason)) said.set(release, begins);
    } else if (clearance.why === "release" && (release === undefined || said.get(release) !== begins))
      find("what a holder said of a release is recorded otherwise than it said it");
  });
  return findings;
}

/** When the holder launches by its binding answer; undefined where it has not accepted. */
function launchIn(answers: AnswersOnRecord, id: string): number | undefined {
  const acceptance = answers.acceptanceOf(id);
  if (acceptance === undefined) return undefined;
  return Math.ceil((acceptance.begins ?? acceptance.notice.terms.window.from) / SECOND) * SECOND;
}

function releaseOf({ release, lineageId }: AuditedClearance): string | undefined {
  if (release === undefined) return undefined;
  return [lineageId, release.product, release.channel?.toLowerCase() ?? ""]
    .map((part) => JSON.stringify(part))
    .join(" ");
}
