import { dirname, join, relative } from "node:path";
import { readFileSync } from "node:fs";
import { fileResolver } from "../../packages/cli/src/documents/files.ts";
import { importBookPrices } from "../../packages/intake/src/index.ts";
import { runStory, type StoryRun } from "../../packages/sim/src/stories/index.ts";
import { formatProblem } from "../../packages/wire/src/problems/index.ts";
import { parseStory, type StoryDocument } from "../../packages/wire/src/stories/index.ts";
import { ROOT } from "../sources.ts";

/** The stories that ship, each a folder of `scenarios/`. */
export const STORIES = ["aurora", "stargate-2025"] as const;

export type StoryName = (typeof STORIES)[number];

/** A change of a file of the story before it is read: what would have happened if it had said something else. */
export type Edit = (path: string, text: string) => string;

const unchanged: Edit = (_path, text) => text;

export function readStory(name: StoryName, edit: Edit = unchanged): StoryDocument {
  const path = join("scenarios", name, "story.yaml");
  const edited = (file: { readonly name: string; readonly text: string }) => ({
    ...file,
    text: edit(file.name, file.text),
  });
  const resolve = fileResolver(ROOT);
  const reading = parseStory(edited({ name: path, text: readFileSync(join(ROOT, path), "utf8") }), {
    resolve: (reference, from) => resolve(reference, from)?.map(edited),
  });
  if (reading.ok) return reading.value;
  throw new Error(`${path} cannot be read:\n${reading.problems.map(formatProblem).join("\n")}`);
}

/** Plays a story with the price lists that it names. */
export async function playStory(name: StoryName, edit: Edit = unchanged): Promise<StoryRun> {
  const story = readStory(name, edit);
  const { offers, problems } = await importBookPrices(story.world.priceLists, ({ file, from }) =>
    join(ROOT, dirname(from), file),
  );
  const [problem] = problems;
  if (problem !== undefined) throw new Error(`${relative(ROOT, problem.file)}: ${problem.detail}`);
  return runStory(story, { offers });
}
