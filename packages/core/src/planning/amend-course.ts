import type { CommandBody, Rejection } from "../book/commands.ts";
import { run } from "../book/run.ts";
import { BookState } from "../book/state.ts";
import type { Instant, PartyId } from "../kernel/index.ts";
import type { Answer } from "../notices/notice.ts";
import type { ComputeRequest } from "../requests/request.ts";
import { attempt } from "./attempt.ts";
import { type Bought, CommitmentTally, type Promised } from "./commitment-tally.ts";
import { outcomeOf } from "./course.ts";
import { type CourseSummary, summaryOf } from "./course-summary.ts";
import type { Reach } from "./reach.ts";
import { usesOf } from "./result.ts";

/** A request of the past or one that is planned, when it is sent, and what holders are known to have answered. */
export interface WantedRequest {
  readonly request: ComputeRequest;
  readonly at: Instant;
  /** Given at the last instant in time, where the holder is asked at all. Who is not in it says nothing. */
  readonly answers?: ReadonlyMap<PartyId, Answer>;
}

/** A command that sets the world up, and who gives it. */
export interface WorldCommand {
  readonly actor: PartyId;
  readonly body: CommandBody;
}

/** How a set of requests comes out under one set of agreements. */
export interface Resolved {
  /** What each is awarded, as commitments see it. In the order of `wanted`. */
  readonly bought: readonly Bought[];
  /** In the order of `wanted`. */
  readonly requests: readonly CourseSummary[];
  /** Every commitment of the buyers, with what all requests together draw on it. */
  readonly promised: readonly Promised[];
}

export interface ResolveOptions {
  /** How they came out in another world, and which of them may come out otherwise in this one. */
  readonly known?: { readonly resolved: Resolved; readonly reach: Reach };
  /** Called after each request. */
  readonly progress?: (done: number) => void;
}

export type ResolveResult =
  | { readonly ok: true; readonly value: Resolved }
  /** The world cannot be set up, or time cannot pass in it: nothing can be compared. */
  | { readonly ok: false; readonly by: string; readonly rejection: Rejection };

/**
 * Resolves each request by itself, in the book as it stands at its instant: what one is awarded is there for the next. Only the
 * commitments are drawn on by all together, in the order of time.
 *
 * @param world commands that set the book up, taken at the instant of the earliest request
 * @source Rules PLN20 and PLN21 in ./SPEC.md
 */
export function resolveAll(
  world: readonly WorldCommand[],
  wanted: readonly WantedRequest[],
  { known, progress }: ResolveOptions = {},
): ResolveResult {
  const order = wanted.map((_, index) => index).sort((a, b) => atOf(wanted, a) - atOf(wanted, b) || a - b);
  const [first] = order;
  if (first === undefined) return { ok: true, value: { requests: [], bought: [], promised: [] } };
  const book = new Book();
  for (const { actor, body } of world) {
    const rejection = book.send(body, atOf(wanted, first), actor);
    if (rejection !== undefined) return { ok: false, by: body.type, rejection };
  }
  const tally = new CommitmentTally(book.state);
  const requests: CourseSummary[] = [];
  const bought: Bought[] = [];
  for (const [done, index] of order.entries()) {
    const one = wanted[index] as WantedRequest;
    const rejection = book.passTime(one.at);
    if (rejection !== undefined) return { ok: false, by: "passTime", rejection };
    const before = known !== undefined && !known.reach(one.request) ? known.resolved.bought[index] : undefined;
    const outcome = before === undefined ? outcomeOf(attempt(book.state, attemptOf(one))) : undefined;
    requests[index] = outcome === undefined ? (known?.resolved.requests[index] as CourseSummary) : summaryOf(outcome);
    bought[index] = outcome === undefined ? (before as Bought) : { uses: usesOf(outcome), lots: outcome.lots };
    tally.add(one, bought[index]);
    progress?.(done + 1);
  }
  return { ok: true, value: { requests, bought, promised: tally.promised() } };
}

const atOf = (wanted: readonly WantedRequest[], index: number): Instant => wanted[index]?.at as Instant;

function attemptOf({ request, at, answers }: WantedRequest): Parameters<typeof attempt>[1] {
  if (answers === undefined) return { request, at };
  return {
    request,
    at,
    answer: (notice) => {
      const given = answers.get(notice.holder);
      if (given?.count === undefined) return given;
      // Who took so many then takes as many of a smaller notice as there are.
      return { ...given, count: Math.min(given.count, notice.count) };
    },
  };
}

/** A book of which nothing is kept but its state. */
class Book {
  readonly state = new BookState();
  private given = 0;

  send(body: CommandBody, at: Instant, actor: PartyId): Rejection | undefined {
    const key = `amend ${(this.given += 1)}`;
    return run(this.state, { ...body, at, actor, key, nonce: key }).rejection;
  }

  /** Agreements begin and end as time passes, and what is a day old of the commands is forgotten. */
  passTime(until: Instant): Rejection | undefined {
    const { state } = this;
    const keeper = state.header?.keeper;
    if (keeper === undefined) return undefined;
    for (let due = state.timers.peek()?.at; due !== undefined && due <= until; due = state.timers.peek()?.at) {
      const rejection = this.send({ type: "passTime" }, Math.max(due, state.now) as Instant, keeper);
      if (rejection !== undefined) return rejection;
    }
    return this.send({ type: "passTime" }, until, keeper);
  }
}
