export { collectEvidence, type EvidenceSubject } from "./collect.ts";
export { type EvidenceDocument, evidenceDocument, noticesOf } from "./document.ts";
export type { Check } from "./redecide.ts";
export { type KeptReceipt, verifyEvidence } from "./verify.ts";
