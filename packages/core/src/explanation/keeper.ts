import type { DisclosedEvent } from "../disclosure/index.ts";
import { isAbout, titleOf } from "./about-request.ts";
import type { ExplanationContext } from "./context.ts";
import type { Explanation } from "./explanation.ts";
import { tellOutcome } from "./keeper-outcome.ts";
import { tellRequest } from "./keeper-request.ts";
import { tellStage } from "./keeper-stages.ts";
import { beginTelling } from "./telling.ts";

/** How a request was resolved, for the keeper of the book: everything that was recorded of it, in its order. */
export function explainRequest(
  feed: readonly DisclosedEvent[],
  request: string,
  context?: ExplanationContext,
): Explanation | undefined {
  const telling = beginTelling(feed, request, context);
  let known = false;
  for (const event of feed) {
    if (!isAbout(event, request)) continue;
    if (event.type === "requestSubmitted" || event.type === "requestRevised") {
      known = true;
      telling.draft.title = titleOf(event.request);
    }
    tellRequest(telling, event);
    tellStage(telling, event);
    tellOutcome(telling, event);
  }
  return known ? telling.draft.finish(telling.lookup.zone) : undefined;
}
