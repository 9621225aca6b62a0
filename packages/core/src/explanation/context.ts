import type { AgreementVersion } from "../agreements/agreement.ts";
import type { DisclosedEvent, PartyAgreement } from "../disclosure/index.ts";

export type ShownAgreement = AgreementVersion | PartyAgreement;

/**
 * What explanations refer to and what is not part of any one request: names of parties, agreements, the zone of the book. Kept up
 * to date with the feed, it lets one request be explained from the events of that request alone.
 */
export class ExplanationContext {
  zone = "UTC";
  private readonly names = new Map<string, string>();
  private readonly agreements = new Map<string, ShownAgreement>();

  /** @param feed of one reader; contexts of two readers are never mixed */
  constructor(feed: readonly DisclosedEvent[] = []) {
    for (const event of feed) this.note(event);
  }

  note(event: DisclosedEvent): void {
    switch (event.type) {
      case "bookOpened":
        this.zone = event.header.zone;
        break;
      case "partyRecorded":
      case "ownPartyRecorded":
        this.names.set(event.party.id, event.party.name);
        break;
      case "agreementRecorded":
      case "ownAgreementRecorded":
      case "ownAgreementTakenOver":
        this.agreements.set(`${event.agreement.id} ${event.agreement.version}`, event.agreement);
        break;
      case "ownNoticeSent":
        this.names.set(event.notice.from, event.notice.fromName);
        break;
      case "invited":
        this.names.set(event.buyer, event.buyerName);
        this.zone = event.zone;
        break;
      default:
    }
  }

  name(party: string): string {
    return this.names.get(party) ?? party;
  }

  agreement(id: string, version: number): ShownAgreement | undefined {
    return this.agreements.get(`${id} ${version}`);
  }
}
