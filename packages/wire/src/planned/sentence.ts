import { clauseText, codeText, countText, listText, moneyText, rateText } from "@offtake/core/explanation";
import type { Plan, PlannedAlternative, PlannedAward } from "@offtake/core/planning";
import { deadlineText, momentText } from "@offtake/core/calendar";
import { dayAt } from "./break-evens.ts";

/** What the plan comes to, in one sentence. */
export function recommendation(plan: Plan): string {
  switch (plan.verdict) {
    case "works":
      return worksText(plan);
    case "late":
      return lateText(plan);
    case "part":
      return `${partText(plan)}${insteadText(plan)}`;
    case "blocked":
      return `${blockedText(plan)}${insteadText(plan)}`;
    case "none":
      return `Nobody is known to supply it${plan.why === "above_cap" ? " at that price" : ""}${insteadText(plan)}`;
  }
}

function worksText(plan: Plan): string {
  const { sendBy } = plan.times;
  const asked = askedNames(plan);
  const last = sendBy === undefined ? "" : `, and send it by ${deadlineText(plan.zone, sendBy)}`;
  const before = asked.length === 0 ? "nobody has to be asked first" : `ask ${listText(asked)} first`;
  return `${capital(supplyText(plan))}${costText(plan)}: ${before}${last}.`;
}

function lateText(plan: Plan): string {
  const { earliestStart, start } = plan.times;
  const when = earliestStart === undefined ? "" : `; the earliest start is ${dayAt(plan.zone, earliestStart)}`;
  return `It cannot begin on ${dayAt(plan.zone, start)}: the periods for answers and bids end too late${when}${insteadText(plan)}`;
}

function partText(plan: Plan): string {
  const { awarded, wanted } = plan;
  return `Only ${countText(awarded)} of ${countText(wanted)} can be had${plan.times.slackMs !== undefined && plan.times.slackMs < 0 ? ", and too late" : ""}: ${supplyText(plan)}${costText(plan)}`;
}

/** What is not on record and holds a request up, with where to write it. */
const LACKS: Readonly<Record<string, string>> = {
  rate_missing:
    "a price or a promise is in another currency, and no exchange rate is recorded; write it under `rates` of the book",
  calendar_missing: "a deadline needs a holiday calendar that is not recorded; write it under `calendars` of the book",
  calendar_year_unknown:
    "a deadline needs a year that no holiday calendar on record covers; write a calendar with it under `calendars` of the book",
};

/** Why no more was awarded, where the reason is about all that was offered and not about one bid. */
const WHY_NO_MORE: Readonly<Record<string, string>> = {
  above_cap: "what was offered is above the cap",
  late_start: "what was offered begins too late",
  no_bids: "nobody bid for more",
  no_capacity: "no more capacity is free",
};

/** What stands in the way of more, in words: of the code that a plan has for it. */
export const whyText = (why: string): string => WHY_NO_MORE[why] ?? codeText(why);

function blockedText(plan: Plan): string {
  const consents = plan.asks.filter(({ silence }) => silence === "blocks");
  if (plan.why === "conflict_undecided")
    return "Nothing may be awarded until somebody decides which of two rights prevails";
  const lacks = LACKS[plan.why ?? ""];
  if (lacks !== undefined) return `Nothing can be awarded: ${lacks}`;
  if (consents.length > 0)
    return `Nothing may be awarded unless ${listText([...new Set(consents.map(({ holderName }) => holderName))])} agrees: no answer means no`;
  const names = askedNames(plan);
  return `Nothing may be awarded unless ${names.length === 0 ? "a right" : listText(names)} lets go: no answer keeps it bound`;
}

/** The best of what else would work. */
function insteadText(plan: Plan): string {
  const [best] = plan.alternatives;
  return best === undefined ? "." : `; what works: ${alternativeText(plan, best)}.`;
}

/** "Pine Compute supplies 512 at $2.40 per accelerator-hour", "Ridge 200 at ... and Pine 312 at ...". */
export function supplyText(plan: Plan): string {
  const [first] = plan.awards;
  if (first === undefined) return "nobody supplies it";
  if (plan.awards.length === 1)
    return `${fromText(first)} ${first.count === plan.wanted ? `for all ${countText(first.count)}` : `for ${countText(first.count)}`}${atText(first)}`;
  return listText(plan.awards.map((award) => `${fromText(award)} for ${countText(award.count)}${atText(award)}`));
}

const VERBS: Partial<Record<PlannedAward["basis"], string>> = {
  entitlement: "call what is contracted with",
  sale: "sell to",
};

const fromText = ({ providerName, basis, hostName }: PlannedAward): string =>
  `${VERBS[basis] ?? "take"} ${providerName}${hostName === undefined ? "" : ` (run by ${hostName})`}`;

const atText = ({ price }: PlannedAward): string => (price === undefined ? "" : ` at ${rateText(price)}`);

function costText({ cost, effective }: Plan): string {
  if (cost === undefined) return "";
  const saved =
    effective === undefined || effective.micros === cost.micros
      ? ""
      : `, effectively ${moneyText(effective)} after your commitments`;
  return `, ${moneyText(cost)}${saved}`;
}

function askedNames(plan: Plan): string[] {
  return [
    ...new Set(plan.asks.filter(({ answeredInAdvance }) => !answeredInAdvance).map(({ holderName }) => holderName)),
  ];
}

/** What would be done otherwise, and what it was found to come to. */
export function alternativeText(plan: Plan, one: PlannedAlternative): string {
  return `${whatElse(plan, one)}: ${gainText(plan, one)}`;
}

export function whatElse(plan: Plan, one: PlannedAlternative): string {
  const clause = one.right === undefined ? "" : clauseText(one.right);
  switch (one.kind) {
    case "waiver":
      return `ask ${one.partyName ?? "the holder"} to waive ${clause} for this request`;
    case "consent":
      return `get the consent of ${one.partyName ?? "the holder"} (${clause})`;
    case "move-start":
      return `begin on ${one.start === undefined ? "a later day" : dayAt(plan.zone, one.start)}`;
    case "split":
      return `ask for ${countText(one.count ?? 0)} now, and for the rest apart`;
    case "accelerator":
      return `take ${one.accelerator ?? ""} instead, one for one`;
    case "region":
      return `take it in ${one.region ?? ""}`;
    case "purpose":
      return `declare the purpose ${one.purpose ?? ""}, if that is what it is for (carved out of ${clause})`;
    case "cap":
      return `pay up to ${one.cap === undefined ? "more" : rateText(one.cap)}`;
  }
}

export function gainText(plan: Plan, one: PlannedAlternative): string {
  const count = `${countText(one.awarded)} of ${countText(one.count ?? plan.wanted)}`;
  const cost = one.effective === undefined ? "" : ` for ${moneyText(one.effective)} effectively`;
  const when = one.awardedAt === undefined ? "" : `, awarded ${momentText(plan.zone, one.awardedAt)}`;
  return `${count}${cost}${when}${one.inTime ? "" : ", still too late"}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
