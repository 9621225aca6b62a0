import type { DisclosedEvent } from "../disclosure/index.ts";
import type { ComputeRequest, RequestLine } from "../requests/request.ts";
import { countText, rateText } from "./amounts.ts";
import { span } from "./moments.ts";

/** "request q1: 1,024 gb200 for [2027-01-01, 2028-01-01), inference, us-central, at most $3.00 per accelerator-hour". */
export function titleOf(request: ComputeRequest): string {
  return `request ${request.id}: ${request.lines.map(requestLineText).join("; ")}`;
}

function requestLineText(line: RequestLine): string {
  const kinds = line.accelerators.map((one) => one.acceleratorType).join(" or ");
  const purposes = line.purposes.map((one) =>
    one.count === undefined ? one.purpose : `${one.purpose} ${countText(one.count)}`,
  );
  return [
    `${countText(line.count)} ${kinds} ${span(line.window)}`,
    ...(purposes.length === 0 ? [] : [purposes.join(" and ")]),
    line.regions.join(" or "),
    ...(line.cap === undefined ? [] : [`at most ${rateText(line.cap)}`]),
  ].join(", ");
}

/** Whether an event of the keeper's feed is about a request. */
export function isAbout(event: DisclosedEvent, request: string): boolean {
  return requestOf(event) === request;
}

/** The request that an event is about by what it says itself; undefined where it names none. */
export function requestOf(event: DisclosedEvent): string | undefined {
  switch (event.type) {
    case "requestSubmitted":
    case "requestRevised":
      return event.request.id;
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
    default:
      return "request" in event && typeof event.request === "string" ? event.request : undefined;
  }
}
