export { type CaseFile, caseFile } from "./document.ts";
export { idOf } from "./edit.ts";
export { type EditDocument, editDocument } from "./edit-document.ts";
export type { Expectation, ExpectationOf } from "./expectation.ts";
export { type ExpectationKind, expectationDocument, expectationKinds } from "./expectation-document.ts";
export type {
  AwardHandle,
  BidDraft,
  BidDraftLine,
  BidHandle,
  CaseDocument,
  ClauseName,
  NoticeHandle,
  ProposalLine,
  Step,
  StepAction,
} from "./model.ts";
export { bidKeys, bidPartKeys, proposalKeys } from "./market-steps.ts";
export { parseCase, type Played, type PlayedContext, readPlayed } from "./parse.ts";
export { readBid, readProposal } from "./read-bids.ts";
export { stepDocument, stepDocuments, type Verb } from "./step-document.ts";
