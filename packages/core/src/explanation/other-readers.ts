import type { DisclosedEvent } from "../disclosure/index.ts";
import { titleOf } from "./about-request.ts";
import { countText } from "./amounts.ts";
import type { ExplanationContext } from "./context.ts";
import type { Explanation } from "./explanation.ts";
import { Lookup } from "./lookup.ts";
import { outcomeText } from "./outcome-steps.ts";
import { addOwnAward } from "./own-award-steps.ts";
import { ExplanationDraft } from "./steps.ts";
import { moment, span } from "./moments.ts";

/** What a host runs for somebody who sells it: its own part, and no price. */
export function explainToHost(
  feed: readonly DisclosedEvent[],
  part: string,
  context?: ExplanationContext,
): Explanation | undefined {
  const lookup = new Lookup(feed, context);
  let draft: ExplanationDraft | undefined;
  for (const event of feed) {
    if (event.type === "hostNamed" && event.part === part) {
      draft ??= new ExplanationDraft("host", part, `part ${part}, sold by ${lookup.name(event.seller)}`);
      const text = `${moment(event.at)}: named as the host of ${countText(event.count)} ${span(event.window)}`;
      draft.add("host_named", text, { rules: ["domain row M12"] });
    }
    if (event.type !== "ownAwardIssued") continue;
    for (const one of event.hosted.filter((hosted) => hosted.part === part)) {
      draft ??= new ExplanationDraft("host", part, `part ${part}, sold by ${lookup.name(one.seller)}`);
      const text = `award ${event.award}, ${moment(event.at)}: you run ${countText(one.count)} ${span(one.window)}`;
      draft.add("awarded", text, { rules: ["domain step 19"] });
    }
  }
  return draft?.finish(lookup.zone);
}

/** How a request ended, for a buyer in a book that somebody else keeps. */
export function explainToBuyer(
  feed: readonly DisclosedEvent[],
  request: string,
  context?: ExplanationContext,
): Explanation | undefined {
  const lookup = new Lookup(feed, context);
  let draft: ExplanationDraft | undefined;
  for (const event of feed) {
    if ((event.type === "requestSubmitted" || event.type === "requestRevised") && event.request.id === request) {
      draft ??= new ExplanationDraft("buyer", request, "");
      draft.title = titleOf(event.request);
    }
    if (draft === undefined) continue;
    if (event.type === "ownAwardIssued" && event.bought.length > 0) addOwnAward(draft, event, lookup, () => true);
    if (event.type === "ownRequestEnded" && event.request === request) {
      draft.add("outcome", outcomeText(event), { verdict: event.outcome });
    }
  }
  return draft?.finish(lookup.zone);
}
