import type { DisclosedEvent } from "../disclosure/index.ts";
import { addEvaluation, addTender, addToTender, type TenderStepEvent } from "./market-steps.ts";
import { addToNotice, askedText, clearanceText, type NoticeStepEvent } from "./notice-steps.ts";
import type { Shown } from "./shown.ts";
import { lotText, type Telling } from "./telling.ts";

/** Who was asked, what they answered, what was cleared by it; who was invited and how the bids compared. */
export function tellStage(telling: Telling, event: DisclosedEvent): void {
  const { draft, lookup } = telling;
  switch (event.type) {
    case "noticeSent":
      return tellNotice(telling, event);
    case "noticeReceived":
    case "deliveryFailed":
    case "deadlineExtended":
    case "answerReceived":
    case "answerRatified":
    case "latenessWaived":
    case "offerDecided":
    case "noticeClosed":
      return toNotice(telling, event);
    case "clearanceIssued":
      return tellClearance(telling, event);
    case "tenderOpened":
      telling.tenders.set(event.tender.id, addTender(draft, event, lookup));
      return;
    case "bidSealed":
      telling.tenderOfBid.set(event.bid, event.tender);
      return;
    case "listBidsSealed":
      for (const { bid } of event.bids) telling.tenderOfBid.set(bid, event.tender);
      return;
    case "bidsUnsealed":
    case "improvementAsked":
      return toTender(telling, event.tender, event);
    case "bidWithdrawn":
    case "bidExtended":
    case "extensionAsked":
    case "bidVoided":
      return toTender(telling, telling.tenderOfBid.get(event.bid), event);
    case "evaluated":
      return addEvaluation(draft, event.evaluation, lookup);
    default:
  }
}

function tellNotice(telling: Telling, { notice }: Shown<"noticeSent">): void {
  const { draft, lookup, notices } = telling;
  const step = draft.add("asked", `${lotText(telling, notice.lot)}${lookup.name(notice.holder)} ${askedText(notice)}`, {
    rules: ["domain step 9"],
    clause: notice.right,
  });
  if (notice.contingent) {
    step.add("contingent", "asked at the same time as others: what it accepts counts for what they leave");
  }
  notices.set(notice.id, step);
}

function toNotice({ notices, lookup }: Telling, event: NoticeStepEvent): void {
  const step = notices.get(event.notice);
  if (step !== undefined) addToNotice(step, event, lookup);
}

function toTender({ tenders, lookup }: Telling, tender: string | undefined, event: TenderStepEvent): void {
  const step = tender === undefined ? undefined : tenders.get(tender);
  if (step !== undefined) addToTender(step, event, lookup);
}

/** A clearance stands with the notice that it comes of, or with the rights of its lot; that a right does not apply is told there. */
function tellClearance({ draft, notices, rights }: Telling, { clearance }: Shown<"clearanceIssued">): void {
  const asked = clearance.notice === undefined ? undefined : notices.get(clearance.notice);
  if (asked === undefined && clearance.reason === "not_applicable" && clearance.thirdParty === undefined) return;
  const parent = asked ?? rights.get(clearance.lot) ?? draft.root;
  parent.add("cleared", clearanceText(clearance), {
    rules: ["domain step 11", "domain rule G4"],
    clause: clearance.right,
    verdict: clearance.reason,
  });
}
