import { AUDITOR, explanationsFor } from "@offtake/sim/cases";
import { resolutionsOf, type StoryRun } from "@offtake/sim/stories";
import { documented } from "@offtake/wire/documented";
import { elementCounts } from "./summary.ts";

/** The outcome of a story for machines: amounts and instants as documents write them. */
export function storyJson(run: StoryRun): unknown {
  const { story, steps, elements, failures, expectations } = run;
  const { id, title, about, assumed, records } = story;
  const end = run.play.end();
  const requests = resolutionsOf(run.chronicle).map((resolution) => ({
    ...resolution,
    explanation: explanationsFor(end, AUDITOR, resolution.request)[0],
  }));
  return documented({
    story: { id, title, about, assumed },
    passed: failures.length === 0,
    expectations,
    failures,
    summary: {
      requests: requests.length,
      awardedFull: requests.filter(({ outcome }) => outcome === "awarded_full").length,
      elements: elementCounts(run),
    },
    requests,
    steps: steps.map(({ events, ...step }) => ({ ...step, events: events.map(({ type }) => type) })),
    records,
    elements,
  });
}
