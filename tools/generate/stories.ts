import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../sources.ts";
import { elementsTable, elementsTally } from "../stories/elements.ts";
import { goldensOf } from "../stories/goldens.ts";
import { playStory, STORIES } from "../stories/play.ts";
import { excerpt, printedBy } from "../stories/printed.ts";

const README = "README.md";

/** The golden explanations of every story, and what the first screen of the README shows of them. */
export async function generate(): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  let readme = readFileSync(join(ROOT, README), "utf8");
  for (const name of STORIES) {
    const run = await playStory(name);
    for (const [party, text] of goldensOf(run)) files.set(`scenarios/${name}/golden/${party}.txt`, text);
    readme = filled(readme, `elements of ${name}`, `${elementsTally(run.elements)}.\n\n${elementsTable(run.elements)}`);
  }
  const printed = await printedBy(["run", "stargate-2025", "--once"]);
  readme = filled(readme, "excerpt of stargate-2025", fenced(excerpt(printed, "Wed 18 Jun 2025", "Fri 24 Oct 2025")));
  const reasons = await printedBy(["explain", "stargate-2025", "--request", "inference-2025"]);
  readme = filled(
    readme,
    "reasons of stargate-2025",
    fenced(excerpt(reasons, "request inference-2025:", "what this rests on")),
  );
  readme = filled(readme, "number of cases", casesText());
  return files.set(README, readme);
}

function casesText(): string {
  const cases = readdirSync(join(ROOT, "conformance")).filter((name) => name.endsWith(".yaml"));
  return `\`conformance/\` holds ${cases.length} such cases, none of them skipped; \`npm test\` also falsifies each of their expectations and sees it fail.`;
}

const fenced = (text: string): string => `\`\`\`text\n${text}\n\`\`\``;

/** Puts a text between `<!-- NAME -->` and `<!-- end -->`, wherever the document asks for it. */
function filled(document: string, name: string, text: string): string {
  const parts = document.split(`<!-- ${name} -->`);
  return parts
    .map((part, index) => (index === 0 ? part : `\n\n${text}\n\n${part.slice(part.indexOf("<!-- end -->"))}`))
    .join(`<!-- ${name} -->`);
}
