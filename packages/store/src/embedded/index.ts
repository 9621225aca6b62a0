export { type EmbeddedDatabase, livingEmbedded, startEmbedded } from "./embedded.ts";
export { EmbeddedProblem } from "./problem.ts";
