import { civilAt, dayText, type ZoneId } from "@offtake/core/calendar";
import { countText, FirstAppearances, moneyText, rateText, renderText } from "@offtake/core/explanation";
import type { Instant } from "@offtake/core/kernel";
import { AUDITOR, explanationsFor } from "@offtake/sim/cases";
import { type Resolution, resolutionsOf, type StepReport, type StoryRun } from "@offtake/sim/stories";
import { deadlineText, endText, outcomeText } from "../../telling/phrases.ts";
import { Page } from "../../telling/page.ts";
import { Teller } from "../../telling/events.ts";
import type { Io } from "../../terminal/io.ts";
import { tableText } from "../../terminal/table.ts";
import { countOf } from "../../terminal/failures.ts";
import { evidenceText, tellPrices, tellRecords } from "./on-record.ts";
import { elementCounts } from "./summary.ts";

/** The whole story for people: what happened, what became of each request and why, what of the news it shows. */
export function tellStory(io: Io, run: StoryRun, withReasons: boolean): void {
  const page = new Page(io);
  const { story, failures } = run;
  page.line(page.style.strong(story.title));
  page.blank();
  page.paragraph(story.about);
  page.paragraph(
    "How to read it: an agreement gives its holder a right; a request that the right reaches leads to a notice, and the notice to an answer; what nobody takes by right goes to the market; then comes the award. Evidence says how well each step is known.",
  );
  if (story.assumed !== undefined) page.paragraph(`Assumed: ${story.assumed}`);
  const zone = run.play.book.state.header?.zone ?? ("UTC" as ZoneId);
  tellSteps(page, run, zone);
  const resolutions = resolutionsOf(run.chronicle);
  tellResolutions(page, resolutions, zone);
  if (withReasons) tellReasons(page, run, resolutions);
  tellPrices(page, run);
  tellRecords(page, run);
  tellElements(io, page, run);
  for (const { file, line, column, when, expected, happened } of failures) {
    io.err(`${file}:${line}:${column} ${when}: expected ${expected}; ${happened}\n`);
  }
  page.blank();
  page.line(closing(run, resolutions));
}

function tellSteps(page: Page, run: StoryRun, zone: ZoneId): void {
  page.heading("What happened");
  const teller = new Teller(run.chronicle, zone);
  for (const step of run.steps) {
    const before = step.events.filter(({ at }) => at < step.at);
    for (const [at, events] of byInstant(before)) {
      const told = teller.tell(events);
      if (told.length === 0) continue;
      page.line(`${page.style.strong(dateText(zone, at))}  time passes`);
      for (const { label, text } of told) page.item(label, text);
    }
    tellStep(page, step, teller, zone);
  }
}

function tellStep(page: Page, step: StepReport, teller: Teller, zone: ZoneId): void {
  const told = teller.tell(step.events.filter(({ at }) => at >= step.at));
  if (told.length === 0 && step.note === undefined && step.rejection === undefined) return;
  page.line(page.style.strong(dateText(zone, step.at)));
  if (step.note !== undefined) page.paragraph(step.note, "  ");
  for (const { label, text } of told) page.item(label, text);
  if (step.rejection !== undefined) page.item("rejected", `${step.rejection.code}: ${step.rejection.detail}`);
  if (step.evidence !== undefined) page.quote("evidence", evidenceText(step.evidence));
}

function byInstant<Event extends { readonly at: Instant }>(events: readonly Event[]): Map<Instant, Event[]> {
  const groups = new Map<Instant, Event[]>();
  for (const event of events) groups.set(event.at, [...(groups.get(event.at) ?? []), event]);
  return groups;
}

const dateText = (zone: ZoneId, at: Instant): string => dayText(civilAt(zone, at).epochDay);

function tellResolutions(page: Page, resolutions: readonly Resolution[], zone: ZoneId): void {
  page.heading("Requests: who was asked, in what order, by when, what they answered, who was awarded what");
  for (const resolution of resolutions) {
    page.line(
      `${page.style.strong(resolution.request)}: ${countText(resolution.askedCount)}, ${outcomeText(resolution)}`,
    );
    resolution.asked.forEach((asked, index) => {
      const zoneOf = (asked.zone as ZoneId | undefined) ?? zone;
      page.item(
        `notice ${index + 1}`,
        `${asked.holderName} (${asked.kind.replace("-", " ")}), answer by ${deadlineText(asked.respondBy, zoneOf)}: ${endText(asked)}`,
      );
    });
    if (resolution.asked.length === 0) page.item("notice", "nobody had to be asked");
    for (const { providerName, hostName, count, price, cost, status } of resolution.awards) {
      const host = hostName === undefined ? "" : `, run by ${hostName}`;
      const at = price === undefined ? "" : ` at ${rateText(price)}`;
      const sum = cost === undefined ? "" : `, ${moneyText(cost)}`;
      page.item(
        "award",
        `${providerName} ${countText(count)}${at}${sum}${host}${status === "defaulted" ? ", defaulted" : ""}`,
      );
    }
  }
}

/** The reasons of all requests, one after the other, and then once what they rest on: it is the same clauses again and again. */
function tellReasons(page: Page, run: StoryRun, resolutions: readonly Resolution[]): void {
  page.heading("Why: the reasons recorded with each decision, as the keeper of the book reads them");
  const words = new FirstAppearances();
  const restingOn = new Map<string, string[]>();
  for (const { request } of resolutions) {
    for (const explanation of explanationsFor(run.play.end(), AUDITOR, request)) {
      page.blank();
      page.list(renderText(explanation, { words, caveats: false }).trimEnd());
      for (const { text } of explanation.caveats) restingOn.set(text, [...(restingOn.get(text) ?? []), request]);
    }
  }
  if (restingOn.size > 0) page.heading("What these reasons rest on and nobody has confirmed");
  for (const [text, requests] of restingOn) {
    page.quote(
      "!",
      `${text} (${requests.length > 3 ? countOf(requests.length, "request") : requests.join(", ")})`,
      "",
      1,
    );
  }
}

function tellElements(io: Io, page: Page, run: StoryRun): void {
  if (run.elements.length === 0) return;
  page.heading("The news, element by element");
  const mark = { runs: page.style.good("●"), recorded: page.style.waiting("◔"), "not yet": page.style.quiet("○") };
  const rows = run.elements.map(({ quote, object, state }) => [`${mark[state]} ${state}`, quote, object]);
  const wide = tableText([{ title: "STATE" }, { title: "SENTENCE" }, { title: "OBJECT" }], rows);
  const isWide = wide.split("\n").some((line) => line.length > io.width + 40);
  if (!isWide) return page.line(wide.trimEnd());
  for (const { quote, object, state } of run.elements) {
    page.quote(state, `"${quote.replaceAll('"', "'")}"`);
    page.item("", `-> ${object}`);
  }
}

function closing(run: StoryRun, resolutions: readonly Resolution[]): string {
  const full = resolutions.filter(({ outcome }) => outcome === "awarded_full").length;
  const counts = elementCounts(run);
  const held = run.expectations - run.failures.length;
  const parts = [
    `${countOf(resolutions.length, "request")}, ${full} awarded in full`,
    ...(run.elements.length === 0
      ? []
      : [
          `${countOf(run.elements.length, "element")} of the news: ${counts.runs} run, ${counts.recorded} recorded, ${counts["not yet"]} not yet`,
        ]),
    run.failures.length === 0
      ? `${run.expectations === 1 ? "the one expectation" : `all ${run.expectations} expectations`} held`
      : `${held} of ${run.expectations} expectations held, ${countOf(run.failures.length, "failure")}`,
  ];
  return `${parts.join("; ")}.`;
}
