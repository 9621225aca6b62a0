import { unreachable } from "../kernel/index.ts";
import { type Draft, emptyDraft } from "./draft.ts";
import { foldAgreement } from "./fold-agreements.ts";
import { foldAward } from "./fold-awards.ts";
import { foldCapacity, foldFact } from "./fold-facts.ts";
import { foldBid } from "./fold-market.ts";
import { foldNotice } from "./fold-notices.ts";
import { foldLot, foldRequest, foldTender } from "./fold-requests.ts";
import type { DisclosedEvent } from "./own-events.ts";
import type { PartyView } from "./view.ts";

/** Folds a feed into what its reader knows. */
export function foldView(feed: readonly DisclosedEvent[]): PartyView {
  const draft = emptyDraft();
  for (const event of feed) foldEvent(draft, event);
  return draft;
}

/**
 * Folds one event, in place. It looks at no other objects than those that `concernedBy` names, so a draft that holds just these comes out
 * with them as the whole view would.
 */
export function foldEvent(draft: Draft, event: DisclosedEvent): void {
  switch (event.type) {
    case "bookOpened":
    case "policyRecorded":
    case "outageRecorded":
    case "partyRecorded":
    case "ownPartyRecorded":
    case "eligibilityRecorded":
    case "defaultRecorded":
    case "controlChanged":
    case "calendarRecorded":
    case "exchangeRateRecorded":
    case "indexValueRecorded":
    case "resaleConsented":
      return foldFact(draft, event);
    case "blockRecorded":
    case "ownBlockRecorded":
    case "blockWithdrawn":
    case "offerListed":
    case "offerWithdrawn":
    case "standingAnswerGiven":
    case "standingAnswerKept":
    case "standingAnswerRevoked":
    case "holdPlaced":
    case "ownHoldPlaced":
    case "holdReleased":
    case "ownHoldReleased":
      return foldCapacity(draft, event);
    case "agreementRecorded":
    case "ownAgreementRecorded":
    case "agreementStatusChanged":
    case "ownAgreementStatusChanged":
    case "ownAgreementTakenOver":
    case "agreementTerminated":
    case "renewalNoticeGiven":
    case "agreementRenewed":
    case "agreementAssigned":
    case "conflictFound":
    case "conflictDecided":
    case "waiverGranted":
    case "waiverRevoked":
      return foldAgreement(draft, event);
    case "noticeSent":
    case "ownNoticeSent":
    case "noticeReceived":
    case "ownNoticeReceived":
    case "deliveryFailed":
    case "ownDeliveryFailed":
    case "deadlineExtended":
    case "ownDeadlineExtended":
    case "answerReceived":
    case "ownAnswerRecorded":
    case "answerRatified":
    case "ownAnswerRatified":
    case "latenessWaived":
    case "ownLatenessWaived":
    case "offerDecided":
    case "ownOfferDecided":
    case "noticeClosed":
    case "ownNoticeClosed":
      return foldNotice(draft, event);
    case "invited":
    case "invitationEnded":
    case "ownImprovementAsked":
    case "ownBidRecorded":
    case "ownListBidsRecorded":
    case "ownBidWithdrawn":
    case "ownBidExtended":
    case "ownExtensionAsked":
    case "ownBidVoided":
      return foldBid(draft, event);
    case "awardIssued":
    case "awardHeldForDecision":
    case "awardConfirmed":
    case "awardDefaulted":
    case "hostNamed":
    case "ownAwardIssued":
    case "ownAwardConfirmed":
    case "ownAwardDefaulted":
      return foldAward(draft, event);
    case "requestSubmitted":
    case "requestRevised":
    case "requestWithdrawn":
    case "requestRested":
    case "requestClosed":
    case "ownRequestEnded":
    case "approvalAwaited":
    case "approvalsVoided":
    case "approvalGiven":
    case "approvalDenied":
    case "evaluated":
    case "awardProposed":
      return foldRequest(draft, event);
    case "lotFormed":
    case "lotRestated":
    case "lotDropped":
    case "rightsAssessed":
    case "stageClosed":
    case "clearanceIssued":
    case "clearanceVoided":
    case "requestHeld":
    case "awardBlocked":
      return foldLot(draft, event);
    case "tenderOpened":
    case "bidSealed":
    case "listBidsSealed":
    case "bidWithdrawn":
    case "bidsUnsealed":
      return foldTender(draft, event);
    case "retroReviewListed":
    case "lotReassessed":
    case "deMinimisCounted":
    case "shareBreached":
    case "shareMeasured":
    case "bidReceived":
    case "listBidsReceived":
    case "bidExtended":
    case "extensionAsked":
    case "bidVoided":
    case "bidsOpened":
    case "improvementAsked":
    case "invitationsClosed":
      return;
    default:
      return unreachable(event);
  }
}
