import type { CodeEntry } from "./codes.ts";
import { REJECTION_CODES } from "./rejections.ts";

/** What is said no to about people, by stable codes. */
export const PEOPLE_CODES = {
  login_refused: {
    title: "This login is not known, used already, or too old",
    whatToDo: "Ask an administrator of your party for a new one.",
  },
  too_many_attempts: {
    title: "Too many attempts to log in failed",
    whatToDo: "Wait for the time named in `Retry-After`, then try again.",
  },
  wrong_origin: {
    title: "The request came from another site, or without the token of this session",
    whatToDo: "Send it from the console's own pages, with the header `x-csrf-token` as `sessionRead` gives it.",
  },
  member_exists: {
    title: "This person is a member of the party already",
    whatToDo: "Change the roles of that member, or invite another address.",
  },
  last_admin: {
    title: "The party would be left without an administrator",
    whatToDo: "Make somebody else an administrator first.",
  },
  member_not_removed: { title: "This person is still a member", whatToDo: "Remove the member first." },
  roles_not_held: {
    title: "A key cannot do more than the person it belongs to",
    whatToDo: "Name only roles that the member has.",
  },
  two_keys_live: {
    title: "Two keys of this name are live already",
    whatToDo: "Revoke the older one; two at once are for changing from one to the other.",
  },
  key_not_live: { title: "The key has ended", whatToDo: "Make a new one." },
  invalid_period: { title: "The time span is empty or too long", whatToDo: "Let it end after it begins." },
  deputy_not_possible: {
    title: "This person cannot stand in",
    whatToDo: "Name another member of the same party.",
  },
  provider_unknown: {
    title: "No identity provider of this name is set up",
    whatToDo: "Use one of the names that the server was started with.",
  },
  rule_invalid: {
    title: "The rule could never be met",
    whatToDo: "Name roles or people who approve, and at least one person.",
  },
  own_proposal: REJECTION_CODES.own_proposal,
  not_an_approver: { title: "The rule asks somebody else", whatToDo: "See who is asked under `approvers`." },
  decided_already: {
    title: "You have decided already, yourself or in somebody's place",
    whatToDo: "Nothing; the others still have to.",
  },
  waits_already: {
    title: "The same waits already for others to agree",
    whatToDo: "Decide on what waits, or take it back, then propose anew.",
  },
  not_waiting: { title: "It waits for nobody any more", whatToDo: "Look at what became of it." },
  signer_not_you: {
    title: "An answer is signed by whoever sends it",
    whatToDo: "Leave `signer` out, or have the signatory send the answer.",
  },
} as const satisfies Readonly<Record<string, CodeEntry>>;

export type PeopleCode = keyof typeof PEOPLE_CODES;

export const PEOPLE_STATUS: Readonly<Record<PeopleCode, number>> = {
  login_refused: 401,
  too_many_attempts: 429,
  wrong_origin: 403,
  member_exists: 409,
  last_admin: 409,
  member_not_removed: 409,
  roles_not_held: 422,
  two_keys_live: 409,
  key_not_live: 409,
  invalid_period: 422,
  deputy_not_possible: 422,
  provider_unknown: 422,
  rule_invalid: 422,
  own_proposal: 403,
  not_an_approver: 403,
  decided_already: 409,
  waits_already: 409,
  not_waiting: 409,
  signer_not_you: 422,
};
