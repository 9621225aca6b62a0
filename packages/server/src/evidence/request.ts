import type { DisclosedEvent } from "@offtake/core/disclosure";
import { formatInstant, type Instant } from "@offtake/core/kernel";
import type { CaseOfNotice } from "./case-of-notice.ts";
import type { Check } from "./redecide.ts";

/** The notice that an entry sends about a request, by the name that the reader has for the request. */
export function noticesSent(event: DisclosedEvent, request: string): readonly string[] {
  const isSent = event.type === "noticeSent" || event.type === "ownNoticeSent";
  return isSent && event.notice.request === request ? [event.notice.id] : [];
}

/** Whether evidence of a request is of all notices about it: none may be left out, and none added. */
export function completeCheck(events: readonly DisclosedEvent[], request: string, notices: readonly string[]): Check {
  const told = events.flatMap((event) => noticesSent(event, request));
  const isKnown = told.length > 0 || events.some((event) => isOf(event, request));
  if (!isKnown) return { check: "request", outcome: "fails", text: `The feed does not tell of request ${request}.` };
  const missing = told.filter((id) => !notices.includes(id));
  const added = notices.filter((id) => !told.includes(id));
  const wrong = [...missing.map((id) => `${id} is left out`), ...added.map((id) => `${id} is of another`)];
  const count = `${told.length} notice${told.length === 1 ? "" : "s"}`;
  return wrong.length === 0
    ? {
        check: "request",
        outcome: "holds",
        text: `${request} with ${told.length === 0 ? "no notice" : `its ${count}`}`,
      }
    : { check: "request", outcome: "fails", text: `${request}: ${wrong.join("; ")}` };
}

const isOf = (event: DisclosedEvent, request: string): boolean =>
  event.type === "requestSubmitted" && event.request.id === request;

/** Kinds of rights whose holders are asked before anybody else may be. */
const ASKED_FIRST: ReadonlySet<string> = new Set(["first-refusal", "first-offer", "exclusivity"]);

/** Whether each holder was asked, and had ended, before the market was opened; only who keeps the book can tell. */
export function askedFirstChecks(
  events: readonly DisclosedEvent[],
  request: string,
  cases: readonly CaseOfNotice[],
): readonly Check[] {
  const opened = events.find((event) => event.type === "tenderOpened" && event.tender.request === request)?.at;
  if (opened === undefined) return [];
  return cases
    .filter(({ notice }) => ASKED_FIRST.has(notice.kind) && notice.thirdParty === undefined && notice.round === 0)
    .map((found) => askedFirst(found, opened));
}

function askedFirst({ notice, end }: CaseOfNotice, opened: Instant): Check {
  const said = `${notice.id} to ${notice.holder} sent ${formatInstant(notice.sentAt)}, market opened ${formatInstant(opened)}`;
  if (notice.sentAt > opened)
    return { check: "asked first", outcome: "unknown", text: `${said}: it is about what came up later` };
  return end !== undefined && end.at <= opened
    ? { check: "asked first", outcome: "holds", text: `${said}; ${end.status} before` }
    : { check: "asked first", outcome: "unknown", text: `${said}, while it was open: for what it did not cover` };
}
