import { unreachable } from "../kernel/index.ts";
import { type Draft, emptyDraft, update } from "./draft.ts";
import { foldBid, foldOwnAward } from "./fold-market.ts";
import { foldNotice } from "./fold-notices.ts";
import { foldAward, foldLot, foldRequest, foldTender } from "./fold-requests.ts";
import type { DisclosedEvent } from "./own-events.ts";
import type { PartyView } from "./view.ts";

/** Folds a feed into what its reader knows. */
export function foldView(feed: readonly DisclosedEvent[]): PartyView {
  const draft = emptyDraft();
  for (const event of feed) fold(draft, event);
  return draft;
}

function fold(draft: Draft, event: DisclosedEvent): void {
  switch (event.type) {
    case "partyRecorded":
    case "ownPartyRecorded":
      draft.names.set(event.party.id, event.party.name);
      return;
    case "agreementRecorded":
    case "ownAgreementRecorded": {
      const { agreement } = event;
      draft.agreements.set(agreement.id, { ...draft.agreements.get(agreement.id), agreement });
      return;
    }
    case "agreementStatusChanged":
    case "ownAgreementStatusChanged":
      return update(draft.agreements, event.agreement, (one) => ({ ...one, status: event.status }));
    case "ownAgreementTakenOver":
      draft.agreements.set(event.agreement.id, { agreement: event.agreement });
      for (const notice of event.notices) draft.notices.set(notice.id, { notice, status: "open", answers: [] });
      return;
    case "noticeSent":
    case "ownNoticeSent":
    case "noticeReceived":
    case "ownNoticeReceived":
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
    case "hostNamed":
    case "ownAwardIssued":
    case "ownAwardConfirmed":
    case "ownAwardDefaulted":
      return foldOwnAward(draft, event);
    case "requestSubmitted":
    case "requestRevised":
    case "requestWithdrawn":
    case "requestRested":
    case "requestClosed":
    case "ownRequestEnded":
    case "evaluated":
      return foldRequest(draft, event);
    case "awardIssued":
    case "awardHeldForDecision":
    case "awardConfirmed":
    case "awardDefaulted":
      return foldAward(draft, event);
    case "lotFormed":
    case "lotRestated":
    case "lotDropped":
    case "rightsAssessed":
    case "stageClosed":
    case "clearanceIssued":
    case "clearanceVoided":
      return foldLot(draft, event);
    case "tenderOpened":
    case "bidSealed":
    case "listBidsSealed":
    case "bidWithdrawn":
    case "bidsUnsealed":
      return foldTender(draft, event);
    case "bookOpened":
    case "eligibilityRecorded":
    case "defaultRecorded":
    case "calendarRecorded":
    case "exchangeRateRecorded":
    case "indexValueRecorded":
    case "policyRecorded":
    case "blockRecorded":
    case "ownBlockRecorded":
    case "blockWithdrawn":
    case "offerListed":
    case "offerWithdrawn":
    case "standingAnswerGiven":
    case "standingAnswerKept":
    case "standingAnswerRevoked":
    case "outageRecorded":
    case "resaleConsented":
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
    case "requestHeld":
    case "approvalGiven":
    case "approvalDenied":
    case "approvalAwaited":
    case "lotReassessed":
    case "deMinimisCounted":
    case "shareBreached":
    case "deliveryFailed":
    case "ownDeliveryFailed":
    case "holdPlaced":
    case "ownHoldPlaced":
    case "holdReleased":
    case "ownHoldReleased":
    case "bidReceived":
    case "listBidsReceived":
    case "bidExtended":
    case "extensionAsked":
    case "bidVoided":
    case "bidsOpened":
    case "improvementAsked":
    case "invitationsClosed":
    case "awardProposed":
    case "awardBlocked":
      return;
    default:
      return unreachable(event);
  }
}
