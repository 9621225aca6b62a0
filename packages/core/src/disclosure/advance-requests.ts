import type { BookEvent } from "../book/events.ts";
import { dossierOf } from "./about.ts";
import type { BidOnRecord, DisclosureState, Dossier, NamedHost, NoticeOnRecord } from "./state.ts";

type Event<Type extends BookEvent["type"]> = Extract<BookEvent, { readonly type: Type }>;

/** Keeps what later events of an open request will need to be told to the right readers. */
export function advanceRequest(state: DisclosureState, event: BookEvent): void {
  const dossier = dossierOf(state, event);
  if (dossier === undefined) return;
  switch (event.type) {
    case "lotFormed":
    case "lotRestated":
      dossier.lots.set(event.lot.id, event.lot);
      break;
    case "noticeSent":
      dossier.notices.set(event.notice.id, { notice: event.notice, assignees: [], open: true, hosted: false });
      break;
    case "answerReceived":
      advanceAnswer(dossier, event);
      break;
    case "answerRatified":
      if (event.verdict === "binding") change(dossier.notices, event.notice, { hosted: true });
      break;
    case "latenessWaived":
      change(dossier.notices, event.notice, { hosted: true });
      break;
    case "offerDecided":
      if (event.taken) change(dossier.notices, event.notice, { hosted: true });
      break;
    case "noticeClosed":
      change(dossier.notices, event.notice, { open: false });
      break;
    case "holdPlaced":
      dossier.holds.set(event.hold, event.holder);
      break;
    case "awardIssued":
      dossier.awards.set(event.award.id, event.award);
      break;
    default:
      advanceTender(state, dossier, event);
  }
}

function advanceTender(state: DisclosureState, dossier: Dossier, event: BookEvent): void {
  switch (event.type) {
    case "tenderOpened":
      dossier.tenders.set(event.tender.id, { tender: event.tender, invitations: event.invitations });
      for (const invitation of event.invitations) state.invitations.set(invitation.id, event.tender.request);
      break;
    case "bidReceived":
      dossier.bids.set(event.bid.id, { bid: event.bid, verdict: event.verdict, why: event.why, opened: false });
      break;
    case "listBidsReceived":
      for (const bid of event.bids) {
        const taken = event.taken.includes(bid.id);
        const why = taken ? bid.lines.flatMap((line) => line.rootBlocks) : [];
        dossier.bids.set(bid.id, { bid, verdict: taken ? "block_taken" : "sealed", why, opened: false });
      }
      break;
    case "bidWithdrawn":
      dossier.bids.delete(event.bid);
      break;
    case "bidExtended": {
      const before = dossier.bids.get(event.bid);
      if (before !== undefined)
        change(dossier.bids, event.bid, { bid: { ...before.bid, validUntil: event.validUntil } });
      break;
    }
    case "bidVoided":
      if (event.lot === undefined) change(dossier.bids, event.bid, { verdict: "voided", why: [event.why] });
      break;
    case "bidsOpened":
      for (const bid of event.bids) change(dossier.bids, bid, { opened: true });
      break;
    default:
  }
}

function advanceAnswer(dossier: Dossier, event: Event<"answerReceived">): void {
  const before = dossier.notices.get(event.notice);
  if (before === undefined) return;
  const named = namedHost(before, event);
  if (named === undefined) return;
  change(dossier.notices, event.notice, { named, hosted: event.answer.verdict === "binding" });
}

/** Whom an acceptance names as the one that runs it, and how much of it: all where it does not say. */
export function namedHost({ notice }: NoticeOnRecord, event: Event<"answerReceived">): NamedHost | undefined {
  const { answer } = event.answer;
  if (answer.type !== "accept" || answer.host === undefined) return undefined;
  const count = answer.hostCount ?? answer.count ?? notice.count;
  return { host: answer.host, seller: event.by, count, window: answer.window ?? notice.terms.window };
}

function change<Id, Value extends NoticeOnRecord | BidOnRecord>(map: Map<Id, Value>, id: Id, to: Partial<Value>): void {
  const before = map.get(id);
  if (before !== undefined) map.set(id, { ...before, ...to });
}
