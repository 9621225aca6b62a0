import type { Instant, PartyId } from "@offtake/core/kernel";
import type { BookName, NewRecord } from "@offtake/store/log";

/** A story as `npm run generate` writes it for the console: the log of its book, and what happens in it when. */
export interface ConsoleStory {
  readonly schema: "offtake/console-story@1";
  readonly book: BookName;
  readonly title: string;
  readonly keeper: PartyId;
  readonly zone: string;
  /** Where the story stands when it is opened; what comes later has not happened yet. */
  readonly opensAt: Instant;
  readonly parties: readonly StoryParty[];
  readonly steps: readonly StoryStep[];
  readonly records: readonly NewRecord[];
}

interface StoryParty {
  readonly id: PartyId;
  readonly name: string;
  readonly roles: readonly string[];
}

interface StoryStep {
  readonly number: number;
  readonly at: Instant;
  readonly by: string;
  readonly verb: string;
  readonly note?: string;
}

/** The stories that come with the console. */
export const STORIES: readonly string[] = ["aurora", "stargate-2025"];

/**
 * @param name one of `STORIES`
 * @throws where it is not there, or cannot be fetched
 */
export async function fetchStory(name: string): Promise<ConsoleStory> {
  if (!STORIES.includes(name)) throw new Error(`There is no story ${name}; there is ${STORIES.join(" and ")}.`);
  const answer = await fetch(`${import.meta.env.BASE_URL}stories/${name}.json`);
  if (!answer.ok) throw new Error(`The story ${name} could not be fetched (${answer.status}).`);
  return (await answer.json()) as ConsoleStory;
}
