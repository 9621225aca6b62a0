export { ACCELERATORS, acceleratorOf, normaliseAccelerator } from "./accelerators/index.ts";
export { type AgreementReading, parseAgreement, type SingleOptions } from "./agreements/index.ts";
export {
  type Book,
  holderOf,
  parseBook,
  type PartyReading,
  type PriceListReference,
  type ResaleConsent,
  type SourceOptions,
  type WorldCommand,
  worldCommands,
} from "./book/index.ts";
export {
  type AwardHandle,
  type BidDraft,
  type BidDraftLine,
  type BidHandle,
  type CaseDocument,
  type ClauseName,
  type Expectation,
  type ExpectationKind,
  type ExpectationOf,
  type NoticeHandle,
  parseCase,
  type ProposalLine,
  type Step,
  type StepAction,
  type Verb,
} from "./cases/index.ts";
export {
  decodeCommand,
  decodeEvent,
  encodeCommand,
  encodeEvent,
  type Json,
  type JsonObject,
  type Restored,
  showEvent,
  type StoredProblem,
  valueAt,
} from "./codecs/index.ts";
export { formatProblem, type Parsed, PROBLEM_CODES, type Problem, type ProblemCode } from "./problems/index.ts";
export { parseRequest, parseShorthand, type RequestDefaults, type RequestOptions } from "./requests/index.ts";
export { LIMITS, type Limits, type Origin, type Resolver, type SourceFile } from "./source/index.ts";
export {
  parseStory,
  type RecordRef,
  type StoryDocument,
  type StoryElement,
  type StoryRecord,
} from "./stories/index.ts";
