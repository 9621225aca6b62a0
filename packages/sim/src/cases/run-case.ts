import type { Offer } from "@offtake/core/book";
import type { CaseDocument, Expectation } from "@offtake/wire/cases";
import { expectedText, failureAt } from "./failure.ts";
import { type Expected, judge } from "./judge.ts";
import { playScript } from "./play-script.ts";
import { restsOn } from "./rests-on.ts";
import type { CaseFailure, CaseResult, TwinResult } from "./result.ts";
import type { Scene } from "./scene.ts";
import { twinsOf } from "./twins.ts";

export interface CaseOptions {
  /** Offers of the price lists that the world names, imported by the caller. */
  readonly offers?: readonly Offer[];
}

/** Plays a case and says whether everything in it held. Nothing is known here of any one case. */
export function runCase(document: CaseDocument, { offers = [] }: CaseOptions = {}): CaseResult {
  let expectations = 0;
  const { failures, end } = playScript(document, offers, {
    hold: () => {
      expectations += 1;
    },
  });
  const { id, title, script, origin } = document;
  const status = failures.length === 0 ? "passed" : "failed";
  return {
    id,
    title,
    file: origin.file,
    status,
    steps: script.length,
    expectations,
    failures,
    restsOn: restsOn(end.chronicle),
  };
}

/**
 * Plays a case once and holds against it every copy of an expectation in which one value is false. Each of them must fail; one
 * that passes shows an expectation that proves less than it says. The script is the same for all copies, so one play serves all.
 */
export function runTwins(document: CaseDocument, { offers = [] }: CaseOptions = {}): TwinResult[] {
  const results: TwinResult[] = [];
  const { id, title, origin } = document;
  const { failures: broken } = playScript(document, offers, {
    hold: (expectation, scene, happened) => {
      if (happened !== undefined) return;
      for (const { expected, falsified, orElse } of twinsOf(expectation)) {
        const isPassed = [expected, orElse].every((copy) => copy === undefined || judge(copy, scene) === undefined);
        const failures = isPassed ? [wronglyPassed(expectation, expected, scene)] : [];
        const status = failures.length === 0 ? "passed" : "failed";
        results.push({ id: `${id} twin ${results.length + 1}`, title, file: origin.file, status, falsified, failures });
      }
    },
  });
  if (broken.length === 0) return results;
  const failures = broken.map((failure) => ({
    ...failure,
    happened: `the case itself fails, so its twins prove nothing: ${failure.happened}`,
  }));
  return [
    ...results,
    { id: `${id} twin 0`, title, file: origin.file, status: "failed", falsified: "nothing", failures },
  ];
}

function wronglyPassed(expectation: Expectation, twin: Expected, scene: Scene): CaseFailure {
  const expected = `a failure of ${expectedText(twin)}`;
  return failureAt(expectation.origin, scene, expected, `it passed, as ${expectedText(expectation)} does`);
}
