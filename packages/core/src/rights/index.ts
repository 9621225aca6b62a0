export * from "./assess.ts";
export * from "./assessment.ts";
export { decisiveParameter } from "./decisive.ts";
export * from "./live.ts";
