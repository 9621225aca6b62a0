import { type BookEvent, BookState, type Command, type CommandBody, type Decision, run } from "@offtake/core/book";
import { addMs, DAY_MS, type Instant, type PartyId } from "@offtake/core/kernel";
import type { WorldCommand } from "@offtake/wire/book";
import { TraceCounter, type TraceReport } from "./report.ts";
import { inOrderOfTime, requestOfJob, type TraceJob, type TraceTerms } from "./request.ts";

export interface TraceOptions extends TraceTerms {
  /** The instant of the first job; that of the trace when absent. A book whose agreements are of today needs it. */
  readonly startAt?: Instant;
  /** Is told every event, in order. */
  readonly sink?: (event: BookEvent) => void;
  /** Is told every command with what was decided: what a log keeps. */
  readonly decided?: (command: Command, decision: Decision) => void;
  /** Is told now and then how many jobs are through. */
  readonly progress?: (jobs: number) => void;
  /** Where ids are drawn from; the same seed gives the same bytes. */
  readonly seed?: string;
}

/** A command that sets the world up was rejected. */
export class WorldRejected extends Error {
  readonly code: string;

  constructor(type: string, code: string, detail: string) {
    super(`${type}: ${detail}`);
    this.code = code;
  }
}

const PROGRESS_EVERY = 4_096;

/**
 * Runs a trace of jobs through a book: each job becomes a request at the instant of its submission, holders are asked, the rest
 * goes to the market, awards are made. Where somebody answers only by hand, its time runs out. Everything that can end is at its
 * end when the report is made.
 *
 * @throws WorldRejected where the world cannot be set up
 */
export function replayTrace(
  jobs: readonly TraceJob[],
  world: readonly WorldCommand[],
  options: TraceOptions,
): TraceReport {
  const steps = replaySteps(jobs, world, options, PROGRESS_EVERY);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** The same, stopping after every so many jobs: whoever keeps what was decided keeps up with it. Throws as it does. */
export function* replaySteps(
  jobs: readonly TraceJob[],
  world: readonly WorldCommand[],
  options: TraceOptions,
  each: number,
): Generator<void, TraceReport, void> {
  const ordered = inOrderOfTime(jobs, options.startAt);
  const replay = new Replay(options);
  const first = ordered[0]?.submittedAt ?? (0 as Instant);
  for (const { actor, body } of world) replay.setUp(body, actor, addMs(first, -1));
  for (const [index, job] of ordered.entries()) {
    replay.submit(job, index);
    if ((index + 1) % PROGRESS_EVERY === 0) options.progress?.(index + 1);
    if ((index + 1) % each === 0) yield;
  }
  replay.runOut();
  return replay.counter.report(jobs.length);
}

class Replay {
  readonly counter = new TraceCounter();
  private readonly state = new BookState();
  private readonly options: TraceOptions;
  private readonly seed: string;
  private given = 0;

  constructor(options: TraceOptions) {
    this.options = options;
    this.seed = options.seed ?? "trace";
  }

  setUp(body: CommandBody, actor: PartyId, at: Instant): void {
    const { rejection } = this.send(body, actor, at);
    if (rejection !== undefined) throw new WorldRejected(body.type, rejection.code, rejection.detail);
  }

  submit(job: TraceJob, index: number): void {
    const request = requestOfJob(job, index, this.options);
    const { rejection } = this.send({ type: "submitRequest", request }, this.options.buyer, job.submittedAt);
    if (rejection !== undefined) this.counter.reject(rejection.code);
  }

  /** Lets time pass until nothing is open, or nothing more will happen by itself. */
  runOut(): void {
    const { state } = this;
    const keeper = state.header?.keeper;
    if (keeper === undefined) return;
    const until = addMs(state.now, RUN_OUT_MS);
    for (
      let due = state.timers.peek();
      due !== undefined && due.at <= until && state.requests.size > 0;
      due = state.timers.peek()
    ) {
      this.send({ type: "passTime" }, keeper, Math.max(due.at, state.now) as Instant);
    }
  }

  private send(body: CommandBody, actor: PartyId, at: Instant): ReturnType<typeof run> {
    const number = (this.given += 1);
    const command: Command = { ...body, at, actor, key: `t${number}`, nonce: `${this.seed} ${number}` };
    const decision = run(this.state, command);
    const { sink, decided } = this.options;
    decided?.(command, decision);
    for (const event of decision.events) {
      this.counter.take(event);
      sink?.(event);
    }
    return decision;
  }
}

/** Longer than any window that a clause gives to answer. */
const RUN_OUT_MS = 3 * 365 * DAY_MS;
