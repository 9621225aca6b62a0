import type { ZoneId } from "@offtake/core/calendar";
import {
  clauseText,
  countText,
  factsText,
  moneyText,
  NOT_APPLYING,
  rateText,
  RIGHT_EFFECT,
} from "@offtake/core/explanation";
import { addMs, DAY_MS, formatInstant, type Instant } from "@offtake/core/kernel";
import type { NotAsked, Plan, PlannedAsk } from "@offtake/core/planning";
import {
  dayAt,
  alternativeText,
  breakEvenText,
  recommendation,
  type ToldPlan,
  windowText,
  whyText,
} from "@offtake/wire/planned";
import { Page } from "../../telling/page.ts";
import { askedText, basisText, deadlineText, whenText, wishText } from "../../telling/phrases.ts";
import { countOf } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import { tableText } from "../../terminal/table.ts";
import { commitmentLines, restsOnLines, sourceRows, SOURCE_COLUMNS } from "./plan-lines.ts";

export const SILENCE: Readonly<Record<PlannedAsk["silence"], string>> = {
  refusal: "no answer means refusal: the next step follows",
  acceptance: "no answer means acceptance",
  blocks: "no answer means no: nothing may be awarded",
  consents: "no answer means yes",
};

/** What would happen to each request, the recommendation first, with one closing line for all. */
export function tellPlans(io: Io, plans: readonly ToldPlan[]): void {
  const page = new Page(io);
  for (const [index, told] of plans.entries()) {
    if (index > 0) page.blank();
    tellPlan(page, told);
  }
  const asked = plans.reduce((sum, { plan }) => sum + new Set(plan.asks.map(({ holder }) => holder)).size, 0);
  const awarded = plans.reduce((sum, { plan }) => sum + plan.awarded, 0);
  const wanted = plans.reduce((sum, { plan }) => sum + plan.wanted, 0);
  page.blank();
  page.line(
    `Plan: ${countOf(asked, "holder")} to ask, ${countText(awarded)} of ${countText(wanted)} accelerators awarded if nobody answers but those who have answered in advance.`,
  );
}

function tellPlan(page: Page, { plan, assumed }: ToldPlan): void {
  const { request, buyerName, zone, at } = plan;
  page.line(`${page.style.strong(`Request ${request.id}`)} of ${buyerName}, sent ${whenText(zone, at)}`);
  for (const line of request.lines)
    page.paragraph(
      wishText(
        {
          ...line,
          accelerators: line.accelerators.map(({ acceleratorType }) => acceleratorType),
          purposes: line.purposes.map(({ purpose }) => purpose),
        },
        zone,
      ),
      "  ",
    );
  if (assumed !== undefined) page.paragraph(`Assumed: ${assumed}`, "  ");
  const begun = begunText(plan);
  if (begun !== undefined) page.paragraph(begun, "  ");
  page.blank();
  page.paragraph(`${page.style.strong("Recommended:")} ${uncapital(recommendation(plan))}`);
  tellSources(page, plan);
  tellCommitments(page, plan);
  tellSteps(page, plan);
  tellNotAsked(page, plan.notAsked);
  tellTimes(page, plan);
  if (plan.alternatives.length > 0) page.heading("What else would work (each was resolved)");
  for (const one of plan.alternatives) page.item("-", alternativeText(plan, one), "", 1);
  if (plan.breakEvens.length > 0) page.heading("Where the choice flips, all else as it is");
  for (const one of plan.breakEvens) page.item("~", breakEvenText(plan, one), "", 1);
  const rests = restsOnLines(plan);
  if (rests.length > 0) page.heading("What this rests on and nobody has confirmed");
  for (const line of rests) page.item("!", line, "", 1);
}

const uncapital = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** A plan for a time that has begun is seldom what was meant: it is told, and how to plan as of an earlier day. */
function begunText({ times, at, zone }: Plan): string | undefined {
  if (times.start > at) return undefined;
  return `Note: its time ${times.end <= at ? "is over" : "has begun"} on ${whenText(zone, at)}; --at plans as of another day, such as --at ${formatInstant(addMs(times.start, -30 * DAY_MS))}`;
}

function tellSources(page: Page, plan: Plan): void {
  if (plan.sources.length === 0) return;
  page.heading("Where it could come from (prices by accelerator-hour)");
  const { rows, more } = sourceRows(plan);
  page.line(tableText(SOURCE_COLUMNS, rows).trimEnd());
  if (more > 0)
    page.line(`  and ${countOf(more, "more source")} that ${more === 1 ? "is" : "are"} dearer (--json shows all)`);
}

function tellCommitments(page: Page, plan: Plan): void {
  const lines = commitmentLines(plan);
  if (lines.length > 0) page.heading("What it does to your commitments");
  for (const line of lines) page.item("-", line, "", 1);
}

interface PlanStep {
  readonly at: Instant;
  readonly texts: readonly string[];
}

function tellSteps(page: Page, plan: Plan): void {
  page.heading("What would happen if each holder asked says nothing");
  const steps = stepsOf(plan).sort((a, b) => a.at - b.at);
  steps.forEach(({ texts: [first = "", ...rest] }, index) => {
    page.item(String(index + 1), first, "", 2);
    for (const text of rest) page.item("", text, "", 2);
  });
  page.item("=", `the request: ${endOf(plan)}`, "", 2);
}

function endOf(plan: Plan): string {
  const { awarded, wanted, why, nearest } = plan;
  const outcome =
    awarded >= wanted
      ? "awarded in full"
      : awarded > 0
        ? `awarded in part, ${countText(awarded)} of ${countText(wanted)}`
        : "nothing awarded";
  const because = why === undefined || awarded >= wanted ? "" : `: ${whyText(why)}`;
  return `${outcome}${because}${nearest === undefined ? "" : `; what would work: ${nearest}`}`;
}

function stepsOf(plan: Plan): PlanStep[] {
  const { zone, asks, times, awards } = plan;
  return [
    ...asks.map((ask) => askStep(ask, zone)),
    ...times.tenders.map(({ opensAt, closesAt, openBy, count, invited, bids, supposed }) => ({
      at: opensAt,
      texts: [
        `the market: ${countText(count)} open to ${countOf(invited, "provider")} on ${whenText(zone, opensAt)}`,
        `bids by ${deadlineText(closesAt, zone)}; ${bidsText(bids, supposed)}${openText(openBy, opensAt, zone)}`,
      ],
    })),
    ...awards.map(({ providerName, hostName, count, price, cost, basis }) => {
      const host = hostName === undefined ? "" : `, run by ${hostName}`;
      const money = `${price === undefined ? "" : ` at ${rateText(price)}`}${cost === undefined ? "" : `, ${moneyText(cost)}`}`;
      const issuedAt = times.awardedAt ?? times.start;
      return {
        at: issuedAt,
        texts: [
          `award on ${whenText(zone, issuedAt)}: ${providerName} ${countText(count)}${money}${host} (${basisText(basis)})`,
        ],
      };
    }),
  ];
}

function openText(openBy: Instant | undefined, opensAt: Instant, zone: ZoneId): string {
  if (openBy === undefined) return "";
  return `; it ${openBy < opensAt ? "had to open by" : "may open until"} ${deadlineText(openBy, zone)}`;
}

/** The last safe moment, or that it has passed. */
export function sendByText(sendBy: Instant | undefined, now: Instant, zone: ZoneId): string {
  if (sendBy === undefined) return "it is too late to send it for that start";
  const moment = deadlineText(sendBy, zone);
  return sendBy < now
    ? `too late for that start: it had to be sent by ${moment}`
    : `last safe moment to send it: ${moment}`;
}

function bidsText(bids: number, supposed: number): string {
  if (bids + supposed === 0) return "nobody is known to bid";
  const lists = bids === 1 ? "1 price list bids by itself" : `${countText(bids)} price lists bid by themselves`;
  const others = `${countOf(supposed, "bid")} supposed at the price on record`;
  return [...(bids === 0 ? [] : [lists]), ...(supposed === 0 ? [] : [others])].join(", ");
}

function askStep(ask: PlannedAsk, zone: ZoneId): PlanStep {
  const zoneOf = (ask.zone as ZoneId | undefined) ?? zone;
  const then = ask.answeredInAdvance
    ? `it has answered in advance: ${ask.status === "part_accepted" ? "accepted in part" : ask.status}`
    : SILENCE[ask.silence];
  const window =
    ask.window === undefined
      ? ""
      : ` (${windowText(ask.window)}${ask.skipped.length === 0 ? "" : `, not counting ${skippedText(ask.skipped)}`})`;
  const why = ask.facts.length === 0 ? [] : [`because the clause reaches ${factsText(ask.facts)}`];
  return {
    at: ask.sentAt,
    texts: [
      `${ask.holderName} ${askedText(ask)}`,
      ...why,
      `notice on ${whenText(zoneOf, ask.sentAt)}, answer by ${deadlineText(ask.respondBy, zoneOf)}${window}; ${then}`,
      ...(ask.answeredInAdvance ? [] : [sendByText(ask.sendBy, ask.sentAt, zoneOf)]),
    ],
  };
}

/** "2 weekend days and Mon 7 Sep 2026 Labor Day". */
export function skippedText(days: readonly string[]): string {
  const holidays = days.filter((day) => !day.endsWith("weekend"));
  const weekend = days.length - holidays.length;
  return [...(weekend === 0 ? [] : [countOf(weekend, "weekend day")]), ...holidays].join(", ");
}

/** Rights that ask nobody are many in a large book: the first are told, the others counted. */
const NOT_ASKED_MAX = 8;

function tellNotAsked(page: Page, notAsked: readonly NotAsked[]): void {
  if (notAsked.length === 0) return;
  page.heading("Who need not be asked, and why not");
  for (const one of notAsked.slice(0, NOT_ASKED_MAX)) page.item("-", notAskedText(one), "", 1);
  if (notAsked.length > NOT_ASKED_MAX)
    page.item("-", `and ${countOf(notAsked.length - NOT_ASKED_MAX, "more right")} (--json shows all)`, "", 1);
}

const UNASKED: Readonly<Record<string, string>> = {
  waits_for_an_offer: "it waits for an offer of somebody else, and none comes",
  counts_at_period_end: "it is counted at the end of its period and asks nobody",
  nothing_left: "nothing is left to ask about",
};

export function notAskedText(one: NotAsked): string {
  const why = UNASKED[one.why] ?? NOT_APPLYING[one.why as keyof typeof NOT_APPLYING];
  const facts = one.facts.length === 0 ? "" : ` (${factsText(one.facts)})`;
  const effect = one.kind === undefined ? "" : `; by it ${one.holderName ?? "its holder"} ${RIGHT_EFFECT[one.kind]}`;
  return `${clauseText(one)} does not ask: ${why}${facts}${effect}`;
}

function tellTimes(page: Page, plan: Plan): void {
  const { times, zone } = plan;
  const { awardedAt, readyAt, earliestStart, slackMs, sendBy, leadMs, start } = times;
  if (awardedAt === undefined || readyAt === undefined || earliestStart === undefined || slackMs === undefined) return;
  page.heading("How much room there is");
  const days = (ms: number): string => countOf(Math.floor(Math.abs(ms) / DAY_MS), "day");
  const lead = leadMs === 0 ? "" : `, ready ${whenText(zone, readyAt)} after ${days(leadMs)} of lead time`;
  page.item(
    "-",
    `sent now, it is awarded ${whenText(zone, awardedAt)}${lead}; earliest start ${dayAt(zone, earliestStart)}`,
    "",
    1,
  );
  page.item(
    "-",
    slackMs >= 0
      ? `slack before ${dayAt(zone, start)}: ${days(slackMs)}`
      : `${days(slackMs)} too late for ${dayAt(zone, start)}`,
    "",
    1,
  );
  if (sendBy !== undefined)
    page.item("-", `last safe moment to send the request: ${deadlineText(sendBy, zone)}`, "", 1);
}
