import { unreachable } from "../kernel/index.ts";
import type { BookEvent } from "./events.ts";
import { evolveAgreement } from "./evolve-agreements.ts";
import { evolveAward } from "./evolve-awards.ts";
import { evolveFact } from "./evolve-facts.ts";
import { evolveMarket } from "./evolve-market.ts";
import { evolveNotice } from "./evolve-notices.ts";
import { evolveRequest } from "./evolve-requests.ts";
import type { BookState } from "./state.ts";

/** Folds one event into a state that the caller owns; changes it in place. Every event of a log, in order, gives the state. */
export function evolve(state: BookState, event: BookEvent): void {
  if (event.at > state.now) state.assign("now", event.at);
  switch (event.type) {
    case "noticeSent":
    case "noticeReceived":
    case "deliveryFailed":
    case "deadlineExtended":
    case "answerReceived":
    case "answerRatified":
    case "offerDecided":
    case "latenessWaived":
    case "noticeClosed":
    case "holdPlaced":
    case "holdReleased":
    case "stageClosed":
      return evolveNotice(state, event);
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
      return evolveRequest(state, event);
    case "awardProposed":
    case "awardBlocked":
    case "awardIssued":
    case "awardHeldForDecision":
    case "awardConfirmed":
    case "awardDefaulted":
      return evolveAward(state, event);
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
      return evolveMarket(state, event);
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
      return evolveFact(state, event);
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
      return evolveAgreement(state, event);
    default:
      return unreachable(event);
  }
}
