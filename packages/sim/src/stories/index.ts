export {
  type Asked,
  type Awarded,
  type Market,
  Names,
  type Resolution,
  resolutionOf,
  resolutionsOf,
  type Wish,
} from "./resolution.ts";
export {
  type ElementReport,
  type ElementState,
  runStory,
  type StepReport,
  type StoryOptions,
  type StoryRun,
} from "./run-story.ts";
