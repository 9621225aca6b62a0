import type { BookEvent } from "../book/events.ts";
import { type PartyId, unreachable } from "../kernel/index.ts";
import { agreementDisclosures, factDisclosures } from "./disclose-facts.ts";
import { noticeDisclosures } from "./disclose-notices.ts";
import { awardDisclosures, requestDisclosures } from "./disclose-requests.ts";
import { tenderDisclosures } from "./disclose-tenders.ts";
import type { DisclosedEvent } from "./own-events.ts";
import type { DisclosureState } from "./state.ts";
import type { Disclosure, Told } from "./told.ts";

/** Version of the rules of this area. Whoever keeps what was told keeps it beside: what was told by earlier rules is not told anew. */
export const DISCLOSED_BY = 1;

/**
 * What one party may know of an event: the event itself, less, or nothing (undefined). Everything that a party ever receives is
 * made of this. Whoever is not named here as a reader is told nothing.
 *
 * @param state as of before the event
 */
export function disclose(event: BookEvent, party: PartyId, state: DisclosureState): DisclosedEvent | undefined {
  return disclosures(event, state).find((one) => one.party === party)?.event;
}

/** What every party that may know of an event is told, the keeper first. */
export function disclosures(event: BookEvent, state: DisclosureState): readonly Disclosure[] {
  return told(state, event).list;
}

function told(state: DisclosureState, event: BookEvent): Told {
  switch (event.type) {
    case "bookOpened":
    case "partyRecorded":
    case "eligibilityRecorded":
    case "defaultRecorded":
    case "calendarRecorded":
    case "exchangeRateRecorded":
    case "indexValueRecorded":
    case "policyRecorded":
    case "blockRecorded":
    case "blockWithdrawn":
    case "offerListed":
    case "offerWithdrawn":
    case "standingAnswerGiven":
    case "standingAnswerRevoked":
    case "outageRecorded":
    case "resaleConsented":
      return factDisclosures(state, event);
    case "agreementRecorded":
    case "agreementStatusChanged":
    case "conflictFound":
    case "conflictDecided":
    case "agreementTerminated":
    case "renewalNoticeGiven":
    case "agreementRenewed":
    case "agreementAssigned":
    case "controlChanged":
    case "retroReviewListed":
    case "waiverGranted":
    case "waiverRevoked":
      return agreementDisclosures(state, event);
    case "requestSubmitted":
    case "requestRevised":
    case "requestWithdrawn":
    case "requestHeld":
    case "approvalGiven":
    case "approvalDenied":
    case "approvalAwaited":
    case "approvalsVoided":
    case "lotFormed":
    case "lotRestated":
    case "lotDropped":
    case "lotReassessed":
    case "rightsAssessed":
    case "clearanceIssued":
    case "clearanceVoided":
    case "deMinimisCounted":
    case "shareBreached":
    case "shareMeasured":
    case "requestRested":
    case "requestClosed":
      return requestDisclosures(state, event);
    case "noticeSent":
    case "noticeReceived":
    case "deliveryFailed":
    case "deadlineExtended":
    case "answerReceived":
    case "answerRatified":
    case "latenessWaived":
    case "offerDecided":
    case "noticeClosed":
    case "holdPlaced":
    case "holdReleased":
    case "stageClosed":
      return noticeDisclosures(state, event);
    case "tenderOpened":
    case "bidReceived":
    case "listBidsReceived":
    case "bidWithdrawn":
    case "bidExtended":
    case "extensionAsked":
    case "bidVoided":
    case "bidsOpened":
    case "improvementAsked":
    case "invitationsClosed":
    case "evaluated":
      return tenderDisclosures(state, event);
    case "awardProposed":
    case "awardBlocked":
    case "awardIssued":
    case "awardHeldForDecision":
    case "awardConfirmed":
    case "awardDefaulted":
      return awardDisclosures(state, event);
    default:
      return unreachable(event);
  }
}
