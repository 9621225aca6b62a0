import type { Evidence } from "@offtake/core/agreements";
import type { ElementState, StoryRun } from "@offtake/sim/stories";

export const GRADE_TEXT: Readonly<Record<Evidence["grade"], string>> = {
  company: "stated by the company",
  reported: "reported by the press",
  disputed: "disputed",
  assumed: "assumed",
};

export function elementCounts(run: StoryRun): Record<ElementState, number> {
  const counts: Record<ElementState, number> = { runs: 0, recorded: 0, "not yet": 0 };
  for (const { state } of run.elements) counts[state] += 1;
  return counts;
}
