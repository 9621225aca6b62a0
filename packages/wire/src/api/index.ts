export {
  agreementStatusBody,
  assignmentBody,
  conflictBody,
  readingConfirmationBody,
  renewalStopBody,
  terminationBody,
} from "./agreements.ts";
export { asItIs, type Body, type BodyOptions, readBody } from "./body.ts";
export {
  blockBody,
  calendarBody,
  controlChangeBody,
  eligibilityBody,
  exchangeRateBody,
  indexValueBody,
  offerBody,
  partyBody,
  partyDefaultBody,
  policyBody,
  resaleConsentBody,
  standingAnswerBody,
  waiverBody,
} from "./facts.ts";
export {
  awardDecisionBody,
  awardDefaultBody,
  awardProposalBody,
  bidBody,
  bidExtensionBody,
  bidPartsBody,
  recordedQuoteBody,
  tenderBody,
} from "./market.ts";
export {
  answerBody,
  answersBody,
  deliveryBody,
  namedTermsBody,
  type NoticeAnswered,
  recordedAnswerBody,
} from "./notices.ts";
export {
  APPROVAL_KINDS,
  approvalAssignmentBody,
  approvalDecisionBody,
  approvalRuleBody,
  deputyBody,
  deputyEndBody,
  grantBody,
  groupBody,
  groupRemovalBody,
  keyBody,
  keyRotationBody,
  loginBody,
  memberBody,
  memberRemovalBody,
  memberRolesBody,
  ROLES,
  sessionPartyBody,
} from "./people.ts";
export { purposeUseBody, requestBody } from "./requests.ts";
export { bodySchemas } from "./schemas.ts";
