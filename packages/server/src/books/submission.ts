import type { BookEvent, CommandBody, Rejection } from "@offtake/core/book";
import type { PartyId } from "@offtake/core/kernel";

/** A command on its way: who sent it, under which retry key. */
export interface Submission {
  readonly body: CommandBody;
  readonly actor: PartyId;
  /** The same key with the same body is the same command, and is answered alike. */
  readonly key: string;
}

/** What became of a command. */
export type Answer =
  | {
      readonly outcome: "accepted";
      /** Its place in the log. For the broker only: what a party gets to see counts in its own feed. */
      readonly position: number;
      readonly events: readonly BookEvent[];
      /** It had its effect earlier, under the same key. */
      readonly repeated: boolean;
    }
  | { readonly outcome: "rejected"; readonly rejection: Rejection };

/** The store could not be reached for too long, or the broker is going down: the command may be sent again under its key. */
export class Unavailable extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "Unavailable";
  }
}
