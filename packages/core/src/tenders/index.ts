export * from "./bid.ts";
export { alternativeOf, type FormContext } from "./form.ts";
export * from "./judge.ts";
export * from "./look-through.ts";
