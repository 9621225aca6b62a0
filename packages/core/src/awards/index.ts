export * from "./award.ts";
export { evaluate } from "./evaluate.ts";
export * from "./evaluation.ts";
export { allocatedPackagePrice } from "./package-price.ts";
export * from "./gate.ts";
