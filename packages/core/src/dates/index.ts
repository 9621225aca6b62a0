export { datesOf } from "./dates.ts";
export * from "./model.ts";
export type { AwaitedSignature, DatesWorld } from "./world.ts";
