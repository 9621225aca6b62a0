import type { BookEvent } from "../book/events.ts";
import { formatInstant, type Instant } from "../kernel/index.ts";
import type { Finding, Invariant, Recorded } from "./finding.ts";

/** How long a command may have waited at its node before it was decided. */
const RECEIPT_LEAD_MS = 5_000;

/**
 * I5: the deadline of a notice never moves earlier, and silence ends nothing before it. E2: an answer after the deadline does not
 * bind, unless its lateness was waived; the deadline itself is in time. E3: a notice is sent, delivered, received and due in this
 * order, and the stamps of the history never run backwards.
 */
export function auditDeadlines(history: readonly BookEvent[]): Finding[] {
  const clocks = new Clocks();
  history.forEach((event, position) => {
    clocks.note(event, position);
  });
  return clocks.findings;
}

class Clocks {
  readonly findings: Finding[] = [];
  private readonly sentAt = new Map<string, Instant>();
  private readonly respondBy = new Map<string, Instant>();
  /** Notices with an acceptance: where others took all, it comes to nothing as soon as that is certain. */
  private readonly bound = new Set<string>();
  private readonly waived = new Set<string>();
  private now = -Infinity;

  note(event: BookEvent, position: number): void {
    const find = (invariant: Invariant, message: string, ...ids: string[]): void => {
      this.findings.push({ invariant, position, message, ids });
    };
    if (event.at < this.now) find("E3", "the stamp is before that of the event before it");
    this.now = Math.max(this.now, event.at);
    switch (event.type) {
      case "noticeSent":
        this.sentAt.set(event.notice.id, event.notice.sentAt);
        break;
      case "noticeReceived":
        if (!this.inOrder(event)) find("E3", "sent, delivered, received and due are not in this order", event.notice);
        this.move(event.notice, event.respondBy, find);
        break;
      case "deadlineExtended":
        this.move(event.notice, event.respondBy, find);
        break;
      case "latenessWaived":
        this.waived.add(event.notice);
        break;
      case "answerReceived":
        if (event.answer.verdict === "binding") this.bound.add(event.notice);
        if (event.answer.verdict === "binding" && this.isLate(event.notice, event.answer.receivedAt)) {
          find("E2", "an answer binds that came after the deadline", event.notice, event.answer.id);
        }
        break;
      case "answerRatified":
        // The record has no stamp of its receipt, which is at most so much before the decision.
        if (event.verdict === "binding" && this.isLate(event.notice, event.at - RECEIPT_LEAD_MS)) {
          find("E2", "a ratification binds that came after the deadline", event.notice);
        }
        break;
      case "noticeClosed":
        if (event.status === "lapsed" && !this.bound.has(event.notice) && !this.isLate(event.notice, event.at)) {
          find("I5", "a notice lapsed while it could still be answered", event.notice);
        }
        break;
      default:
    }
  }

  private inOrder(event: Recorded<"noticeReceived">): boolean {
    const sentAt = this.sentAt.get(event.notice);
    if (sentAt !== undefined && sentAt > event.deliveredAt) return false;
    return event.deliveredAt <= event.deemedReceivedAt && event.deemedReceivedAt <= event.respondBy;
  }

  private move(notice: string, to: Instant, find: (invariant: Invariant, message: string, id: string) => void): void {
    const before = this.respondBy.get(notice);
    if (before !== undefined && to < before) {
      find("I5", `the deadline moved from ${formatInstant(before)} to ${formatInstant(to)}`, notice);
    }
    this.respondBy.set(notice, to);
  }

  private isLate(notice: string, at: number): boolean {
    const respondBy = this.respondBy.get(notice);
    return respondBy !== undefined && at > respondBy && !this.waived.has(notice);
  }
}
