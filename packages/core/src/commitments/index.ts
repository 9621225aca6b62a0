export * from "./commitment.ts";
export * from "./draw.ts";
export * from "./expecting.ts";
export * from "./plain-use.ts";
export * from "./share.ts";
export * from "./shortfall.ts";
export * from "./revenue-share.ts";
