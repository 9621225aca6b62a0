export { type PlanDocument, planFile } from "./document.ts";
