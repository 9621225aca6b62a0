import { glossaryMarkdown } from "../../packages/core/src/explanation/index.ts";

/** The glossary, from the words that explanations use. */
export function generate(): Promise<Map<string, string>> {
  return Promise.resolve(new Map([["docs/glossary.md", glossaryMarkdown()]]));
}
