export * from "./money.ts";
export * from "./names.ts";
export * from "./period.ts";
export * from "./time.ts";
export { type Complaint, complain, nameOfType, type Reading, type ScalarValue, shown, written } from "./written.ts";
