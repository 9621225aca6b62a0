import type { Instant } from "../kernel/index.ts";
import type { ExplainedWord } from "./words.ts";

/** Version of the codes of steps, so that whoever reads them by machine knows which list they are from. */
export const VOCABULARY = 1;

/** Whose eyes it is for: the keeper of the book, or a party in what it has to do with. */
export type Audience = "keeper" | "holder" | "bidder" | "host" | "buyer";

export interface ClauseRef {
  readonly agreement: string;
  readonly clause: string;
  readonly version: number;
}

/** An instant that somebody must keep. Shown as the clocks of the zone show it; in UTC where the zone is not known. */
export interface Deadline {
  /** What must be done by then: "answer by", "bids by". */
  readonly label: string;
  /** The last instant in time. */
  readonly at: Instant;
  /** The same in RFC 3339. */
  readonly utc: string;
  readonly zone: string;
  /** Days that the count passed over, with the reason. */
  readonly skipped: readonly string[];
}

/** One step of the reasoning. */
export interface Step {
  /** Place in the explanation: "2", "2.1". */
  readonly id: string;
  /** Stable code of what kind of step it is. */
  readonly code: string;
  /** Rules of the domain that it follows. */
  readonly rules: readonly string[];
  readonly clause?: ClauseRef;
  /** Facts tested, as `name=value`. */
  readonly facts: readonly string[];
  /** Stable code of what came out. */
  readonly verdict?: string;
  readonly text: string;
  /** The instants of the text in RFC 3339, in its order; of a window both. */
  readonly utc: readonly string[];
  readonly deadline?: Deadline;
  readonly children: readonly Step[];
}

/** What an explanation rests on and nobody has confirmed. */
export interface Caveat {
  readonly code:
    | "unconfirmed_reading"
    | "default"
    | "assumed_value"
    | "assumed_evidence"
    | "undeclared_fact"
    | "warning";
  readonly text: string;
  /** All parameters that it is about, also where the text only counts them. */
  readonly names?: readonly string[];
}

/** Why something came out as it did, for one reader. */
export interface Explanation {
  readonly vocabulary: typeof VOCABULARY;
  readonly audience: Audience;
  /** Id or handle of what is explained. */
  readonly subject: string;
  readonly title: string;
  readonly steps: readonly Step[];
  readonly caveats: readonly Caveat[];
  /** Words that are not of the first hour, in the order in which they first appear. */
  readonly words: readonly ExplainedWord[];
}
