export * from "./commitment.ts";
export * from "./draw.ts";
export * from "./share.ts";
export * from "./shortfall.ts";
