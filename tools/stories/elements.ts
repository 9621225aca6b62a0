import type { ElementReport } from "../../packages/sim/src/stories/index.ts";

/** The elements of a story as a Markdown table: the words of the news, what stands for them here, what became of it. */
export function elementsTable(elements: readonly ElementReport[]): string {
  const rows = elements.map(
    ({ quote, object, state }, index) => `| ${index + 1} | ${cell(quote)} | ${cell(object)} | ${state} |`,
  );
  return ["| # | The news | Here | State |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

/** "Of 29 elements 15 run, 11 are recorded, 3 are not there yet" */
export function elementsTally(elements: readonly ElementReport[]): string {
  const count = (state: ElementReport["state"]): number => elements.filter((element) => element.state === state).length;
  return `Of ${elements.length} elements ${count("runs")} run, ${count("recorded")} are recorded, ${count("not yet")} are not there yet`;
}

const cell = (text: string): string => text.replaceAll("|", "\\|");
