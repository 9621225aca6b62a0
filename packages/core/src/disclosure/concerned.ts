import { unreachable } from "../kernel/index.ts";
import { clauseName, commitmentsOf, conflictName, versionName } from "./fold-agreements.ts";
import { consentName, indexName, rateName } from "./fold-facts.ts";
import type { Shown } from "./draft.ts";
import type { DisclosedEvent } from "./own-events.ts";
import type { ViewKey, ViewKind } from "./view.ts";

const of = (kind: ViewKind, id: string): ViewKey => ({ kind, id });
const one = (kind: ViewKind, id: string): readonly ViewKey[] => [of(kind, id)];

/**
 * The objects of its reader's view that an event may make or change: whoever keeps views object by object needs no others to fold it.
 * Told from the event alone.
 */
export function concernedBy(event: DisclosedEvent): readonly ViewKey[] {
  switch (event.type) {
    case "bookOpened":
    case "policyRecorded":
    case "outageRecorded":
      return one("books", "book");
    case "partyRecorded":
    case "ownPartyRecorded":
      return one("parties", event.party.id);
    case "eligibilityRecorded":
    case "defaultRecorded":
    case "controlChanged":
      return one("parties", event.party);
    case "calendarRecorded":
      return one("calendars", event.calendar.id);
    case "exchangeRateRecorded":
      return one("rates", rateName(event));
    case "indexValueRecorded":
      return one("indexValues", indexName(event));
    case "resaleConsented":
      return one("consents", consentName(event));
    case "blockRecorded":
    case "ownBlockRecorded":
      return one("blocks", event.block.id);
    case "blockWithdrawn":
      return one("blocks", event.block);
    case "offerListed":
      return one("offers", event.offer.id);
    case "offerWithdrawn":
      return one("offers", event.offer);
    case "standingAnswerGiven":
      return one("standingAnswers", event.standing.id);
    case "standingAnswerKept":
    case "standingAnswerRevoked":
      return one("standingAnswers", event.id);
    case "holdPlaced":
    case "ownHoldPlaced":
    case "holdReleased":
    case "ownHoldReleased":
      return one("holds", event.hold);
    case "agreementRecorded":
    case "ownAgreementRecorded":
    case "ownAgreementTakenOver":
      return agreementKeys(event);
    case "agreementStatusChanged":
    case "ownAgreementStatusChanged":
    case "agreementTerminated":
    case "renewalNoticeGiven":
    case "agreementRenewed":
    case "agreementAssigned":
      return one("agreements", event.agreement);
    case "conflictFound":
    case "conflictDecided":
      return one("conflicts", conflictName(event));
    case "waiverGranted":
      return one("waivers", event.waiver.id);
    case "waiverRevoked":
      return one("waivers", event.waiver);
    case "noticeSent":
      return one("notices", event.notice.id);
    case "ownNoticeSent":
      return [of("notices", event.notice.id), of("parties", event.notice.from)];
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
      return one("notices", event.notice);
    case "invited":
      return [of("invitations", event.invitation), of("parties", event.buyer)];
    case "invitationEnded":
    case "ownImprovementAsked":
      return one("invitations", event.invitation);
    case "ownBidRecorded": {
      const { id, invitation } = event.bid;
      return invitation === undefined ? one("bids", id) : [of("bids", id), of("invitations", invitation)];
    }
    case "ownListBidsRecorded":
      return event.bids.map(({ id, invitation }) =>
        invitation === undefined ? of("bids", id) : of("invitations", invitation),
      );
    case "ownBidWithdrawn":
    case "ownBidExtended":
    case "ownExtensionAsked":
    case "ownBidVoided": {
      const { bid, invitation } = event;
      return invitation === undefined ? one("bids", bid) : [of("bids", bid), of("invitations", invitation)];
    }
    case "awardIssued":
      return [of("awards", event.award.id), of("requests", event.award.request)];
    case "ownAwardIssued":
      return [of("awards", event.award), ...event.hosted.map(({ part }) => of("hostings", part))];
    case "awardHeldForDecision":
    case "awardConfirmed":
    case "awardDefaulted":
    case "ownAwardConfirmed":
    case "ownAwardDefaulted":
      return one("awards", event.award);
    case "hostNamed":
      return one("hostings", event.part);
    case "requestSubmitted":
    case "requestRevised":
      return one("requests", event.request.id);
    case "lotFormed":
    case "lotRestated":
      return one("requests", event.lot.request);
    case "clearanceIssued":
      return one("requests", event.clearance.request);
    case "tenderOpened":
      return one("requests", event.tender.request);
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
    case "lotDropped":
    case "rightsAssessed":
    case "stageClosed":
    case "clearanceVoided":
    case "requestHeld":
    case "awardBlocked":
    case "bidSealed":
    case "listBidsSealed":
    case "bidWithdrawn":
    case "bidsUnsealed":
      return one("requests", event.request);
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
      return [];
    default:
      return unreachable(event);
  }
}

/**
 * The objects of those that it concerns that an event makes, for good: their ids were drawn for it, or were refused to others, so that nothing
 * is kept under them yet. Whoever keeps views need not look for them.
 */
export function madeBy(event: DisclosedEvent): readonly ViewKey[] {
  switch (event.type) {
    case "requestSubmitted":
      return one("requests", event.request.id);
    case "noticeSent":
    case "ownNoticeSent":
      return one("notices", event.notice.id);
    case "invited":
      return one("invitations", event.invitation);
    case "holdPlaced":
    case "ownHoldPlaced":
      return one("holds", event.hold);
    case "awardIssued":
      return one("awards", event.award.id);
    case "ownAwardIssued":
      return one("awards", event.award);
    default:
      return [];
  }
}

function agreementKeys(
  event: Shown<"agreementRecorded" | "ownAgreementRecorded" | "ownAgreementTakenOver">,
): readonly ViewKey[] {
  const { id, version, clauses } = event.agreement;
  return [
    of("agreements", id),
    of("agreementVersions", versionName(id, version)),
    ...commitmentsOf(clauses).map((clause) => of("commitments", clauseName(id, clause.id))),
    ...("notices" in event ? event.notices : []).flatMap((notice) => [
      of("notices", notice.id),
      of("parties", notice.from),
    ]),
  ];
}
