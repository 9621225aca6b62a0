export { type ProblemMore, Report } from "./report.ts";
export { oneOrMany, strict } from "./strict.ts";
export { type Validated, validate } from "./validate.ts";
export { type ClauseRef, type KnownNames, type NamedKind, ReadingContext } from "./context.ts";
