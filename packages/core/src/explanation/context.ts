import type { AgreementVersion } from "../agreements/agreement.ts";
import type { DisclosedEvent, PartyAgreement } from "../disclosure/index.ts";
import type { Instant } from "../kernel/index.ts";

export type Renewed = Extract<DisclosedEvent, { readonly type: "agreementRenewed" }>;
export type ShownAgreement = AgreementVersion | PartyAgreement;

/**
 * What explanations refer to and what is not part of any one request: names of parties, agreements, the zone of the book. Kept up
 * to date with the feed, it lets one request be explained from the events of that request alone.
 */
export class ExplanationContext {
  zone = "UTC";
  private readonly names = new Map<string, string>();
  private readonly agreements = new Map<string, ShownAgreement>();
  private readonly renewals = new Map<string, Renewed[]>();

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
      case "agreementRenewed":
        this.renewals.set(event.agreement, [...(this.renewals.get(event.agreement) ?? []), event]);
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

  /** The newest renewal of an agreement that was on record by an instant. */
  renewal(id: string, by: Instant): Renewed | undefined {
    return this.renewals.get(id)?.findLast((one) => one.at <= by);
  }

  agreement(id: string, version: number): ShownAgreement | undefined {
    return this.agreements.get(`${id} ${version}`);
  }
}
