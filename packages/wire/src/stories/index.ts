export { elementDocument, recordDocument, type StoryFile, storyFile } from "./document.ts";
export type { RecordRef, StoryDocument, StoryElement, StoryRecord } from "./model.ts";
export { parseStory } from "./parse.ts";
