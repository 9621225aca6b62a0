import type { BookEvent } from "@offtake/core/book";

/** Reads every event as a consumer does: its type, its stamp, and what it is about, all added up into one number. */
export class EventSink {
  count = 0;
  checksum = 0;

  take(event: BookEvent): void {
    this.count += 1;
    this.add(event.at);
    this.add(event.type.length);
    switch (event.type) {
      case "requestSubmitted":
        return this.read(event.request.id, event.request.lines.length, event.request.lines[0]?.count ?? 0);
      case "lotFormed":
        return this.read(event.lot.id, event.lot.count, event.lot.alternatives.length);
      case "rightsAssessed":
        for (const item of event.assessments) this.read(item.right.clause, item.verdict.length, item.facts.length);
        return;
      case "clearanceIssued":
        return this.read(event.clearance.id, event.clearance.count, event.clearance.reason.length);
      case "noticeSent":
        return this.read(event.notice.id, event.notice.count, event.notice.termsText.length);
      case "noticeReceived":
        return this.read(event.notice, event.respondBy, event.trail.length);
      case "answerReceived":
        return this.read(event.answer.id, event.answer.answer.count ?? 0, event.answer.verdict.length);
      case "noticeClosed":
        return this.read(event.notice, event.count, event.status.length);
      case "holdPlaced":
        return this.read(event.hold, event.count, event.blocks.length);
      case "stageClosed":
        return this.read(event.lot, event.taken, event.left);
      case "tenderOpened":
        return this.read(event.tender.id, event.invitations.length, event.tender.lots.length);
      case "listBidsReceived":
        for (const bid of event.bids) this.read(bid.id, bid.lines[0]?.countMax ?? 0, bid.bidder.length);
        return this.read(event.tender, event.bids.length, event.taken.length);
      case "bidsOpened":
        return this.read(event.tender, event.bids.length, 0);
      case "evaluated":
        for (const item of event.evaluation.considered) this.read(item.lot, item.verdict.length, item.why.length);
        return this.read(event.evaluation.id, Number(event.evaluation.value.micros), event.evaluation.chosen.length);
      case "awardProposed":
        return this.read(event.request, event.lines.length, event.by.length);
      case "awardIssued":
        for (const line of event.award.lines) this.read(line.provider, line.count, line.blocks.length);
        return;
      case "invitationsClosed":
        for (const item of event.closed) this.read(item.invitation, item.selected, item.provider.length);
        return;
      case "requestClosed":
        return this.read(event.request, event.awarded, event.outcome.length);
      default:
    }
  }

  private read(id: string, a: number, b: number): void {
    this.add(id.charCodeAt(id.length - 1) + id.length);
    this.add(a);
    this.add(b);
  }

  private add(value: number): void {
    this.checksum = (Math.imul(this.checksum, 31) + value) | 0;
  }
}
