import type { RejectionCode } from "@offtake/core/book";
import type { CodeEntry } from "./codes.ts";
import { PEOPLE_STATUS, type PeopleCode } from "./people.ts";

/** What the API says no to by itself, before a document is read or a command is decided. */
export const API_CODES = {
  name_not_own: {
    title: "The name does not begin with the caller's party",
    whatToDo: "Begin it with the id of your party and a dot, as in `northlight.b1`.",
  },
  not_authenticated: {
    title: "The caller is not known",
    whatToDo:
      "Log in, or send an API key that is in force as `Authorization: Bearer ...`. A login that acts for several parties says for which: `Offtake-Party: BOOK/PARTY`.",
  },
  not_allowed: {
    title: "The caller's roles do not allow this",
    whatToDo: "Ask somebody who has the role, or an admin.",
  },
  keepers_alone: {
    title: "Only the keeper of the book can have that worked out",
    whatToDo: "It rests on what others have told the keeper. Ask the keeper, or look at what you were sent.",
  },
  method_not_allowed: { title: "This address does not take that method", whatToDo: "See the API reference." },
  unsupported_media_type: {
    title: "The body is of a type that is not read here",
    whatToDo: "Send `Content-Type: application/json`, or another type that the reference names.",
  },
  not_json: { title: "The body is not JSON", whatToDo: "Send one JSON document in UTF-8." },
  body_too_large: { title: "The body is too large", whatToDo: "Send less at once; the reference says how much." },
  parameter_malformed: {
    title: "A parameter of the address is not written as it must be",
    whatToDo: "Correct it; the problem names the parameter and what it takes.",
  },
  cursor_malformed: {
    title: "There is no such place to go on from",
    whatToDo: "Use `nextCursor` of the page before, with the same parameters.",
  },
  idempotency_key_missing: {
    title: "The key is missing under which this may be sent again",
    whatToDo: "Send `Idempotency-Key` with a text of your own, new for each thing that you want done.",
  },
  idempotency_key_malformed: {
    title: "The key for sending again is not written as it must be",
    whatToDo: "Use 1 to 200 printable ASCII characters without blanks at the ends.",
  },
  precondition_required: {
    title: "It must be said which version is meant",
    whatToDo: "Read it first and send its `ETag` as `If-Match`.",
  },
  precondition_failed: {
    title: "It has changed since it was read",
    whatToDo: "Read it again, look at what changed, and decide again.",
  },
  response_late: {
    title: "The time to answer is over",
    whatToDo: "The answer is on record as late; the buyer may waive the lateness while nothing relies on it.",
  },
  answer_without_effect: {
    title: "The answer is on record and changes nothing",
    whatToDo: "Read the notice again: what stands in the way is named with the answer.",
  },
  award_settled: {
    title: "The award is settled already",
    whatToDo: "Read it again: what was confirmed stands, and what was let go of is awarded anew.",
  },
  file_kept: {
    title: "The file is kept",
    whatToDo: "A legal hold or a rule of retention keeps it; lift the hold, or wait for the rule to let it go.",
  },
  letter_font_missing: {
    title: "The letter has characters that no font at hand shows",
    whatToDo: "Give the broker a font file that shows them; a letter is not printed without a part of a name.",
  },
  address_not_taken: {
    title: "Nothing is sent to that address",
    whatToDo: "Give an `https` address of the public internet, on port 443 or 8443, without a password in it.",
  },
  rate_limited: { title: "Too many requests", whatToDo: "Wait for as many seconds as `Retry-After` says." },
  read_only: { title: "The broker takes no changes at the moment", whatToDo: "Try again later; reading goes on." },
  unavailable: {
    title: "The broker cannot decide at the moment",
    whatToDo: "Send it again under the same `Idempotency-Key`, after as many seconds as `Retry-After` says.",
  },
  internal: {
    title: "A fault of the broker itself",
    whatToDo: "Send it again under the same key; if it stays, report the `traceId`.",
  },
} as const satisfies Record<string, CodeEntry>;

export type ApiCode = keyof typeof API_CODES;

const API_STATUS: Readonly<Record<ApiCode, number>> = {
  name_not_own: 422,
  not_authenticated: 401,
  not_allowed: 403,
  keepers_alone: 403,
  method_not_allowed: 405,
  unsupported_media_type: 415,
  not_json: 400,
  body_too_large: 413,
  parameter_malformed: 400,
  cursor_malformed: 400,
  idempotency_key_missing: 400,
  idempotency_key_malformed: 400,
  precondition_required: 428,
  precondition_failed: 412,
  response_late: 409,
  answer_without_effect: 409,
  award_settled: 409,
  file_kept: 409,
  letter_font_missing: 409,
  address_not_taken: 422,
  rate_limited: 429,
  read_only: 503,
  unavailable: 503,
  internal: 500,
};

/** 404: not there, 403: not for this party, 409: not as things stand now, 422: not with what was sent. */
const REJECTION_STATUS: Readonly<Record<RejectionCode, number>> = {
  book_not_open: 409,
  book_already_open: 409,
  time_runs_backwards: 409,
  duplicate_id: 409,
  not_found: 404,
  not_authorised: 403,
  malformed: 422,
  invalid_window: 422,
  invalid_count: 422,
  currency_mismatch: 422,
  rate_missing: 422,
  calendar_missing: 422,
  calendar_year_unknown: 422,
  unknown_party: 422,
  unknown_agreement: 422,
  unknown_clause: 422,
  unknown_block: 422,
  unknown_request: 422,
  agreement_not_signed: 409,
  nothing_to_renew: 409,
  notice_not_open: 409,
  offer_not_signed: 409,
  notice_cannot_shorten: 409,
  right_has_accepted: 409,
  answer_already_binding: 409,
  refusal_is_final: 409,
  lateness_relied_on: 409,
  nothing_late: 409,
  approval_after_acceptance: 409,
  approval_unknown: 422,
  approval_outdated: 409,
  own_proposal: 403,
  request_closed: 409,
  acceptance_stands: 409,
  tender_closed: 409,
  not_invited: 404,
  bid_not_open: 409,
  bid_opened: 409,
  outside_tail: 409,
  not_cleared: 409,
  not_opened: 409,
  not_takable: 409,
  no_capacity: 409,
  over_awarded: 409,
  consent_missing: 409,
  assignment_not_consented: 409,
  conflict_undecided: 409,
  not_signed_by_both: 409,
  lineage_cycle: 422,
  retry_differs: 422,
  waiver_unknown: 422,
  option_expired: 409,
};

/** The HTTP status that goes with a code; a problem of a document is 422. */
export function statusOf(code: string): number {
  if (Object.hasOwn(API_STATUS, code)) return API_STATUS[code as ApiCode];
  if (Object.hasOwn(PEOPLE_STATUS, code)) return PEOPLE_STATUS[code as PeopleCode];
  return Object.hasOwn(REJECTION_STATUS, code) ? REJECTION_STATUS[code as RejectionCode] : 422;
}
