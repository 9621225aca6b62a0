import { glossaryMarkdown } from "../../packages/core/src/explanation/index.ts";
import { tooltips } from "../../packages/wire/src/words/index.ts";

/** The glossary and the tooltips, from the words that explanations use. */
export function generate(): Promise<Map<string, string>> {
  return Promise.resolve(
    new Map([
      ["docs/glossary.md", glossaryMarkdown()],
      ["packages/wire/words/tooltips.v1.json", `${JSON.stringify(tooltips(), null, 2)}\n`],
    ]),
  );
}
