import type { BookEvent } from "../book/events.ts";
import { canonicalText } from "../kernel/index.ts";
import type { Finding } from "./finding.ts";
import { bidsIn, listAt } from "./finding.ts";

/** One command that took effect: where its first event stands, its retry key, and a text that tells its content from others. */
export interface RecordedCommand {
  readonly position: number;
  readonly key: string;
  readonly fingerprint: string;
}

/** I8: deciding the same commands again gives the same events, byte for byte. Names each event that differs. */
export function auditReplay(recorded: readonly BookEvent[], replayed: readonly BookEvent[]): Finding[] {
  const findings: Finding[] = [];
  const shared = Math.min(recorded.length, replayed.length);
  for (let position = 0; position < shared; position += 1) {
    const [before, again] = [recorded[position] as BookEvent, replayed[position] as BookEvent];
    if (canonicalText(before) === canonicalText(again)) continue;
    const message =
      before.type === again.type
        ? `${before.type} came out with other content`
        : `${before.type} was recorded and ${again.type} came out`;
    findings.push({ invariant: "I8", position, message, ids: [] });
  }
  if (recorded.length !== replayed.length) {
    const message = `${recorded.length} events were recorded and ${replayed.length} came out`;
    findings.push({ invariant: "I8", position: shared, message, ids: [] });
  }
  return findings;
}

/** I11: no retry key takes effect twice, with the same content or with another. */
export function auditCommands(commands: readonly RecordedCommand[]): Finding[] {
  const findings: Finding[] = [];
  const first = new Map<string, RecordedCommand>();
  for (const command of commands) {
    const before = first.get(command.key);
    if (before === undefined) {
      first.set(command.key, command);
      continue;
    }
    const message =
      before.fingerprint === command.fingerprint
        ? `the command took effect before, at ${before.position}`
        : `another command with this key took effect before, at ${before.position}`;
    findings.push({ invariant: "I11", position: command.position, message, ids: [command.key] });
  }
  return findings;
}

/** I11 as far as the events alone show it: ids are drawn once per command, so that an id given twice is a command done twice. */
export function auditIds(history: readonly BookEvent[]): Finding[] {
  const findings: Finding[] = [];
  const given = new Map<string, number[]>();
  history.forEach((event, position) => {
    for (const id of idsGiven(event)) {
      const positions = listAt(given, id);
      if (positions.length > 0) {
        const message = `${event.type} gives an id that was given before, at ${positions[0]}`;
        findings.push({ invariant: "I11", position, message, ids: [id] });
      }
      positions.push(position);
    }
  });
  return findings;
}

function idsGiven(event: BookEvent): readonly string[] {
  switch (event.type) {
    case "lotFormed":
      return [event.lot.id];
    case "noticeSent":
      return [event.notice.id];
    case "answerReceived":
      return [event.answer.id];
    case "clearanceIssued":
      return [event.clearance.id];
    case "holdPlaced":
      return [event.hold];
    case "tenderOpened":
      return [event.tender.id, ...event.invitations.map((invitation) => invitation.id)];
    case "bidReceived":
    case "listBidsReceived":
      return bidsIn(event).map((bid) => bid.id);
    case "awardIssued":
      return [event.award.id];
    default:
      return [];
  }
}
