import type { BookEvent } from "@offtake/core/book";

type EventOf<Type extends BookEvent["type"]> = Extract<BookEvent, { readonly type: Type }>;

/** One thing of the story from its first event to its last, as far as the history goes. */
export interface NoticeTale {
  readonly sent: EventOf<"noticeSent">;
  received?: EventOf<"noticeReceived">;
  closed?: EventOf<"noticeClosed">;
  readonly failures: EventOf<"deliveryFailed">[];
  readonly extensions: EventOf<"deadlineExtended">[];
  readonly answers: EventOf<"answerReceived">[];
  readonly ratified: EventOf<"answerRatified">[];
  latenessWaived?: EventOf<"latenessWaived">;
}

export interface ClearanceTale {
  readonly issued: EventOf<"clearanceIssued">;
  voided?: EventOf<"clearanceVoided">;
}

export interface HoldTale {
  readonly placed: EventOf<"holdPlaced">;
  released?: EventOf<"holdReleased">;
}

export interface LotTale {
  formed: EventOf<"lotFormed">;
  dropped?: EventOf<"lotDropped">;
  held?: EventOf<"requestHeld">;
  assessed?: EventOf<"rightsAssessed">;
}

export interface RequestTale {
  readonly submitted: EventOf<"requestSubmitted">;
  revised?: EventOf<"requestRevised">;
  rested?: EventOf<"requestRested">;
  closed?: EventOf<"requestClosed">;
  withdrawn?: EventOf<"requestWithdrawn">;
  approvalAwaited?: EventOf<"approvalAwaited">;
  readonly held: EventOf<"requestHeld">[];
}

export interface BidTale {
  /** As it was placed, or entered among all price lists that bid by themselves. */
  readonly received: Omit<EventOf<"bidReceived">, "type">;
  withdrawn?: EventOf<"bidWithdrawn">;
  readonly extended: EventOf<"bidExtended">[];
  readonly voided: EventOf<"bidVoided">[];
  opened?: EventOf<"bidsOpened">;
}

export interface TenderTale {
  readonly opened: EventOf<"tenderOpened">;
  readonly bidsOpened: EventOf<"bidsOpened">[];
  readonly improvements: EventOf<"improvementAsked">[];
  readonly invitationsClosed: EventOf<"invitationsClosed">[];
}

export interface AwardTale {
  readonly issued: EventOf<"awardIssued">;
  held?: EventOf<"awardHeldForDecision">;
  confirmed?: EventOf<"awardConfirmed">;
  readonly defaulted: EventOf<"awardDefaulted">[];
}

export interface AgreementTale {
  readonly versions: EventOf<"agreementRecorded">[];
  readonly statuses: EventOf<"agreementStatusChanged">[];
  readonly terminated: EventOf<"agreementTerminated">[];
  readonly assigned: EventOf<"agreementAssigned">[];
  readonly stopped: EventOf<"renewalNoticeGiven">[];
  readonly renewed: EventOf<"agreementRenewed">[];
}

/**
 * A history sorted by what it is about: what expectations of cases and reports of stories read. It knows events only, and
 * decides nothing; it grows with the history.
 */
export class Chronicle {
  readonly events: BookEvent[] = [];
  readonly notices = new Map<string, NoticeTale>();
  readonly clearances = new Map<string, ClearanceTale>();
  readonly holds = new Map<string, HoldTale>();
  readonly lots = new Map<string, LotTale>();
  readonly requests = new Map<string, RequestTale>();
  readonly bids = new Map<string, BidTale>();
  readonly tenders = new Map<string, TenderTale>();
  readonly awards = new Map<string, AwardTale>();
  readonly agreements = new Map<string, AgreementTale>();

  add(events: readonly BookEvent[]): void {
    for (const event of events) {
      this.events.push(event);
      this.note(event);
    }
  }

  all<Type extends BookEvent["type"]>(type: Type): EventOf<Type>[] {
    return this.events.filter((event): event is EventOf<Type> => event.type === type);
  }

  private note(event: BookEvent): void {
    switch (event.type) {
      case "requestSubmitted":
        this.requests.set(event.request.id, { submitted: event, held: [] });
        return;
      case "requestRevised":
        return this.onRequest(event.request.id, (tale) => {
          tale.revised = event;
          delete tale.rested;
        });
      case "requestRested":
        return this.onRequest(event.request, (tale) => {
          tale.rested = event;
        });
      case "requestClosed":
        return this.onRequest(event.request, (tale) => {
          tale.closed = event;
        });
      case "requestWithdrawn":
        return this.onRequest(event.request, (tale) => {
          tale.withdrawn = event;
        });
      case "approvalAwaited":
        return this.onRequest(event.request, (tale) => {
          tale.approvalAwaited = event;
        });
      case "requestHeld":
        this.onRequest(event.request, (tale) => {
          tale.held.push(event);
        });
        return this.onLot(event.lot, (tale) => {
          tale.held = event;
        });
      default:
        this.noteLot(event);
    }
  }

  private noteLot(event: BookEvent): void {
    switch (event.type) {
      case "lotFormed":
        this.lots.set(event.lot.id, { formed: event });
        return;
      case "lotRestated":
        return this.onLot(event.lot.id, (tale) => {
          tale.formed = { ...tale.formed, lot: event.lot };
        });
      case "lotDropped":
        return this.onLot(event.lot, (tale) => {
          tale.dropped = event;
        });
      case "lotReassessed":
        return this.onLot(event.lot, (tale) => {
          delete tale.held;
          delete tale.dropped;
        });
      case "rightsAssessed":
        return this.onLot(event.lot, (tale) => {
          tale.assessed = event;
        });
      case "clearanceIssued":
        this.clearances.set(event.clearance.id, { issued: event });
        return;
      case "clearanceVoided": {
        const tale = this.clearances.get(event.clearance);
        if (tale !== undefined) tale.voided = event;
        return;
      }
      case "holdPlaced":
        this.holds.set(event.hold, { placed: event });
        return;
      case "holdReleased": {
        const tale = this.holds.get(event.hold);
        if (tale !== undefined) tale.released = event;
        return;
      }
      default:
        this.noteNotice(event);
    }
  }

  private noteNotice(event: BookEvent): void {
    switch (event.type) {
      case "noticeSent":
        this.notices.set(event.notice.id, { sent: event, failures: [], extensions: [], answers: [], ratified: [] });
        return;
      case "noticeReceived":
        return this.onNotice(event.notice, (tale) => {
          tale.received = event;
        });
      case "deliveryFailed":
        return this.onNotice(event.notice, (tale) => {
          tale.failures.push(event);
        });
      case "deadlineExtended":
        return this.onNotice(event.notice, (tale) => {
          tale.extensions.push(event);
        });
      case "answerReceived":
        return this.onNotice(event.notice, (tale) => {
          tale.answers.push(event);
        });
      case "answerRatified":
        return this.onNotice(event.notice, (tale) => {
          tale.ratified.push(event);
        });
      case "latenessWaived":
        return this.onNotice(event.notice, (tale) => {
          tale.latenessWaived = event;
          delete tale.closed;
        });
      case "noticeClosed":
        return this.onNotice(event.notice, (tale) => {
          tale.closed = event;
        });
      default:
        this.noteMarket(event);
    }
  }

  private noteMarket(event: BookEvent): void {
    switch (event.type) {
      case "tenderOpened":
        this.tenders.set(event.tender.id, { opened: event, bidsOpened: [], improvements: [], invitationsClosed: [] });
        return;
      case "improvementAsked":
        this.tenders.get(event.tender)?.improvements.push(event);
        return;
      case "invitationsClosed":
        this.tenders.get(event.tender)?.invitationsClosed.push(event);
        return;
      case "bidReceived":
        this.bids.set(event.bid.id, { received: event, extended: [], voided: [] });
        return;
      case "listBidsReceived":
        for (const bid of event.bids) this.bids.set(bid.id, { received: listed(event, bid), extended: [], voided: [] });
        return;
      case "bidWithdrawn":
        return this.onBid(event.bid, (tale) => {
          tale.withdrawn = event;
        });
      case "bidExtended":
        return this.onBid(event.bid, (tale) => {
          tale.extended.push(event);
        });
      case "bidVoided":
        return this.onBid(event.bid, (tale) => {
          tale.voided.push(event);
        });
      case "bidsOpened":
        this.tenders.get(event.tender)?.bidsOpened.push(event);
        for (const bid of event.bids) {
          this.onBid(bid, (tale) => {
            tale.opened = event;
          });
        }
        return;
      default:
        this.noteOutcome(event);
    }
  }

  private noteOutcome(event: BookEvent): void {
    switch (event.type) {
      case "awardIssued":
        this.awards.set(event.award.id, { issued: event, defaulted: [] });
        return;
      case "awardHeldForDecision":
        return this.onAward(event.award, (tale) => {
          tale.held = event;
        });
      case "awardConfirmed":
        return this.onAward(event.award, (tale) => {
          tale.confirmed = event;
          delete tale.held;
        });
      case "awardDefaulted":
        return this.onAward(event.award, (tale) => {
          tale.defaulted.push(event);
        });
      case "agreementRecorded":
        this.agreement(event.agreement.id).versions.push(event);
        return;
      case "agreementStatusChanged":
        this.agreement(event.agreement).statuses.push(event);
        return;
      case "agreementTerminated":
        this.agreement(event.agreement).terminated.push(event);
        return;
      case "agreementAssigned":
        this.agreement(event.agreement).assigned.push(event);
        return;
      case "renewalNoticeGiven":
        this.agreement(event.agreement).stopped.push(event);
        return;
      case "agreementRenewed":
        this.agreement(event.agreement).renewed.push(event);
        return;
      default:
    }
  }

  private agreement(id: string): AgreementTale {
    let tale = this.agreements.get(id);
    if (tale === undefined) {
      tale = { versions: [], statuses: [], terminated: [], assigned: [], stopped: [], renewed: [] };
      this.agreements.set(id, tale);
    }
    return tale;
  }

  private onRequest(id: string, change: (tale: RequestTale) => void): void {
    const tale = this.requests.get(id);
    if (tale !== undefined) change(tale);
  }

  private onLot(id: string, change: (tale: LotTale) => void): void {
    const tale = this.lots.get(id);
    if (tale !== undefined) change(tale);
  }

  private onNotice(id: string, change: (tale: NoticeTale) => void): void {
    const tale = this.notices.get(id);
    if (tale !== undefined) change(tale);
  }

  private onBid(id: string, change: (tale: BidTale) => void): void {
    const tale = this.bids.get(id);
    if (tale !== undefined) change(tale);
  }

  private onAward(id: string, change: (tale: AwardTale) => void): void {
    const tale = this.awards.get(id);
    if (tale !== undefined) change(tale);
  }
}

/** One of the price lists that were entered together, as if it had been placed by itself. */
function listed(
  { at, request, taken }: EventOf<"listBidsReceived">,
  bid: BidTale["received"]["bid"],
): BidTale["received"] {
  const isTaken = taken.includes(bid.id);
  const why = isTaken ? bid.lines.flatMap((line) => line.rootBlocks) : [];
  return { at, request, bid, verdict: isTaken ? "block_taken" : "sealed", why };
}
