import type { DisclosedEvent } from "@offtake/core/disclosure";
import { explainOne, type Explanation, renderText, type Step } from "@offtake/core/explanation";
import { decodeDisclosed } from "@offtake/wire/codecs";
import { type AnyCall, json } from "../call.ts";
import { idParam, inBook, type Route, route } from "../operation.ts";
import { notFound } from "../problems.ts";

/** Entries that are read at once. */
const CHUNK = 1_000;

export const explanationRoutes: readonly Route[] = [
  route(
    {
      id: "explanationRead",
      method: "get",
      path: "/v1/books/{book}/explanations/{subject}",
      tag: "feed",
      description:
        "Why something came out as it did, made of the caller's own feed and nothing else. The subject is a request of the caller's; for a holder its notice, or the request of it; for a bidder its invitation, for a host its part.",
      params: inBook.extend({ subject: idParam }),
      granted: true,
      answers: {
        200: {
          description: "Step by step, as data and as text.",
          schema: {
            inline: {
              type: "object",
              properties: { data: { $ref: "#/components/schemas/Explanation" } },
              required: ["data"],
              additionalProperties: false,
            },
          },
        },
      },
    },
    async (call) => {
      const feed = await feedOf(call);
      const wanted = requestOfNotice(feed, call.params.subject) ?? call.params.subject;
      const found = explainOne(feed, wanted);
      const request = found?.audience === "keeper" || found?.audience === "buyer" ? found.subject : undefined;
      if (found === undefined || !(await call.admission.read(`explanations/${found.subject}`, request)))
        throw notFound();
      return json(200, { data: explanationValue(found) });
    },
  ),
];

/** What explains a notice is what explains its request, as the reader knows it. */
function requestOfNotice(feed: readonly DisclosedEvent[], id: string): string | undefined {
  for (const event of feed) {
    if ((event.type === "ownNoticeSent" || event.type === "noticeSent") && event.notice.id === id)
      return event.notice.request;
    if (event.type === "ownAgreementTakenOver")
      for (const notice of event.notices) if (notice.id === id) return notice.request;
  }
  return undefined;
}

async function feedOf({ services, book, principal }: AnyCall): Promise<readonly DisclosedEvent[]> {
  const feed: DisclosedEvent[] = [];
  for (let from = 0; ; from += CHUNK) {
    const entries = await services.telling.store.readFeed(book, principal.party, from, CHUNK);
    for (const { body } of entries) {
      const told = decodeDisclosed(JSON.parse(body));
      if (told.ok) feed.push(told.value);
    }
    if (entries.length < CHUNK) return feed;
  }
}

const stepValue = ({ deadline, children, ...step }: Step): unknown => ({
  ...step,
  ...(deadline === undefined
    ? {}
    : { deadline: { label: deadline.label, at: deadline.utc, zone: deadline.zone, skipped: deadline.skipped } }),
  children: children.map(stepValue),
});

const explanationValue = (explanation: Explanation) => ({
  ...explanation,
  steps: explanation.steps.map(stepValue),
  text: renderText(explanation),
});
