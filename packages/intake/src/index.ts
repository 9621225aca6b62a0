export * from "./files/index.ts";
export * from "./prices/index.ts";
export * from "./regions/index.ts";
export * from "./traces/index.ts";
export * from "./request-lists/index.ts";
