export { collectEvidence } from "./collect.ts";
export { type EvidenceDocument, evidenceDocument } from "./document.ts";
export type { Check } from "./redecide.ts";
export { type KeptReceipt, verifyEvidence } from "./verify.ts";
