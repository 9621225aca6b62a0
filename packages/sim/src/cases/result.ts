import type { RestsOn } from "./rests-on.ts";
/** How a case failed: what was expected where, what happened instead, and what the broker recorded then. */
export interface CaseFailure {
  readonly expected: string;
  readonly happened: string;
  /** The step, or the end. */
  readonly when: string;
  /** What followed from the step that differs, one line each. */
  readonly explanation: readonly string[];
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface CaseResult {
  readonly id: string;
  readonly title: string;
  readonly file: string;
  readonly status: "passed" | "failed" | "skipped";
  readonly steps: number;
  readonly expectations: number;
  readonly failures: readonly CaseFailure[];
  /** What its outcome rests on and nobody has confirmed or stated. */
  readonly restsOn: RestsOn;
}

/** What became of one falsified copy of a case: it must fail, so `passed` means that it failed. */
export interface TwinResult extends Omit<CaseResult, "steps" | "expectations" | "restsOn"> {
  /** What was changed, such as `count 1024 -> 1025`. */
  readonly falsified: string;
}
