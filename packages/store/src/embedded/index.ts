export { type EmbeddedDatabase, startEmbedded } from "./embedded.ts";
export { EmbeddedProblem } from "./problem.ts";
