import { type Instant, IdSource, type LotId, type PartyId } from "../kernel/index.ts";
import type { Command, Rejection, RejectionCode } from "./commands.ts";
import type { BookEvent } from "./events.ts";
import { evolve } from "./evolve.ts";
import type { BookState } from "./state.ts";

/** Unwinds a command that may not be done; caught by `run`, never seen outside. */
export class Rejected extends Error {
  readonly rejection: Rejection;
  /** What was being dealt with, where it was one lot. */
  lot?: LotId;

  constructor(code: RejectionCode, detail: string) {
    super(`${code}: ${detail}`);
    this.rejection = { code, detail };
  }
}

export function reject(code: RejectionCode, detail: string): never {
  throw new Rejected(code, detail);
}

/** Does something for one lot: what stops it stops that lot. */
export function within<Result>(lot: LotId, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    if (error instanceof Rejected) error.lot ??= lot;
    throw error;
  }
}

/** One command on its way: each event is folded in as soon as it is decided, so that the next step reads the truth. */
export class Turn {
  readonly state: BookState;
  readonly command: Command;
  readonly at: Instant;
  /** Server time by which timeliness is judged. */
  readonly receivedAt: Instant;
  readonly ids: IdSource;
  readonly events: BookEvent[] = [];
  /** Where the clock of this turn stands: at what falls due while time passes, then at the command itself. */
  clock: Instant;

  /** What falls due is being dealt with, and not the command. */
  isPassing = false;

  constructor(state: BookState, command: Command) {
    this.state = state;
    this.command = command;
    this.at = command.at;
    this.receivedAt = command.receivedAt ?? command.at;
    this.clock = this.receivedAt;
    this.ids = new IdSource(command.nonce);
  }

  get actor(): PartyId {
    return this.command.actor;
  }

  emit(event: BookEvent): void {
    this.events.push(event);
    evolve(this.state, event);
  }
}
