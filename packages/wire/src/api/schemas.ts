import { z } from "zod";
import { type JsonSchema, jsonSchemaOf } from "../schemas/index.ts";
import { planFile } from "../plans/index.ts";
import {
  agreementStatusBody,
  assignmentBody,
  conflictBody,
  readingConfirmationBody,
  renewalStopBody,
  terminationBody,
} from "./agreements.ts";
import {
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
import {
  awardDecisionBody,
  awardDefaultBody,
  awardProposalBody,
  bidBody,
  bidExtensionBody,
  bidPartsBody,
  recordedQuoteBody,
  tenderBody,
} from "./market.ts";
import { answerBody, answersBody, deliveryBody, namedTermsBody, recordedAnswerBody } from "./notices.ts";
import {
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
  sessionPartyBody,
} from "./people.ts";
import { purposeUseBody, requestBody } from "./requests.ts";

/** Every body by the name under which the API's document has it. */
const BODIES = {
  AgreementStatusBody: agreementStatusBody,
  ReadingConfirmation: readingConfirmationBody,
  AgreementAssignment: assignmentBody,
  AgreementTermination: terminationBody,
  AnswerBody: answerBody,
  AwardDecision: awardDecisionBody,
  AwardDefault: awardDefaultBody,
  AwardProposal: awardProposalBody,
  BidBody: bidBody,
  BidExtension: bidExtensionBody,
  BidParts: bidPartsBody,
  BlockBody: blockBody(new Map()),
  CalendarBody: calendarBody,
  ConflictDecision: conflictBody,
  ControlChange: controlChangeBody,
  DeliveryBody: deliveryBody,
  EligibilityBody: eligibilityBody,
  ExchangeRateBody: exchangeRateBody,
  IndexValueBody: indexValueBody,
  NamedTermsBody: namedTermsBody,
  OfferBody: offerBody,
  PartyBody: partyBody,
  PartyDefault: partyDefaultBody,
  PolicyBody: policyBody,
  PurposeUse: purposeUseBody,
  AnswersBody: answersBody,
  RecordedAnswerBody: recordedAnswerBody,
  RecordedQuoteBody: recordedQuoteBody,
  RenewalStop: renewalStopBody,
  RequestBody: requestBody({}),
  ResaleConsentBody: resaleConsentBody,
  StandingAnswerBody: standingAnswerBody,
  TenderBody: tenderBody,
  ApprovalAssignment: approvalAssignmentBody,
  ApprovalDecision: approvalDecisionBody,
  ApprovalRuleBody: approvalRuleBody,
  DeputyBody: deputyBody,
  DeputyEnd: deputyEndBody,
  GrantBody: grantBody,
  GroupBody: groupBody,
  GroupRemoval: groupRemovalBody,
  KeyBody: keyBody,
  KeyRotation: keyRotationBody,
  LoginBody: loginBody,
  MemberBody: memberBody,
  MemberRemoval: memberRemovalBody,
  MemberRoles: memberRolesBody,
  SessionParty: sessionPartyBody,
  WaiverBody: waiverBody,
} as const;

/** Documents that are answered, by the same names. */
const ANSWERS = { PlanDocument: { schema: planFile } } as const;

/** What may be written in each body, and the parts that several have; under the names that documents give their parts. */
export function bodySchemas(): { readonly bodies: Readonly<Record<string, JsonSchema>>; readonly parts: JsonSchema } {
  const schemas = Object.entries({ ...BODIES, ...ANSWERS }).map(
    ([name, { schema }]) => [name, schema.meta({ ...schema.meta(), id: `Body-${name}` })] as const,
  );
  const whole = jsonSchemaOf(z.object(Object.fromEntries(schemas)));
  const { definitions = {} } = whole as { readonly definitions?: Record<string, JsonSchema> };
  const bodies: Record<string, JsonSchema> = {};
  const parts: Record<string, JsonSchema> = {};
  for (const [name, schema] of Object.entries(definitions)) {
    if (name.startsWith("Body-")) bodies[name.slice(5)] = schema;
    else parts[name] = schema;
  }
  return { bodies, parts };
}
