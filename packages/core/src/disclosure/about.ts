import type { BookEvent } from "../book/events.ts";
import type { RequestId } from "../kernel/index.ts";
import type { DisclosureState, Dossier } from "./state.ts";

/** The request that an event is about, where it is still open. */
export function dossierOf(state: DisclosureState, event: BookEvent): Dossier | undefined {
  const id = requestOf(event);
  return id === undefined ? undefined : state.requests.get(id);
}

export function requestOf(event: BookEvent): RequestId | undefined {
  switch (event.type) {
    case "lotFormed":
    case "lotRestated":
      return event.lot.request;
    case "noticeSent":
      return event.notice.request;
    case "clearanceIssued":
      return event.clearance.request;
    case "tenderOpened":
      return event.tender.request;
    case "awardIssued":
      return event.award.request;
    case "requestSubmitted":
    case "requestRevised":
      return event.request.id;
    default:
      return "request" in event ? event.request : undefined;
  }
}
