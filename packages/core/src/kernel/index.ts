export * from "./brand.ts";
export * from "./canonical.ts";
export * from "./ids.ts";
export * from "./money.ts";
export * from "./random.ts";
export * from "./rational.ts";
export * from "./result.ts";
export * from "./time.ts";
