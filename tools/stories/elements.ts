import type { ElementReport } from "../../packages/sim/src/stories/index.ts";

/** The elements of a story as a Markdown table: the words of the news, what stands for them here, what became of it. */
export function elementsTable(elements: readonly ElementReport[]): string {
  const rows = elements.map(({ quote, object, state }, index) => `| ${index + 1} | ${cell(quote)} | ${cell(object)} | ${state} |`);
  return ["| # | The news | Here | State |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

/** "20 run, 6 are recorded, 3 not yet" */
export function elementsTally(elements: readonly ElementReport[]): string {
  const count = (state: ElementReport["state"]): number => elements.filter((element) => element.state === state).length;
  return `${count("runs")} run, ${count("recorded")} are recorded, ${count("not yet")} not yet`;
}

const cell = (text: string): string => text.replaceAll("|", "\\|");
