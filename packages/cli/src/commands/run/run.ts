import { runStory, type StoryRun } from "@offtake/sim/stories";
import { parseStory } from "@offtake/wire/stories";
import { fileResolver } from "../../documents/files.ts";
import { otherKind } from "../../documents/kinds.ts";
import { offersOf } from "../../documents/offers.ts";
import { findStory } from "../../documents/stories.ts";
import { EXIT, type ExitCode } from "../../terminal/exit-codes.ts";
import { done, failed, invalidDocument, type Outcome, tellFailure } from "../../terminal/failures.ts";
import { type Io, pause } from "../../terminal/io.ts";
import { jsonText } from "../../terminal/json.ts";
import { storyJson } from "./story-json.ts";
import { tellStory } from "./story-text.ts";

export interface RunOptions {
  readonly once?: true;
  readonly reasons: boolean;
  readonly json?: true;
}

/** Plays a story and prints how it came out. Fails where anything that the story expects did not hold. */
export async function run(io: Io, name: string, options: RunOptions): Promise<ExitCode> {
  const played = await playStory(io, name);
  if (!played.ok) return tellFailure(io, played.failure, options.json === true);
  if (await pause(io)) return EXIT.interrupted;
  const { value } = played;
  if (options.json === true) io.out(jsonText(storyJson(value)));
  else tellStory(io, value, options.reasons);
  return value.failures.length === 0 ? EXIT.ok : EXIT.failed;
}

/** Finds, reads and plays a story. */
export async function playStory(io: Io, name: string): Promise<Outcome<StoryRun>> {
  const file = findStory(name, io.cwd);
  if (!file.ok) return file;
  const other = otherKind(file.value, ["story"]);
  if (other !== undefined) return failed(other);
  const parsed = parseStory(file.value, { resolve: fileResolver(io.cwd) });
  if (!parsed.ok) return failed(invalidDocument(parsed.problems));
  const offers = await offersOf(parsed.value.world, io.cwd);
  return offers.ok ? done(runStory(parsed.value, { offers: offers.value })) : offers;
}
