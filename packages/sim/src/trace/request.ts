import {
  addMs,
  type AcceleratorType,
  type Instant,
  type PartyId,
  type Rate,
  rational,
  type RequestId,
  SECOND_MS,
} from "@offtake/core/kernel";
import type { ComputeRequest } from "@offtake/core/requests";

/** One job of a trace, as far as a request can be made of it. */
export interface TraceJob {
  readonly submittedAt: Instant;
  /** Whole seconds, at least 1. */
  readonly durationSeconds: number;
  /** At least 1. */
  readonly acceleratorCount: number;
  readonly tenant: string;
}

/** What a trace does not say of its jobs and a request must. */
export interface TraceTerms {
  readonly buyer: PartyId;
  readonly acceleratorType: AcceleratorType;
  readonly regions: readonly string[];
  /** Highest price; none when absent. */
  readonly cap?: Rate;
  /** What a job is for; `tracePurpose` when absent. */
  readonly purposeOf?: (job: TraceJob) => string;
}

const DAY_SECONDS = 86_400;
const TRIAL_SECONDS = 600;

/**
 * A guess at what a job is for, since traces do not say: `development` up to ten minutes, `training` from eight accelerators or a
 * day, `fine-tuning` between.
 */
export function tracePurpose(job: TraceJob): string {
  if (job.durationSeconds <= TRIAL_SECONDS) return "development";
  return job.acceleratorCount >= 8 || job.durationSeconds >= DAY_SECONDS ? "training" : "fine-tuning";
}

/**
 * The request that a job makes: from the second it was submitted, for as long as it ran, all its accelerators from one source or
 * none, under its tenant's name. What is not filled at once is given up: the job of a trace does not wait for an answer.
 */
export function requestOfJob(job: TraceJob, index: number, terms: TraceTerms): ComputeRequest {
  const { acceleratorCount: count } = job;
  const from = (job.submittedAt - (job.submittedAt % SECOND_MS)) as Instant;
  const purpose = (terms.purposeOf ?? tracePurpose)(job);
  return {
    id: `job-${index + 1}` as RequestId,
    version: 1,
    buyer: terms.buyer,
    project: job.tenant,
    lines: [
      {
        accelerators: [{ acceleratorType: terms.acceleratorType, factor: ONE }],
        count,
        blockSize: 1,
        gangMin: count,
        divisible: false,
        regions: terms.regions,
        window: { from, to: addMs(from, job.durationSeconds * SECOND_MS) },
        purposes: [{ purpose }],
        stated: {},
        switchingCosts: [],
        ...(terms.cap === undefined ? {} : { cap: terms.cap }),
      },
    ],
    unfilled: "close",
    approvals: [],
  };
}

const ONE = rational(1n);

/** Jobs in the order of time (of one instant, in that of the trace), moved so that the first is submitted at `startAt`. */
export function inOrderOfTime<Job extends TraceJob>(jobs: readonly Job[], startAt?: Instant): Job[] {
  const sorted = jobs.toSorted((a, b) => a.submittedAt - b.submittedAt);
  const first = sorted[0];
  if (startAt === undefined || first === undefined) return sorted;
  const moved = startAt - first.submittedAt;
  return sorted.map((job) => ({ ...job, submittedAt: addMs(job.submittedAt, moved) }));
}
