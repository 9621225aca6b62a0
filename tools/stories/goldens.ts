import { feedOf } from "../../packages/core/src/disclosure/index.ts";
import { explainAll, renderText } from "../../packages/core/src/explanation/index.ts";
import type { StoryRun } from "../../packages/sim/src/stories/index.ts";

/**
 * What each party is told in a story, as text: the explanations of everything that it has to do with, from its own feed and
 * nothing else. Parties that are told nothing have none.
 */
export function goldensOf({ story, chronicle }: StoryRun): Map<string, string> {
  const goldens = new Map<string, string>();
  for (const { party } of chronicle.all("partyRecorded")) {
    const told = explainAll(feedOf(chronicle.events, party.id)).map((explanation) => renderText(explanation));
    if (told.length === 0) continue;
    const title = `${story.title}\nWhat ${party.name} is told, and why. Made by \`npm run generate\` from the run of the story.\n`;
    goldens.set(party.id, [title, ...told].join("\n"));
  }
  return goldens;
}
