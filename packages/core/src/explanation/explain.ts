import type { DisclosedEvent } from "../disclosure/index.ts";
import { unreachable } from "../kernel/index.ts";
import { explainToBidder } from "./bidder.ts";
import { ExplanationContext } from "./context.ts";
import type { Audience, Explanation } from "./explanation.ts";
import { explainToHolder } from "./holder.ts";
import { explainRequest } from "./keeper.ts";
import { explainToBuyer, explainToHost } from "./other-readers.ts";

/**
 * Why something came out as it did, made of one feed and nothing else: what its reader may not know cannot get in.
 *
 * @param feed the whole feed of the reader or, where a context is given, its events about the subject
 * @param subject the request's id for the keeper and for a buyer; the holder's own name of the request; the invitation of a
 *   bidder; the host's own name of its part
 * @returns undefined where the feed says nothing of the subject
 */
export function explain(
  feed: readonly DisclosedEvent[],
  subject: string,
  audience: Audience,
  context?: ExplanationContext,
): Explanation | undefined {
  switch (audience) {
    case "keeper":
      return explainRequest(feed, subject, context);
    case "holder":
      return explainToHolder(feed, subject, context);
    case "bidder":
      return explainToBidder(feed, subject, context);
    case "host":
      return explainToHost(feed, subject, context);
    case "buyer":
      return explainToBuyer(feed, subject, context);
    default:
      return unreachable(audience);
  }
}

/** Everything that a feed explains to its reader, in the order in which it first comes up. */
export function explainAll(feed: readonly DisclosedEvent[]): Explanation[] {
  const context = new ExplanationContext(feed);
  return [...subjectsOf(feed)].flatMap(([subject, audience]) => explain(feed, subject, audience, context) ?? []);
}

/** The one of them that is about a subject: what else the feed holds is not explained on the way. */
export function explainOne(feed: readonly DisclosedEvent[], subject: string): Explanation | undefined {
  const audience = subjectsOf(feed).get(subject);
  return audience === undefined ? undefined : explain(feed, subject, audience);
}

/** What a feed explains, and as whom its reader reads it. */
function subjectsOf(feed: readonly DisclosedEvent[]): ReadonlyMap<string, Audience> {
  const keeps = feed.some((event) => event.type === "bookOpened");
  const subjects = new Map<string, Audience>();
  const add = (subject: string, audience: Audience): void => {
    if (!subjects.has(subject)) subjects.set(subject, audience);
  };
  for (const event of feed) {
    if (event.type === "requestSubmitted") add(event.request.id, keeps ? "keeper" : "buyer");
    if (event.type === "ownNoticeSent") add(event.notice.request, "holder");
    if (event.type === "ownAgreementTakenOver") for (const notice of event.notices) add(notice.request, "holder");
    if (event.type === "invited") add(event.invitation, "bidder");
    if (event.type === "hostNamed") add(event.part, "host");
    if (event.type === "ownAwardIssued") for (const one of event.hosted) add(one.part, "host");
  }
  return subjects;
}
