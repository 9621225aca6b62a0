import type { RejectionCode } from "@offtake/core/book";
import type { CodeEntry } from "./codes.ts";

/** What the core says no to: every code of its `RejectionCode`, so that a new one without an entry does not compile. */
export const REJECTION_CODES: Readonly<Record<RejectionCode, CodeEntry>> = {
  book_not_open: { title: "The book is not open yet", whatToDo: "Open the book first." },
  book_already_open: { title: "The book is open already", whatToDo: "Nothing; a book is opened once." },
  time_runs_backwards: {
    title: "The time lies before that of the last event",
    whatToDo: "Put the steps in the order of their times.",
  },
  duplicate_id: { title: "The id is taken", whatToDo: "Choose another id." },
  not_found: { title: "There is no such thing, or it is not yours to see", whatToDo: "Check the id." },
  not_authorised: { title: "This party may not do that", whatToDo: "Act as the party whose right it is." },
  malformed: { title: "The value is not written as it must be", whatToDo: "Write it as in the example." },
  invalid_window: {
    title: "The time span is empty, or its ends are not possible",
    whatToDo: "Let it end after it begins.",
  },
  invalid_count: {
    title: "The count is not possible here",
    whatToDo: "Use a whole number above zero that fits block and minimum.",
  },
  currency_mismatch: {
    title: "Two currencies meet where one is needed",
    whatToDo: "State the amount in the currency of the agreement or the request.",
  },
  rate_missing: {
    title: "No exchange rate is recorded for the time that counts",
    whatToDo: "Record the rate with its date and source.",
  },
  calendar_missing: {
    title: "A holiday calendar that a deadline needs is not in the book",
    whatToDo: "Add the calendar under `calendars`.",
  },
  calendar_year_unknown: {
    title: "A holiday calendar does not cover the year that a deadline needs",
    whatToDo: "Add the year to the calendar; it is never guessed.",
  },
  unknown_party: { title: "No such party", whatToDo: "Correct the id, or add the party under `parties`." },
  unknown_agreement: {
    title: "No such agreement",
    whatToDo: "Correct the name, or add the agreement under `agreements`.",
  },
  unknown_clause: {
    title: "No such clause",
    whatToDo: "Correct the id; write agreement/clause where several have it.",
  },
  unknown_block: { title: "No such capacity block", whatToDo: "Correct the id, or add the block under `capacity`." },
  unknown_request: { title: "No such request", whatToDo: "Correct the id, or add the request under `requests`." },
  agreement_not_signed: {
    title: "The agreement is not signed",
    whatToDo: "Record its signature before activating it.",
  },
  nothing_to_renew: {
    title: "The agreement does not renew, or has ended: there is nothing to stop",
    whatToDo: "Terminate it where it may be terminated, or wait for its end.",
  },
  offer_not_signed: {
    title: "Who named these terms may not bind its party to them",
    whatToDo: "Wait until somebody with authority stands behind them, or decline them.",
  },
  notice_not_open: { title: "The notice is not open", whatToDo: "Nothing can be answered to it any more, or not yet." },
  notice_cannot_shorten: {
    title: "A deadline never moves earlier",
    whatToDo: "Leave the open notice as it is, or withdraw the request.",
  },
  right_has_accepted: { title: "A holder has accepted already", whatToDo: "What was accepted stands." },
  answer_already_binding: { title: "A binding answer is there already", whatToDo: "What was accepted stands." },
  refusal_is_final: {
    title: "The refusal is final under its clause",
    whatToDo: "Nothing; the clause lets no refusal be replaced.",
  },
  lateness_relied_on: {
    title: "Something relies on the lapse already",
    whatToDo: "Lateness can be waived only while nothing relies on it.",
  },
  nothing_late: { title: "There is no late answer to waive", whatToDo: "Check which notice was answered late." },
  approval_after_acceptance: {
    title: "The part is accepted already and cannot be disapproved",
    whatToDo: "Approvals are taken before the notice goes out.",
  },
  approval_outdated: {
    title: "The request has been revised since",
    whatToDo: "Look at what it asks now, and decide on that.",
  },
  approval_unknown: { title: "The request asks for no such approval", whatToDo: "Use a name from its `approvals`." },
  own_proposal: {
    title: "Who proposed it cannot approve it",
    whatToDo: "Ask another approver.",
  },
  request_closed: { title: "The request is closed", whatToDo: "Submit a new request." },
  acceptance_stands: { title: "An acceptance stands in the way", whatToDo: "What was accepted cannot be withdrawn." },
  tender_closed: { title: "The tender is closed", whatToDo: "Bids count up to its close." },
  not_invited: { title: "The party was not invited", whatToDo: "Only invited parties bid." },
  bid_not_open: { title: "The bid does not stand", whatToDo: "It was withdrawn, has expired or was decided." },
  bid_opened: { title: "The bid has been opened", whatToDo: "Bids can be changed only while they are sealed." },
  outside_tail: { title: "The clearance has run out", whatToDo: "Ask the holder again." },
  not_cleared: { title: "A right stands in the way", whatToDo: "Ask its holder first, or wait for the answer." },
  not_opened: { title: "The bids are sealed", whatToDo: "Wait for the close of the tender." },
  not_takable: {
    title: "The bids cannot be taken so",
    whatToDo: "Look at the scenarios, and choose among what each bid offers.",
  },
  no_capacity: { title: "The capacity is not free", whatToDo: "Name blocks that are free for the whole time." },
  over_awarded: { title: "More would be awarded than was asked", whatToDo: "Reduce the count." },
  consent_missing: { title: "A consent is missing", whatToDo: "Ask for it; silence does not give it." },
  assignment_not_consented: { title: "The assignment lacks its consent", whatToDo: "Record it with the consent." },
  conflict_undecided: {
    title: "A conflict of agreements is undecided",
    whatToDo: "Record which agreement prevails, by whom and why.",
  },
  not_signed_by_both: { title: "Not both sides have signed", whatToDo: "Name both under `signedBy`." },
  lineage_cycle: {
    title: "The capacity would come from itself",
    whatToDo: "Name a source that does not lead back to the seller.",
  },
  retry_differs: { title: "The same key came with another command", whatToDo: "Use a new key for a new command." },
  waiver_unknown: { title: "No such waiver", whatToDo: "Check its id." },
  option_expired: { title: "The option has expired", whatToDo: "Nothing; it could be used until its date." },
};
