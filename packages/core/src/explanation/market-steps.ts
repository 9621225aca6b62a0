import type { Evaluation } from "../book/events.ts";
import type { Bid, BidLine } from "../tenders/bid.ts";
import { countText, moneyText } from "./amounts.ts";
import type { Lookup } from "./lookup.ts";
import { codeText } from "./codes.ts";
import { BID_WORTH, listText } from "./phrases.ts";
import type { Shown } from "./shown.ts";
import { deadline, type ExplanationDraft, type StepDraft } from "./steps.ts";
import { tiersText } from "./tiers-text.ts";
import { ending, lastly, moment, span } from "./moments.ts";

/** "424 were opened to others by tender tnd_...: GAMMA and KAPPA invited; bids by ...". */
export function addTender(draft: ExplanationDraft, event: Shown<"tenderOpened">, lookup: Lookup): StepDraft {
  const { tender, invitations } = event;
  const count = tender.lots.reduce((sum, one) => sum + one.count, 0);
  const invited = invitations.map((one) => lookup.name(one.provider));
  const text = `${countText(count)} were opened to others (tender): ${listText(invited) || "nobody"} invited`;
  return draft.add("tender_opened", text, {
    rules: ["domain step 13"],
    deadline: deadline("bids by", tender.closesAt, lookup.zone),
  });
}

export type TenderStepEvent = Shown<
  "bidWithdrawn" | "bidExtended" | "extensionAsked" | "bidVoided" | "bidsUnsealed" | "improvementAsked"
>;

/** Adds what happened in a tender to its step; what each bid says only from its opening on. */
export function addToTender(step: StepDraft, event: TenderStepEvent, lookup: Lookup): void {
  switch (event.type) {
    case "bidsUnsealed":
      return addOpening(step, event, lookup);
    case "bidWithdrawn":
      step.add("bid_withdrawn", `${lookup.name(event.bidder)} withdrew its bid`);
      return;
    case "extensionAsked": {
      const { until, answerBy } = event;
      const text = `${lookup.name(event.bidder)} was asked to let its bid stand until ${ending(until)}`;
      step.add("extension_asked", `${text}, with an answer by ${lastly(answerBy)}`, {
        rules: ["domain rule G20"],
      });
      return;
    }
    case "bidExtended": {
      const until = ending(event.validUntil);
      step.add("bid_extended", `${lookup.name(event.bidder)} lets its bid stand until ${until}`, {
        rules: ["domain rule G20"],
      });
      return;
    }
    case "bidVoided":
      step.add("bid_voided", `the bid of ${lookup.name(event.bidder)} no longer stands: ${codeText(event.why)}`);
      return;
    default: {
      const bidders = listText(event.bidders.map((bidder) => lookup.name(bidder)));
      step.add("improvement_asked", `a tie: ${bidders} were asked for one better sealed bid each`, {
        rules: ["domain step 14"],
        deadline: deadline("bids by", event.closesAt, lookup.zone),
      });
    }
  }
}

function addOpening(step: StepDraft, event: Shown<"bidsUnsealed">, lookup: Lookup): void {
  const count = event.bids.length;
  const bids = count === 1 ? "1 bid was opened" : `${countText(count)} bids were opened`;
  const opened = step.add("bids_opened", `${count === 0 ? "no bid came" : bids}, ${moment(event.at)}`);
  for (const bid of event.bids) opened.add("bid", bidText(bid, lookup), { facts: [`bid=${bid.id}`] });
  for (const { bidder, verdict, why } of event.setAside) {
    const because = why.length === 0 ? "" : ` (${listText(why.map(codeText))})`;
    const text = `the bid of ${lookup.name(bidder)} was set aside: ${BID_WORTH[verdict]}${because}`;
    opened.add("bid_set_aside", text, { verdict });
  }
}

function bidText(bid: Bid, lookup: Lookup): string {
  const lines = bid.lines.map(lineText).join("; ");
  const whole =
    bid.package === undefined
      ? ""
      : bid.package.price === undefined
        ? ", all or none"
        : `, all for ${moneyText(bid.package.price)}`;
  return `${lookup.name(bid.bidder)}: ${lines}${whole}`;
}

function lineText(line: BidLine): string {
  const { countMin, countMax } = line;
  const count = countMin === countMax ? countText(countMax) : `${countText(countMin)} to ${countText(countMax)}`;
  const when = line.window === undefined ? "" : ` ${span(line.window)}`;
  return `${count}${when} at ${tiersText(line)}`;
}

/** What covers less costs less for that alone: it is told how much would be left, and two values that do not compare are not subtracted. */
function runnerUpText({ chosen, value }: Evaluation, runnerUp: NonNullable<Evaluation["runnerUp"]>): string {
  const missing = chosen.reduce((sum, part) => sum + part.count, 0) - runnerUp.count;
  if (missing > 0) return `and would have covered ${countText(missing)} less`;
  return `${moneyText({ ...value, micros: runnerUp.value.micros - value.micros })} more`;
}

/** How the bids compared: for the buyer's eyes only. */
export function addEvaluation(draft: ExplanationDraft, evaluation: Evaluation, lookup: Lookup): void {
  const { chosen, value, runnerUp, binding, unfilled, considered, effects } = evaluation;
  // Without bids there is nothing to compare; the end says so.
  if (considered.length === 0 && chosen.length === 0) return;
  const best = chosen.length === 0 ? "nothing could be chosen" : `the best choice comes to ${moneyText(value)}`;
  const step = draft.add("bids_compared", `bids were compared by incremental effective cost: ${best}`, {
    rules: ["domain step 14"],
  });
  for (const part of chosen) {
    const spared = part.cost.micros === part.incremental.micros ? "" : `, ${moneyText(part.cost)} by its price alone`;
    const text = `${lookup.name(part.provider)}: ${countText(part.count)} for ${moneyText(part.incremental)}${spared}`;
    step.add("chosen", text, { verdict: "taken" });
  }
  for (const one of considered) {
    if (one.verdict === "taken") continue;
    const alone = one.incremental === undefined ? "" : `; by itself it comes to ${moneyText(one.incremental)}`;
    step.add("not_chosen", `${lookup.name(one.provider)}: not chosen, ${codeText(one.why)}${alone}`, {
      verdict: one.verdict,
    });
  }
  for (const one of effects ?? []) {
    const counted = one.counted ? "" : " (not in force yet, so not counted)";
    const text = `commitment ${one.clause} of agreement ${one.agreement}: the choice avoids a shortfall of ${moneyText(one.avoided)}`;
    step.add("commitment_effect", `${text}${counted}`);
  }
  for (const { agreement, clause, cost, by, reason } of evaluation.missed ?? []) {
    const text = `minimum share ${clause} of agreement ${agreement} is missed by decision of ${by}: ${reason}`;
    step.add("share_missed", `${text}; that costs ${moneyText(cost)}, which is part of the choice`);
  }
  if (runnerUp !== undefined) {
    const text = `runner-up: ${countText(runnerUp.count)} from ${lookup.name(runnerUp.provider)} instead make it ${moneyText(runnerUp.value)}`;
    step.add("runner_up", `${text}, ${runnerUpText(evaluation, runnerUp)}`);
  }
  if (evaluation.bound !== undefined)
    step.add(
      "bound",
      `that it is the least is not proved: nothing can come to less than ${moneyText(evaluation.bound)}`,
    );
  if (binding.length > 0)
    step.add("binding", `what limits the choice: ${listText(binding.map(codeText))}`, { facts: binding });
  for (const one of unfilled)
    step.add("left_open", `${countText(one.count)} stay open: ${codeText(one.why)}`, { verdict: one.why });
}
