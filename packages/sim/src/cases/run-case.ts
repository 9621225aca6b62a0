import type { Offer } from "@offtake/core/book";
import type { CaseDocument, Expectation } from "@offtake/wire/cases";
import { expectedText, failureAt } from "./failure.ts";
import { type Expected, judge } from "./judge.ts";
import { Play } from "./play.ts";
import type { CaseFailure, CaseResult, TwinResult } from "./result.ts";
import type { Scene } from "./scene.ts";
import { twinsOf } from "./twins.ts";

export interface CaseOptions {
  /** Offers of the price lists that the world names, imported by the caller. */
  readonly offers?: readonly Offer[];
}

/**
 * Plays a case in a book of its own and holds every expectation against what happened then. Time passes by itself before each
 * step; nothing is known here of any one case. A history that the audit finds fault with, or that does not replay to the same
 * bytes, fails the case.
 */
export function runCase(document: CaseDocument, options: CaseOptions = {}): CaseResult {
  const failures: CaseFailure[] = [];
  let expectations = 0;
  const hold = (expectation: Expectation, scene: Scene): void => {
    expectations += 1;
    const happened = judge(expectation, scene);
    if (happened !== undefined)
      failures.push(failureAt(expectation.origin, scene, expectedText(expectation), happened));
  };
  failures.push(...playThrough(document, options, hold));
  const { id, title, script, origin } = document;
  const status = failures.length === 0 ? "passed" : "failed";
  return { id, title, file: origin.file, status, steps: script.length, expectations, failures };
}

/**
 * Plays a case once and holds against it every copy of an expectation in which one value is false. Each of them must fail; one
 * that passes shows an expectation that proves less than it says.
 */
export function runTwins(document: CaseDocument, options: CaseOptions = {}): TwinResult[] {
  const results: TwinResult[] = [];
  const { id, title, origin } = document;
  const broken: CaseFailure[] = [];
  const hold = (expectation: Expectation, scene: Scene): void => {
    if (judge(expectation, scene) !== undefined) {
      broken.push(
        failureAt(
          expectation.origin,
          scene,
          expectedText(expectation),
          "the case itself fails here, so its twins prove nothing",
        ),
      );
      return;
    }
    for (const { expected, falsified } of twinsOf(expectation)) {
      const failures = judge(expected, scene) === undefined ? [wronglyPassed(expectation, expected, scene)] : [];
      const name = `${id} twin ${results.length + 1}`;
      results.push({
        id: name,
        title,
        file: origin.file,
        status: failures.length === 0 ? "passed" : "failed",
        falsified,
        failures,
      });
    }
  };
  broken.push(...playThrough(document, options, hold));
  if (broken.length === 0) return results;
  return [
    ...results,
    { id: `${id} twin 0`, title, file: origin.file, status: "failed", falsified: "nothing", failures: broken },
  ];
}

function wronglyPassed(expectation: Expectation, twin: Expected, scene: Scene): CaseFailure {
  const expected = `a failure of ${expectedText(twin)}`;
  return failureAt(expectation.origin, scene, expected, `it passed, as ${expectedText(expectation)} does`);
}

/** A broken belief of the broker fails the case in which it came to light, and no other. */
function attempt<Value extends object>(act: () => Value): Value | { readonly broke: string } {
  try {
    return act();
  } catch (error) {
    return { broke: error instanceof Error ? error.message : String(error) };
  }
}

/** Plays the script; gives what failed beside the expectations: a world, a step or a history that is not sound. */
function playThrough(
  document: CaseDocument,
  { offers = [] }: CaseOptions,
  hold: (expectation: Expectation, scene: Scene) => void,
): CaseFailure[] {
  const { script, world, expect, origin } = document;
  const [first] = script;
  if (first === undefined) return [];
  const play = new Play(document.id);
  const refused = play.open(world, first.receivedAt ?? first.at, offers);
  if (refused !== undefined) {
    const { command, rejection } = refused;
    return [
      failureAt(
        origin,
        play.end(),
        "a world that fits together",
        `${command} was rejected with ${rejection.code}: ${rejection.detail}`,
      ),
    ];
  }
  const failures: CaseFailure[] = [];
  for (const step of script) {
    const scene = attempt(() => play.step(step));
    if ("broke" in scene)
      return [
        ...failures,
        failureAt(step.origin, play.end(), `${step.verb} is decided`, `the broker broke down: ${scene.broke}`),
      ];
    for (const expectation of step.expect) hold(expectation, scene);
    if (scene.rejection === undefined || step.expect.some(({ kind }) => kind === "rejected")) continue;
    const { code, detail } = scene.rejection;
    failures.push(failureAt(step.origin, scene, `${step.verb} is accepted`, `it was rejected with ${code}: ${detail}`));
  }
  const end = play.end();
  for (const expectation of expect) hold(expectation, end);
  for (const { invariant, message, ids } of play.findings()) {
    failures.push(
      failureAt(origin, end, `a history in which invariant ${invariant} holds`, `${message} (${ids.join(", ")})`),
    );
  }
  return failures;
}
