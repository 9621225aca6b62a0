import { BookState, run } from "../../packages/core/src/book/index.ts";
import { fingerprintOf, recordOf } from "../../packages/server/src/books/index.ts";
import { sha256 } from "../../packages/store/src/memory/index.ts";
import { playStory, STORIES, type StoryName } from "../stories/play.ts";

/** Where each story stands when the console opens it: after this step. The steps behind it can still be lived through. */
const OPENS_AFTER: Readonly<Record<StoryName, number>> = { aurora: 1, "stargate-2025": 21 };

/**
 * The stories as the console plays them in a page, without a server: what the log of their book holds, record by record, so that nothing
 * has to be decided again before one can look.
 */
export async function generate(): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const name of STORIES) files.set(`packages/web/public/stories/${name}.json`, await told(name));
  return files;
}

async function told(name: StoryName): Promise<string> {
  const { story, steps, play } = await playStory(name);
  const state = new BookState();
  const records = play.book.commands.flatMap((command) => {
    const fingerprint = fingerprintOf(command, sha256);
    return recordOf(command, fingerprint, run(state, command)) ?? [];
  });
  const { header, parties } = state;
  if (header === undefined) throw new Error(`Broken belief: the story ${name} opens a book`);
  const value = {
    schema: "offtake/console-story@1",
    book: story.id,
    title: story.title,
    keeper: header.keeper,
    zone: header.zone,
    opensAt: steps.find(({ number }) => number === OPENS_AFTER[name])?.at,
    parties: [...parties.values()].map(({ id, name: called, roles }) => ({
      id,
      name: called,
      roles: [...new Set(roles.map(({ role }) => role))],
    })),
    steps: steps.map(({ number, at, by, verb, note }) => ({ number, at, by, verb, note })),
    records,
  };
  return `${JSON.stringify(value, undefined, 1)}\n`;
}
