import type { StoryRun } from "@offtake/sim/stories";
import type { Broker } from "@offtake/server/broker";
import { parseBookName } from "@offtake/store/log";
import { EXIT } from "../../terminal/exit-codes.ts";
import { failed, type Outcome } from "../../terminal/failures.ts";
import { type Io, pause } from "../../terminal/io.ts";
import { playStory } from "../run/run.ts";
import { tellStory } from "../run/story-text.ts";

/** Plays a story and prints how it came out. What its name cannot be is the name of a book. */
export async function tellFirst(io: Io, name: string): Promise<Outcome<StoryRun>> {
  const played = await playStory(io, name);
  if (!played.ok) return played;
  await pause(io);
  tellStory(io, played.value, true);
  io.out("\n");
  const { failures, story } = played.value;
  if (failures.length > 0)
    return failed({
      code: "story_failed",
      message: `${failures.length} expectations of the story did not hold`,
      exit: EXIT.failed,
    });
  if (parseBookName(story.id) === undefined)
    return failed({ code: "story_name", message: `${story.id} cannot be the name of a book`, exit: EXIT.invalid });
  return played;
}

/** The story as a book of its own, with all that happened in it; as it is where it was kept before. */
export async function keepStory(broker: Broker, { story, play }: StoryRun): Promise<void> {
  const book = parseBookName(story.id);
  if (book !== undefined) await broker.makeBookWithPast(book, play.book.commands);
}
