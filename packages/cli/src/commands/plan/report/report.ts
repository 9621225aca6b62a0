import type { ZoneId } from "@offtake/core/calendar";
import { countText, factsText, moneyText } from "@offtake/core/explanation";
import { DAY_MS, type Money } from "@offtake/core/kernel";
import type { CommitmentEffect, Plan, PlannedAsk } from "@offtake/core/planning";
import { askedText, deadlineText, whenText, wishText } from "../../../telling/phrases.ts";
import { countOf } from "../../../terminal/failures.ts";
import { VERSION } from "../../../version.ts";
import {
  dayAt,
  breakEvenText,
  gainText,
  recommendation,
  roundRate,
  shortRate,
  type ToldPlan,
  whatElse,
  windowText,
} from "@offtake/wire/planned";
import { isAwarded, OBSTACLES, restsOnLines, sourceName } from "../plan-lines.ts";
import { notAskedText, sendByText, SILENCE, skippedText } from "../plan-text.ts";
import { type Cell, element, escaped, joined, table } from "./markup.ts";
import { priceChartSvg, priceSentence } from "./price-chart.ts";
import { STYLE } from "./style.ts";
import { stretchesOf, timelineSentence, timelineSvg } from "./timeline.ts";

/** Plans as one page that needs nothing beside itself: no script, no font, no network. */
export function reportOf(plans: readonly ToldPlan[]): string {
  const [first] = plans;
  const name =
    plans.length === 1 && first !== undefined
      ? `Plan: ${titleOf(first.plan)}`
      : `Plans of ${countText(plans.length)} requests`;
  const body = plans.map(({ plan, assumed }) => articleOf(plan, assumed)).join("\n");
  const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="generator" content="offtake ${VERSION}">
<title>${escaped(name)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${body}
</main>
<footer>Made by offtake ${escaped(VERSION)} from the book alone. Nothing was sent and nobody was asked: notices, answers and awards are what would follow. Prices on record are no promise of capacity.</footer>
</body>
</html>
`;
}

function titleOf({ request }: Plan): string {
  return request.lines
    .map(
      ({ count, accelerators }) =>
        `${countText(count)} × ${accelerators.map(({ acceleratorType }) => acceleratorType).join(" or ")}`,
    )
    .join(", ");
}

function articleOf(plan: Plan, assumed: string | undefined): string {
  const { request, zone, at, buyerName } = plan;
  const wishes = request.lines.map((line) =>
    wishText(
      {
        ...line,
        accelerators: line.accelerators.map(({ acceleratorType }) => acceleratorType),
        purposes: line.purposes.map(({ purpose }) => purpose),
      },
      zone,
    ),
  );
  const sections = [
    verdictOf(plan),
    cardsOf(plan),
    asksOf(plan),
    timelineOf(plan),
    pricesOf(plan),
    commitmentsOf(plan),
    besides([alternativesOf(plan), flipsOf(plan)]),
    besides([notAskedOf(plan), restsOf(plan)]),
  ];
  return element(
    "article",
    {},
    joined([
      `<header class="top"><span class="brand">offtake plan</span><span>${escaped(buyerName)} · request ${escaped(request.id)} · as of ${escaped(whenText(zone, at))}</span></header>`,
      element("h1", {}, escaped(titleOf(plan))),
      element(
        "p",
        { class: "wish" },
        escaped([...wishes, ...(assumed === undefined ? [] : [`assumed: ${assumed}`])].join("; ")),
      ),
      ...sections.filter((one) => one !== ""),
    ]),
  );
}

/** `place`: a picture stands beside another on paper, everything else takes the width. */
const section = (title: string, content: string, place: "wide" | "picture" = "wide"): string =>
  element("section", { class: place }, element("h2", {}, escaped(title)) + content);

/** Sections side by side where there is room. */
function besides(sections: readonly string[]): string {
  const there = sections.filter((one) => one !== "");
  return there.length === 0 ? "" : element("div", { class: "two" }, joined(there));
}

const VERDICTS: Readonly<Record<Plan["verdict"], string>> = {
  works: "● Works in time",
  late: "▲ Too late for its start",
  part: "▲ Only a part",
  blocked: "✕ Blocked",
  none: "✕ Nobody supplies it",
};

function verdictOf(plan: Plan): string {
  const { verdict } = plan;
  const pill = element("span", { class: "pill" }, VERDICTS[verdict]);
  const say = element("p", { class: "say" }, escaped(recommendation(plan)));
  return element("section", { class: `verdict ${verdict}` }, `<h2>Recommended</h2>${pill}${say}`);
}

function cardsOf(plan: Plan): string {
  const { times, zone, cost, effective, effectivePrice, price, asks } = plan;
  const cards: string[] = [];
  const holders = [...new Set(asks.filter((ask) => !ask.answeredInAdvance).map(({ holderName }) => holderName))];
  cards.push(
    card(
      "Must be asked",
      holders.length === 0 ? "nobody" : holders.join(", "),
      `${countOf(plan.notAsked.length, "other right")} looked at and not asked`,
    ),
  );
  if (cost !== undefined && effective !== undefined)
    cards.push(
      card(
        "Effective cost",
        moneyText(effective),
        `${moneyText(cost)} paid, ${roundRate(effectivePrice)} an hour effectively, ${roundRate(price)} paid`,
      ),
    );
  if (times.sendBy !== undefined)
    cards.push(
      card(
        times.sendBy < plan.at ? "Had to be sent by" : "Last safe moment to send",
        dayAt(zone, times.sendBy),
        deadlineText(times.sendBy, zone),
      ),
    );
  if (times.earliestStart !== undefined && times.slackMs !== undefined) {
    const days = countOf(Math.floor(Math.abs(times.slackMs) / DAY_MS), "day");
    cards.push(
      card(
        "Earliest start",
        dayAt(zone, times.earliestStart),
        times.slackMs >= 0
          ? `${days} of slack before ${dayAt(zone, times.start)}`
          : `${days} too late for ${dayAt(zone, times.start)}`,
      ),
    );
  }
  return element("div", { class: "cards" }, cards.join("\n"));
}

function card(key: string, value: string, note: string): string {
  return element(
    "div",
    { class: "card" },
    `<div class="k">${escaped(key)}</div><div class="v">${escaped(value)}</div><div class="n">${escaped(note)}</div>`,
  );
}

const text = (value: string): Cell => ({ text: value });
const right = (value: string): Cell => ({ text: value, align: "right" });

function timelineOf(plan: Plan): string {
  const picture = timelineSvg(plan);
  if (picture === undefined) return "";
  const { zone, times } = plan;
  const legend = `<ul class="legend"><li><svg viewBox="0 0 22 10" aria-hidden="true"><rect class="now" width="22" height="10" rx="2"/></svg>sent now</li><li><svg viewBox="0 0 22 10" aria-hidden="true"><rect class="last" x="1" y="1" width="20" height="8" rx="2"/></svg>sent at the last safe moment (dashed)</li><li><svg viewBox="0 0 22 10" aria-hidden="true"><circle class="award" cx="6" cy="5" r="5"/></svg>award${times.leadMs > 0 ? ", then lead time (hatched)" : ""}</li></ul>`;
  const rows = stretchesOf(plan).map(({ label, from, to, latestFrom }) => [
    text(label),
    text(whenText(zone, from)),
    text(deadlineText(to, zone)),
    text(
      latestFrom === undefined
        ? "none is left"
        : `${deadlineText(latestFrom, zone)}${latestFrom < from ? " (passed)" : ""}`,
    ),
  ]);
  const award =
    times.awardedAt === undefined
      ? []
      : [
          [
            text("Award"),
            text(whenText(zone, times.awardedAt)),
            text(""),
            text(whenText(zone, (times.start - times.leadMs) as typeof times.start)),
          ],
        ];
  const ready =
    times.readyAt === undefined || times.leadMs === 0
      ? []
      : [[text("Ready"), text(whenText(zone, times.readyAt)), text(""), text(dayAt(zone, times.start))]];
  const steps = table(
    "When each step begins and ends",
    [text("Step"), text("If sent now"), text("Ends"), text("Last safe moment")],
    [...rows, ...award, ...ready],
  );
  const twin = `<details class="twin"><summary>The same as a table</summary>${steps}</details>`;
  return section(
    "When",
    `${element("p", {}, escaped(timelineSentence(plan)))}<div class="charts">${picture}${legend}</div>${twin}`,
    "picture",
  );
}

function pricesOf(plan: Plan): string {
  if (plan.sources.length === 0) return "";
  const picture = priceChartSvg(plan) ?? "";
  const legend =
    picture === ""
      ? ""
      : `<ul class="legend"><li><svg viewBox="0 0 22 10" aria-hidden="true"><rect class="list" x="1" y="1" width="20" height="8"/></svg>list price (outline)</li><li><svg viewBox="0 0 22 10" aria-hidden="true"><rect class="own" width="22" height="10"/></svg>own price (solid)</li><li><svg viewBox="0 0 22 10" aria-hidden="true"><rect width="22" height="10" fill="url(#hatch)"/><rect class="edge" x="1" y="1" width="20" height="8"/></svg>effective, after commitments (hatched)</li><li>● in the recommendation</li><li>one bar: these are the same</li></ul>`;
  const rows = plan.sources.map((source) => {
    const { quote, count, cost, effective, listPrice, ownPrice, effectivePrice } = source;
    const note = [
      KINDS[quote.kind],
      ...source.obstacles.map((code) => OBSTACLES[code]),
      ...(quote.source === undefined || quote.source === "book" ? [] : [quote.source]),
    ];
    return [
      text(`${isAwarded(plan, source) ? "● " : ""}${sourceName(source)}`),
      right(count === 0 ? "–" : countText(count)),
      right(shortRate(listPrice)),
      right(roundRate(ownPrice)),
      right(roundRate(effectivePrice)),
      right(money(cost)),
      right(money(effective?.avoided)),
      right(money(effective?.effective)),
      text(note.join("; ")),
    ];
  });
  const columns = [
    text("Source"),
    right("Count"),
    right("List"),
    right("Own"),
    right("Effective"),
    right("Cost"),
    right("Shortfall saved"),
    right("Effective cost"),
    text("Note"),
  ];
  const caption = "Each source alone, prices by accelerator-hour; the cheapest after commitments first";
  const chart = element("p", {}, escaped(priceSentence(plan))) + element("div", { class: "charts" }, picture + legend);
  return [section("What it costs", chart, "picture"), section("Each source", table(caption, columns, rows))].join("\n");
}

const KINDS: Readonly<Record<string, string>> = {
  entitlement: "contracted already",
  agreement: "under agreement",
  market: "price list",
};

const money = (amount: Money | undefined): string => (amount === undefined ? "–" : moneyText(amount));

function commitmentsOf(plan: Plan): string {
  const rows = plan.commitments.flatMap((effect) =>
    effect.periods.filter(({ to }) => to > plan.at).map((period) => commitmentRow(effect, period)),
  );
  if (rows.length === 0) return "";
  const columns = [
    text("Commitment"),
    text("Period"),
    right("Must reach"),
    right("Drawn and expected"),
    right("This draws"),
    right("Shortfall before"),
    right("Shortfall after"),
  ];
  return section("What it does to your commitments", table("What the recommended award does to each", columns, rows));
}

function commitmentRow(effect: CommitmentEffect, period: CommitmentEffect["periods"][number]): Cell[] {
  const { zone, counted } = effect;
  const amount = (of: Money | undefined, seconds: bigint | undefined): string =>
    of === undefined ? `${countText((seconds ?? 0n) / 3600n)} acc-h` : moneyText(of);
  return [
    text(`${effect.agreement}, ${effect.clause}${counted ? "" : " (not in force: shown, not counted)"}`),
    text(`${dayAt(zone, period.from)} to ${dayAt(zone, (period.to - 1) as typeof period.to)}`),
    right(amount(period.committed, period.committedSeconds)),
    right(amount(period.expected, period.expectedSeconds)),
    right(amount(period.draws, period.drawsSeconds)),
    right(money(period.shortfallBefore)),
    right(money(period.shortfallAfter)),
  ];
}

function asksOf(plan: Plan): string {
  if (plan.asks.length === 0) return section("Who must be asked", "<p>Nobody: no right stands in the way.</p>");
  const items = plan.asks.map((ask) => element("li", {}, element("div", {}, askOf(ask, plan.zone))));
  return section("Who must be asked, in this order", element("ol", { class: "steps" }, items.join("\n")));
}

function askOf(ask: PlannedAsk, bookZone: ZoneId): string {
  const zone = (ask.zone as ZoneId | undefined) ?? bookZone;
  const window =
    ask.window === undefined
      ? ""
      : ` (${windowText(ask.window)}${ask.skipped.length === 0 ? "" : `, not counting ${skippedText(ask.skipped)}`})`;
  const read =
    ask.reading === undefined
      ? "▲ nobody has confirmed this reading"
      : `reading confirmed by ${ask.reading.by}, ${ask.reading.at}`;
  const lines = [
    `${ask.facts.length === 0 ? "" : `Because the clause reaches ${factsText(ask.facts)}. `}Sent ${whenText(zone, ask.sentAt)}, answer by ${deadlineText(ask.respondBy, zone)}${window}.`,
    ask.answeredInAdvance
      ? `It has answered in advance: ${ask.status.replace("_", " ")}.`
      : `${capital(SILENCE[ask.silence])}. ${capital(sendByText(ask.sendBy, ask.sentAt, zone))}.`,
  ];
  const words =
    ask.text === undefined
      ? ""
      : element(
          "blockquote",
          {},
          `${escaped(ask.text)} <span class="${ask.reading === undefined ? "att" : "neu"}">(${escaped(read)})</span>`,
        );
  return `<div class="say1">${escaped(`${ask.holderName} ${askedText(ask)}`)}</div>${words}${lines.map((line) => element("div", {}, escaped(line))).join("")}`;
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

function notAskedOf({ notAsked }: Plan): string {
  if (notAsked.length === 0) return "";
  return section("Who need not be asked, and why not", list(notAsked.map((one) => ["○", "neu", notAskedText(one)])));
}

function list(items: readonly (readonly [glyph: string, family: string, text: string])[]): string {
  const lines = items.map(
    ([glyph, family, words]) =>
      `<li><span class="g ${family}" aria-hidden="true">${glyph}</span>${escaped(words)}</li>`,
  );
  return element("ul", { class: "plain" }, lines.join("\n"));
}

function alternativesOf(plan: Plan): string {
  if (plan.alternatives.length === 0) return "";
  const rows = plan.alternatives.map((one) => [text(capital(whatElse(plan, one))), text(gainText(plan, one))]);
  return section(
    "What else would work",
    table("Each was really resolved", [text("Do this"), text("and it comes to")], rows),
  );
}

function flipsOf(plan: Plan): string {
  if (plan.breakEvens.length === 0) return "";
  return section(
    "Where the choice flips, all else as it is",
    list(plan.breakEvens.map((one) => ["◆", "wai", breakEvenText(plan, one)])),
  );
}

function restsOf(plan: Plan): string {
  const lines = restsOnLines(plan);
  if (lines.length === 0) return "";
  return section("What this rests on and nobody has confirmed", list(lines.map((line) => ["▲", "att", line])));
}
