import type { DisclosedEvent, InvitedLine, OwnBid, PublishedRules } from "../disclosure/index.ts";
import { countText, moneyText, rateText } from "./amounts.ts";
import type { ExplanationContext } from "./context.ts";
import type { Explanation } from "./explanation.ts";
import { Lookup } from "./lookup.ts";
import { recordingText } from "./notice-steps.ts";
import { addOwnAward } from "./own-award-steps.ts";
import { codeText } from "./codes.ts";
import { BID_WORTH, listText } from "./phrases.ts";
import type { Shown } from "./shown.ts";
import { deadline, ExplanationDraft } from "./steps.ts";
import { tiersText } from "./tiers-text.ts";
import { ending, lastly, moment, span } from "./moments.ts";

/** What a bidder was invited to, what it bid and what came of it: from its own feed only. */
export function explainToBidder(
  feed: readonly DisclosedEvent[],
  invitation: string,
  context?: ExplanationContext,
): Explanation | undefined {
  const lookup = new Lookup(feed, context);
  const bids = new Set<string>();
  let draft: ExplanationDraft | undefined;
  for (const event of feed) {
    if (event.type === "invited" && event.invitation === invitation) draft = invited(event, lookup);
    if (draft === undefined) continue;
    switch (event.type) {
      case "ownBidRecorded":
        if (event.bid.invitation !== invitation) break;
        bids.add(event.bid.id);
        addBid(draft, lookup, event);
        break;
      case "ownListBidsRecorded":
        for (const bid of event.bids) {
          if (bid.invitation !== invitation) continue;
          bids.add(bid.id);
          addBid(draft, lookup, { at: event.at, bid, verdict: "sealed", why: [] });
        }
        break;
      case "ownBidWithdrawn":
      case "ownBidExtended":
      case "ownExtensionAsked":
      case "ownBidVoided":
        if (bids.has(event.bid)) addToBid(draft, event);
        break;
      case "ownImprovementAsked":
        if (event.invitation === invitation) addImprovement(draft, event, lookup);
        break;
      case "invitationEnded":
        if (event.invitation === invitation) addEnd(draft, event.selected);
        break;
      case "ownAwardIssued":
        if (event.supplied.some((line) => line.bid !== undefined && bids.has(line.bid))) {
          addOwnAward(draft, event, lookup, (line) => line.bid !== undefined && bids.has(line.bid));
        }
        break;
      default:
    }
  }
  return draft?.finish(lookup.zone);
}

function invited(event: Shown<"invited">, lookup: Lookup): ExplanationDraft {
  const title = `invitation ${event.invitation} of ${event.buyerName}`;
  const draft = new ExplanationDraft("bidder", event.invitation, title);
  const step = draft.add("invited", "you may bid, sealed until the close", {
    rules: ["domain step 13"],
    deadline: deadline("bids by", event.closesAt, lookup.zone),
  });
  for (const line of event.lines) step.add("asked_for", invitedText(line, event.lines.length > 1));
  step.add("published_rules", rulesText(event.rules), { rules: ["domain step 14"] });
  step.add("who_learns", "if somebody has a right to equal your bid, its terms are told, your name only if you agree", {
    rules: ["domain rows M1 and M9"],
  });
  return draft;
}

function invitedText(line: InvitedLine, numbered: boolean): string {
  const kinds = [...new Set(line.alternatives.map((one) => one.acceleratorType))].join(" or ");
  const count = line.divisible ? `up to ${countText(line.countUpTo)}` : `exactly ${countText(line.countUpTo)}`;
  return [
    `${numbered ? `line ${line.line}: ` : ""}${count} ${kinds} in multiples of ${countText(line.blockSize)} ${span(line.window)}`,
    ...(line.purpose === undefined ? [] : [line.purpose]),
    line.regions.join(" or "),
    ...(line.cap === undefined ? [] : [`at most ${rateText(line.cap)}`]),
  ].join(", ");
}

function rulesText({ tie }: PublishedRules): string {
  const ties = tie === "improve" ? "a tie is broken by one more sealed bid each, then shared" : "a tie is shared";
  return `the choice with the least incremental effective cost is taken; ${ties}`;
}

function addBid(
  draft: ExplanationDraft,
  lookup: Lookup,
  { at, bid, verdict, why }: Omit<Shown<"ownBidRecorded">, "type">,
): void {
  const because = why.length === 0 ? "" : ` (${listText(why.map(codeText))})`;
  const worth = verdict === "sealed" ? "sealed" : `not accepted: ${BID_WORTH[verdict]}${because}`;
  draft.add(
    "own_bid",
    `your bid ${bid.id}, ${moment(at)}: ${bidText(bid)}${recordingText(bid.recording, lookup)}; ${worth}`,
    { verdict },
  );
}

function bidText(bid: OwnBid): string {
  const lines = bid.lines.map((line) => {
    const count =
      line.countMin === line.countMax
        ? countText(line.countMax)
        : `${countText(line.countMin)} to ${countText(line.countMax)}`;
    return `${count} at ${tiersText(line)}`;
  });
  const whole = bid.package?.price === undefined ? "" : `, all for ${moneyText(bid.package.price)}`;
  return `${lines.join("; ")}${whole}`;
}

function addToBid(
  draft: ExplanationDraft,
  event: Shown<"ownBidWithdrawn" | "ownBidExtended" | "ownExtensionAsked" | "ownBidVoided">,
): void {
  switch (event.type) {
    case "ownBidWithdrawn":
      draft.add("bid_withdrawn", `you withdrew bid ${event.bid}, ${moment(event.at)}`);
      return;
    case "ownBidExtended":
      draft.add("bid_extended", `you let bid ${event.bid} stand until ${ending(event.validUntil)}`);
      return;
    case "ownExtensionAsked": {
      const text = `you were asked to let bid ${event.bid} stand until ${ending(event.until)}`;
      draft.add("extension_asked", `${text}, with an answer by ${lastly(event.answerBy)}`, {
        rules: ["domain rule G20"],
      });
      return;
    }
    default:
      draft.add("bid_voided", `your bid ${event.bid} no longer stands: ${codeText(event.why)}`, { verdict: event.why });
  }
}

function addImprovement(draft: ExplanationDraft, event: Shown<"ownImprovementAsked">, lookup: Lookup): void {
  draft.add("improvement_asked", "a tie: you may send one better sealed bid", {
    rules: ["domain step 14"],
    deadline: deadline("bids by", event.closesAt, lookup.zone),
  });
}

/** All who were not selected read the same. */
function addEnd(draft: ExplanationDraft, selected: number): void {
  const text = selected === 0 ? "not selected" : `selected: ${countText(selected)}`;
  draft.add("ended", text, { verdict: selected === 0 ? "not_selected" : "selected", rules: ["domain step 19"] });
}
