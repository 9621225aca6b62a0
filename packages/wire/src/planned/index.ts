export { breakEvenText, dayAt, roundRate, shortRate } from "./break-evens.ts";
export { changesAnything, planDocument, type ToldPlan, windowText } from "./plan-document.ts";
export { alternativeText, gainText, recommendation, whatElse, whyText } from "./sentence.ts";
