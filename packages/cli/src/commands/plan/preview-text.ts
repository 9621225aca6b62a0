import type { ZoneId } from "@offtake/core/calendar";
import { countText, moneyText, rateText } from "@offtake/core/explanation";
import { addMs, DAY_MS, formatInstant, type Instant } from "@offtake/core/kernel";
import type { Wish } from "@offtake/sim/stories";
import { Page } from "../../telling/page.ts";
import { askedText, basisText, deadlineText, endText, outcomeText, whenText, wishText } from "../../telling/phrases.ts";
import { countOf } from "../../terminal/failures.ts";
import type { Io } from "../../terminal/io.ts";
import type { PlannedNotice, Preview } from "./preview.ts";

const SILENCE: Readonly<Record<PlannedNotice["silence"], string>> = {
  refusal: "no answer means refusal: the next step follows",
  acceptance: "no answer means acceptance",
  blocks: "no answer means no: nothing may be awarded",
  consents: "no answer means yes",
};

/** What would happen to each request, step by step, with one closing line for all. */
export function tellPreviews(io: Io, previews: readonly Preview[], at: Instant, zone: ZoneId): void {
  const page = new Page(io);
  for (const [index, preview] of previews.entries()) {
    if (index > 0) page.blank();
    tellPreview(page, preview, at, zone);
  }
  const asked = previews.reduce((sum, { notices }) => sum + new Set(notices.map(({ holder }) => holder)).size, 0);
  const awarded = previews.reduce((sum, { resolution }) => sum + resolution.awardedCount, 0);
  const wanted = previews.reduce((sum, { resolution }) => sum + resolution.askedCount, 0);
  page.blank();
  page.line(
    `Plan: ${countOf(asked, "holder")} to ask, ${countText(awarded)} of ${countText(wanted)} accelerators awarded if nobody answers but those who have answered in advance.`,
  );
}

/** One step of what would happen, with the instant by which steps are put in order. */
interface PlanStep {
  readonly at: Instant;
  readonly texts: readonly string[];
}

function tellPreview(page: Page, preview: Preview, at: Instant, zone: ZoneId): void {
  const { request, resolution, notAsked, caveats, assumed } = preview;
  page.line(`${page.style.strong(`Request ${request.id}`)} of ${resolution.buyer}, sent ${whenText(zone, at)}`);
  for (const wish of resolution.wish) page.paragraph(wishText(wish, zone), "  ");
  if (assumed !== undefined) page.paragraph(`Assumed: ${assumed}`, "  ");
  const begun = begunText(resolution.wish, at, zone);
  if (begun !== undefined) page.paragraph(begun, "  ");
  page.heading("What would happen if each holder asked says nothing");
  const steps = stepsOf(preview, zone).sort((a, b) => a.at - b.at);
  steps.forEach(({ texts: [first = "", ...rest] }, index) => {
    page.item(String(index + 1), first, "", 2);
    for (const text of rest) page.item("", text, "", 2);
  });
  page.item(
    "=",
    `the request: ${outcomeText(resolution)}${resolution.nearest === undefined ? "" : `; what would work: ${resolution.nearest}`}`,
    "",
    2,
  );
  if (notAsked.length > 0) page.heading("Rights that do not apply");
  for (const text of notAsked) page.item("-", text, "", 1);
  if (caveats.length > 0) page.heading("What this rests on and nobody has confirmed");
  for (const { code, text } of caveats) page.item("!", code === "default" ? defaultsText(text) : text, "", 1);
}

/** A plan for a time that has begun is seldom what was meant: it is told, and how to plan as of an earlier day. */
function begunText(wish: readonly Wish[], at: Instant, zone: ZoneId): string | undefined {
  const from = Math.min(...wish.map(({ window }) => window.from));
  if (from > at) return undefined;
  const isOver = wish.every(({ window }) => window.to <= at);
  return `Note: its time ${isOver ? "is over" : "has begun"} on ${whenText(zone, at)}; --at plans as of another day, such as --at ${formatInstant(addMs(from as Instant, -30 * DAY_MS))}`;
}

/** How many values nobody stated; which ones, `--json` says. */
function defaultsText(text: string): string {
  const [clause = text, names] = text.split(" does not state ");
  const count = names?.split(/, | and /).length ?? 0;
  return names === undefined
    ? text
    : `${clause} leaves ${countOf(count, "value")} to their defaults (--json names them)`;
}

function stepsOf({ notices, resolution }: Preview, zone: ZoneId): PlanStep[] {
  return [
    ...notices.map((notice) => noticeStep(notice, zone)),
    ...resolution.markets.map(({ openedAt, closesAt, count, invited, bids }) => {
      const standing = bids.filter((bid) => bid.standing).length;
      return {
        at: openedAt,
        texts: [
          `the market: ${countText(count)} open to ${countOf(invited, "provider")} on ${whenText(zone, openedAt)}`,
          `bids by ${deadlineText(closesAt, zone)}; ${standing === 0 ? "nobody bids by a price list" : standing === 1 ? "1 price list bids by itself" : `${countText(standing)} price lists bid by themselves`}`,
        ],
      };
    }),
    ...resolution.awards.map(({ providerName, hostName, count, price, cost, basis, issuedAt }) => {
      const host = hostName === undefined ? "" : `, run by ${hostName}`;
      const money = `${price === undefined ? "" : ` at ${rateText(price)}`}${cost === undefined ? "" : `, ${moneyText(cost)}`}`;
      return {
        at: issuedAt,
        texts: [
          `award on ${whenText(zone, issuedAt)}: ${providerName} ${countText(count)}${money}${host} (${basisText(basis)})`,
        ],
      };
    }),
  ];
}

function noticeStep(notice: PlannedNotice, zone: ZoneId): PlanStep {
  const zoneOf = (notice.zone as ZoneId | undefined) ?? zone;
  const then = notice.answers.length > 0 ? `it has answered in advance: ${endText(notice)}` : SILENCE[notice.silence];
  return {
    at: notice.sentAt,
    texts: [
      `${notice.holderName} ${askedText(notice)}`,
      `notice on ${whenText(zoneOf, notice.sentAt)}, answer by ${deadlineText(notice.respondBy, zoneOf)}${notice.window === undefined ? "" : ` (${notice.window})`}; ${then}`,
    ],
  };
}
