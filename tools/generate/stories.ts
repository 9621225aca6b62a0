import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../sources.ts";
import { elementsTable, elementsTally } from "../stories/elements.ts";
import { goldensOf } from "../stories/goldens.ts";
import { playStory, STORIES } from "../stories/play.ts";

const README = "README.md";

/** The golden explanations of every story, and the table of elements on the first screen of the README. */
export async function generate(): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  let readme = readFileSync(join(ROOT, README), "utf8");
  for (const name of STORIES) {
    const run = await playStory(name);
    for (const [party, text] of goldensOf(run)) files.set(`scenarios/${name}/golden/${party}.txt`, text);
    readme = filled(readme, `elements of ${name}`, elementsTable(run.elements));
    readme = filled(readme, `tally of ${name}`, elementsTally(run.elements));
  }
  return files.set(README, readme);
}

/** Puts a text between `<!-- NAME -->` and `<!-- end -->`, wherever the document asks for it. */
function filled(document: string, name: string, text: string): string {
  const parts = document.split(`<!-- ${name} -->`);
  return parts
    .map((part, index) => (index === 0 ? part : `\n\n${text}\n\n${part.slice(part.indexOf("<!-- end -->"))}`))
    .join(`<!-- ${name} -->`);
}
