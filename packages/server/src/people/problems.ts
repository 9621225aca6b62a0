import { PROBLEM_CODES, type PeopleCode as OwnCode } from "@offtake/wire/problems";

/** Who may not know of a thing gets `not_found`, as everywhere. */
export type PeopleCode = OwnCode | "not_found";

/** Somebody did something that is not allowed or not possible: an answer, no fault of ours. Caught where the answer is made. */
export class PeopleProblem extends Error {
  readonly code: PeopleCode;
  /** How long to wait, where that helps; seconds. */
  readonly retryAfterSeconds?: number;

  constructor(code: PeopleCode, retryAfterSeconds?: number) {
    super(PROBLEM_CODES.get(code)?.title ?? code);
    this.name = "PeopleProblem";
    this.code = code;
    if (retryAfterSeconds !== undefined) this.retryAfterSeconds = retryAfterSeconds;
  }
}
